package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// file is the text of a file, and where everything in it begins and ends. Places are offsets in bytes.
type file struct {
	text  string
	lines []int // where each line begins
	spans map[*yaml.Node]span
}

// span goes from the first byte of a part of a file to behind its last one.
type span struct{ from, to int }

func newFile(text string) *file {
	f := &file{text: text, lines: []int{0}, spans: map[*yaml.Node]span{}}
	for i := range len(text) {
		if text[i] == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
	return f
}

// offset is the place of a line and column, both from 1, columns in characters.
func (f *file) offset(line, column int) int {
	if line < 1 || line > len(f.lines) {
		return len(f.text)
	}
	at := f.lines[line-1]
	for ; column > 1 && at < len(f.text) && f.text[at] != '\n'; column-- {
		_, size := utf8.DecodeRuneInString(f.text[at:])
		at += size
	}
	return at
}

// line is the number of the line, from 0, in which a place is.
func (f *file) line(at int) int {
	low, high := 0, len(f.lines)
	for high-low > 1 {
		if mid := (low + high) / 2; f.lines[mid] <= at {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// column is how many characters stand before a place in its line.
func (f *file) column(at int) int { return utf8.RuneCountInString(f.text[f.lines[f.line(at)]:at]) }

// before is the text before a place in its line.
func (f *file) before(at int) string { return f.text[f.lines[f.line(at)]:at] }

// lineText is a line by its number from 0, without its end.
func (f *file) lineText(n int) string {
	if n < 0 || n >= len(f.lines) {
		return ""
	}
	rest := f.text[f.lines[n]:]
	if end := strings.IndexByte(rest, '\n'); end >= 0 {
		return rest[:end]
	}
	return rest
}

// blankAbove says whether the line above a place is blank.
func (f *file) blankAbove(at int) bool {
	n := f.line(at)
	return n > 0 && strings.TrimSpace(f.lineText(n-1)) == ""
}

// measure finds where a node and all that is in it begin and end.
func (f *file) measure(n *yaml.Node) span {
	s := span{from: f.offset(n.Line, n.Column)}
	s.to = s.from
	switch n.Kind {
	case yaml.ScalarNode:
		s.to = f.scalarEnd(n, s.from)
	default:
		for i, c := range n.Content {
			inner := f.measure(c)
			if n.Kind == yaml.MappingNode && i%2 == 1 && silent(c) {
				key := f.spans[n.Content[i-1]]
				inner = span{key.to, key.to} // the parser puts what is left out anywhere
				f.spans[c] = inner
			}
			s.to = max(s.to, inner.to)
		}
		if isFlow(n) && s.from < len(f.text) && strings.IndexByte("{[", f.text[s.from]) >= 0 { // [a: b] holds a mapping without braces
			s.to = f.closing(max(s.to, s.from+1))
		}
	}
	f.spans[n] = s
	return s
}

// isFlow says whether a collection stands in brackets.
func isFlow(n *yaml.Node) bool { return n.Kind != yaml.ScalarNode && n.Style&yaml.FlowStyle != 0 }

// silent says whether nothing stands where a value should.
func silent(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style == 0
}

// closing is the place behind the bracket that closes a collection whose last part ends at a place.
func (f *file) closing(at int) int {
	for at < len(f.text) {
		switch f.text[at] {
		case ']', '}':
			return at + 1
		case '#':
			end := strings.IndexByte(f.text[at:], '\n')
			if end < 0 {
				return len(f.text)
			}
			at += end
		default:
			at++
		}
	}
	return at
}

// scalarEnd is the place behind a scalar.
func (f *file) scalarEnd(n *yaml.Node, at int) int {
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		for i := at + 1; i < len(f.text); i++ {
			switch f.text[i] {
			case '\\':
				i++
			case '"':
				return i + 1
			}
		}
		return len(f.text)
	case n.Style&yaml.SingleQuotedStyle != 0:
		for i := at + 1; i < len(f.text); i++ {
			if f.text[i] != '\'' {
				continue
			}
			if i+1 < len(f.text) && f.text[i+1] == '\'' {
				i++
				continue
			}
			return i + 1
		}
		return len(f.text)
	case isBlockText(n):
		at = f.headerEnd(at)
		if strings.TrimSpace(n.Value) == "" {
			return at
		}
		return f.follow(n.Value, at+len(f.lineRest(at)))
	}
	return f.follow(n.Value, at)
}

// isBlockText says whether a text stands below a | or >.
func isBlockText(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
}

// headerEnd is the place behind the sign of a block text and what stands directly at it, as in |2-.
func (f *file) headerEnd(at int) int {
	for at < len(f.text) && strings.IndexByte("|>+-0123456789", f.text[at]) >= 0 {
		at++
	}
	return at
}

// follow reads a value in the text from a place on: what is not blank stands there in the same order, wherever lines are folded.
func (f *file) follow(value string, at int) int {
	for _, r := range value {
		if unicode.IsSpace(r) {
			continue
		}
		for at < len(f.text) {
			found, size := utf8.DecodeRuneInString(f.text[at:])
			at += size
			if found == r {
				break
			}
		}
	}
	return at
}

// lineRest is the text from a place to the end of its line.
func (f *file) lineRest(at int) string {
	rest := f.text[at:]
	if end := strings.IndexByte(rest, '\n'); end >= 0 {
		return rest[:end]
	}
	return rest
}
