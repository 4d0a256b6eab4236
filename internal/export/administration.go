package export

import (
	"bufio"
	"context"
	"fmt"
	"io"

	"surveyd/internal/answer"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

// Format names what a file of an administration looks like.
type Format string

// The formats.
const (
	CSVWide   Format = "csv-wide"
	CSVLong   Format = "csv-long"
	CSVScores Format = "scores"
)

// Formats are all formats.
func Formats() []Format { return []Format{CSVWide, CSVLong, CSVScores} }

// Respondents is where an administration's answers come from.
type Respondents interface {
	Administration(ctx context.Context, id fieldwork.AdministrationID) (fieldwork.Administration, error)
	Instrument(ctx context.Context, ref fieldwork.InstrumentRef) (*instrument.Instrument, error)
	EachRespondent(ctx context.Context, id fieldwork.AdministrationID, each func(fieldwork.Participant, fieldwork.Response, bool) error) error
}

// Sees says whether who asked may see a site's group. A nil Sees sees all.
type Sees func(site fieldwork.SiteID, group fieldwork.GroupID) bool

// rowWriter is what every format has.
type rowWriter interface{ Write(Row) error }

// Administration writes an administration's answers to w and gives the number of persons written.
func Administration(ctx context.Context, from Respondents, id fieldwork.AdministrationID, format Format, sees Sees, o Options, w io.Writer) (int, error) {
	a, err := from.Administration(ctx, id)
	if err != nil {
		return 0, err
	}
	in, err := from.Instrument(ctx, a.Instrument)
	if err != nil {
		return 0, err
	}
	buffered := bufio.NewWriterSize(w, 1<<16)
	rows, err := newRows(buffered, in, format, o)
	if err != nil {
		return 0, err
	}
	n := 0
	err = from.EachRespondent(ctx, id, func(p fieldwork.Participant, r fieldwork.Response, begun bool) error {
		row, err := rowOf(in, a, p, r, begun)
		row.Attributes = valuesOf(o.Attributes, p)
		if err != nil {
			return err
		}
		if sees != nil && !sees(fieldwork.SiteID(row.Site), fieldwork.GroupID(row.Group)) {
			return nil
		}
		n++
		return rows.Write(row)
	})
	if err != nil {
		return n, fmt.Errorf("export %s: %w", id, err)
	}
	return n, buffered.Flush()
}

func newRows(w io.Writer, in *instrument.Instrument, format Format, o Options) (rowWriter, error) {
	switch format {
	case CSVWide:
		return NewWide(w, in, o)
	case CSVLong:
		return NewLong(w, in, o)
	case CSVScores:
		return NewScores(w, in, o)
	}
	return nil, fmt.Errorf("there is no format %q; the formats are %v", format, Formats())
}

// rowOf puts a participant and a response together. Site, group and grade are those of the time of the response.
func rowOf(in *instrument.Instrument, a fieldwork.Administration, p fieldwork.Participant, r fieldwork.Response, begun bool) (Row, error) {
	row := Row{
		Pseudonym: string(p.ID), Administration: string(a.ID), Wave: string(a.Wave), Instrument: string(a.Instrument.ID),
		Version: a.Instrument.Version, Status: NotStarted, Language: string(p.Language),
		Site: string(p.Site), Group: string(p.Group), Grade: string(p.Grade),
	}
	if !begun {
		return row, nil
	}
	row.Language, row.Site, row.Group, row.Grade = string(r.Language), string(r.Site), string(r.Group), string(r.Grade)
	switch r.Status {
	case fieldwork.Submitted:
		row.Status = Submitted
	case fieldwork.Declined:
		row.Status = Declined
	default:
		row.Status = Partial
	}
	set, err := answer.FromRecords(in, r.Answers)
	if err != nil {
		return row, fmt.Errorf("answers of %s: %w", row.Pseudonym, err)
	}
	who := r.Respondent(in)
	row.Answers, row.Seconds, row.Order = set, who.Seconds, who.Order
	return row, nil
}

// valuesOf gives a participant's attributes by name, in the order of names; empty where the roster has none.
func valuesOf(names []string, p fieldwork.Participant) []string {
	values := make([]string, len(names))
	for i, name := range names {
		for _, a := range p.Attributes {
			if a.Name == name {
				values[i] = a.Value
			}
		}
	}
	return values
}
