package report

import (
	"bufio"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// textWidth is how long a line of words is, in characters.
const textWidth = 96

// writeText writes a document for a terminal.
func writeText(w io.Writer, d document) error {
	t := &textWriter{Writer: bufio.NewWriter(w)}
	t.line(d.Title)
	t.line(strings.Repeat("═", max(utf8.RuneCountInString(d.Title), 3)))
	t.wrapped("", "", d.Subtitle)
	t.facts(d.Facts)
	if len(d.Warnings) > 0 {
		t.line("")
		t.line("Beware")
		for _, warning := range d.Warnings {
			t.wrapped("  ! ", "    ", warning.String())
		}
	}
	for _, s := range d.Sections {
		t.section(s)
	}
	if len(d.Notes) > 0 {
		t.line("")
		t.line("Notes")
		for _, note := range d.Notes {
			t.wrapped("  ", "  ", note)
		}
	}
	return t.Flush()
}

type textWriter struct{ *bufio.Writer }

func (t *textWriter) line(s string) {
	_, _ = t.WriteString(strings.Map(harmless, strings.TrimRight(s, " "))) // Flush tells of errors
	_ = t.WriteByte('\n')
}

// harmless replaces what would drive a terminal, or turn the direction of its text: values of a file stand in reports.
func harmless(r rune) rune {
	if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
		return unicode.ReplacementChar
	}
	return r
}

// wrapped writes words in lines, the first behind first and the others behind rest.
func (t *textWriter) wrapped(first, rest, words string) {
	line, begun := first, false
	for word := range strings.FieldsSeq(words) {
		if begun && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > textWidth {
			t.line(line)
			line, begun = rest, false
		}
		if begun {
			line += " "
		}
		line += word
		begun = true
	}
	if begun {
		t.line(line)
	}
}

func (t *textWriter) facts(facts []fact) {
	width := 0
	for _, f := range facts {
		width = max(width, utf8.RuneCountInString(f.Name))
	}
	for _, f := range facts {
		indent := strings.Repeat(" ", width+4)
		t.wrapped("  "+pad(f.Name, width, false)+"  ", indent, f.Value)
	}
}

func (t *textWriter) section(s section) {
	t.line("")
	t.line(s.Title)
	t.line(strings.Repeat("─", max(utf8.RuneCountInString(s.Title), 3)))
	t.wrapped("", "", s.Aside)
	for _, b := range s.Blocks {
		switch {
		case b.Text != "":
			t.wrapped("", "", b.Text)
		case b.Facts != nil:
			t.facts(b.Facts)
		case b.Table != nil:
			t.table(b.Table)
		}
	}
}

func (t *textWriter) table(table *table) {
	t.line("")
	if table.Caption != "" {
		t.wrapped("", "", table.Caption)
	}
	widths := make([]int, len(table.Columns))
	for i, c := range table.Columns {
		widths[i] = utf8.RuneCountInString(c.Name)
		for _, row := range table.Rows {
			widths[i] = max(widths[i], utf8.RuneCountInString(row[i].plain()))
		}
	}
	var head, rule strings.Builder
	for i, c := range table.Columns {
		head.WriteString("  " + pad(c.Name, widths[i], c.Right))
		rule.WriteString("  " + strings.Repeat("─", widths[i]))
	}
	t.line(head.String())
	t.line(rule.String())
	for _, row := range table.Rows {
		var line strings.Builder
		for i, c := range table.Columns {
			line.WriteString("  " + pad(row[i].plain(), widths[i], c.Right))
		}
		t.line(line.String())
	}
}

// plain is a cell as a terminal shows it.
func (c cell) plain() string {
	if c.Counts != nil {
		return sparkline(c.Counts)
	}
	return c.Text
}

func pad(s string, width int, right bool) string {
	space := strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
	if right {
		return space + s
	}
	return s + space
}

// sparks are bars of rising height; an empty place is a low dot, so that it does not look like the end.
const sparks = "▁▂▃▄▅▆▇█"

// sparkline draws counts as bars, the highest full.
func sparkline(counts []int) string {
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	levels := []rune(sparks)
	var b strings.Builder
	for _, n := range counts {
		if n == 0 {
			b.WriteRune('·')
			continue
		}
		b.WriteRune(levels[(n*len(levels)-1)/most])
	}
	return b.String()
}
