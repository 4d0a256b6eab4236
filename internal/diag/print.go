package diag

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

const (
	tabWidth   = 4   // a tab is shown as this many spaces, in the line and under it alike
	lineWidth  = 96  // of a longer line only the part around the caret is shown
	beforeSpan = 40  // how much of a cut line stands before the caret
	lookedAt   = 512 // characters before and behind the caret that are looked at; more than are ever shown
)

// Print writes each diagnostic of a list, its source line, and a caret under the span. source gives the bytes of
// a file by its name, nil when it has none. Nothing is coloured, so that a log shows the same; a control character, in a name
// too, is shown by its number.
func Print(w io.Writer, list []Diagnostic, source func(file string) []byte) error {
	out := bufio.NewWriter(w)
	cache := map[string][][]byte{}
	for _, d := range list {
		fmt.Fprintln(out, printable(d.String()))
		lines, ok := cache[d.File]
		if !ok {
			lines = splitLines(source(d.File))
			cache[d.File] = lines
		}
		if d.Line >= 1 && d.Line <= len(lines) {
			printSnippet(out, d, string(lines[d.Line-1]))
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("print diagnostics: %w", err)
	}
	return nil
}

func splitLines(src []byte) [][]byte {
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	lines := bytes.Split(src, []byte("\n"))
	for i := range lines {
		lines[i] = bytes.TrimSuffix(lines[i], []byte("\r"))
	}
	return lines
}

// cell is one character of a source line as a terminal shows it.
type cell struct {
	text  string
	width int
}

func cells(line string) []cell {
	out := make([]cell, 0, len(line))
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			out = append(out, cell{`\x` + strconv.FormatInt(int64(line[i]), 16), 4})
		case r == '\t':
			out = append(out, cell{strings.Repeat(" ", tabWidth), tabWidth})
		case unicode.In(r, unicode.Mn, unicode.Me):
			out = append(out, cell{string(r), 0})
		case !unicode.IsPrint(r):
			// A control or invisible character would move the caret or hide: it is shown by its number.
			s := fmt.Sprintf("<U+%04X>", r)
			out = append(out, cell{s, len(s)})
		case isWide(r):
			out = append(out, cell{string(r), 2})
		default:
			out = append(out, cell{string(r), 1})
		}
		i += size
	}
	return out
}

// printable is a text as a terminal may have it: on one line, with nothing that colours, moves or hides. Names of files and
// ids stand in what is printed, and whoever sent the file chose them.
func printable(s string) string {
	var out strings.Builder
	for _, c := range cells(s) {
		out.WriteString(c.text)
	}
	return out.String()
}

func isWide(r rune) bool {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return true
	default:
		return false
	}
}

// nearby cuts a line of megabytes down to what stands around a column, and gives how many characters were cut before it.
func nearby(line string, column int) (part string, before int) {
	if len(line) <= 4*lookedAt {
		return line, 0
	}
	from := 0
	for ; before < column-1-lookedAt && from < len(line); before++ {
		_, size := utf8.DecodeRuneInString(line[from:])
		from += size
	}
	to := from
	for n := 0; n < 2*lookedAt && to < len(line); n++ {
		_, size := utf8.DecodeRuneInString(line[to:])
		to += size
	}
	return line[from:to], before
}

func printSnippet(out *bufio.Writer, d Diagnostic, line string) {
	line, before := nearby(line, d.Column)
	d.Column -= before
	row := cells(line)
	start := min(max(d.Column-1, 0), len(row))
	end := min(start+max(d.Length, 1), max(len(row), start))

	first, last := 0, len(row)
	total := columns(row)
	if total > lineWidth {
		for w := columns(row[:start]); first < start && w > beforeSpan; first++ {
			w -= row[first].width
		}
		last = first
		for w := 0; last < len(row) && w+row[last].width <= lineWidth; last++ {
			w += row[last].width
		}
	}
	var text, under strings.Builder
	if first > 0 || before > 0 {
		text.WriteString("…")
		under.WriteString(" ")
	}
	for _, c := range row[first:last] {
		text.WriteString(c.text)
	}
	if last < len(row) {
		text.WriteString("…")
	}
	under.WriteString(strings.Repeat(" ", columns(row[first:start])))
	under.WriteString(strings.Repeat("^", max(1, columns(row[start:max(start, min(end, last))]))))

	number := strconv.Itoa(d.Line)
	fmt.Fprintf(out, "  %s | %s\n", number, strings.TrimRight(text.String(), " "))
	fmt.Fprintf(out, "  %s | %s\n", strings.Repeat(" ", len(number)), under.String())
}

func columns(row []cell) int {
	w := 0
	for _, c := range row {
		w += c.width
	}
	return w
}
