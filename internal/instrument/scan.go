package instrument

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// The YAML parser says in which line it gave up, at best. The scanner reads the file as an author means it, one entry a line and
// brackets within, and finds the first place where that goes wrong. It runs only on files that are not YAML.

// fault is a place where the file stops being YAML.
type fault struct {
	line, at, length    int // line from 1; at in bytes, length in characters
	code, message, hint string
}

var (
	blockKey = regexp.MustCompile(`^("[^"]*"|'[^']*'|[^\s'"\[\]{},#&*!|>%@?` + "`" + `-][^:#{}\[\],"']*?)\s*:(\s+|$)`)
	flowKey  = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*\s*:(\s|$)`)
	newEntry = regexp.MustCompile(`^\s*(- |-$|[A-Za-z_][A-Za-z0-9_-]*\s*:(\s|$))`)
)

// scanner is at a place in a file.
type scanner struct {
	lines  []string
	line   int // from 0
	at     int // bytes
	indent int // the column of the entry that is read; what stands deeper belongs to it
	fault  *fault
}

// place is a place in the file.
type place struct {
	line int // from 0
	at   int // bytes
}

// faults finds the places where quotes, brackets and commas do not fit, one of each entry at most.
func (s *source) faults() []fault {
	sc := &scanner{lines: s.lines}
	var found []fault
	for sc.line < len(sc.lines) {
		start := sc.line
		sc.entry()
		if sc.fault != nil {
			found = append(found, *sc.fault)
			sc.fault = nil
			sc.recover(start + 1)
		}
	}
	return found
}

// recover goes on at the next line, from one on, that begins an entry beside or above the present one.
func (s *scanner) recover(line int) {
	for s.line = line; s.line < len(s.lines); s.line++ {
		text := s.text()
		if indent := len(text) - len(strings.TrimLeft(text, " ")); indent <= s.indent && newEntry.MatchString(text) {
			return
		}
	}
}

func (s *scanner) fail(p place, length int, code, message, hint string) {
	if s.fault == nil {
		s.fault = &fault{p.line + 1, p.at, max(length, 1), code, message, hint}
	}
}

func (s *scanner) text() string { return s.lines[s.line] }
func (s *scanner) rest() string { return s.lines[s.line][s.at:] }

// entry reads one line of a block, and what its value goes on to.
func (s *scanner) entry() {
	line := s.text()
	s.at = len(line) - len(strings.TrimLeft(line, " "))
	s.indent = s.at
	for strings.HasPrefix(s.rest(), "- ") {
		s.indent = s.at
		s.at += 2
		s.at += len(s.rest()) - len(strings.TrimLeft(s.rest(), " "))
	}
	if m := blockKey.FindString(s.rest()); m != "" {
		s.indent = s.at
		s.at += len(m)
	}
	rest := s.rest()
	switch {
	case rest == "", rest[0] == '#':
		s.line++
	case rest[0] == '|', rest[0] == '>':
		s.blockScalar()
	case rest[0] == '"', rest[0] == '\'':
		s.blockQuote()
	case rest[0] == '{', rest[0] == '[':
		if s.flow(); s.fault == nil {
			s.nothingBehind("bracket")
		}
	default:
		s.line++
	}
}

// blockScalar passes over a text behind | or >.
func (s *scanner) blockScalar() {
	for s.line++; s.line < len(s.lines); s.line++ {
		line := s.text()
		text := strings.TrimLeft(line, " ")
		if text != "" && len(line)-len(text) <= s.indent {
			return
		}
	}
}

// blockQuote reads a quoted text outside of brackets.
func (s *scanner) blockQuote() {
	line, at := s.line, s.at
	if !s.quote() {
		return
	}
	if rest := strings.TrimLeft(s.rest(), " \t"); rest != "" && rest[0] != '#' {
		s.brokenQuote(line, at)
		return
	}
	s.line++
}

// quote passes over a quoted text; false when it is never closed.
func (s *scanner) quote() bool {
	line, at, mark := s.line, s.at, s.rest()[0]
	for first := true; s.line < len(s.lines); first = false {
		text := s.text()
		indent := len(text) - len(strings.TrimLeft(text, " "))
		if !first && strings.TrimSpace(text) != "" && indent <= s.indent && newEntry.MatchString(text) {
			break
		}
		from := 0
		if first {
			from = s.at + 1
		}
		if end := closing(text, from, mark); end >= 0 {
			s.at = end + 1
			return true
		}
		s.line++
	}
	s.fail(place{line, at}, 1, "yaml-syntax", "a quote is opened here and never closed", "close it")
	return false
}

// closing finds the mark that ends a quoted text, from a place within it; -1 when it goes on below.
func closing(text string, from int, mark byte) int {
	for i := from; i < len(text); i++ {
		switch {
		case mark == '"' && text[i] == '\\':
			i++
		case text[i] == mark && mark == '\'' && i+1 < len(text) && text[i+1] == mark:
			i++
		case text[i] == mark:
			return i
		}
	}
	return -1
}

func (s *scanner) brokenQuote(line, at int) {
	hint := `inside single quotes a quote is doubled: 'it''s'; or put the text in double quotes`
	if s.lines[line][at] == '"' {
		hint = `inside double quotes a double quote is written \"`
	}
	s.fail(place{line, at}, 1, "yaml-syntax", "something stands behind the closing quote of this text", hint)
}

// nothingBehind holds the rest of the line behind a value to be empty.
func (s *scanner) nothingBehind(what string) {
	s.blanks()
	rest := s.rest()
	switch {
	case rest == "" || rest[0] == '#':
		s.line++
	case rest[0] == '}' || rest[0] == ']':
		s.fail(place{s.line, s.at}, 1, "yaml-syntax", fmt.Sprintf("this %q closes nothing", rest[:1]), "take it away; all brackets are closed before it")
	default:
		s.fail(place{s.line, s.at}, utf8.RuneCountInString(strings.TrimRight(rest, " ")), "yaml-syntax", "something stands behind the closing "+what,
			"begin a new line; a text that begins with { or [ needs double quotes")
	}
}

func (s *scanner) blanks() {
	s.at += len(s.rest()) - len(strings.TrimLeft(s.rest(), " \t"))
}
