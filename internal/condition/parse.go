package condition

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

const (
	maxDepth  = 32   // of brackets and nots; deeper is a mistake or an attack
	maxSource = 4000 // bytes of one condition
)

// Parse reads a condition. It returns the tree, or nil and the first problem. The tree is not yet checked against
// any items: Check does that.
func Parse(src string) (*Node, *Problem) {
	if len(src) > maxSource {
		return nil, problem(maxSource, 1, "condition-too-deep", fmt.Sprintf("the condition is longer than %d characters", maxSource),
			"ask one thing that decides, and test that item")
	}
	p := &parser{lex: lexer{src: src}}
	if !p.advance() {
		return nil, p.problem
	}
	if p.tok.kind == tokEnd {
		return nil, problem(0, 1, "condition-syntax", "the condition is empty", "leave show_if out, or write something like club == 1")
	}
	n := p.or()
	if p.problem == nil && p.tok.kind != tokEnd {
		p.fail(p.leftover())
	}
	if p.problem != nil {
		return nil, p.problem
	}
	return n, nil
}

// parser is a recursive descent over the grammar. After the first problem every function returns at once.
type parser struct {
	lex     lexer
	tok     token
	problem *Problem
	depth   int
}

func (p *parser) fail(pr *Problem) {
	if p.problem == nil {
		p.problem = pr
	}
}

func (p *parser) advance() bool {
	tok, pr := p.lex.next()
	if pr != nil {
		p.fail(pr)
		return false
	}
	p.tok = tok
	return true
}

func (p *parser) isWord(word string) bool { return p.tok.kind == tokWord && p.tok.text == word }

func (p *parser) or() *Node  { return p.chain(Or, "or", p.and) }
func (p *parser) and() *Node { return p.chain(And, "and", p.not) }

// chain reads operands joined by one word; a chain of one is its operand.
func (p *parser) chain(kind Kind, word string, operand func() *Node) *Node {
	start := p.tok.offset
	args := []*Node{operand()}
	for p.problem == nil && p.isWord(word) {
		p.advance()
		args = append(args, operand())
	}
	if p.problem != nil {
		return nil
	}
	if len(args) == 1 {
		return args[0]
	}
	return &Node{Kind: kind, Args: args, Offset: start}
}

func (p *parser) not() *Node {
	if p.problem != nil {
		return nil
	}
	if !p.isWord("not") {
		return p.primary()
	}
	start := p.tok.offset
	p.advance()
	if p.problem == nil && p.isWord("not") {
		p.fail(problem(p.tok.offset, 3, "condition-syntax", `"not" is doubled`, `leave both out, or write not (...)`))
	}
	arg := p.primary()
	if p.problem != nil {
		return nil
	}
	return &Node{Kind: Not, Args: []*Node{arg}, Offset: start}
}

func (p *parser) primary() *Node {
	if p.problem != nil {
		return nil
	}
	switch {
	case p.tok.kind == "(":
		return p.group()
	case p.isWord("answered"):
		return p.answered()
	case p.tok.kind == tokWord && !isKeyword(p.tok.text):
		return p.comparison()
	}
	p.fail(p.noItem())
	return nil
}

func (p *parser) group() *Node {
	open := p.tok
	if p.depth++; p.depth > maxDepth {
		p.fail(problem(open.offset, 1, "condition-too-deep", fmt.Sprintf("brackets stand more than %d deep", maxDepth), "split the question, or say it with fewer brackets"))
		return nil
	}
	p.advance()
	n := p.or()
	p.depth--
	if p.problem == nil && p.tok.kind != ")" {
		if p.tok.kind == tokEnd {
			p.fail(problem(open.offset, 1, "condition-syntax", `this "(" is never closed`, `add the missing ")"`))
		} else {
			p.fail(p.leftover())
		}
	}
	p.advanceIfFine()
	return n
}

func (p *parser) advanceIfFine() {
	if p.problem == nil {
		p.advance()
	}
}

func (p *parser) answered() *Node {
	n := &Node{Kind: Answered, Offset: p.tok.offset}
	p.advance()
	p.expect("(", `write answered(item)`)
	if p.problem == nil && (p.tok.kind != tokWord || isKeyword(p.tok.text)) {
		p.fail(problem(p.tok.offset, p.tok.length, "condition-syntax", "answered() needs the id of an item, not "+p.tok.describe(), "write answered(item)"))
	}
	n.Item, n.itemOffset = p.tok.text, p.tok.offset
	p.advanceIfFine()
	p.expect(")", `add the missing ")": answered(`+n.Item+`)`)
	if p.problem == nil && p.tok.kind == tokOp {
		p.fail(problem(p.tok.offset, p.tok.length, "condition-syntax", "answered("+n.Item+") is already true or false and is not compared",
			"write answered("+n.Item+") or not answered("+n.Item+")"))
	}
	return n
}

func (p *parser) expect(kind tokenKind, hint string) {
	if p.problem != nil {
		return
	}
	if p.tok.kind != kind {
		p.fail(problem(p.tok.offset, p.tok.length, "condition-syntax", fmt.Sprintf("%q is missing before %s", string(kind), p.tok.describe()), hint))
		return
	}
	p.advance()
}

func (p *parser) comparison() *Node {
	item := p.tok
	n := &Node{Item: item.text, Offset: item.offset, itemOffset: item.offset}
	if !p.advance() {
		return nil
	}
	switch {
	case p.tok.kind == tokOp:
		n.Kind, n.Op = Compare, Op(p.tok.text)
		p.advanceIfFine()
		p.noNull(n)
		n.Values = p.literal(nil, "after "+string(n.Op))
	case p.isWord("has"):
		n.Kind = Has
		p.advanceIfFine()
		n.Values = p.literal(nil, "after has")
	case p.isWord("in"):
		n.Kind = In
		p.advanceIfFine()
		n.Values = p.list()
	default:
		p.fail(p.noComparison(item))
	}
	if p.problem != nil {
		return nil
	}
	if n.Kind == Compare && p.tok.kind == tokOp {
		p.fail(problem(p.tok.offset, p.tok.length, "condition-syntax", "two comparisons stand in one chain",
			fmt.Sprintf("join them with and: %s %s %s and %s %s ...", n.Item, n.Op, n.Values[0].Text, n.Item, p.tok.text)))
		return nil
	}
	return n
}

// noNull explains a comparison with the null of other languages.
func (p *parser) noNull(n *Node) {
	if p.problem != nil || p.tok.kind != tokWord {
		return
	}
	switch strings.ToLower(p.tok.text) {
	case "null", "nil", "na", "nan":
	default:
		return
	}
	hint := "write not answered(" + n.Item + ")"
	if n.Op == NotEqual {
		hint = "write answered(" + n.Item + ")"
	}
	p.fail(problem(p.tok.offset, p.tok.length, "condition-syntax", "no answer is equal to "+p.tok.text, hint))
}

func (p *parser) list() []Literal {
	if p.problem != nil {
		return nil
	}
	open := p.tok
	if open.kind != "[" {
		p.fail(problem(open.offset, open.length, "condition-syntax", `"in" needs a list, not `+open.describe(), "write it as in [1, 2]"))
		return nil
	}
	p.advance()
	var out []Literal
	for {
		out = p.literal(out, "in the list")
		if p.problem != nil {
			return nil
		}
		if p.tok.kind == "]" {
			p.advance()
			return out
		}
		if p.tok.kind == tokEnd {
			p.fail(problem(open.offset, 1, "condition-syntax", `this "[" is never closed`, `add the missing "]"`))
			return nil
		}
		if p.tok.kind != "," {
			p.fail(problem(p.tok.offset, p.tok.length, "condition-syntax", "a comma is missing before "+p.tok.describe(), "write it as in [1, 2]"))
			return nil
		}
		p.advance()
	}
}

// literal appends the number or code that stands next.
func (p *parser) literal(to []Literal, where string) []Literal {
	if p.problem != nil {
		return nil
	}
	lit := Literal{Text: p.tok.text, Offset: p.tok.offset, length: p.tok.length}
	switch p.tok.kind {
	case tokNumber:
		v, err := strconv.ParseFloat(p.tok.text, 64)
		if err != nil || math.IsInf(v, 0) {
			p.fail(problem(p.tok.offset, p.tok.length, "condition-number", fmt.Sprintf("%q is too large", p.tok.text), "no answer can be that large"))
			return nil
		}
		lit.Number, lit.IsNumber = v, true
	case tokCode:
	case tokWord:
		p.fail(problem(p.tok.offset, p.tok.length, "condition-quote", fmt.Sprintf("the code %s stands without quotes", p.tok.text),
			fmt.Sprintf("write '%s'; the right side is always a number or a code, never another item", p.tok.text)))
		return nil
	default:
		p.fail(problem(p.tok.offset, p.tok.length, "condition-syntax", fmt.Sprintf("a number or a code is missing %s, before %s", where, p.tok.describe()), "write a number such as 1, or a code such as 'soccer'"))
		return nil
	}
	p.advance()
	return append(to, lit)
}

// noItem explains a token that cannot begin a comparison.
func (p *parser) noItem() *Problem {
	t := p.tok
	switch {
	case t.kind == tokEnd:
		return problem(max(t.offset-1, 0), 1, "condition-syntax", "the condition ends where an item should stand", "complete it, or take the last word away")
	case t.kind == tokNumber, t.kind == tokCode:
		return problem(t.offset, t.length, "condition-syntax", fmt.Sprintf("%s stands where an item should", t.describe()), "the item comes first: club == 1")
	case t.kind == "[":
		return problem(t.offset, t.length, "condition-syntax", `an item is named without "[ ]"`, "write its id alone, as in club == 1")
	default:
		return problem(t.offset, t.length, "condition-syntax", fmt.Sprintf("%s stands where an item should", t.describe()), "write the id of an earlier item")
	}
}

// noComparison explains an item that is followed by nothing that compares.
func (p *parser) noComparison(item token) *Problem {
	t := p.tok
	for _, t := range []token{item, t} {
		if inCapitals(t) {
			return capitals(t)
		}
	}
	switch {
	case t.kind == "(":
		return problem(item.offset, item.length, "condition-syntax", fmt.Sprintf("there is no function %s()", item.text),
			"the only function is answered(item); a code of a multiple item is tested by item has 'code'")
	case t.kind == tokEnd, t.kind == ")", t.kind == tokWord && isKeyword(t.text):
		return problem(item.offset, item.length, "condition-syntax", fmt.Sprintf("%s is compared with nothing", item.text),
			fmt.Sprintf("write %s == 1, or answered(%s)", item.text, item.text))
	case t.kind == tokWord:
		return problem(t.offset, t.length, "condition-syntax", fmt.Sprintf("%q is not a comparison", t.text), "write ==, !=, <, <=, >, >=, in or has")
	default:
		return problem(t.offset, t.length, "condition-syntax", fmt.Sprintf("a comparison is missing between %s and %s", item.text, t.describe()), "write ==, !=, <, <=, >, >=, in or has")
	}
}

// leftover explains what stands behind a complete condition.
func (p *parser) leftover() *Problem {
	t := p.tok
	if inCapitals(t) {
		return capitals(t)
	}
	if t.kind == ")" {
		return problem(t.offset, 1, "condition-syntax", `this ")" closes nothing`, `take it away, or add the "(" that is missing`)
	}
	return problem(t.offset, t.length, "condition-syntax", fmt.Sprintf("%s stands behind a complete comparison", t.describe()), "join two comparisons with and, or with or")
}

// inCapitals says whether a token is a word of the language but for its capitals.
func inCapitals(t token) bool {
	low := strings.ToLower(t.text)
	return t.kind == tokWord && low != t.text && isKeyword(low)
}

func capitals(t token) *Problem {
	return problem(t.offset, t.length, "condition-syntax", fmt.Sprintf("%q is written in capitals", t.text), fmt.Sprintf("write %q", strings.ToLower(t.text)))
}

// Keywords are the words of the language, which no item may be named.
func Keywords() []string { return []string{"and", "or", "not", "in", "has", "answered"} }

func isKeyword(word string) bool {
	switch word {
	case "and", "or", "not", "in", "has", "answered":
		return true
	}
	return false
}
