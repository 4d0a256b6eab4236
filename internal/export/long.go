package export

import (
	"io"
	"strings"

	"surveyd/internal/answer"
	"surveyd/internal/csvfile"
	"surveyd/internal/instrument"
)

// Long writes one line for each person and item: who and where, the item, the state of its answer, the value and its label
// in the instrument's source language. Value and label are empty unless the item was answered.
type Long struct {
	sheet   sheet
	options Options
	person  *person
	prefix  []byte
}

// NewLong writes the headings. Every person is one write to w for each item, so w should be buffered.
func NewLong(w io.Writer, in *instrument.Instrument, options Options) (*Long, error) {
	e := &Long{sheet: sheet{w: w}, options: options, person: newPerson(in)}
	names := append([]string(nil), identity...)
	names = append(names, attributeColumns(options.Attributes)...)
	return e, e.sheet.header(append(names, "item", "state", "value", "label"), options.BOM)
}

// Write writes one person: a line for every item, also for somebody who has not started.
func (e *Long) Write(row Row) error {
	in := e.person.in
	e.sheet.line = e.sheet.line[:0]
	if err := e.sheet.identity(&row, len(e.options.Attributes)); err != nil {
		return err
	}
	e.prefix = append(e.prefix[:0], e.sheet.line...)
	e.person.take(&row)
	for i, item := range in.Items {
		a := &e.person.answers[i]
		e.sheet.line = append(e.sheet.line[:0], e.prefix...)
		e.sheet.comma()
		e.sheet.line = append(e.sheet.line, item.ID...)
		e.sheet.comma()
		e.sheet.line = append(e.sheet.line, a.State.String()...)
		e.sheet.comma()
		e.sheet.line = csvfile.AppendField(e.sheet.line, a.Cell(item))
		e.sheet.comma()
		e.sheet.text(label(item, a, in.Languages[0]))
		if err := e.sheet.end(); err != nil {
			return err
		}
	}
	return nil
}

// label is what the chosen options say; empty for an answer without options.
func label(item *instrument.Item, a *answer.Answer, lang instrument.Lang) string {
	if !a.Valid() {
		return ""
	}
	switch item.Kind {
	case instrument.Choice:
		return item.Responses.Options[a.Option].Label.In(lang)
	case instrument.Multiple:
		labels := make([]string, len(a.Options))
		for i, option := range a.Options {
			labels[i] = item.Responses.Options[option].Label.In(lang)
		}
		return strings.Join(labels, "; ")
	default:
		return ""
	}
}
