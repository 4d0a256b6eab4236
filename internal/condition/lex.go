package condition

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind names what a token is; punctuation and operators are named by themselves.
type tokenKind string

const (
	tokEnd    tokenKind = "end"
	tokWord   tokenKind = "word"
	tokNumber tokenKind = "number"
	tokCode   tokenKind = "code"
	tokOp     tokenKind = "op"
)

// token is one word of a condition. text is what it means: of a quoted code without the quotes.
type token struct {
	kind   tokenKind
	text   string
	offset int
	length int
}

func (t token) describe() string {
	switch t.kind {
	case tokEnd:
		return "the end of the condition"
	case tokCode:
		return "'" + t.text + "'"
	default:
		return `"` + t.text + `"`
	}
}

// lexer cuts a condition into tokens.
type lexer struct {
	src string
	pos int
}

// next gives the next token, or the problem that stands where one should.
func (l *lexer) next() (token, *Problem) {
	for l.pos < len(l.src) {
		r, size := utf8.DecodeRuneInString(l.src[l.pos:])
		if !unicode.IsSpace(r) {
			break
		}
		l.pos += size
	}
	start := l.pos
	if start >= len(l.src) {
		return token{kind: tokEnd, offset: len(l.src), length: 1}, nil
	}
	rest := l.src[start:]
	switch c := rest[0]; {
	case isLetter(c):
		return l.take(tokWord, spanWhile(rest, isWordByte)), nil
	case isDigit(c), c == '-' && len(rest) > 1 && isDigit(rest[1]):
		return l.number(rest)
	case c == '\'':
		return l.quoted(rest)
	case strings.IndexByte("()[],", c) >= 0:
		return l.take(tokenKind(rest[:1]), 1), nil
	}
	for _, op := range [...]Op{Equal, NotEqual, LessEqual, GreaterEqual, Less, Greater} {
		if strings.HasPrefix(rest, string(op)) {
			if op == Less && strings.HasPrefix(rest, "<>") {
				break
			}
			return l.take(tokOp, len(op)), nil
		}
	}
	return token{}, l.foreign(rest)
}

func (l *lexer) take(kind tokenKind, n int) token {
	t := token{kind: kind, text: l.src[l.pos : l.pos+n], offset: l.pos, length: n}
	l.pos += n
	return t
}

func (l *lexer) number(rest string) (token, *Problem) {
	n := 1 + spanWhile(rest[1:], isDigit)
	if n+1 < len(rest) && rest[n] == '.' && isDigit(rest[n+1]) {
		n += 1 + spanWhile(rest[n+1:], isDigit)
	}
	if n < len(rest) && (isWordByte(rest[n]) || rest[n] == '.') {
		whole := n + spanWhile(rest[n:], func(c byte) bool { return isWordByte(c) || c == '.' })
		return token{}, problem(l.pos, whole, "condition-number", fmt.Sprintf("%q is not a number", rest[:whole]),
			fmt.Sprintf("a number looks like 3 or 2.5, a code that is not a number stands in single quotes: '%s'", rest[:whole]))
	}
	digits := strings.TrimPrefix(rest[:n], "-")
	if len(digits) > 1 && digits[0] == '0' && digits[1] != '.' {
		return token{}, problem(l.pos, n, "condition-number", fmt.Sprintf("%q has a leading zero", rest[:n]),
			"write the number as the code is written, without it")
	}
	return l.take(tokNumber, n), nil
}

func (l *lexer) quoted(rest string) (token, *Problem) {
	end := strings.IndexByte(rest[1:], '\'')
	if end < 0 {
		return token{}, problem(l.pos, len(rest), "condition-quote", "this single quote is never closed", "a code looks like 'soccer'")
	}
	t := token{kind: tokCode, text: rest[1 : 1+end], offset: l.pos, length: end + 2}
	if t.text == "" {
		return token{}, problem(l.pos, 2, "condition-quote", "there is no code between the quotes",
			"name the code; whether there is an answer at all is answered(item)")
	}
	l.pos += t.length
	return t, nil
}

// foreign explains what people write who come from another language.
func (l *lexer) foreign(rest string) *Problem {
	at := func(n int, message, hint string) *Problem {
		return problem(l.pos, n, "condition-syntax", message, hint)
	}
	switch {
	case rest[0] == '=':
		return at(1, `a single "=" does not compare`, `write "=="`)
	case strings.HasPrefix(rest, "&&"), rest[0] == '&':
		return at(len(rest)-len(strings.TrimLeft(rest, "&")), `"&" is not part of a condition`, `write "and"`)
	case rest[0] == '|':
		return at(len(rest)-len(strings.TrimLeft(rest, "|")), `"|" is not part of a condition`, `write "or"`)
	case strings.HasPrefix(rest, "<>"):
		return at(2, `"<>" is not part of a condition`, `write "!="`)
	case rest[0] == '!':
		return at(1, `"!" is not part of a condition`, `write "not"`)
	case rest[0] == '"':
		return l.doubleQuoted(rest)
	case strings.HasPrefix(rest, "${"):
		end := strings.IndexByte(rest, '}')
		if end < 0 {
			end = 1
		}
		return at(end+1, `an item is named without "${ }"`, `write its id alone, as in club == 1`)
	}
	r, size := utf8.DecodeRuneInString(rest)
	if strings.ContainsRune("‘’“”", r) {
		return problem(l.pos, size, "condition-quote", fmt.Sprintf("%q is a typographic quote", r), "a code stands in straight single quotes: 'soccer'")
	}
	return at(size, fmt.Sprintf("%q is not part of a condition", r), "a condition is made of items, codes, numbers, and, or, not, in, has, answered(), ==, !=, <, <=, > and >=")
}

func (l *lexer) doubleQuoted(rest string) *Problem {
	n, code := 1, "soccer"
	if end := strings.IndexByte(rest[1:], '"'); end >= 0 {
		n = end + 2
		if end > 0 {
			code = rest[1 : 1+end]
		}
	}
	return problem(l.pos, n, "condition-quote", "a code does not stand in double quotes", fmt.Sprintf("use single quotes: '%s'", code))
}

func spanWhile(s string, ok func(byte) bool) int {
	n := 0
	for n < len(s) && ok(s[n]) {
		n++
	}
	return n
}

func isLetter(c byte) bool   { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isDigit(c byte) bool    { return c >= '0' && c <= '9' }
func isWordByte(c byte) bool { return isLetter(c) || isDigit(c) || c == '_' }
