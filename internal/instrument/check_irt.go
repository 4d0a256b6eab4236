package instrument

import (
	"fmt"
	"strings"
)

// checkIRT holds an item response model to fit the scale: the parameters of every item, as many thresholds as its codes have
// boundaries, in order.
func (l *loader) checkIRT(s *scaleDraft) {
	if s.byModel() {
		l.checkModelled(s)
	}
	if s.irt == nil {
		return
	}
	if s.byModel() {
		l.checkModelCuts(s)
	}
	key := s.m.key("irt")
	switch {
	case s.Score == Mean || s.Score == POMP:
		l.errAt(key, "misplaced-key", fmt.Sprintf("the score %s makes no use of irt", s.Score), "write score: eap, score: wle, or a sum, whose scale scores are then computed from the model")
		return
	case s.Lookup != nil && !s.byModel():
		l.errAt(key, "misplaced-key", "a sum has both irt and lookup, which could say two things", "keep one: the published table, or the model from which one is computed")
		return
	case s.Score == ProratedSum && s.Rounding == RoundNone && s.MinAnswered < len(s.Items):
		l.errAt(s.m.placeOr("rounding", s.m.value("score")), "lookup-unrounded", fmt.Sprintf("a prorated sum of %s can have a fraction, which the table computed from irt has not", nameOfScale(s)),
			"declare rounding: half_up, half_even or up")
	case s.Score == WLE && s.irt.Model == GRM:
		l.errAt(s.m.value("score"), "irt-parameters", "a wle is defined for pcm and gpcm, not for grm", "write score: eap, or the parameters of a gpcm")
	}
	if s.m.value("weights") != nil {
		l.errAt(s.m.key("weights"), "misplaced-key", fmt.Sprintf("%s has irt and weights", nameOfScale(s)), "take weights away: the model weighs each item by its slope")
	}
	var bare []string
	for i, it := range s.irt.items {
		if it == nil {
			bare = append(bare, string(s.Items[i].Item.ID))
		} else if it.ok {
			l.checkThresholds(s, i, it)
		}
	}
	if m := s.irt.m.value("items"); m != nil && len(bare) > 0 {
		l.errAt(s.irt.m.key("items"), "irt-parameters", fmt.Sprintf("irt of %s has no parameters for %s", nameOfScale(s), strings.Join(bare, ", ")), "add {a: ..., b: [...]} for each item of the scale")
	}
	s.IRT = s.irt.IRT
	for _, it := range s.irt.items {
		if it != nil {
			s.IRT.Items = append(s.IRT.Items, it.IRTItem)
		}
	}
}

// checkModelled verifies what a scale scored by a model says besides.
func (l *loader) checkModelled(s *scaleDraft) {
	if r := s.Range; r != nil && r.Max <= r.Min {
		l.errAt(s.m.value("range").Content[1], "out-of-range", fmt.Sprintf("the range of %s runs from %g to %g", nameOfScale(s), r.Min, r.Max), "write [lowest, highest]; it may be left out")
	}
	for i, it := range s.items {
		if it.Kind == Number {
			l.errAt(s.keyNodes[i], "not-scorable", fmt.Sprintf("%s is a number item, which no item response model of this kind describes", it.ID), "leave it out of the scale")
		}
	}
}

func thresholds(n int) string {
	if n == 1 {
		return "one threshold"
	}
	return fmt.Sprintf("%d thresholds", n)
}

// checkThresholds holds an item's thresholds to the boundaries between its scored codes.
func (l *loader) checkThresholds(s *scaleDraft, i int, it *irtItemDraft) {
	if s.items[i].set == nil || s.items[i].set.bad || s.items[i].Kind != Choice {
		return
	}
	id, codes := s.Items[i].Item.ID, s.Items[i].scoredCodes()
	if len(codes) < 2 {
		return // that the item cannot be scored has been said
	}
	if len(it.B) != len(codes)-1 {
		l.errAt(it.m.key("b"), "irt-parameters", fmt.Sprintf("%s has %s, but %d scored codes", id, thresholds(len(it.B)), len(codes)),
			fmt.Sprintf("write %d: one for each boundary between neighbouring codes, ascending, after reversal", len(codes)-1))
		return
	}
	for j := 1; j < len(it.B); j++ {
		if it.B[j] > it.B[j-1] {
			continue
		}
		message := fmt.Sprintf("threshold %d of %s, %g, is not above the one before, %g", j+1, id, it.B[j], it.B[j-1])
		if s.irt.Model == GRM {
			l.errAt(it.b[j], "irt-order", message, "a graded response model has ascending thresholds; are two of them swapped?")
		} else {
			l.warnAt(it.b[j], "irt-disordered", message, "disordered steps are legal, but often tell of a code that few people choose; compare with the calibration")
		}
	}
}
