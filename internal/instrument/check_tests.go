package instrument

import (
	"fmt"
	"slices"
	"strings"

	"surveyd/internal/condition"
)

// checkScaleTests warns of a scale whose tests do not prove its scoring: all answered, exactly min_answered, one fewer.
func (l *loader) checkScaleTests(d *draft) {
	if len(d.in.Tests) == 0 && d.root.value("tests") == nil {
		if slices.ContainsFunc(d.scaleList, func(s *scaleDraft) bool { return s.from == nil }) {
			l.warnAt(d.root.place("tests"), "no-tests", "there are no tests", "add tests: three for each scale show that it is scored as you mean it")
		}
		return
	}
	for _, s := range d.scaleList {
		if s.from != nil || s.ID == "" || s.wrong || !s.canScore || s.inDoubt() || s.MinAnswered == 0 || d.badTestOf(s.ID) {
			continue // what is in error may be what is missing
		}
		count, all, exact, fewer := 0, false, false, false
		for i := range d.in.Tests {
			t := &d.in.Tests[i]
			if !t.speaksOf(s.ID) {
				continue
			}
			count++
			n := d.answered(s, t)
			all = all || n == len(s.items)
			exact = exact || n == s.MinAnswered
			fewer = fewer || n == s.MinAnswered-1
		}
		var lacks []string
		for _, c := range []struct {
			there bool
			what  string
		}{
			{all, "all answered"},
			{exact, fmt.Sprintf("exactly %d answered", s.MinAnswered)},
			{fewer, fmt.Sprintf("one fewer, %d, answered", s.MinAnswered-1)},
		} {
			if !c.there {
				lacks = append(lacks, c.what)
			}
		}
		if count >= 3 && len(lacks) == 0 {
			continue
		}
		hint := "add one that shows another rule, such as a reverse-keyed item or a missing code"
		if len(lacks) > 0 {
			hint = "add a test with " + strings.Join(lacks, ", one with ")
		}
		var message string
		switch count {
		case 0:
			message = fmt.Sprintf("no test shows how the scale %q is scored", s.ID)
		case 1:
			message = fmt.Sprintf("one test alone does not show how the scale %q is scored", s.ID)
		default:
			message = fmt.Sprintf("the %d tests of the scale %q do not show all of its scoring", count, s.ID)
		}
		l.warnAt(s.idNode, "few-tests", message, hint)
	}
}

// badTestOf says whether a test with an error may be about a scale.
func (d *draft) badTestOf(id ScaleID) bool {
	for i := range d.in.Tests {
		t := &d.in.Tests[i]
		if d.badTests[i] && (t.speaksOf(id) || len(t.Scores)+len(t.Missing) == 0) {
			return true
		}
	}
	return false
}

func (t *Test) speaksOf(id ScaleID) bool {
	for _, e := range t.Scores {
		if e.Scale == id {
			return true
		}
	}
	for _, e := range t.Missing {
		if e.Scale == id {
			return true
		}
	}
	return false
}

// answered counts the items of a scale to which a test gives an answer that is scored. An item whose condition is not true
// does not count.
func (d *draft) answered(s *scaleDraft, t *Test) int {
	cells := map[ItemID]string{}
	for _, a := range t.Answers {
		cells[a.Item] = a.Cell
	}
	values := map[string]condition.Value{}
	lookup := func(id string) condition.Value { return values[id] }
	for _, it := range d.itemList {
		v := it.testValue(cells[it.ID])
		if it.ShowIf != nil && condition.Eval(it.ShowIf, lookup) != condition.True {
			v = condition.Value{}
		}
		values[string(it.ID)] = v
	}
	n := 0
	for _, it := range s.items {
		v := values[string(it.ID)]
		if !v.Answered {
			continue
		}
		if it.set != nil && it.Kind == Choice && it.set.Options[it.set.Option(Code(v.Codes[0]))].Missing {
			continue
		}
		n++
	}
	return n
}

// testValue reads a test's cell as a condition sees it.
func (it *itemDraft) testValue(cell string) condition.Value {
	if cell == "" || isStateCode(cell) {
		return condition.Value{}
	}
	switch it.Kind {
	case Number:
		v, ok := parseNumber(cell)
		return condition.Value{Answered: ok, Number: v, IsNumber: ok}
	case FreeText:
		return condition.Value{Answered: true}
	case Multiple:
		return condition.Value{Answered: true, Codes: strings.Split(cell, ";")}
	}
	if it.set == nil {
		return condition.Value{}
	}
	i := it.set.Option(Code(cell))
	if i < 0 {
		return condition.Value{}
	}
	o := it.set.Options[i]
	return condition.Value{Answered: true, Codes: []string{cell}, Number: o.Value, IsNumber: o.IsNumber}
}
