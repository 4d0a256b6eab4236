package instrument

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// bracket is an open { or [.
type bracket struct {
	line, at int
	mark     byte
	key      string // of a { : the key whose value is read
	state    flowState
}

// maxBrackets is how many brackets may be open at one place.
const maxBrackets = 100

// flowState is what may stand next between two brackets.
type flowState int

const (
	wantsKey   flowState = iota // or the closing bracket
	wantsColon                  // or, rarely, a comma: a key without a value
	wantsValue
	wantsComma // or the closing bracket
)

func (b *bracket) first() flowState {
	if b.mark == '{' {
		return wantsKey
	}
	return wantsValue
}

// flow reads from an opening bracket to the one that closes it.
func (s *scanner) flow() {
	var open []*bracket
	for s.fault == nil {
		if !s.nextToken() {
			break
		}
		if len(open) > 0 && s.at > 0 && s.newLine(open) {
			break
		}
		c := s.rest()[0]
		var top *bracket
		if len(open) > 0 {
			top = open[len(open)-1]
		}
		switch c {
		case '{', '[':
			if top != nil && !s.opens(top) {
				return
			}
			if len(open) > maxBrackets {
				s.fail(place{s.line, s.at}, 1, "wrong-shape", fmt.Sprintf("more than %d brackets are open here", maxBrackets), "nothing in the format nests that deep; put a text of brackets in double quotes")
				return
			}
			b := &bracket{line: s.line, at: s.at, mark: c}
			b.state = b.first()
			open = append(open, b)
			s.at++
		case '}', ']':
			if top.mark != c-2 { // each closing bracket is two behind its opening one in ASCII
				s.unclosed(top)
				return
			}
			s.at++
			if open = open[:len(open)-1]; len(open) == 0 {
				return
			}
			open[len(open)-1].state = wantsComma
		case ',':
			if top.state == top.first() {
				s.fail(place{s.line, s.at}, 1, "yaml-syntax", "nothing stands before this comma", "take it away, or write what is missing")
				return
			}
			top.state = top.first()
			s.at++
		case '"', '\'':
			s.flowQuote(top)
		default:
			s.plain(top)
		}
	}
	if s.fault == nil && len(open) > 0 {
		s.unclosed(open[len(open)-1])
	}
}

// nextToken moves to the next character that means something; false at the end of the file, or where a new entry begins.
func (s *scanner) nextToken() bool {
	first := s.line
	for s.line < len(s.lines) {
		if s.line != first && s.at == 0 {
			text := s.text()
			if indent := len(text) - len(strings.TrimLeft(text, " ")); indent <= s.indent && newEntry.MatchString(text) {
				return false
			}
		}
		s.blanks()
		rest := s.rest()
		if rest != "" && (rest[0] != '#' || s.at > 0 && strings.IndexByte(" \t", s.text()[s.at-1]) < 0) {
			return true
		}
		s.line, s.at = s.line+1, 0
	}
	return false
}

// newLine reports a key that begins a line although nothing ended the value before.
func (s *scanner) newLine(open []*bracket) bool {
	top := open[len(open)-1]
	if top.state != wantsComma || !flowKey.MatchString(s.rest()) {
		return false
	}
	s.missingComma()
	return true
}

func (s *scanner) missingComma() {
	word := flowKey.FindString(s.rest())
	word = strings.TrimRight(strings.TrimRight(word, " \t"), ":")
	if word == "" {
		word = strings.TrimSpace(s.rest()[:1])
	}
	s.fail(place{s.line, s.at}, utf8.RuneCountInString(word), "yaml-syntax", fmt.Sprintf("a comma is missing before %s", strings.TrimSpace(word)), "separate what stands in brackets by commas")
}

func (s *scanner) unclosed(b *bracket) {
	s.fail(place{b.line, b.at}, 1, "yaml-syntax", "a bracket opened here is not closed", "close it, or put the text in double quotes")
}

// opens says whether a bracket may stand here.
func (s *scanner) opens(top *bracket) bool {
	switch top.state {
	case wantsComma:
		s.missingComma()
		return false
	case wantsKey:
		at := s.at
		if at > 0 && s.text()[at-1] == '{' {
			at--
		}
		s.fail(place{s.line, at}, 1, "unquoted-text", "a text that begins with a bracket stands unquoted", "put it in double quotes, as in \"{{name}}\"")
		return false
	}
	return true
}

// flowQuote reads a quoted text inside of brackets.
func (s *scanner) flowQuote(top *bracket) {
	line, at := s.line, s.at
	if top.state == wantsComma {
		s.missingComma()
		return
	}
	if !s.quote() {
		return
	}
	s.blanks()
	rest := s.rest()
	switch {
	case rest == "", rest[0] == '#', rest[0] == ',', rest[0] == '}', rest[0] == ']':
		s.ends(top, "")
	case rest[0] == ':' && top.state == wantsKey:
		s.ends(top, "")
	case strings.IndexByte(" \t", s.text()[s.at-1]) >= 0 && (flowKey.MatchString(rest) || top.mark == '[' && (rest[0] == '"' || rest[0] == '\'')):
		s.missingComma()
	default:
		s.brokenQuote(line, at)
	}
}

// ends goes on behind a key or a value.
func (s *scanner) ends(top *bracket, key string) {
	if top.state == wantsKey {
		top.state, top.key = wantsColon, key
	} else {
		top.state = wantsComma
	}
}

// plain reads an unquoted text inside of brackets, or the colon behind a key.
func (s *scanner) plain(top *bracket) {
	rest := s.rest()
	if rest[0] == ':' && top.state == wantsColon {
		s.at++
		top.state = wantsValue
		return
	}
	if top.state == wantsComma {
		s.missingComma()
		return
	}
	if strings.HasPrefix(rest, "- ") {
		s.fail(place{s.line, s.at}, 1, "yaml-syntax", "a minus stands apart from what it belongs to", "write them together, as in -q2")
		return
	}
	start, end := s.at, s.at
	text := s.text()
	for ; end < len(text); end++ {
		c := text[end]
		followed := end+1 == len(text) || strings.IndexByte(" \t,[]{}", text[end+1]) >= 0
		blank := end > start && strings.IndexByte(" \t", text[end-1]) >= 0
		switch {
		case c == ',', c == '}', c == ']':
		case c == ':' && followed:
			if top.state == wantsKey || top.mark == '[' {
				break
			}
			if !(end+1 == len(text) || strings.IndexByte(" \t", text[end+1]) >= 0) {
				continue
			}
			s.colon(start, end)
			return
		case c == '#' && blank:
			if end+1 < len(text) && text[end+1] != ' ' {
				s.fail(place{s.line, end}, 1, "yaml-comment", "a # after a space begins a comment, and cuts the text", "put the text in double quotes")
				return
			}
		case c == '[', c == '{', c == '?':
			s.unquoted(top, start, end)
			return
		default:
			continue
		}
		break
	}
	s.at = end
	s.ends(top, strings.TrimSpace(text[start:end]))
}

// colon explains a colon in the middle of an unquoted value.
func (s *scanner) colon(start, end int) {
	hint := "put the text in double quotes"
	text := s.text()[start:end]
	if i := strings.LastIndexByte(text, ' '); i >= 0 && flowKey.MatchString(text[i+1:]+":") {
		hint += fmt.Sprintf("; if %s is a key of its own, a comma is missing before it", text[i+1:])
	}
	s.fail(place{s.line, end}, 1, "unquoted-colon", "a colon stands inside of an unquoted text", hint)
}

// unquoted explains a character that ends an unquoted text inside of brackets too early.
func (s *scanner) unquoted(top *bracket, start, end int) {
	c := s.text()[end]
	if top.key == "show_if" {
		s.fail(place{s.line, start}, 1, "unquoted-comma", "a condition with a comma or bracket stands unquoted inside { }", `put all of it in double quotes, as in show_if: "q1 in [1, 2]"`)
		return
	}
	what := "bracket"
	if c == '?' {
		what = "question mark"
	}
	s.fail(place{s.line, start}, utf8.RuneCountInString(s.text()[start:end+1]), "unquoted-text", "an unquoted text inside { } holds a "+what, `put the text in double quotes: "..."`)
}
