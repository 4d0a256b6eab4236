package instrument

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

// The bounds of a quadrature: fewer nodes say nothing of a distribution, more cost time at every submission.
const (
	leastNodes = 5
	mostNodes  = 1001
)

// irtDraft is where an item response model stands in the file.
type irtDraft struct {
	*IRT
	m     *mapping
	items []*irtItemDraft // by item of the scale; nil where none is given

	modelOK bool // the model could be read
}

type irtItemDraft struct {
	IRTItem
	key *yaml.Node
	m   *mapping
	b   []*yaml.Node // nil when one of them could not be read
	ok  bool         // slope and thresholds could be read
}

// readIRT reads an item response model. Left out are: scaling 1, a standard normal prior, 61 nodes from -6 to 6.
func (l *loader) readIRT(s *scaleDraft, what string) {
	n := s.m.value("irt")
	if n == nil {
		return
	}
	what = "irt of " + what
	m := l.mapping(n, what, "model", "scaling", "items", "prior", "quadrature", "report")
	if m.value("model") == nil && !m.misspelt("model") {
		l.errAt(m.place("model"), "missing-key", what+" has no model", "write model: grm, gpcm or pcm")
	}
	l.require(m, what, "items")
	irt := &irtDraft{m: m, IRT: &IRT{Scaling: 1, PriorSD: 1, Quadrature: Quadrature{From: -6, To: 6, Points: 61}}}
	s.irt = irt
	if v := m.value("model"); v != nil {
		irt.Model, irt.modelOK = choice(l, v, "the model of "+what, GRM, GPCM, PCM)
	}
	if v := m.value("scaling"); v != nil {
		irt.Scaling = l.positive(v, "the scaling of "+what, "write 1, or 1.702 for parameters on the normal metric", 1)
	}
	if p := m.value("prior"); p != nil {
		pm := l.mapping(p, "the prior of "+what, "mean", "sd")
		if v := pm.value("mean"); v != nil {
			irt.PriorMean, _ = l.number(v, "the mean of the prior")
		}
		if v := pm.value("sd"); v != nil {
			irt.PriorSD = l.positive(v, "the sd of the prior", "write a number above 0, such as 1", 1)
		}
	}
	l.readQuadrature(irt.IRT, m, what)
	if r := m.value("report"); r != nil {
		rm := l.mapping(r, "report of "+what, "slope", "intercept")
		irt.Report = &Linear{Slope: 1}
		if v := rm.value("slope"); v != nil {
			irt.Report.Slope = l.positive(v, "the slope of report", "write a number above 0, such as 10", 1)
		}
		if v := rm.value("intercept"); v != nil {
			irt.Report.Intercept, _ = l.number(v, "the intercept of report")
		}
	}
	l.readIRTItems(s, irt, what)
}

func (l *loader) readQuadrature(irt *IRT, m *mapping, what string) {
	n := m.value("quadrature")
	if n == nil {
		return
	}
	qm := l.mapping(n, "quadrature of "+what, "from", "to", "points")
	if v := qm.value("points"); v != nil {
		if points, ok := l.count(v, "points of the quadrature", leastNodes, mostNodes); ok {
			irt.Quadrature.Points = points
		}
	}
	from, to, end := irt.Quadrature.From, irt.Quadrature.To, qm.value("from")
	if v := qm.value("from"); v != nil {
		var ok bool
		if from, ok = l.number(v, "from of the quadrature"); !ok {
			return
		}
	}
	if v := qm.value("to"); v != nil {
		var ok bool
		if to, ok = l.number(v, "to of the quadrature"); !ok {
			return
		}
		end = v
	}
	if to <= from {
		l.errAt(end, "out-of-range", fmt.Sprintf("the quadrature runs from %g to %g", from, to), "write the larger number as to")
		return
	}
	irt.Quadrature.From, irt.Quadrature.To = from, to
}

// readIRTItems reads the parameters of each item. An item that the scale does not have is an error.
func (l *loader) readIRTItems(s *scaleDraft, irt *irtDraft, what string) {
	irt.items = make([]*irtItemDraft, len(s.Items))
	var ids []string
	for _, key := range s.Items {
		ids = append(ids, string(key.Item.ID))
	}
	for _, p := range l.mapping(irt.m.value("items"), "the items of "+what).pairs {
		at := -1
		for i, id := range ids {
			if id == p.key.Value {
				at = i
			}
		}
		if at < 0 {
			if !slices.Contains(s.lacking, p.key.Value) {
				l.errAt(p.key, "unknown-id", fmt.Sprintf("%s is no item of the scale", p.key.Value),
					diag.DidYouMean(p.key.Value, ids, "its items are "+strings.Join(ids, ", ")))
			}
			continue
		}
		if isNull(p.value) {
			l.errAt(p.key, "empty", fmt.Sprintf("the parameters of %s are empty", p.key.Value), "write {a: ..., b: [...]}")
			irt.items[at] = &irtItemDraft{key: p.key}
			continue
		}
		irt.items[at] = l.readIRTItem(irt, p)
	}
}

func (l *loader) readIRTItem(irt *irtDraft, p pair) *irtItemDraft {
	what := "the parameters of " + p.key.Value
	it := &irtItemDraft{key: p.key, m: l.mapping(p.value, what, "a", "b"), IRTItem: IRTItem{A: 1}}
	before := l.errors()
	if it.m.value("a") == nil && !it.m.misspelt("a") && irt.modelOK && irt.Model != PCM && p.value.Kind == yaml.MappingNode {
		l.errAt(it.m.place("a"), "missing-key", p.key.Value+" has no slope", "add a: 1.2, the item's own")
	}
	if it.m.value("b") == nil && !it.m.misspelt("b") && p.value.Kind == yaml.MappingNode {
		l.errAt(it.m.place("b"), "missing-key", p.key.Value+" has no thresholds", "add b: [-0.5, 0.8], one for each boundary between its scored codes")
	}
	if v := it.m.value("a"); v != nil {
		it.A = l.positive(v, "the slope of "+p.key.Value, "a slope is above 0; a reverse-keyed item has a leading minus in the scale's items and its parameters after reversal", 1)
		if irt.modelOK && irt.Model == PCM && it.A != 1 {
			l.errAt(v, "irt-parameters", fmt.Sprintf("the slope of %s is %s, but a pcm has the slope 1", p.key.Value, v.Value), "take a away, or write model: gpcm")
		}
	}
	nodes := l.items(it.m.value("b"), "b of "+p.key.Value)
	for _, n := range nodes {
		v, ok := l.number(n, "a threshold of "+p.key.Value)
		if !ok {
			nodes = nil
			break
		}
		it.B = append(it.B, v)
	}
	it.b = nodes
	it.ok = l.errors() == before
	return it
}

// positive reads a number above 0; otherwise stands for one in error.
func (l *loader) positive(n *yaml.Node, what, hint string, otherwise float64) float64 {
	v, ok := l.numberOr(n, what, hint)
	if !ok {
		return otherwise
	}
	if v <= 0 {
		l.errAt(n, "out-of-range", fmt.Sprintf("%s is %s", what, n.Value), hint)
		return otherwise
	}
	return v
}
