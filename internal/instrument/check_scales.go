package instrument

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// checkScales verifies that a scale's items can be scored together, and that what it declares follows from them.
func (l *loader) checkScales(d *draft) {
	for _, s := range d.scaleList {
		l.checkKeys(d, s)
		l.checkCutOrder(s)
		if s.broken || !l.checkScorable(s) {
			continue
		}
		s.canScore = l.checkRange(s)
		l.checkFavorable(s)
	}
}

// checkKeys verifies each item of a scale by itself.
func (l *loader) checkKeys(d *draft, s *scaleDraft) {
	first := map[ItemID]int{}
	for i, key := range s.Items {
		n, it := s.keyNodes[i], s.items[i]
		if at, double := first[it.ID]; double {
			l.errAt(n, "doubled-id", fmt.Sprintf("%s stands twice in %s, first in line %d", it.ID, nameOfScale(s), s.keyNodes[at].Line), "keep one; give it a weight to count it more")
			continue
		}
		first[it.ID] = i
		if it.m.value("show_if") != nil {
			l.warnAt(n, "scale-item-hidden", fmt.Sprintf("a condition can hide %s, an item of %s", it.ID, nameOfScale(s)),
				"students who do not see it are scored on fewer items; leave it out of the scale if that is not meant")
		}
		if key.Reversed {
			l.reversed(d, s, i)
		}
	}
}

func (l *loader) reversed(d *draft, s *scaleDraft, i int) {
	var why []string
	for _, g := range d.in.Audience.Grades {
		if rank, _ := g.Rank(); rank < 6 {
			why = append(why, "by students below grade 6")
			break
		}
	}
	if len(d.in.Languages) > 1 {
		why = append(why, "in translation")
	}
	if len(why) == 0 {
		return
	}
	l.warnAt(s.keyNodes[i], "reverse-keyed", fmt.Sprintf("%s is reverse-keyed, which is often misread %s", s.items[i].ID, strings.Join(why, " and ")),
		"word it toward more of the construct, or show that it works in these groups")
}

func nameOfScale(s *scaleDraft) string {
	if s.ID == "" {
		return "the scale"
	}
	return fmt.Sprintf("the scale %q", s.ID)
}

// checkScorable verifies that every item has a lowest and a highest score. Where it cannot be known since the item itself
// is in error, nothing more is said.
func (l *loader) checkScorable(s *scaleDraft) bool {
	ok := true
	refuse := func(i int, message, hint string) {
		l.errAt(s.keyNodes[i], "not-scorable", message, hint)
		ok = false
	}
	for i, it := range s.items {
		switch {
		case !it.kindOK:
			ok = false
		case it.Kind == Number:
			if it.Min == nil || it.Max == nil {
				refuse(i, fmt.Sprintf("%s is a number without both min and max", it.ID), "give it both, so that the scale has a lowest and a highest score")
			}
		case it.Kind != Choice:
			refuse(i, fmt.Sprintf("%s is a %s item, which has no score", it.ID, it.Kind), "leave it out of the scale")
		case it.set == nil, it.set.unread():
			ok = false
		case it.set.Kind == Nominal:
			refuse(i, fmt.Sprintf("the responses of %s are nominal: their codes have no order", it.ID), "leave it out of the scale, or write kind: ordinal if they are ordered")
		case it.set.Min == it.set.Max:
			refuse(i, fmt.Sprintf("the responses of %s have fewer than two scored codes", it.ID), "add options that are not missing: true")
		}
	}
	return ok
}

// unread says whether a code of the set was in error, so that nothing follows from the set.
func (s *setDraft) unread() bool { return s.bad || len(s.Options) == 0 }

// bounds gives the lowest and highest score of an item that can be scored.
func (it *itemDraft) bounds() (low, high float64) {
	if it.Kind == Number {
		return *it.Min, *it.Max
	}
	return it.set.Min, it.set.Max
}

// checkRange holds range to what codes and weights allow; false when the items have no common range to score on.
func (l *loader) checkRange(s *scaleDraft) bool {
	low, high := s.items[0].bounds()
	weights := 0.0
	for i, it := range s.items {
		weights += s.Items[i].Weight
		l2, h2 := it.bounds()
		if s.Score != POMP && (l2 != low || h2 != high) {
			l.errAt(s.keyNodes[i], "mixed-ranges", fmt.Sprintf("%s runs from %g to %g, but %s from %g to %g: their %s means nothing", it.ID, l2, h2, s.items[0].ID, low, high, s.Score),
				"write score: pomp, which puts each item on 0 to 100 first")
			return false
		}
	}
	k := float64(len(s.items))
	switch s.Score {
	case Sum:
		low, high = low*weights, high*weights
	case ProratedSum:
		low, high = low*k, high*k
	case POMP:
		low, high = 0, 100
	}
	if s.Range == nil {
		return true
	}
	nodes := s.m.value("range").Content
	for i, end := range []struct{ got, want float64 }{{s.Range.Min, low}, {s.Range.Max, high}} {
		if math.Abs(end.got-end.want) > 1e-9*max(1, math.Abs(end.want)) {
			which := [...]string{"lowest", "highest"}[i]
			l.errAt(nodes[i], "wrong-range", fmt.Sprintf("the %s score of %s is %g, not %s", which, nameOfScale(s), end.want, nodes[i].Value),
				fmt.Sprintf("codes and weights give range: [%g, %g]", low, high))
		}
	}
	l.checkCutEnds(s, low, high)
	return true
}

// checkFavorable holds favorable to name scored codes, as they are after reversal.
func (l *loader) checkFavorable(s *scaleDraft) {
	var codes []string
	for _, it := range s.items {
		if it.set == nil {
			continue
		}
		for _, o := range it.set.Options {
			if !o.Missing && !slices.Contains(codes, string(o.Code)) {
				codes = append(codes, string(o.Code))
			}
		}
	}
	n := s.m.value("favorable")
	seen := map[Code]bool{}
	for i, code := range s.Favorable {
		at := n.Content[i]
		switch {
		case code == "":
		case !slices.Contains(codes, string(code)):
			l.errAt(at, "unknown-code", fmt.Sprintf("%s is not a scored code of %s", code, nameOfScale(s)), "its codes, as they are after reversal, are "+strings.Join(codes, ", "))
		case seen[code]:
			l.errAt(at, "doubled-code", fmt.Sprintf("the code %s stands twice in favorable", code), "keep one; another code may be meant")
		}
		seen[code] = true
	}
}
