package instrument

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

var scaleKeys = []string{
	"id", "title", "higher_means", "items", "weights", "score", "min_answered", "rounding", "range", "favorable", "reliability",
	"norms", "lookup", "bands", "irt",
}

func (l *loader) readScales(d *draft) {
	for i, n := range l.items(d.root.value("scales"), "scales") {
		l.readScale(d, n, i)
	}
}

func (l *loader) readScale(d *draft, n *yaml.Node, i int) {
	what := partName(n, "scale", "id", i)
	m := l.mapping(n, what, scaleKeys...)
	if len(m.pairs) == 0 {
		if isNull(n) {
			l.errAt(n, "wrong-shape", what+" is empty", "write {id: ..., title: ..., items: [...], ...}, or take the dash away")
		}
		return
	}
	s := &scaleDraft{Scale: &Scale{Index: len(d.scaleList)}, m: m, idNode: m.value("id")}
	before := l.errors()
	path := fmt.Sprintf("scales/#%d", i)
	if s.idNode != nil {
		if id, ok := l.name(s.idNode, "the id of a scale"); ok {
			path = "scales/" + id
			l.columnName(s.idNode, "the id of a scale", id)
			if len(id) > maxScaleID && namePattern.MatchString(id) {
				l.errAt(s.idNode, "illegal-id", fmt.Sprintf("the id of a scale has %d characters", len(id)),
					fmt.Sprintf("keep it to %d, so that %s_favorable and its like fit Stata's 32", maxScaleID, id[:maxScaleID]))
			}
			if d.scales.add(l, s.idNode, id) {
				s.ID = ScaleID(id)
				d.scaleByID[id] = s
			}
		}
	}
	l.require(m, what, "id", "title", "items", "score", "min_answered")
	s.Title = l.text(d, m, "title", path+"/title", "the title of "+what)
	s.HigherMeans = l.text(d, m, "higher_means", path+"/higher_means", "higher_means of "+what)
	l.readKeys(d, s, what)
	l.readWeights(s, what)
	l.readScore(s, what)
	l.readMinAnswered(s, what)
	l.readRange(s, what)
	for _, n := range l.items(m.value("favorable"), "favorable of "+what) {
		if c, ok := l.word(n, "a favorable code"); ok {
			s.Favorable = append(s.Favorable, Code(c))
		} else {
			s.Favorable = append(s.Favorable, "")
		}
	}
	if n := m.value("reliability"); n != nil {
		l.readReliability(s, l.mapping(n, "reliability of "+what, "minimum"))
	}
	l.readBands(d, s, what, path)
	whole := l.errors()
	l.readLookup(s, what)
	l.readNorms(s, what)
	l.readIRT(s, what)
	// Of a model or table that could not be read whole nothing follows: neither scores nor tests.
	s.untested = s.untested || l.errors() > whole
	s.wrong = l.errors() > before
	d.scaleList = append(d.scaleList, s)
}

func (l *loader) readKeys(d *draft, s *scaleDraft, what string) {
	list := s.m.value("items")
	nodes := l.items(list, "the items of "+what)
	if list != nil && list.Kind == yaml.SequenceNode && len(nodes) == 0 {
		l.errAt(list, "empty", "the items of "+what+" are empty", "name at least one")
	}
	s.broken = len(nodes) == 0
	for _, n := range nodes {
		word, ok := l.word(n, "an item of "+what)
		id, reversed := strings.CutPrefix(word, "-")
		id = strings.TrimSpace(id)
		if !ok && word == "" {
			s.lacking = append(s.lacking, id)
			continue
		}
		it := d.item(id)
		if it == nil {
			d.items.unknown(l, n, id)
			s.lacking = append(s.lacking, id)
			continue
		}
		s.Items = append(s.Items, Key{Item: it.Item, Reversed: reversed, Weight: 1})
		s.keyNodes = append(s.keyNodes, n)
		s.items = append(s.items, it)
	}
}

func (l *loader) readWeights(s *scaleDraft, what string) {
	for _, p := range l.mapping(s.m.value("weights"), "the weights of "+what).pairs {
		at := -1
		var ids []string
		for i, key := range s.Items {
			ids = append(ids, string(key.Item.ID))
			if string(key.Item.ID) == p.key.Value {
				at = i
			}
		}
		v, ok := l.number(p.value, "the weight of "+p.key.Value)
		if isNull(p.value) {
			l.errAt(p.key, "empty", fmt.Sprintf("the weight of %s is empty", p.key.Value), "write a number above 0, or take the key away")
		}
		if at < 0 {
			s.broken = true
			if slices.Contains(s.lacking, p.key.Value) {
				continue // the item has been reported
			}
			l.errAt(p.key, "unknown-id", fmt.Sprintf("%s is no item of %s", p.key.Value, what),
				diag.DidYouMean(p.key.Value, ids, "its items are "+strings.Join(ids, ", ")))
			continue
		}
		s.broken = s.broken || !ok || v <= 0
		if ok && v <= 0 {
			l.errAt(p.value, "out-of-range", fmt.Sprintf("the weight of %s is %s", p.key.Value, p.value.Value),
				"write a number above 0; to turn an item around write -"+p.key.Value+" in items")
			continue
		}
		if ok {
			s.Items[at].Weight = v
		}
	}
}
