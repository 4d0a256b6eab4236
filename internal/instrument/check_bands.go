package instrument

import (
	"fmt"
	"math"
)

// Bands must leave no gap and no overlap. A band ends where the next begins, so a gap can only be below the first, and an
// overlap only where a cut is not above the one before.

func (l *loader) checkCutOrder(s *scaleDraft) {
	for i := 1; i < len(s.cuts); i++ {
		if before, here := s.Bands.Cuts[i-1].From, s.Bands.Cuts[i].From; here <= before {
			l.errAt(s.cuts[i], "bands-overlap", fmt.Sprintf("the band from %g does not begin above the one before, from %g", here, before),
				"list the bands in ascending order, each from once")
		}
	}
}

// scaledEnds gives the ends of the metric on which bands are cut: that of a lookup table where there is one.
func (s *scaleDraft) scaledEnds(low, high float64) (float64, float64) {
	if s.Lookup == nil || len(s.Lookup.Table) == 0 {
		return low, high
	}
	low, high = math.Inf(1), math.Inf(-1)
	for _, row := range s.Lookup.Table {
		low, high = min(low, row.Scaled), max(high, row.Scaled)
	}
	return low, high
}

// checkModelCuts holds the bands of a scale that a model scores against its declared range. Without one a score has no ends.
func (l *loader) checkModelCuts(s *scaleDraft) {
	if s.Range == nil {
		return
	}
	low, high := s.Range.Min, s.Range.Max
	if r := s.irt.Report; r != nil {
		low, high = r.Slope*low+r.Intercept, r.Slope*high+r.Intercept
	}
	l.checkCutEnds(s, low, high)
}

// checkCutEnds holds the bands against the lowest and highest score.
func (l *loader) checkCutEnds(s *scaleDraft, low, high float64) {
	for i, n := range s.cuts {
		from := s.Bands.Cuts[i].From
		switch {
		case i == 0 && from > low:
			l.errAt(n, "bands-gap", fmt.Sprintf("scores from %g up to %g are in no band", low, from), fmt.Sprintf("begin the first band at %g", low))
		case i == 0 && from < low:
			l.warnAt(n, "bands-outside", fmt.Sprintf("the first band begins at %g, below the lowest score", from), fmt.Sprintf("write from: %g, which is what the band holds", low))
		case from > high:
			l.errAt(n, "bands-outside", fmt.Sprintf("no score reaches the band from %g: the highest is %g", from, high), "lower the cut, or take the band away")
		}
	}
}
