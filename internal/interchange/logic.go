package interchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// logic is a condition on its way to show_if. It has no not: whatever is negated says so in its atoms. Other formats know
// only true and false, and to them a comparison with a question that has no answer is one of the two, while show_if hides
// what it cannot tell; so every atom says what it is without an answer.
type logic struct {
	kind logicKind
	args []*logic
	atom atom
}

type logicKind uint8

const (
	logicAtom logicKind = iota
	logicAnd
	logicOr
	logicTrue
	logicFalse
)

// atom is a statement about one question.
type atom struct {
	item     *question
	blank    bool   // what it is when there is no answer
	any      bool   // true for every answer
	none     bool   // false for every answer
	accepted []bool // of a choice, by option: the answers that it is true for
	ordering bool   // accepted came from a comparison by order
	test     string // of a number or multiple: the comparison as show_if writes it
	code     string // of a multiple: the code that test asks for; with blank, the one that must not be there
}

func constant(truth bool) *logic {
	if truth {
		return &logic{kind: logicTrue}
	}
	return &logic{kind: logicFalse}
}

// statement makes a logic of an atom; one that does not depend on the answer is a constant.
func statement(a atom) *logic {
	if a.accepted != nil {
		a.any = !slices.Contains(a.accepted, false)
		a.none = !slices.Contains(a.accepted, true)
	}
	if a.any && a.blank || a.none && !a.blank {
		return constant(a.any)
	}
	return &logic{kind: logicAtom, atom: a}
}

// join makes an and or an or of its parts, without constants and doubles.
func join(kind logicKind, parts []*logic) *logic {
	neutral, decisive := logicTrue, logicFalse
	if kind == logicOr {
		neutral, decisive = decisive, neutral
	}
	var flat []*logic
	for _, part := range parts {
		switch part.kind {
		case decisive:
			return part
		case neutral:
		case kind:
			flat = append(flat, part.args...)
		default:
			flat = append(flat, part)
		}
	}
	var out []*logic
	for _, part := range flat {
		if i := slices.IndexFunc(out, func(other *logic) bool { return sameChoice(part, other) }); i >= 0 {
			merged := statement(mergeChoices(kind, out[i].atom, part.atom))
			if merged.kind == decisive {
				return merged
			}
			if merged.kind == neutral {
				out = slices.Delete(out, i, i+1)
				continue
			}
			out[i] = merged
			continue
		}
		out = append(out, part)
	}
	out = everyCode(kind, out)
	if kind == logicAnd {
		out = withoutGuards(out)
	}
	out = withoutDoubles(out)
	switch len(out) {
	case 0:
		return &logic{kind: neutral}
	case 1:
		return out[0]
	}
	return &logic{kind: kind, args: out}
}

// everyCode shortens an or that names every code of a multiple question, which asks whether it is answered, and an and that
// excludes every code, which asks whether it is not.
func everyCode(kind logicKind, parts []*logic) []*logic {
	asks := func(part *logic, q *question, code string) bool {
		return part.kind == logicAtom && part.atom.item == q && part.atom.code != "" && part.atom.blank == (kind == logicAnd) && (code == "" || part.atom.code == code)
	}
	for _, part := range parts {
		q := part.atom.item
		if part.kind != logicAtom || !asks(part, q, "") {
			continue
		}
		lacks := func(o *option) bool {
			return !slices.ContainsFunc(parts, func(p *logic) bool { return asks(p, q, o.code) })
		}
		if slices.ContainsFunc(q.set.options, lacks) {
			continue
		}
		rest := slices.DeleteFunc(slices.Clone(parts), func(p *logic) bool { return asks(p, q, "") })
		return append(rest, answered(q, kind == logicOr))
	}
	return parts
}

// sameChoice says whether two parts are about one choice question, so that their answers can be put together.
func sameChoice(a, b *logic) bool {
	return a.kind == logicAtom && b.kind == logicAtom && a.atom.item == b.atom.item && a.atom.accepted != nil && b.atom.accepted != nil
}

func mergeChoices(kind logicKind, a, b atom) atom {
	out := atom{item: a.item, accepted: make([]bool, len(a.accepted)), ordering: a.ordering && b.ordering}
	for i := range out.accepted {
		if kind == logicAnd {
			out.accepted[i] = a.accepted[i] && b.accepted[i]
		} else {
			out.accepted[i] = a.accepted[i] || b.accepted[i]
		}
	}
	if out.blank = a.blank || b.blank; kind == logicAnd {
		out.blank = a.blank && b.blank
	}
	return out
}

// withoutGuards shortens an and in which one part is false without an answer: the others need not say what they are
// without one, and answered() beside a comparison says nothing more.
func withoutGuards(parts []*logic) []*logic {
	guarded := map[*question]bool{}
	for _, part := range parts {
		if part.kind == logicAtom && !part.atom.blank {
			guarded[part.atom.item] = true
		}
	}
	compared := map[*question]bool{}
	for i, part := range parts {
		if part.kind != logicAtom || part.atom.none || !guarded[part.atom.item] {
			continue
		}
		a := part.atom
		a.blank = false
		parts[i] = &logic{kind: logicAtom, atom: a}
		compared[a.item] = compared[a.item] || !a.any
	}
	return slices.DeleteFunc(parts, func(part *logic) bool {
		return part.kind == logicAtom && part.atom.any && compared[part.atom.item]
	})
}

func withoutDoubles(parts []*logic) []*logic {
	seen := map[string]bool{}
	return slices.DeleteFunc(parts, func(part *logic) bool {
		key := part.String()
		if seen[key] {
			return true
		}
		seen[key] = true
		return false
	})
}

// String writes the logic as show_if does. A constant has no such form.
func (l *logic) String() string {
	switch l.kind {
	case logicTrue, logicFalse:
		return ""
	case logicAtom:
		return l.atom.String()
	}
	word := " and "
	if l.kind == logicOr {
		word = " or "
	}
	parts := make([]string, len(l.args))
	for i, arg := range l.args {
		parts[i] = arg.String()
		if l.kind == logicAnd && (arg.kind == logicOr || arg.kind == logicAtom && arg.atom.isOr()) {
			parts[i] = "(" + parts[i] + ")"
		}
	}
	return strings.Join(parts, word)
}

// isOr says whether the atom is written with an or.
func (a atom) isOr() bool { return a.blank && !a.none }

func (a atom) String() string {
	answered := "answered(" + a.item.id + ")"
	switch {
	case a.none:
		return "not " + answered
	case a.any:
		return answered
	}
	test := a.test
	if a.accepted != nil {
		test = a.choice()
	}
	if a.blank {
		test += " or not " + answered
	}
	return test
}

// choice writes which answers of a choice question are meant, as an author would.
func (a atom) choice() string {
	var in, out []*option
	for i, o := range a.item.set.options {
		if a.accepted[i] {
			in = append(in, o)
		} else {
			out = append(out, o)
		}
	}
	if a.ordering && a.item.set.ordinal && len(in) > 1 {
		if low, high := codeSpan(in); isAbove(in, out) {
			return fmt.Sprintf("%s >= %d", a.item.id, low)
		} else if isAbove(out, in) {
			return fmt.Sprintf("%s <= %d", a.item.id, high)
		}
	}
	switch {
	case len(in) == 1:
		return fmt.Sprintf("%s == %s", a.item.id, literal(in[0].code))
	case len(out) == 1:
		return fmt.Sprintf("%s != %s", a.item.id, literal(out[0].code))
	}
	codes := make([]string, len(in))
	for i, o := range in {
		codes[i] = literal(o.code)
	}
	return fmt.Sprintf("%s in [%s]", a.item.id, strings.Join(codes, ", "))
}

// literal writes a code in a condition: a whole number as it stands, anything else in quotes.
func literal(code string) string {
	if _, ok := integerCode(code); ok {
		return code
	}
	return "'" + code + "'"
}

func codeSpan(options []*option) (low, high int) {
	for i, o := range options {
		v, _ := strconv.Atoi(o.code) // codes of an ordinal set are whole numbers
		if i == 0 {
			low, high = v, v
		}
		low, high = min(low, v), max(high, v)
	}
	return low, high
}

// isAbove says whether every code of the first lies above every code of the second.
func isAbove(first, second []*option) bool {
	low, _ := codeSpan(first)
	_, high := codeSpan(second)
	return low > high
}
