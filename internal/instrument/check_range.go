package instrument

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// bounds gives the lowest and highest score of an item that can be scored. also is a code that an option in error may have
// been meant to have; NaN for none.
func (it *itemDraft) bounds(also float64) (low, high float64) {
	if it.Kind == Number {
		return *it.Min, *it.Max
	}
	low, high = it.set.Min, it.set.Max
	if it.set.bad && !math.IsNaN(also) {
		low, high = min(low, also), max(high, also)
	}
	return low, high
}

// possibleCodes lists the codes that options in error, of the sets that a scale rests on, may have been meant to have; NaN,
// for none of them, comes first. known is false when more than one set is in error.
func (s *scaleDraft) possibleCodes() (codes []float64, known bool) {
	codes = []float64{math.NaN()}
	var bad *setDraft
	for _, it := range s.items {
		if it.set == nil || !it.set.bad || it.set == bad {
			continue
		}
		if bad != nil {
			return nil, false
		}
		bad = it.set
		for _, code := range bad.perhaps {
			if v, err := strconv.ParseFloat(code, 64); err == nil {
				codes = append(codes, v)
			}
		}
	}
	return codes, true
}

// checkRange holds range to what codes and weights allow; false when the items have no common range to score on. An item
// that is not known counts as one like the others.
func (l *loader) checkRange(s *scaleDraft) bool {
	codes, known := s.possibleCodes()
	if !known {
		return false
	}
	var lows, highs []float64
	for _, also := range codes {
		odd, low, high := s.scoreBounds(also)
		if odd >= 0 && len(codes) == 1 {
			l.mixed(s, odd)
		}
		if odd >= 0 {
			return false
		}
		lows, highs = append(lows, low), append(highs, high)
	}
	if s.Range != nil {
		nodes := s.m.value("range").Content
		l.checkEnd(s, nodes[0], "lowest", s.Range.Min, lows, [2]float64{lows[0], highs[0]})
		l.checkEnd(s, nodes[1], "highest", s.Range.Max, highs, [2]float64{lows[0], highs[0]})
	}
	if len(codes) == 1 && s.irt == nil {
		low, high := s.scaledEnds(lows[0], highs[0])
		l.checkCutEnds(s, low, high)
	}
	return true
}

// scoreBounds gives the lowest and the highest score; odd is the first item whose range is not that of the others, -1 when
// all go together.
func (s *scaleDraft) scoreBounds(also float64) (odd int, low, high float64) {
	low, high = s.items[0].bounds(also)
	weights := float64(len(s.lacking))
	for i, it := range s.items {
		weights += s.Items[i].Weight
		if l2, h2 := it.bounds(also); s.Score != POMP && (l2 != low || h2 != high) {
			return i, 0, 0
		}
	}
	switch s.Score {
	case Sum:
		return -1, low * weights, high * weights
	case ProratedSum:
		return -1, low * float64(s.size()), high * float64(s.size())
	case POMP:
		return -1, 0, 100
	}
	return -1, low, high
}

func (l *loader) mixed(s *scaleDraft, odd int) {
	it, first := s.items[odd], s.items[0]
	low, high := first.bounds(math.NaN())
	l2, h2 := it.bounds(math.NaN())
	l.errAt(s.keyNodes[odd], "mixed-ranges", fmt.Sprintf("%s runs from %g to %g, but %s from %g to %g: their %s means nothing", it.ID, l2, h2, first.ID, low, high, s.Score),
		s.forgottenMissing()+"write score: pomp, which puts each item on 0 to 100 first")
}

// checkEnd holds one end of range to one of the scores that may be right.
func (l *loader) checkEnd(s *scaleDraft, n *yaml.Node, which string, got float64, want []float64, whole [2]float64) {
	if slices.ContainsFunc(want, func(w float64) bool { return math.Abs(got-w) <= 1e-9*max(1, math.Abs(w)) }) {
		return
	}
	if len(want) > 1 {
		l.errAt(n, "wrong-range", fmt.Sprintf("%s is not the %s score of %s, whichever code the option in error is meant to have", n.Value, which, nameOfScale(s)),
			fmt.Sprintf("correct the code first; as the codes stand they give range: [%g, %g]", whole[0], whole[1]))
		return
	}
	l.errAt(n, "wrong-range", fmt.Sprintf("the %s score of %s is %g, not %s", which, nameOfScale(s), want[0], n.Value),
		s.forgottenMissing()+fmt.Sprintf("codes and weights give range: [%g, %g]", whole[0], whole[1]))
}

// forgottenMissing begins a hint where a code stands apart from the others, such as 9 beside 1 to 5: to widen the range to it
// would score "does not apply" as an answer.
func (s *scaleDraft) forgottenMissing() string {
	for _, it := range s.items {
		if it.set == nil {
			continue
		}
		if code, apart := it.set.apart(); apart {
			return fmt.Sprintf("if %s is \"does not apply\" or the like, write missing: true on it; else ", code)
		}
	}
	return ""
}

// apart finds the highest or lowest scored code when its distance to the next is 2 or more, and more than any between the others.
func (s *ResponseSet) apart() (Code, bool) {
	var scored []Option
	for _, o := range s.Options {
		if o.IsNumber && !o.Missing {
			scored = append(scored, o)
		}
	}
	slices.SortFunc(scored, func(a, b Option) int { return cmp.Compare(a.Value, b.Value) })
	last := len(scored) - 1
	if last < 2 {
		return "", false
	}
	gap := func(i int) float64 { return scored[i+1].Value - scored[i].Value }
	inner := 0.0 // the widest gap but for those at the two ends
	for i := 1; i < last-1; i++ {
		inner = max(inner, gap(i))
	}
	low, high := gap(0), gap(last-1)
	switch {
	case high >= 2 && high > max(inner, low):
		return scored[last].Code, true
	case low >= 2 && low > max(inner, high):
		return scored[0].Code, true
	}
	return "", false
}
