package instrument

import (
	"go.yaml.in/yaml/v3"

	"surveyd/internal/condition"
	"surveyd/internal/diag"
)

// checkConditions reads every show_if and holds it against the items that stand earlier.
func (l *loader) checkConditions(d *draft) {
	for _, it := range d.itemList {
		n := it.m.value("show_if")
		if n == nil {
			continue
		}
		src, ok := l.word(n, "show_if of "+string(it.ID))
		if !ok {
			continue
		}
		tree, problem := condition.Parse(src)
		if problem != nil {
			l.conditionProblem(n, *problem)
			continue
		}
		it.ShowIf, it.ShowIfSrc = tree, src
	}
}

func (l *loader) conditionProblem(n *yaml.Node, p condition.Problem) {
	severity := diag.Error
	if p.Warning {
		severity = diag.Warning
	}
	l.report(severity, l.src.spanInside(n, p.Offset, p.Length), p.Code, p.Message, p.Hint)
}
