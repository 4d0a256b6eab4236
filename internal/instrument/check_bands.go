package instrument

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// checkCuts holds bands to leave no gap and no overlap. A band ends where the next begins, so a gap can only be below
// the first, and an overlap only where a cut is not above the one before.
func (l *loader) checkCuts(s *scaleDraft, at []*yaml.Node) {
	cuts := s.Bands.Cuts
	if len(cuts) == 0 {
		return
	}
	for i := 1; i < len(cuts); i++ {
		if cuts[i].From <= cuts[i-1].From {
			l.errAt(at[i], "bands-overlap", fmt.Sprintf("the band from %g does not begin above the one before, from %g", cuts[i].From, cuts[i-1].From),
				"list the bands in ascending order, each from once")
			return
		}
	}
	if s.Range == nil {
		return
	}
	if cuts[0].From > s.Range.Min {
		l.errAt(at[0], "bands-gap", fmt.Sprintf("scores from %g up to %g are in no band", s.Range.Min, cuts[0].From), fmt.Sprintf("begin the first band at %g", s.Range.Min))
	}
	if cuts[0].From < s.Range.Min {
		l.warnAt(at[0], "bands-outside", fmt.Sprintf("the first band begins at %g, below the lowest score", cuts[0].From), fmt.Sprintf("write from: %g, which is what the band holds", s.Range.Min))
	}
	for i := range cuts {
		if i > 0 && cuts[i].From > s.Range.Max {
			l.errAt(at[i], "bands-outside", fmt.Sprintf("no score reaches the band from %g: the highest is %g", cuts[i].From, s.Range.Max), "lower the cut, or take the band away")
		}
	}
}
