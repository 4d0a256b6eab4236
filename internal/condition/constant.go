package condition

import (
	"fmt"
	"slices"
	"strings"
)

// maxWorlds bounds how many combinations of answers are tried. Answers that no comparison tells apart count as one, so
// that real conditions stay far below it.
const maxWorlds = 1 << 16

// maxNamed bounds the codes of one multiple item whose combinations are tried.
const maxNamed = 12

// constant reports a condition, or a comparison in it, whose answer is known before anybody has answered.
func (c *checker) constant(n *Node) {
	if c.constantNode(n, "the condition") {
		return
	}
	for _, atom := range atoms(n, nil) {
		if atom.Kind != Answered {
			c.constantNode(atom, "this comparison")
		}
	}
}

func (c *checker) constantNode(n *Node, what string) bool {
	seen, known := c.truths(n)
	if !known {
		return false
	}
	offset, length := n.start(), n.last()-n.start()
	switch {
	case !seen[True]:
		c.fail(offset, length, "condition-never-true", what+" is true for no answers at all", "another code or item may be meant, or or instead of and")
		return true
	case !seen[False]:
		ids := Items(n)
		c.fail(offset, length, "condition-always-true", fmt.Sprintf("%s is true whatever is answered to %s", what, strings.Join(ids, " and ")),
			fmt.Sprintf("take it away, or write answered(%s)", ids[0]))
		return true
	}
	return false
}

// truths finds which truth values a tree can take; known is false when there are too many combinations to try.
func (c *checker) truths(n *Node) (seen map[Truth]bool, known bool) {
	ids := Items(n)
	all := atoms(n, nil)
	values := make([][]Value, len(ids))
	worlds := 1
	for i, id := range ids {
		if c.scope.Earlier[id].Kind == UnreadItem || len(namedCodes(id, all)) > maxNamed {
			return nil, false
		}
		values[i] = distinct(id, all, domain(id, c.scope.Earlier[id], all))
		if worlds *= len(values[i]); worlds > maxWorlds {
			return nil, false
		}
	}
	seen = map[Truth]bool{}
	world := make([]int, len(ids))
	lookup := func(item string) Value {
		i := slices.Index(ids, item)
		return values[i][world[i]]
	}
	for {
		seen[Eval(n, lookup)] = true
		if len(seen) == 3 || !step(world, values) {
			return seen, true
		}
	}
}

// step moves to the next combination; false after the last.
func step(world []int, values [][]Value) bool {
	for i := range world {
		if world[i]++; world[i] < len(values[i]) {
			return true
		}
		world[i] = 0
	}
	return false
}

// domain lists answers to an item that stand for all of them: no answer, each code, and of a number each literal, the
// gaps between them and the ends.
func domain(id string, t ItemType, all []*Node) []Value {
	out := []Value{{}}
	switch t.Kind {
	case ChoiceItem:
		for _, code := range t.Codes {
			out = append(out, Value{Answered: true, Codes: []string{code.Text}, Number: code.Number, IsNumber: code.IsNumber})
		}
	case MultipleItem:
		out = append(out, subsets(id, t, all)...)
	case NumberItem:
		for _, x := range samples(id, t, all) {
			out = append(out, Value{Answered: true, Number: x, IsNumber: true})
		}
	default:
		out = append(out, Value{Answered: true})
	}
	return out
}

// subsets lists every choice among the codes that the condition names, with and without one that it does not.
func subsets(id string, t ItemType, all []*Node) []Value {
	named := namedCodes(id, all)
	var other []string
	for _, code := range t.Codes {
		if !slices.Contains(named, code.Text) {
			other = append(other, code.Text)
			break
		}
	}
	var out []Value
	for bits := range 1 << len(named) {
		codes := slices.Clone(other)
		for i, code := range named {
			if bits&(1<<i) != 0 {
				codes = append(codes, code)
			}
		}
		if len(codes) > 0 {
			out = append(out, Value{Answered: true, Codes: codes})
		}
	}
	return out
}

// namedCodes lists the codes of a multiple item that the condition names.
func namedCodes(id string, all []*Node) []string {
	var named []string
	for _, a := range all {
		if a.Item == id && a.Kind == Has && !slices.Contains(named, a.Values[0].Text) {
			named = append(named, a.Values[0].Text)
		}
	}
	return named
}

// samples lists numbers within an item's bounds such that every comparison's outcome occurs among them.
func samples(id string, t ItemType, all []*Node) []float64 {
	var points []float64
	for _, a := range all {
		if a.Item != id {
			continue
		}
		for _, lit := range a.Values {
			points = append(points, lit.Number)
		}
	}
	for _, bound := range []*float64{t.Min, t.Max} {
		if bound != nil {
			points = append(points, *bound)
		}
	}
	if len(points) == 0 {
		return []float64{0}
	}
	slices.Sort(points)
	points = slices.Compact(points)
	out := []float64{points[0] - 1}
	for i, p := range points {
		out = append(out, p)
		if i+1 < len(points) {
			out = append(out, p+(points[i+1]-p)/2)
		}
	}
	out = append(out, points[len(points)-1]+1)
	return slices.DeleteFunc(out, func(x float64) bool { return t.Min != nil && x < *t.Min || t.Max != nil && x > *t.Max })
}

// distinct keeps one of the answers that all atoms treat alike.
func distinct(id string, all []*Node, values []Value) []Value {
	kept := map[string]bool{}
	return slices.DeleteFunc(values, func(v Value) bool {
		var signature strings.Builder
		for _, a := range all {
			if a.Item == id {
				signature.WriteByte(byte('b' + Eval(a, func(string) Value { return v })))
			}
		}
		if kept[signature.String()] {
			return true
		}
		kept[signature.String()] = true
		return false
	})
}

func atoms(n *Node, to []*Node) []*Node {
	if n.Kind != And && n.Kind != Or && n.Kind != Not {
		return append(to, n)
	}
	for _, arg := range n.Args {
		to = atoms(arg, to)
	}
	return to
}

// Items lists the items that a tree names, each once.
func Items(n *Node) []string {
	var ids []string
	for _, a := range atoms(n, nil) {
		if !slices.Contains(ids, a.Item) {
			ids = append(ids, a.Item)
		}
	}
	return ids
}

func (n *Node) start() int {
	if len(n.Args) > 0 && n.Kind != Not {
		return n.Args[0].start()
	}
	return n.Offset
}

func (n *Node) last() int {
	if len(n.Args) > 0 {
		return n.Args[len(n.Args)-1].last()
	}
	return n.end()
}
