package interchange

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

type exprTokenKind uint8

const (
	tokenEnd exprTokenKind = iota
	tokenRef
	tokenSelf
	tokenText
	tokenNumber
	tokenName
	tokenOp
)

type exprToken struct {
	kind    exprTokenKind
	text    string
	code    string
	hasCode bool
}

func (t exprToken) describe() string {
	switch t.kind {
	case tokenEnd:
		return "the end"
	case tokenRef:
		return "the question " + t.text
	case tokenText:
		return "'" + t.text + "'"
	case tokenSelf:
		return "the dot"
	default:
		return `"` + t.text + `"`
	}
}

// exprLexer cuts an expression into tokens.
type exprLexer struct {
	src     string
	pos     int
	dialect dialect
}

// exprOps are the operators, the longer ones first.
var exprOps = []string{"!=", "<>", "<=", ">=", "==", "&&", "||", "=", "<", ">", "!", "+", "-", "*", "|", "(", ")", ","}

func (l *exprLexer) next() (exprToken, error) {
	l.pos += len(l.src[l.pos:]) - len(strings.TrimLeft(l.src[l.pos:], " \t\r\n"))
	rest := l.src[l.pos:]
	if rest == "" {
		return exprToken{}, nil
	}
	switch c := rest[0]; {
	case c == '\'' || c == '"':
		return l.quoted(rest)
	case isDigit(c), c == '.' && len(rest) > 1 && isDigit(rest[1]):
		return l.number(rest)
	case isLetter(c), c == '_':
		return l.name(rest)
	case l.dialect == xpath && strings.HasPrefix(rest, "${"):
		return l.dollar(rest)
	case l.dialect == logical && c == '[':
		return l.bracket(rest)
	case l.dialect == xpath && c == '.' && !strings.HasPrefix(rest, ".."):
		return l.take(tokenSelf, 1), nil
	case l.dialect == logical && c == '/':
		return l.take(tokenOp, 1), nil
	}
	for _, op := range exprOps {
		if strings.HasPrefix(rest, op) {
			return l.take(tokenOp, len(op)), nil
		}
	}
	if l.dialect == xpath && (rest[0] == '/' || rest[0] == '.') {
		return exprToken{}, errors.New("it names a question by a path")
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return exprToken{}, fmt.Errorf("%q is not understood", r)
}

func (l *exprLexer) take(kind exprTokenKind, n int) exprToken {
	t := exprToken{kind: kind, text: l.src[l.pos : l.pos+n]}
	l.pos += n
	return t
}

func (l *exprLexer) quoted(rest string) (exprToken, error) {
	end := strings.IndexByte(rest[1:], rest[0])
	if end < 0 {
		return exprToken{}, errors.New("a quote is never closed")
	}
	l.pos += end + 2
	return exprToken{kind: tokenText, text: rest[1 : 1+end]}, nil
}

func (l *exprLexer) number(rest string) (exprToken, error) {
	n, dot := 0, false
	for n < len(rest) && (isDigit(rest[n]) || rest[n] == '.' && !dot) {
		dot = dot || rest[n] == '.'
		n++
	}
	if n < len(rest) && (isLetter(rest[n]) || rest[n] == '_') {
		return exprToken{}, fmt.Errorf("%q is no number and no question", rest[:n+1])
	}
	return l.take(tokenNumber, n), nil
}

func (l *exprLexer) name(rest string) (exprToken, error) {
	n := 0
	for n < len(rest) && (isLetter(rest[n]) || isDigit(rest[n]) || strings.IndexByte("_-.:", rest[n]) >= 0 && l.dialect == xpath || rest[n] == '_') {
		n++
	}
	return l.take(tokenName, n), nil
}

// dollar reads ${question}.
func (l *exprLexer) dollar(rest string) (exprToken, error) {
	end := strings.IndexByte(rest, '}')
	if end < 0 {
		return exprToken{}, errors.New("a ${ is never closed")
	}
	name := strings.TrimSpace(rest[2:end])
	if name == "" {
		return exprToken{}, errors.New("${} names no question")
	}
	l.pos += end + 1
	if after := l.src[l.pos:]; after != "" && strings.IndexByte("/[", after[0]) >= 0 {
		return exprToken{}, errors.New("it names a question by a path")
	}
	return exprToken{kind: tokenRef, text: name}, nil
}

// bracket reads [question] or [question(code)].
func (l *exprLexer) bracket(rest string) (exprToken, error) {
	end := strings.IndexByte(rest, ']')
	if end < 0 {
		return exprToken{}, errors.New("a [ is never closed")
	}
	inner := strings.TrimSpace(rest[1:end])
	l.pos += end + 1
	if strings.HasPrefix(l.src[l.pos:], "[") {
		return exprToken{}, fmt.Errorf("%s names an event or an instance, which an instrument does not have", rest[:end+1])
	}
	t := exprToken{kind: tokenRef, text: inner}
	if name, code, ok := strings.Cut(inner, "("); ok && strings.HasSuffix(code, ")") {
		t.text, t.code, t.hasCode = strings.TrimSpace(name), strings.TrimSpace(strings.TrimSuffix(code, ")")), true
	}
	if t.text == "" {
		return exprToken{}, errors.New("[] names no question")
	}
	return t, nil
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
