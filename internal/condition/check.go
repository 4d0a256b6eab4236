package condition

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"surveyd/internal/diag"
)

const (
	maxListed = 1000 // earlier items among which the one that was meant is looked for
	maxCodes  = 20   // codes that a hint names
)

// some names the codes of an item; of very many the first, for a hint is read.
func some(codes []string) string {
	if len(codes) > maxCodes {
		codes = append(slices.Clone(codes[:maxCodes]), "...")
	}
	return strings.Join(codes, ", ")
}

// Check holds a parsed condition against the items that it can see, and gives every problem: items that do not exist or
// stand later, comparisons that do not fit the item's type, and a condition whose answer is known beforehand.
func Check(n *Node, scope Scope) []Problem {
	c := &checker{scope: scope}
	if c.node(n); len(c.problems) > 0 || c.constant(n) {
		return c.problems
	}
	c.missingCodes(n)
	return c.problems
}

type checker struct {
	scope    Scope
	problems []Problem
	work     int // comparisons tried so far
}

func (c *checker) fail(offset, length int, code, message, hint string) {
	c.problems = append(c.problems, *problem(offset, length, code, message, hint))
}

func (c *checker) node(n *Node) {
	switch n.Kind {
	case And, Or, Not:
		for _, arg := range n.Args {
			c.node(arg)
		}
		return
	}
	t, ok := c.item(n)
	if !ok || n.Kind == Answered {
		return
	}
	switch t.Kind {
	case ChoiceItem:
		c.choice(n, &t)
	case MultipleItem:
		c.multiple(n, &t)
	case NumberItem:
		c.number(n)
	case UnreadItem:
	default:
		c.fail(n.itemOffset, len(n.Item), "condition-type", fmt.Sprintf("%s is a text, which cannot be compared", n.Item),
			fmt.Sprintf("the only question about a text is answered(%s)", n.Item))
	}
}

// item finds the type of the item that an atom names.
func (c *checker) item(n *Node) (ItemType, bool) {
	if t, ok := c.scope.Earlier[n.Item]; ok {
		return t, true
	}
	at := func(code, message, hint string) (ItemType, bool) {
		c.fail(n.itemOffset, len(n.Item), code, message, hint)
		return ItemType{}, false
	}
	switch {
	case n.Item == c.scope.Self:
		return at("condition-later-item", fmt.Sprintf("%s is the item itself", n.Item), "name an earlier item: nobody has answered this one before seeing it")
	case c.scope.Later[n.Item]:
		return at("condition-later-item", fmt.Sprintf("%s stands later than this item", n.Item), "move it before, in items and on the pages, or name an earlier item")
	}
	var names []string
	if len(c.scope.Earlier) <= maxListed {
		names = slices.Sorted(maps.Keys(c.scope.Earlier))
	}
	otherwise := "name an earlier item"
	if len(c.scope.Earlier) == 0 {
		otherwise = "no item stands earlier that it could name"
	}
	return at("unknown-id", fmt.Sprintf("there is no item %q", n.Item), diag.DidYouMean(n.Item, names, otherwise))
}

func (c *checker) choice(n *Node, t *ItemType) {
	if n.Kind == Has {
		c.fail(n.itemOffset, len(n.Item), "condition-type", fmt.Sprintf("%s takes one answer, so nothing can be among its answers", n.Item),
			fmt.Sprintf("write %s == %s", n.Item, n.Values[0].source()))
		return
	}
	ordering := n.orders()
	if ordering && !t.Ordered {
		c.fail(n.itemOffset, len(n.Item), "condition-type", fmt.Sprintf("the codes of %s have no order", n.Item), "compare with == or !=, or write in [...]")
		return
	}
	c.codes(n, t)
	lit := n.Values[0]
	code, known := t.code(lit.Text)
	if !ordering || !known {
		return
	}
	if !lit.IsNumber {
		c.fail(lit.Offset, lit.length, "condition-type", fmt.Sprintf("'%s' is compared by order, but quoted", lit.Text), "write the number without quotes: "+lit.Text)
		return
	}
	if code.Missing {
		c.fail(lit.Offset, lit.length, "condition-type", fmt.Sprintf("%s is a missing code, which has no place in the order", lit.Text), "compare it with == or !=")
	}
}

func (c *checker) multiple(n *Node, t *ItemType) {
	if n.Kind != Has {
		c.fail(n.itemOffset, len(n.Item), "condition-type", fmt.Sprintf("%s takes several answers, so it is equal to none", n.Item),
			fmt.Sprintf("write %s has %s", n.Item, n.Values[0].source()))
		return
	}
	c.codes(n, t)
}

// codes verifies that every literal is a code of the item, and stands there once.
func (c *checker) codes(n *Node, t *ItemType) {
	all := make([]string, len(t.Codes))
	for i, code := range t.Codes {
		all[i] = code.Text
	}
	for i, lit := range n.Values {
		if _, ok := t.code(lit.Text); !ok && !slices.Contains(t.Perhaps, lit.Text) {
			c.fail(lit.Offset, lit.length, "unknown-code", fmt.Sprintf("%s has no code %s", n.Item, lit.Text),
				diag.DidYouMean(lit.Text, all, "its codes are "+some(all)))
			continue
		}
		if slices.ContainsFunc(n.Values[:i], func(o Literal) bool { return o.Text == lit.Text }) {
			c.fail(lit.Offset, lit.length, "doubled-code", fmt.Sprintf("the code %s stands twice in the list", lit.Text), "keep one; another code may be meant")
		}
	}
}

func (c *checker) number(n *Node) {
	if n.Kind == Has {
		c.fail(n.itemOffset, len(n.Item), "condition-type", fmt.Sprintf("%s is a number, which has no codes", n.Item), fmt.Sprintf("write %s == %s", n.Item, n.Values[0].Text))
		return
	}
	for i, lit := range n.Values {
		if !lit.IsNumber {
			c.fail(lit.Offset, lit.length, "condition-type", fmt.Sprintf("%s is a number, '%s' is a code", n.Item, lit.Text), "compare it with a number, without quotes")
			continue
		}
		if slices.ContainsFunc(n.Values[:i], func(o Literal) bool { return o.IsNumber && o.Number == lit.Number }) {
			c.fail(lit.Offset, lit.length, "doubled-code", fmt.Sprintf("the number %s stands twice in the list", lit.Text), "keep one; another number may be meant")
		}
	}
}

// orders says whether an atom compares by order.
func (n *Node) orders() bool { return n.Kind == Compare && n.Op != Equal && n.Op != NotEqual }

// source writes a literal as a condition does.
func (l Literal) source() string {
	if l.IsNumber {
		return l.Text
	}
	return "'" + l.Text + "'"
}

// end is where an atom's last literal ends, or its item where it has none.
func (n *Node) end() int {
	if len(n.Values) == 0 {
		return n.itemOffset + len(n.Item)
	}
	last := n.Values[len(n.Values)-1]
	return last.Offset + last.length
}
