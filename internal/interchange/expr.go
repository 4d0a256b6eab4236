package interchange

import (
	"errors"
	"fmt"
	"strings"
)

// dialect is one of the two languages in which forms write their conditions.
type dialect uint8

const (
	xpath   dialect = iota // XLSForm: ${a} = 1, selected(${b}, 'x')
	logical                // REDCap's branching logic: [a] = '1', [b(2)] = '1', <>
)

// exprKind names what an expr is. Operators are named by themselves; "!=" also stands for "<>", "=" for "==".
type exprKind string

const (
	exprRef    exprKind = "ref"    // text: the question; code: of REDCap's [question(code)]
	exprSelf   exprKind = "self"   // XPath's dot
	exprText   exprKind = "text"   // a quoted text
	exprNumber exprKind = "number" // text: as it is written
	exprCall   exprKind = "call"   // text: the function, in lower case
	exprOr     exprKind = "or"
	exprAnd    exprKind = "and"
	exprNot    exprKind = "not"
)

// expr is one node of an expression of either language.
type expr struct {
	kind    exprKind
	text    string
	code    string
	hasCode bool
	args    []*expr
}

const (
	maxExpr      = 8000 // bytes of one expression
	maxExprDepth = 40   // brackets, calls and nots within each other
)

// parseExpr reads an expression. The error says what stands in the way.
func parseExpr(src string, d dialect) (*expr, error) {
	if len(src) > maxExpr {
		return nil, fmt.Errorf("it is longer than %d characters", maxExpr)
	}
	p := &exprParser{lex: exprLexer{src: straightQuotes.Replace(src), dialect: d}}
	if p.next(); p.err == nil && p.tok.kind == tokenEnd {
		return nil, errors.New("it is empty")
	}
	e := p.or()
	if p.err == nil && p.tok.kind != tokenEnd {
		p.fail("%s stands where the expression should end", p.tok.describe())
	}
	if p.err != nil {
		return nil, p.err
	}
	return e, nil
}

// straightQuotes undoes what word processors do to quotes; XLSForm's own compiler does so too.
var straightQuotes = strings.NewReplacer("‘", "'", "’", "'", "“", `"`, "”", `"`, "\u00a0", " ")

type exprParser struct {
	lex   exprLexer
	tok   exprToken
	err   error
	depth int
}

func (p *exprParser) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf(format, args...)
	}
}

func (p *exprParser) next() {
	if p.err != nil {
		return
	}
	tok, err := p.lex.next()
	if err != nil {
		p.err = err
		return
	}
	p.tok = tok
}

// isWord says whether the next token is a word in any case.
func (p *exprParser) isWord(words ...string) bool {
	if p.tok.kind != tokenName {
		return false
	}
	for _, word := range words {
		if strings.EqualFold(p.tok.text, word) {
			return true
		}
	}
	return false
}

func (p *exprParser) isOp(ops ...string) bool {
	if p.tok.kind != tokenOp {
		return false
	}
	for _, op := range ops {
		if p.tok.text == op {
			return true
		}
	}
	return false
}

// chain reads operands joined by one connective as one node.
func (p *exprParser) chain(kind exprKind, joined func() bool, operand func() *expr) *expr {
	args := []*expr{operand()}
	for p.err == nil && joined() {
		p.next()
		args = append(args, operand())
	}
	if len(args) == 1 {
		return args[0]
	}
	return &expr{kind: kind, args: args}
}

func (p *exprParser) or() *expr {
	return p.chain(exprOr, func() bool { return p.isWord("or") || p.isOp("||") }, p.and)
}

func (p *exprParser) and() *expr {
	return p.chain(exprAnd, func() bool { return p.isWord("and") || p.isOp("&&") }, p.equality)
}

// binary reads operands joined by operators of one strength, from the left.
func (p *exprParser) binary(operand func() *expr, joined func() bool) *expr {
	left := operand()
	for p.err == nil && joined() {
		op := strings.ToLower(p.tok.text)
		switch op {
		case "<>":
			op = "!="
		case "==":
			op = "="
		}
		p.next()
		left = &expr{kind: exprKind(op), args: []*expr{left, operand()}}
	}
	return left
}

func (p *exprParser) equality() *expr {
	return p.binary(p.relation, func() bool { return p.isOp("=", "==", "!=", "<>") })
}

func (p *exprParser) relation() *expr {
	return p.binary(p.sum, func() bool { return p.isOp("<", "<=", ">", ">=") })
}

func (p *exprParser) sum() *expr {
	return p.binary(p.product, func() bool { return p.isOp("+", "-", "|") })
}

func (p *exprParser) product() *expr {
	return p.binary(p.unary, func() bool { return p.isOp("*", "/") || p.isWord("div", "mod") })
}

// within guards against expressions that are nested without end.
func (p *exprParser) within(read func() *expr) *expr {
	if p.depth++; p.depth > maxExprDepth {
		p.fail("it is nested more than %d deep", maxExprDepth)
	}
	defer func() { p.depth-- }()
	if p.err != nil {
		return nil
	}
	return read()
}

func (p *exprParser) unary() *expr {
	switch {
	case p.isOp("!"):
		p.next()
		return &expr{kind: exprNot, args: []*expr{p.within(p.unary)}}
	case p.isOp("-"):
		p.next()
		arg := p.within(p.unary)
		if p.err == nil && arg.kind == exprNumber && !strings.HasPrefix(arg.text, "-") {
			return &expr{kind: exprNumber, text: "-" + arg.text}
		}
		return &expr{kind: exprCall, text: "-", args: []*expr{arg}}
	}
	return p.primary()
}

func (p *exprParser) primary() *expr {
	if p.err != nil {
		return nil
	}
	tok := p.tok
	switch tok.kind {
	case tokenRef:
		p.next()
		return &expr{kind: exprRef, text: tok.text, code: tok.code, hasCode: tok.hasCode}
	case tokenSelf:
		p.next()
		return &expr{kind: exprSelf}
	case tokenText:
		p.next()
		return &expr{kind: exprText, text: tok.text}
	case tokenNumber:
		p.next()
		return &expr{kind: exprNumber, text: tok.text}
	case tokenName:
		return p.call()
	}
	if p.isOp("(") {
		p.next()
		e := p.within(p.or)
		p.expect(")")
		return e
	}
	p.fail("%s stands where a question, a value or a function should", tok.describe())
	return nil
}

// call reads a function with its arguments. "not" may do without brackets.
func (p *exprParser) call() *expr {
	name := strings.ToLower(p.tok.text)
	p.next()
	if p.err == nil && !p.isOp("(") {
		if name == "not" {
			return &expr{kind: exprNot, args: []*expr{p.within(p.equality)}}
		}
		p.fail("%q is no question: write ${%s} or [%s]", name, name, name)
		return nil
	}
	p.next()
	e := &expr{kind: exprCall, text: name}
	for p.err == nil && !p.isOp(")") {
		e.args = append(e.args, p.within(p.or))
		if !p.isOp(",") {
			break
		}
		p.next()
	}
	p.expect(")")
	if name == "not" && len(e.args) == 1 {
		e.kind = exprNot
	}
	return e
}

func (p *exprParser) expect(op string) {
	if p.err == nil && !p.isOp(op) {
		p.fail("%q is missing before %s", op, p.tok.describe())
	}
	p.next()
}
