package export

import (
	"io"

	"surveyd/internal/answerfile"
	"surveyd/internal/csvfile"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// Wide writes one line for each person: who and where, the time on each page, the order of each shuffled page, the answers,
// then the columns that scoring adds. Scoring such a file again changes nothing.
type Wide struct {
	sheet   sheet
	options Options
	person  *person
	scores  *ScoreColumns
}

// NewWide writes the headings. Every Write is one write to w, so w should be buffered.
func NewWide(w io.Writer, in *instrument.Instrument, options Options) (*Wide, error) {
	e := &Wide{sheet: sheet{w: w}, options: options, person: newPerson(in), scores: NewScoreColumns(in)}
	names := append([]string(nil), identity...)
	names = append(names, attributeColumns(options.Attributes)...)
	for _, page := range in.Pages {
		names = append(names, answerfile.SecondsPrefix+string(page.ID))
	}
	for _, page := range in.Pages {
		if page.Shuffle {
			names = append(names, answerfile.OrderPrefix+string(page.ID))
		}
	}
	for _, item := range in.Items {
		names = append(names, string(item.ID))
	}
	names = append(names, e.scores.Names()...)
	return e, e.sheet.header(names, options.BOM)
}

// Write writes one person.
func (e *Wide) Write(row Row) error {
	in := e.person.in
	e.sheet.line = e.sheet.line[:0]
	if err := e.sheet.identity(&row, len(e.options.Attributes)); err != nil {
		return err
	}
	for i := range in.Pages {
		e.sheet.comma()
		if i < len(row.Seconds) && scoring.KnownSeconds(row.Seconds[i]) {
			e.sheet.line = csvfile.AppendNumber(e.sheet.line, row.Seconds[i])
		}
	}
	for i, page := range in.Pages {
		if !page.Shuffle {
			continue
		}
		e.sheet.comma()
		if i < len(row.Order) && scoring.IsOrder(page, row.Order[i]) {
			e.sheet.line = appendOrder(e.sheet.line, in, row.Order[i])
		}
	}
	e.person.take(&row)
	for i, item := range in.Items {
		e.sheet.comma()
		e.sheet.line = csvfile.AppendField(e.sheet.line, e.person.answers[i].Cell(item))
	}
	e.sheet.line = e.scores.Append(e.sheet.line, e.person.score(&row))
	return e.sheet.end()
}

// appendOrder writes the order of a page as item ids joined by semicolons.
func appendOrder(dst []byte, in *instrument.Instrument, order []int) []byte {
	for i, index := range order {
		if i > 0 {
			dst = append(dst, ';')
		}
		dst = append(dst, in.Items[index].ID...)
	}
	return dst
}

// homeSuffix ends the columns that say under which identity a scale's scores lie on one trend line, whichever battery they were
// given in.
const homeSuffix = "_home"

// Scores writes one line for each person: who and where, S_home for each scale S, then the columns that scoring adds, and no
// answer.
type Scores struct {
	homes   []byte
	sheet   sheet
	options Options
	person  *person
	scores  *ScoreColumns
}

// NewScores writes the headings. Every Write is one write to w, so w should be buffered.
func NewScores(w io.Writer, in *instrument.Instrument, options Options) (*Scores, error) {
	e := &Scores{sheet: sheet{w: w}, options: options, person: newPerson(in), scores: NewScoreColumns(in)}
	names := append([]string(nil), identity...)
	names = append(names, attributeColumns(options.Attributes)...)
	for _, scale := range in.Scales {
		names = append(names, string(scale.ID)+homeSuffix)
		e.homes = append(append(e.homes, ','), scale.Identity()...)
	}
	return e, e.sheet.header(append(names, e.scores.Names()...), options.BOM)
}

// Write writes one person.
func (e *Scores) Write(row Row) error {
	e.sheet.line = e.sheet.line[:0]
	if err := e.sheet.identity(&row, len(e.options.Attributes)); err != nil {
		return err
	}
	e.person.take(&row)
	e.sheet.line = append(e.sheet.line, e.homes...)
	e.sheet.line = e.scores.Append(e.sheet.line, e.person.score(&row))
	return e.sheet.end()
}
