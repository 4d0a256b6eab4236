package instrument

import (
	"fmt"
	"math"
	"strings"

	"go.yaml.in/yaml/v3"
)

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
	if s.byModel() && s.m.value("irt") == nil && !s.m.misspelt("irt") {
		l.errAt(n, "missing-key", fmt.Sprintf("the score %s needs an item response model", s.Score), "add irt: {model: grm, items: {...}} with the parameters, or write another score")
		s.broken = true
	}
	s.Rounding, ok = choice(l, s.m.value("rounding"), "the rounding of "+what, RoundNone, RoundHalfUp, RoundHalfEven, RoundUp)
	s.untested = !ok
	if s.Rounding != RoundNone && !s.broken && s.Score != ProratedSum {
		l.errAt(s.m.value("rounding"), "misplaced-key", fmt.Sprintf("a %s is not rounded", s.Score),
			"take rounding away; only a prorated_sum is rounded, all else keeps full precision")
	}
}

// byModel says whether the scale is scored by an item response model.
func (s *scaleDraft) byModel() bool { return s.Score == EAP || s.Score == WLE }

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
	k := s.size()
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
		v, ok := l.numberOr(n, "min_answered of "+what, fmt.Sprintf("write a count from 1 to %d, or a share of the items such as 80%%; for all of them 100%%", max(k, 1)))
		if !ok {
			return
		}
		if v > 0 && v < 1 {
			l.errAt(n, "out-of-range", fmt.Sprintf("min_answered of %s is %s", what, word), fmt.Sprintf("write a count, or a share as %g%%", v*100))
			return
		}
		if v != math.Trunc(v) || v < 1 || v > float64(k) && k > 0 {
			l.errAt(n, "out-of-range", fmt.Sprintf("min_answered of %s is %s, of %d items", what, word, k), fmt.Sprintf("write a count from 1 to %d, or a share such as 80%%", max(k, 1)))
			return
		}
		s.MinAnswered = int(v)
	}
	if s.Score == Sum && k > 0 && s.MinAnswered != k {
		l.errAt(n, "out-of-range", fmt.Sprintf("min_answered of %s is %s, but a sum needs all of its %d items", what, word, k),
			fmt.Sprintf("write %d, or score: prorated_sum, which allows for missing answers", k))
	}
}

func (l *loader) readRange(s *scaleDraft, what string) {
	n := s.m.value("range")
	if n == nil {
		if s.m.value("score") != nil && !s.byModel() {
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
