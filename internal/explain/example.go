package explain

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Example is one instrument, or several, that are wrong or right together.
type Example struct {
	Caption   string // what it shows; may be empty
	Fragments []Fragment
	base      string
	beside    []File
}

// Fragment is what one fence holds.
type Fragment struct {
	Name    string // of the file; empty for the first of an example
	Text    string // as it is shown, with its lines of carets
	Escaped bool   // \t, \xHH and the like stand for bytes
	lines   []string
	marks   []Mark // by line of the fragment
	size    int
}

// Mark is a place that a line of carets points at: Line and Column count from 1, Column and Length in characters.
type Mark struct{ File, Line, Column, Length int }

// File is one file of a completed example.
type File struct {
	Name  string
	Bytes []byte
}

var (
	caretLine = regexp.MustCompile(`^ *\^+$`)
	escape    = regexp.MustCompile(`\\(t|r|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})`)
)

// read takes the lines of carets out and keeps what they point at.
func (f *Fragment) read() error {
	for _, line := range strings.Split(strings.TrimSuffix(f.Text, "\n"), "\n") {
		if !caretLine.MatchString(line) {
			f.lines = append(f.lines, line)
			continue
		}
		if len(f.lines) == 0 {
			return errors.New("carets point at nothing")
		}
		above := f.lines[len(f.lines)-1]
		column := len(line) - len(strings.TrimLeft(line, " ")) + 1
		end := column + strings.Count(line, "^")
		if end > utf8.RuneCountInString(above)+2 { // one character behind the line may be meant
			return fmt.Errorf("carets point behind the end of %q", above)
		}
		f.marks = append(f.marks, Mark{Line: len(f.lines), Column: f.real(above, column), Length: max(1, f.real(above, end)-f.real(above, column))})
	}
	if f.Escaped {
		for i, line := range f.lines {
			f.lines[i] = unescape(line)
		}
	}
	return nil
}

// real is the column in the file of a column as it is shown.
func (f *Fragment) real(shown string, column int) int {
	before := []rune(shown)
	if !f.Escaped {
		return column
	}
	return utf8.RuneCountInString(unescape(string(before[:min(column-1, len(before))]))) + 1
}

func unescape(s string) string {
	return escape.ReplaceAllStringFunc(s, func(e string) string {
		switch e[1] {
		case 't':
			return "\t"
		case 'r':
			return "\r"
		case 'x':
			b, _ := strconv.ParseUint(e[2:], 16, 8) // the pattern lets two digits through
			return string([]byte{byte(b)})
		default:
			r, _ := strconv.ParseUint(e[2:], 16, 16) // the pattern lets four digits through
			return string(rune(r))
		}
	})
}

// bytes are the fragment's lines behind others, filled up to its size.
func (f *Fragment) bytes(before ...string) []byte {
	var b strings.Builder
	b.WriteString(strings.Join(append(before, f.lines...), "\n") + "\n")
	for b.Len() < f.size {
		b.WriteString("#" + strings.Repeat("-", min(98, max(0, f.size-b.Len()-2))) + "\n")
	}
	return []byte(b.String())
}
