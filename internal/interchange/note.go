package interchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Note is something that was not carried, or was carried in another shape: where it stands, what it is, what to do.
type Note struct {
	Sheet  string // of a workbook; empty for a dictionary, and for what concerns the form as a whole
	Rows   []int  // counted from 1, as spreadsheets do; of a dictionary the lines of the file; empty for the whole
	Column string // heading of the column; empty for the whole row
	What   string
	Do     string // what the author can do about it; may be empty
}

// String writes a note on one line: survey rows 4, 7-9, column hint: what; what to do.
func (n Note) String() string {
	var where []string
	if at := strings.TrimSpace(n.Sheet + " " + n.rows()); at != "" {
		where = append(where, at)
	}
	if n.Column != "" {
		where = append(where, "column "+n.Column)
	}
	text := n.What
	if n.Do != "" {
		text += "; " + n.Do
	}
	if len(where) == 0 {
		return text
	}
	return strings.Join(where, ", ") + ": " + text
}

func (n Note) rows() string {
	unit := "row"
	if n.Sheet == "" {
		unit = "line"
	}
	switch {
	case len(n.Rows) == 0:
		return ""
	case len(n.Rows) > 1:
		unit += "s"
	}
	var spans []string
	for i := 0; i < len(n.Rows); {
		j := i
		for j+1 < len(n.Rows) && n.Rows[j+1] == n.Rows[j]+1 {
			j++
		}
		span := fmt.Sprint(n.Rows[i])
		if j > i {
			span += fmt.Sprintf("-%d", n.Rows[j])
		}
		spans = append(spans, span)
		i = j + 1
	}
	return unit + " " + strings.Join(spans, ", ")
}

// place is where something stands in a form.
type place struct {
	sheet string
	row   int
}

// notes gathers what is to be told.
type notes struct{ list []Note }

func (n *notes) add(at place, column, what, do string) {
	note := Note{Sheet: at.sheet, Column: column, What: what, Do: do}
	if at.row > 0 {
		note.Rows = []int{at.row}
	}
	n.list = append(n.list, note)
}

// sheetOrder is the order in which an author reads a form: what concerns the whole comes first.
var sheetOrder = []string{"", "settings", "survey", "choices"}

// sorted gives the notes in the order of the form; those that say the same of several rows are one.
func (n *notes) sorted() []Note {
	type same struct{ sheet, column, what, do string }
	first := map[same]int{}
	var out []Note
	for _, note := range n.list {
		key := same{note.Sheet, note.Column, note.What, note.Do}
		if i, ok := first[key]; ok {
			out[i].Rows = append(out[i].Rows, note.Rows...)
			continue
		}
		first[key] = len(out)
		note.Rows = slices.Clone(note.Rows)
		out = append(out, note)
	}
	for i := range out {
		slices.Sort(out[i].Rows)
		out[i].Rows = slices.Compact(out[i].Rows)
	}
	place := func(note Note) (int, int) {
		sheet, row := slices.Index(sheetOrder, note.Sheet), 0
		if sheet < 0 {
			sheet = len(sheetOrder)
		}
		if len(note.Rows) > 0 {
			row = note.Rows[0]
		}
		return sheet, row
	}
	slices.SortStableFunc(out, func(a, b Note) int {
		sheetA, rowA := place(a)
		sheetB, rowB := place(b)
		return cmp.Or(cmp.Compare(sheetA, sheetB), cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(rowA, rowB))
	})
	return out
}
