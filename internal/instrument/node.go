package instrument

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

// isPlain says whether a scalar stands without quotes, so that YAML readers guess its type.
func isPlain(n *yaml.Node) bool {
	const marked = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	return n.Kind == yaml.ScalarNode && n.Style&marked == 0
}

// isNull says whether a node says nothing: `norms: null`, `norms: ~` or `norms:`.
func isNull(n *yaml.Node) bool {
	return n == nil || n.Kind == 0 || isPlain(n) && (n.Value == "" || n.Value == "~" || strings.EqualFold(n.Value, "null"))
}

// isTruthWord says whether a plain scalar is a truth value to YAML 1.1 readers.
func isTruthWord(n *yaml.Node) bool {
	if !isPlain(n) {
		return false
	}
	switch strings.ToLower(n.Value) {
	case "yes", "no", "on", "off", "true", "false":
		return true
	}
	return false
}

// spanOf is the place of a node. Of a mapping or a list it is where it begins.
func (s *source) spanOf(n *yaml.Node) diag.Span {
	if n == nil || n.Line == 0 {
		return s.span(1, 1, 1)
	}
	if n.Kind != yaml.ScalarNode {
		return s.span(n.Line, n.Column, 1)
	}
	return s.span(n.Line, n.Column, s.scalarLength(n))
}

// scalarLength is how many characters of its first line a scalar takes up.
func (s *source) scalarLength(n *yaml.Node) int {
	line := s.line(n.Line)
	rest := line[runeIndex(line, n.Column):]
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return utf8.RuneCountInString(rest[:quotedEnd(rest, '"')])
	case n.Style&yaml.SingleQuotedStyle != 0:
		return utf8.RuneCountInString(rest[:quotedEnd(rest, '\'')])
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return 1
	}
	return min(utf8.RuneCountInString(n.Value), utf8.RuneCountInString(strings.TrimRight(rest, " \t")))
}

// quotedEnd is the length of a quoted scalar at the start of rest, or of all of rest when it goes on below.
func quotedEnd(rest string, quote byte) int {
	for i := 1; i < len(rest); i++ {
		switch {
		case quote == '"' && rest[i] == '\\':
			i++
		case rest[i] == quote && quote == '\'' && i+1 < len(rest) && rest[i+1] == quote:
			i++
		case rest[i] == quote:
			return i + 1
		}
	}
	return len(rest)
}

// spanInside is the place of a part of a scalar: offset and length count bytes of its value. It is exact for a plain or quoted
// scalar, on one line or folded over several, and for a part of a block scalar that stands on one line.
func (s *source) spanInside(n *yaml.Node, offset, length int) diag.Span {
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return s.spanInBlock(n, offset, length)
	}
	w := walker{src: s, line: n.Line, at: runeIndex(s.line(n.Line), n.Column)}
	if !isPlain(n) {
		w.quote = s.line(n.Line)[w.at]
		w.at++
	}
	for i := 0; i < offset && i < len(n.Value); {
		_, size := utf8.DecodeRuneInString(n.Value[i:])
		w.step(n.Value[i : i+size])
		i += size
	}
	column := utf8.RuneCountInString(s.line(w.line)[:w.at]) + 1
	end := min(offset+length, len(n.Value))
	if offset > end {
		offset = end
	}
	return s.span(w.line, column, utf8.RuneCountInString(n.Value[offset:end]))
}

// spanInBlock finds a part of a block scalar: it stands below the node's line as often as it does in the value.
func (s *source) spanInBlock(n *yaml.Node, offset, length int) diag.Span {
	end := min(offset+length, len(n.Value))
	part := n.Value[min(offset, end):end]
	if strings.TrimSpace(part) == "" {
		return s.spanOf(n)
	}
	before := strings.Count(n.Value[:offset], part)
	for number := n.Line + 1; number <= len(s.lines); number++ {
		line := s.line(number)
		for from := 0; ; {
			i := strings.Index(line[from:], part)
			if i < 0 {
				break
			}
			if before == 0 {
				return s.span(number, utf8.RuneCountInString(line[:from+i])+1, utf8.RuneCountInString(part))
			}
			before--
			from += i + len(part)
		}
	}
	return s.spanOf(n)
}

// walker goes through a scalar's source in step with its value.
type walker struct {
	src   *source
	line  int
	at    int // byte offset in the line
	quote byte
}

// step moves past one character of the value.
func (w *walker) step(char string) {
	line := w.src.line(w.line)
	if (char == " " || char == "\n") && strings.TrimLeft(line[w.at:], " \t") == "" {
		w.nextLine()
		return
	}
	if w.at >= len(line) {
		return
	}
	switch {
	case w.quote == '"' && line[w.at] == '\\':
		w.at += escapeLength(line[w.at:])
	case w.quote == '\'' && strings.HasPrefix(line[w.at:], "''"):
		w.at += 2
	default:
		_, size := utf8.DecodeRuneInString(line[w.at:])
		w.at += size
	}
}

func (w *walker) nextLine() {
	if w.line >= len(w.src.lines) {
		return
	}
	w.line++
	line := w.src.line(w.line)
	w.at = len(line) - len(strings.TrimLeft(line, " \t"))
}

// escapeLength is the length of a double-quoted escape sequence.
func escapeLength(s string) int {
	if len(s) < 2 {
		return len(s)
	}
	n := 2
	switch s[1] {
	case 'x':
		n = 4
	case 'u':
		n = 6
	case 'U':
		n = 10
	}
	return min(n, len(s))
}
