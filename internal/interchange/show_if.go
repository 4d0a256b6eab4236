package interchange

import (
	"fmt"
	"slices"
	"strconv"

	"surveyd/internal/condition"
)

// conditions gives every question its show_if. A condition that cannot be said is told of and left as a comment, and its
// question is always shown: a question too many is seen in the preview, one that nobody gets is not. One that is never true
// takes its question out.
func (f *form) conditions() {
	byName := map[string]*question{}
	for _, q := range f.questions {
		if _, doubled := byName[q.name]; !doubled {
			byName[q.name] = q
		}
	}
	order := map[*question]int{}
	for i, q := range f.questions {
		order[q] = i
	}
	earlier := map[string]condition.ItemType{}
	for _, q := range f.questions {
		if q.left == "" && len(q.when) > 0 {
			f.showIf(q, &translator{dialect: f.dialect, question: byName, self: q, order: order}, earlier)
		}
		if q.left == "" {
			earlier[q.id] = q.itemType()
		}
	}
}

func (f *form) showIf(q *question, t *translator, earlier map[string]condition.ItemType) {
	var parts []*logic
	for _, r := range q.when {
		part, err := f.rule(r, t)
		if err != nil {
			f.cannot(q, r, err.Error())
			continue
		}
		if part.kind == logicFalse {
			f.leaveOut(q, r.column, fmt.Sprintf("%q is never shown in the form (%s) and was left out", q.name, quoted(r.source)), "")
			return
		}
		parts = append(parts, part)
	}
	whole := join(logicAnd, parts)
	switch whole.kind {
	case logicTrue:
		return
	case logicFalse:
		f.leaveOut(q, "", fmt.Sprintf("%q is never shown: its conditions exclude each other", q.name), "")
		return
	}
	source := whole.String()
	if problem := problemOf(q, source, earlier); problem != "" {
		for _, r := range q.when {
			f.cannot(q, r, problem)
		}
		return
	}
	q.showIf = source
}

func (f *form) rule(r *rule, t *translator) (*logic, error) {
	e, err := parseExpr(r.source, t.dialect)
	if err != nil {
		return nil, err
	}
	return t.translate(e, false)
}

func (f *form) cannot(q *question, r *rule, why string) {
	if slices.Contains(q.lost, r) {
		return
	}
	q.lost = append(q.lost, r)
	if r.told {
		return
	}
	r.told = true
	f.add(r.at, r.column, fmt.Sprintf("%s was not carried: %s", quoted(r.source), why),
		"what depends on it is always shown now; write a show_if where its comment stands, or take the comment away")
}

// problemOf holds a condition against the language of show_if, so that no file is written that its own checker refuses.
func problemOf(q *question, source string, earlier map[string]condition.ItemType) string {
	node, bad := condition.Parse(source)
	if bad != nil {
		return bad.Message
	}
	scope := condition.Scope{Earlier: earlier, Later: map[string]bool{}, Self: q.id}
	for _, p := range condition.Check(node, scope) {
		if !p.Warning {
			return p.Message
		}
	}
	return ""
}

func (q *question) itemType() condition.ItemType {
	t := condition.ItemType{Kind: q.kind, Min: q.min, Max: q.max}
	if q.set == nil {
		return t
	}
	t.Ordered = q.set.ordinal
	for _, o := range q.set.options {
		code := condition.Code{Text: o.code}
		if n, err := strconv.Atoi(o.code); err == nil {
			code.Number, code.IsNumber = float64(n), true
		}
		t.Codes = append(t.Codes, code)
	}
	return t
}
