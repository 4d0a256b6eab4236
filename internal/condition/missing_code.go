package condition

import (
	"fmt"
	"slices"
	"strings"
)

// "Does not apply" can be chosen, and its code is a number like any other to an evaluator. Where an author compares by order,
// it is rarely meant.

// missingCodes warns of a comparison by order because of which the condition is true for a missing code.
func (c *checker) missingCodes(n *Node) {
	for _, id := range Items(n) {
		var first *Node // compares the item by order
		warned := false
		for _, atom := range atoms(n, nil) {
			if atom.Item != id || !atom.orders() {
				continue
			}
			if first == nil {
				first = atom
			}
			warned = c.missingCode(n, atom, func(other *Node) bool { return other == atom }) || warned
		}
		if first != nil && !warned {
			// Two comparisons, each of which would do alone.
			c.missingCode(n, first, func(other *Node) bool { return other.Item == id })
		}
	}
}

// missingCode warns at atom when the condition is true for missing codes of its item only because the picked comparisons give
// them a place in the order.
func (c *checker) missingCode(n, atom *Node, picked func(*Node) bool) bool {
	var codes []string
	satisfied := false
	known := c.worlds(n, func(at world) {
		p := at(atom.Item)
		if !p.missing || slices.Contains(codes, p.Codes[0]) {
			return
		}
		if Eval(n, at.value) == True && fold(n, at.withoutOrder(picked)) != True {
			codes = append(codes, p.Codes[0])
			satisfied = evalAtom(atom, p.Value) == True
		}
	})
	if !known || len(codes) == 0 {
		return false
	}
	// In a not(...) it is the comparison's being false that lets the missing code through.
	join, op, brackets := " or ", Equal, true
	if satisfied {
		join, op, brackets = " and ", NotEqual, n != atom
	}
	fixed := atom.source()
	for _, code := range codes {
		fixed += fmt.Sprintf("%s%s %s %s", join, atom.Item, op, code)
	}
	if brackets {
		fixed = "(" + fixed + ")"
	}
	what := "the missing code " + codes[0] + " satisfies"
	if len(codes) > 1 {
		what = "the missing codes " + strings.Join(codes, ", ") + " satisfy"
	}
	c.problems = append(c.problems, Problem{Offset: atom.Offset, Length: atom.end() - atom.Offset, Code: "condition-missing-code", Warning: true,
		Message: what + " the condition too, by the order of numbers", Hint: "write " + fixed})
	return true
}

// equalsMissing writes the comparison with a missing code of the first item that is compared by order.
func (c *checker) equalsMissing(n *Node) string {
	for _, atom := range atoms(n, nil) {
		if !atom.orders() {
			continue
		}
		for _, code := range c.scope.Earlier[atom.Item].Codes {
			if code.Missing {
				return fmt.Sprintf("%s == %s", atom.Item, code.Text)
			}
		}
	}
	return Items(n)[0] + " == ..."
}

// source writes a comparison as a condition does.
func (n *Node) source() string { return fmt.Sprintf("%s %s %s", n.Item, n.Op, n.Values[0].source()) }
