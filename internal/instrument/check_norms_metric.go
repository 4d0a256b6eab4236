package instrument

import (
	"fmt"
	"math"
)

// Norms are compared with the last metric that a score is put on: that of the lookup or of the model's report where there is
// one. Norms of raw sums beside a lookup give every person a T score that is far off, and look sound.

// comparedScores counts out the scores that are compared with norms, ascending; known is false when they cannot be counted out.
func (s *scaleDraft) comparedScores() (scores []float64, known bool) {
	if s.irt != nil || len(s.lacking) > 0 || s.MinAnswered == 0 {
		return nil, false // a model's scores are no finite set that is known here
	}
	scores, known = s.attainable()
	if !known || s.Lookup == nil {
		return scores, known
	}
	var scaled []float64
	for _, row := range s.Lookup.Table {
		for _, raw := range scores {
			if near(row.Raw, raw) {
				scaled = append(scaled, row.Scaled)
				break
			}
		}
	}
	return distinct(scaled), len(scaled) > 0
}

// comparedEnds gives the lowest and the highest score that norms can be compared with; known is false when there are no such ends.
func (s *scaleDraft) comparedEnds() (low, high float64, known bool) {
	switch {
	case !s.canScore || s.inDoubt():
		return 0, 0, false
	case s.byModel():
		if s.Range == nil || s.irt == nil {
			return 0, 0, false
		}
		low, high = s.Range.Min, s.Range.Max
		if r := s.irt.Report; r != nil {
			low, high = r.Slope*low+r.Intercept, r.Slope*high+r.Intercept
		}
		return low, high, true
	case s.irt != nil:
		return 0, 0, false // the table of sums is computed when answers are scored
	}
	if scores, known := s.comparedScores(); known && len(scores) > 0 {
		return scores[0], scores[len(scores)-1], true
	}
	_, low, high = s.scoreBounds(math.NaN())
	low, high = s.scaledEnds(low, high)
	return low, high, true
}

// checkNormMetric warns of a norm group whose mean no score of the scale can be.
func (l *loader) checkNormMetric(s *scaleDraft, i int) {
	g, draft := &s.Norms.Groups[i], s.norms[i]
	low, high, known := s.comparedEnds()
	if !known || draft.inError || g.SD == 0 {
		return // percentiles have no mean, and rows without a possible score are reported as such
	}
	at := draft.m.key("table")
	if draft.m.value("table") == nil {
		if at = draft.m.value("mean"); at == nil {
			return
		}
		if _, ok := parseNumber(at.Value); !ok {
			return
		}
	}
	const slack = 1e-9
	if g.Mean >= low-slack && g.Mean <= high+slack {
		return
	}
	which := "scores"
	if s.Lookup != nil {
		which = "scale scores of the lookup"
	}
	l.warnAt(at, "norms-metric", fmt.Sprintf("norm group %d of %s has the mean %.6g, but the %s run from %.6g to %.6g", i+1, nameOfScale(s), g.Mean, which, low, high),
		"give the norms on the metric that is compared with them: that of lookup or report where there is one, else that of the score")
}
