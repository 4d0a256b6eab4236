package condition

import (
	"fmt"
	"slices"
	"strings"
)

// maxWorlds bounds how many combinations of answers are tried. Answers that no comparison tells apart count as one, so
// that real conditions stay far below it.
const maxWorlds = 1 << 16

// maxWork bounds how many comparisons are tried in all worlds of all parts of one condition. Without it a condition of 4000
// bytes, each of whose comparisons is looked at in every world, takes minutes; one that a person wrote takes thousands.
const maxWork = 1 << 21

// maxNamed bounds the codes of one multiple item whose combinations are tried.
const maxNamed = 12

// constant reports the condition, or the parts of it, whose answer is known before anybody has answered.
func (c *checker) constant(n *Node) bool {
	return c.constantPart(n, "the condition")
}

func (c *checker) constantPart(n *Node, what string) bool {
	if n.Kind == Answered {
		return false
	}
	if c.constantNode(n, what) {
		return true
	}
	found := false
	for _, arg := range n.Args {
		part := "this part of the condition"
		if len(arg.Args) == 0 {
			part = "this comparison"
		}
		found = c.constantPart(arg, part) || found
	}
	return found
}

func (c *checker) constantNode(n *Node, what string) bool {
	seen := map[Truth]bool{}
	ordered := false // true for some answer that has a place in the order
	if known := c.worlds(n, func(at world) {
		t := Eval(n, at.value)
		seen[t] = true
		ordered = ordered || t == True && fold(n, at.withoutOrder(func(*Node) bool { return true })) == True
	}); !known {
		return false
	}
	offset, length := n.start(), n.last()-n.start()
	ids := Items(n)
	switch {
	case !seen[True]:
		c.fail(offset, length, "condition-never-true", what+" is true for no answers at all", `another code or item may be meant, or "or" in the place of "and"`)
	case !ordered:
		c.fail(offset, length, "condition-never-true", what+" is true for no answer but a missing code, which has no place in the order",
			fmt.Sprintf("another number may be meant; for the missing code itself write %s", c.equalsMissing(n)))
	case !seen[False]:
		c.fail(offset, length, "condition-always-true", fmt.Sprintf("%s is true whatever is answered to %s", what, strings.Join(ids, " and ")),
			fmt.Sprintf("take it away, or write answered(%s)", ids[0]))
	default:
		return false
	}
	return true
}

// world is one answer to each item that a tree names.
type world func(item string) possible

func (w world) value(item string) Value { return w(item).Value }

// withoutOrder gives the truth of atoms, of those that are picked as if a missing code had no place in the order.
func (w world) withoutOrder(picked func(*Node) bool) func(*Node) Truth {
	return func(atom *Node) Truth {
		p := w(atom.Item)
		if p.missing && atom.orders() && picked(atom) {
			return Unknown
		}
		return evalAtom(atom, p.Value)
	}
}

// worlds visits every combination of answers that the tree can tell apart; known is false when there are too many, the
// condition has taken too much work already, or an item's answers are not known.
func (c *checker) worlds(n *Node, visit func(world)) (known bool) {
	ids := Items(n)
	all := atoms(n, nil)
	values := make([][]possible, len(ids))
	count := 1
	for i, id := range ids {
		if c.scope.Earlier[id].unread() || len(namedCodes(id, all)) > maxNamed {
			return false
		}
		if c.work > maxWork {
			return false
		}
		values[i] = domain(id, c.scope.Earlier[id], all)
		c.work += len(values[i]) * len(all)
		values[i] = distinct(id, all, values[i])
		if count *= len(values[i]); count > maxWorlds {
			return false
		}
	}
	if c.work += count * len(all); c.work > maxWork {
		return false
	}
	place := make([]int, len(ids))
	at := world(func(item string) possible {
		i := slices.Index(ids, item)
		return values[i][place[i]]
	})
	for {
		visit(at)
		if !step(place, values) {
			return true
		}
	}
}

// step moves to the next combination; false after the last.
func step(place []int, values [][]possible) bool {
	for i := range place {
		if place[i]++; place[i] < len(values[i]) {
			return true
		}
		place[i] = 0
	}
	return false
}

// possible is an answer that could be given.
type possible struct {
	Value
	missing bool // a missing code
}

// domain lists answers to an item that stand for all of them: no answer, each code, and of a number each literal, the
// gaps between them and the ends.
func domain(id string, t ItemType, all []*Node) []possible {
	out := []possible{{}}
	switch t.Kind {
	case ChoiceItem:
		for _, code := range t.Codes {
			v := Value{Answered: true, Codes: []string{code.Text}, Number: code.Number, IsNumber: code.IsNumber}
			out = append(out, possible{v, code.Missing})
		}
	case MultipleItem:
		out = append(out, subsets(id, t, all)...)
	case NumberItem:
		for _, x := range samples(id, t, all) {
			out = append(out, possible{Value: Value{Answered: true, Number: x, IsNumber: true}})
		}
	default:
		out = append(out, possible{Value: Value{Answered: true}})
	}
	return out
}

// subsets lists every choice among the codes that the condition names, with and without one that it does not.
func subsets(id string, t ItemType, all []*Node) []possible {
	named := namedCodes(id, all)
	var other []string
	for _, code := range t.Codes {
		if !slices.Contains(named, code.Text) {
			other = append(other, code.Text)
			break
		}
	}
	var out []possible
	for bits := range 1 << len(named) {
		codes := slices.Clone(other)
		for i, code := range named {
			if bits&(1<<i) != 0 {
				codes = append(codes, code)
			}
		}
		if len(codes) > 0 {
			out = append(out, possible{Value: Value{Answered: true, Codes: codes}})
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

// distinct keeps one of the answers that all atoms treat alike; a missing code stays apart from the others.
func distinct(id string, all []*Node, values []possible) []possible {
	kept := map[string]bool{}
	return slices.DeleteFunc(values, func(v possible) bool {
		var signature strings.Builder
		if v.missing {
			signature.WriteString(v.Codes[0])
		}
		for _, a := range all {
			if a.Item == id {
				signature.WriteByte(byte('b' + evalAtom(a, v.Value)))
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
