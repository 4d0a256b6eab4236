package instrument

import (
	"fmt"
	"math"
	"strings"

	"go.yaml.in/yaml/v3"
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
	l.unsupported(m, what, "norms", "lookup", "irt")
	d.scaleList = append(d.scaleList, s)
}

func (l *loader) readKeys(d *draft, s *scaleDraft, what string) {
	list := s.m.value("items")
	nodes := l.items(list, "the items of "+what)
	if list != nil && list.Kind == yaml.SequenceNode && len(nodes) == 0 {
		l.errAt(s.m.key("items"), "missing-key", what+" has no items", "name at least one")
	}
	s.broken = len(nodes) == 0
	for _, n := range nodes {
		word, ok := l.word(n, "an item of "+what)
		if !ok && word == "" {
			s.broken = true
			continue
		}
		id, reversed := strings.CutPrefix(word, "-")
		it := d.item(strings.TrimSpace(id))
		if it == nil {
			d.items.unknown(l, n, strings.TrimSpace(id))
			s.broken = true
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
			known := newNames("item in " + what)
			known.listed = ids
			known.unknown(l, p.key, p.key.Value)
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

func (l *loader) readScore(s *scaleDraft, what string) {
	n := s.m.value("score")
	if n == nil {
		s.broken = true
		return
	}
	var ok bool
	s.Score, ok = choice(l, n, "the score of "+what, Mean, Sum, ProratedSum, POMP, EAP, WLE)
	if !ok {
		s.broken = true
	}
	if s.Score == EAP || s.Score == WLE {
		l.errAt(n, "not-supported-yet", fmt.Sprintf("the score %s needs an item response model, which is not supported yet", s.Score), "write mean, sum, prorated_sum or pomp")
		s.broken = true
	}
	s.Rounding, _ = choice(l, s.m.value("rounding"), "the rounding of "+what, RoundNone, RoundHalfUp, RoundHalfEven, RoundUp)
	if s.Rounding != RoundNone && !s.broken && s.Score != ProratedSum {
		l.errAt(s.m.value("rounding"), "misplaced-key", fmt.Sprintf("a %s is not rounded", s.Score),
			"take rounding away; only a prorated_sum is rounded, all else keeps full precision")
	}
}

// readMinAnswered reads a count, or a share of the scale's items such as 80%.
func (l *loader) readMinAnswered(s *scaleDraft, what string) {
	n := s.m.value("min_answered")
	if n == nil {
		return
	}
	word, ok := l.word(n, "min_answered of "+what)
	if !ok {
		return
	}
	k := len(s.Items)
	if percent, isShare := strings.CutSuffix(word, "%"); isShare {
		share := *n
		share.Value = strings.TrimSpace(percent)
		v, ok := l.number(&share, "min_answered of "+what)
		if !ok {
			return
		}
		if v <= 0 || v > 100 {
			l.errAt(n, "out-of-range", fmt.Sprintf("min_answered of %s is %s", what, word), "write a share above 0%, up to 100%")
			return
		}
		s.MinAnswered = int(math.Ceil(v/100*float64(k) - 1e-9))
	} else {
		v, ok := l.number(n, "min_answered of "+what)
		if !ok {
			return
		}
		if v > 0 && v < 1 {
			l.errAt(n, "out-of-range", fmt.Sprintf("min_answered of %s is %s", what, word), fmt.Sprintf("write a count, or a share as %g%%", v*100))
			return
		}
		if v != math.Trunc(v) || v < 1 || v > float64(max(k, 1)) && !s.broken {
			l.errAt(n, "out-of-range", fmt.Sprintf("min_answered of %s is %s, of %d items", what, word, k), fmt.Sprintf("write a count from 1 to %d, or a share such as 80%%", max(k, 1)))
			return
		}
		s.MinAnswered = int(v)
	}
	if s.Score == Sum && !s.broken && s.MinAnswered != k {
		l.errAt(n, "out-of-range", fmt.Sprintf("min_answered of %s is %s, but a sum needs all of its %d items", what, word, k),
			fmt.Sprintf("write %d, or score: prorated_sum, which allows for missing answers", k))
	}
}

func (l *loader) readRange(s *scaleDraft, what string) {
	n := s.m.value("range")
	if n == nil {
		if s.m.value("score") != nil && s.Score != EAP && s.Score != WLE {
			l.errAt(s.m.place("range"), "missing-key", what+" has no range", "add range: [lowest, highest] on the score's own metric")
		}
		return
	}
	nodes := l.items(n, "range of "+what)
	if n.Kind != yaml.SequenceNode {
		return
	}
	if len(nodes) != 2 {
		l.errAt(n, "wrong-shape", fmt.Sprintf("range of %s has %d numbers", what, len(nodes)), "write [lowest, highest]")
		return
	}
	low, ok1 := l.number(nodes[0], "the lowest score of "+what)
	high, ok2 := l.number(nodes[1], "the highest score of "+what)
	if ok1 && ok2 {
		s.Range = &Range{Min: low, Max: high}
	}
}

func (l *loader) readReliability(s *scaleDraft, m *mapping) {
	n := m.value("minimum")
	if n == nil {
		return
	}
	v, ok := l.number(n, "the minimum reliability")
	if ok && (v <= 0 || v >= 1) {
		l.errAt(n, "out-of-range", fmt.Sprintf("the minimum reliability is %s", n.Value), "write a number between 0 and 1, such as 0.70")
		return
	}
	if ok {
		s.Reliability = &v
	}
}

func (l *loader) readBands(d *draft, s *scaleDraft, what, path string) {
	n := s.m.value("bands")
	if n == nil {
		return
	}
	m := l.mapping(n, "bands of "+what, "source", "cuts")
	l.require(m, "bands of "+what, "cuts")
	b := &Bands{}
	if v := m.value("source"); v != nil {
		b.Source, _ = l.word(v, "the source of bands")
	}
	whole := true
	var at []*yaml.Node // where each cut begins
	for i, c := range l.items(m.value("cuts"), "the cuts of "+what) {
		cm := l.mapping(c, fmt.Sprintf("cut %d of %s", i+1, what), "from", "label")
		l.require(cm, fmt.Sprintf("cut %d of %s", i+1, what), "from", "label")
		from, ok := l.number(cm.value("from"), "from")
		whole = whole && ok
		at = append(at, cm.value("from"))
		b.Cuts = append(b.Cuts, Band{From: from, Label: l.text(d, cm, "label", fmt.Sprintf("%s/bands/%d", path, i), fmt.Sprintf("the label of cut %d of %s", i+1, what))})
	}
	s.Bands = b
	if whole {
		s.cuts = at
	}
}
