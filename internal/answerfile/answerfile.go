// Package answerfile reads CSV files in which people have answered an instrument, as they save them: with commas, semicolons or
// tabs, with or without a byte order mark, with rows that cannot be read. Each row becomes one person's answers and what scoring
// must know beside them. It refuses to know what is done with a row.
package answerfile

import (
	"errors"
	"fmt"
	"io"
	"math"

	"surveyd/internal/answer"
	"surveyd/internal/csvfile"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// InvalidCell is a cell that holds no legal answer. It counts as missing.
type InvalidCell struct {
	Line   int
	Number int    // of its column, from 1
	Column string // the heading
	Value  string
	// Unjoined says that the cell is of an item with several answers and holds codes with something else than ; between them.
	Unjoined bool
}

// Unread is how many cells of one kind could not be read, and the first of them.
type Unread struct {
	N     int
	First InvalidCell
}

// Lacking is a column by which norm groups are chosen and that a file does not have.
type Lacking struct {
	Attribute string // grade or language, which is how the column would be headed
	Near      string // the heading that was probably meant; empty when there is none
}

// Report is what reading a file has found.
type Report struct {
	Separator  byte // between the fields
	Rows       int
	Invalid    int
	Unreadable int                 // rows that were left out
	Missing    []instrument.ItemID // items that no score rests on and that have no column, in the order of the file
	Advice     []string            // by position in Missing: what the file has instead; empty where nothing is like it
	Lacking    []Lacking           // columns by which norm groups are chosen and that are not there
	Replaced   []string            // columns of earlier scores that did not stand at the end as this instrument writes them
	Grades     Unread              // where the grade decides what is too fast, or the norms
	Seconds    Unread
	Orders     Unread
	NotUTF8    Unread // cells that were read as Windows-1252
}

// Hearing is told what is wrong with a file while it is read; an error that it returns ends the reading.
type Hearing struct {
	Invalid    func(InvalidCell) error          // nil when nobody wants to know
	Unreadable func(*csvfile.SyntaxError) error // the row is left out; nil ends the reading at the first such row
}

// Reader reads a file row by row, in memory that does not grow. What it hands out is valid until Next.
type Reader struct {
	in      *instrument.Instrument
	csv     *csvfile.Reader
	heading *heading
	hearing Hearing
	report  Report

	cells    []cellCache
	answers  answer.Set
	resolver *answer.Resolver
	comma    bool // stands for the decimal point

	grade instrument.Grade
	// gradeDecides says that the grade decides what is too fast, or the norms.
	gradeDecides bool
	gradeCell    string // that grade was read from
	language     instrument.Lang
	seconds      []float64
	orders       [][]int
}

// Open reads the heading. scores are the columns that scoring adds: they are none of the answers. A file that cannot be read gives a
// *csvfile.SyntaxError or a *HeaderError.
func Open(in *instrument.Instrument, src io.Reader, scores []string, hearing Hearing) (*Reader, error) {
	csv, err := csvfile.Detect(src)
	if err != nil {
		return nil, err
	}
	if err := csv.Next(); errors.Is(err, io.EOF) {
		return nil, &HeaderError{Message: "the file is empty; its first line must name the columns"}
	} else if err != nil {
		return nil, err
	}
	r := &Reader{
		in: in, csv: csv, hearing: hearing, answers: answer.New(in), resolver: answer.NewResolver(in), comma: csv.Separator() != ',',
		seconds: make([]float64, len(in.Pages)), orders: make([][]int, len(in.Pages)), cells: make([]cellCache, len(in.Items)),
		report: Report{Separator: csv.Separator()},
	}
	for i := range r.seconds {
		r.seconds[i] = math.NaN()
	}
	for i, item := range in.Items {
		r.cells[i].item = item
	}
	r.gradeDecides = in.Quality.TooFast != nil || hasNorms(in)
	if r.heading, err = readHeading(in, csv, scores, &r.report); err != nil {
		return nil, err
	}
	return r, nil
}

// Next goes to the next person: io.EOF after the last. A row that cannot be read is told to Hearing and left out.
func (r *Reader) Next() error {
	for {
		if err := r.csv.Next(); err != nil {
			if err := r.passOver(err); err != nil {
				return err
			}
			continue
		}
		switch {
		case r.csv.Blank() && len(r.heading.roles) > 1:
		case !r.fits():
			message := fmt.Sprintf("the row has %d fields, the heading %d", r.csv.Len(), len(r.heading.roles))
			if last := r.csv.LastLine(); last > r.csv.Line() {
				message = fmt.Sprintf("the row, which a quote makes go on to line %d, has %d fields, the heading %d", last, r.csv.Len(), len(r.heading.roles))
			}
			if err := r.unreadable(&csvfile.SyntaxError{Line: r.csv.Line(), Message: message}); err != nil {
				return err
			}
		default:
			r.report.Rows++
			return r.row()
		}
	}
}

// passOver leaves out the row that gave err, where that can be done; else it gives err back.
func (r *Reader) passOver(err error) error {
	var syntax *csvfile.SyntaxError
	if !errors.As(err, &syntax) {
		return err
	}
	if err := r.unreadable(syntax); err != nil {
		return err
	}
	return r.csv.Skip()
}

// fits says whether the row has a field for each heading. Empty ones too many, which spreadsheets add, do no harm.
func (r *Reader) fits() bool {
	for i := len(r.heading.roles); i < r.csv.Len(); i++ {
		if len(r.csv.Value(i)) > 0 {
			return false
		}
	}
	return r.csv.Len() >= len(r.heading.roles)
}

func (r *Reader) unreadable(fault *csvfile.SyntaxError) error {
	if r.hearing.Unreadable == nil {
		return fault
	}
	r.report.Unreadable++
	return r.hearing.Unreadable(fault)
}

func (r *Reader) row() error {
	for _, column := range r.heading.read {
		if err := r.cell(column); err != nil {
			return err
		}
	}
	r.resolver.Resolve(r.answers)
	return nil
}

// Report is what was found so far.
func (r *Reader) Report() Report { return r.report }

// Answers is the person's answers, resolved.
func (r *Reader) Answers() answer.Set { return r.answers }

// Respondent is what scoring must know of the person beside the answers.
func (r *Reader) Respondent() scoring.Respondent {
	return scoring.Respondent{Grade: r.grade, Language: r.language, Seconds: r.seconds, Order: r.orders}
}

// Line is the line on which the person's row begins.
func (r *Reader) Line() int { return r.csv.Line() }

// CSV is the reader below: at the row of the person or, before the first Next, at the heading.
func (r *Reader) CSV() *csvfile.Reader { return r.csv }

// Kept are the columns, by position, that are no earlier scores.
func (r *Reader) Kept() []int { return r.heading.kept }

// CRLF says whether the heading ended with CR LF.
func (r *Reader) CRLF() bool { return r.heading.crlf }

// Empty says whether every cell of the row is empty, as in the rows that a spreadsheet adds at the end.
func (r *Reader) Empty() bool {
	for i := range r.csv.Len() {
		if len(r.csv.Value(i)) > 0 {
			return false
		}
	}
	return true
}
