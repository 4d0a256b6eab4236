package report

import (
	"strconv"

	"surveyd/internal/instrument"
)

// document is a report before it is written: the same words and figures for a terminal and for a page.
type document struct {
	Lang     string // of the instrument's own texts
	Title    string
	Subtitle string
	Facts    []fact
	Warnings []warning
	Sections []section
	Notes    []string // how the figures were computed
}

// fact is one line of a list of names and values.
type fact struct{ Name, Value string }

// section is a part with a heading.
type section struct {
	ID, Title, Aside string
	Blocks           []block
}

// block is one thing in a section; exactly one field is set.
type block struct {
	Text   string
	Facts  []fact
	Table  *table
	Bars   *bars
	Figure *figure
}

// table is rows below headings.
type table struct {
	Caption string
	Columns []column
	Rows    [][]cell
}

// column is one heading and how the cells below it stand.
type column struct {
	Name  string
	Hint  string // what the name stands for; empty when it says so itself
	Right bool
}

// cell is one field of a table: text, with a longer text that only a page has room for, or a row of bars.
type cell struct {
	Text   string
	More   string
	Counts []int // drawn as bars
}

func (t *table) add(cells ...any) {
	row := make([]cell, len(cells))
	for i, c := range cells {
		switch c := c.(type) {
		case cell:
			row[i] = c
		case string:
			row[i] = cell{Text: c}
		case int:
			row[i] = cell{Text: strconv.Itoa(c)}
		default:
			panic("report: a cell is text, a number of persons or a cell")
		}
	}
	t.Rows = append(t.Rows, row)
}

// left and right make columns.
func left(name string) column                          { return column{Name: name} }
func right(name, hint string) column                   { return column{Name: name, Hint: hint, Right: true} }
func source(in *instrument.Instrument) instrument.Lang { return in.Languages[0] }

// begin is what every report begins with.
func begin(in *instrument.Instrument, what string) document {
	lang := source(in)
	return document{
		Lang: string(lang), Title: in.Title.In(lang), Subtitle: what,
		Facts: []fact{{"Instrument", string(in.ID) + " " + in.Version.String()}, {"Revision", in.Hash[:12]}},
	}
}
