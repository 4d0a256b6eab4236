package instrument

import (
	"go.yaml.in/yaml/v3"

	"surveyd/internal/condition"
	"surveyd/internal/diag"
)

// checkConditions reads every show_if and holds it against the items that stand earlier.
func (l *loader) checkConditions(d *draft) {
	earlier := map[string]condition.ItemType{}
	later := map[string]bool{}
	for _, it := range d.itemList {
		if it.ID != "" {
			later[string(it.ID)] = true
		}
	}
	place := d.presentedOrder()
	last := 0 // place of those of the earlier ones that come last
	for _, it := range d.itemList {
		delete(later, string(it.ID))
		if n := it.m.value("show_if"); n != nil {
			l.checkCondition(d, n, it, d.scopeOf(it, earlier, later, place, last))
		}
		if it.ID != "" {
			earlier[string(it.ID)] = it.conditionType()
			last = max(last, place[it.Item])
		}
	}
}

// presentedOrder numbers the items as the pages present them.
func (d *draft) presentedOrder() map[*Item]int {
	place := map[*Item]int{}
	for _, p := range d.pageList {
		for _, item := range p.Items {
			place[item] = len(place) + 1
		}
	}
	return place
}

// scopeOf gives what an item's condition can see: what stands before it both in the file, which is the order in which
// answers are resolved, and on the pages, which is the order in which they are given.
func (d *draft) scopeOf(it *itemDraft, earlier map[string]condition.ItemType, later map[string]bool, place map[*Item]int, last int) condition.Scope {
	scope := condition.Scope{Earlier: earlier, Later: later, Self: string(it.ID)}
	here, ok := place[it.Item]
	if !ok || last < here {
		return scope
	}
	for id := range earlier {
		if at, ok := place[d.item(id).Item]; !ok || at < here {
			continue
		}
		// Rare: the order of the file is not that of the pages.
		scope.Earlier, scope.Later = map[string]condition.ItemType{}, map[string]bool{}
		for id, t := range earlier {
			if at, ok := place[d.item(id).Item]; ok && at > here {
				scope.Later[id] = true
			} else {
				scope.Earlier[id] = t
			}
		}
		for id := range later {
			scope.Later[id] = true
		}
		return scope
	}
	return scope
}

func (it *itemDraft) conditionType() condition.ItemType {
	t := condition.ItemType{Min: it.Min, Max: it.Max}
	if !it.kindOK || (it.Kind == Choice || it.Kind == Multiple) && (it.set == nil || it.set.unread()) {
		return condition.ItemType{Kind: condition.UnreadItem}
	}
	switch it.Kind {
	case Multiple:
		t.Kind = condition.MultipleItem
	case Number:
		t.Kind = condition.NumberItem
	case FreeText:
		t.Kind = condition.TextItem
	default:
		t.Kind = condition.ChoiceItem
	}
	if it.set != nil {
		t.Ordered = it.set.Kind == Ordinal
		t.Perhaps = it.set.perhaps
		t.Codes = it.set.conditionCodes()
	}
	return t
}

// conditionCodes gives the codes of a set as conditions see them: one list for all of its items.
func (s *setDraft) conditionCodes() []condition.Code {
	if s.forConditions == nil {
		for _, o := range s.known() {
			s.forConditions = append(s.forConditions, condition.Code{Text: string(o.Code), Number: o.Value, IsNumber: o.IsNumber, Missing: o.Missing})
		}
	}
	return s.forConditions
}

func (l *loader) checkCondition(d *draft, n *yaml.Node, it *itemDraft, scope condition.Scope) {
	src, ok := l.word(n, "show_if of "+nameOf(it))
	if !ok {
		return
	}
	tree, problem := condition.Parse(src)
	if problem != nil {
		l.conditionProblem(n, *problem)
		return
	}
	for _, p := range condition.Check(tree, scope) {
		if p.Code == "unknown-id" && d.items.lost {
			continue // it may be among what could not be read
		}
		l.conditionProblem(n, p)
	}
	it.ShowIf, it.ShowIfSrc = tree, src
}

func (l *loader) conditionProblem(n *yaml.Node, p condition.Problem) {
	severity := diag.Error
	if p.Warning {
		severity = diag.Warning
	}
	l.report(severity, l.src.spanInside(n, p.Offset, p.Length), p.Code, p.Message, p.Hint)
}
