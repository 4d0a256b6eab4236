package compare

import (
	"fmt"
	"slices"

	"surveyd/internal/instrument"
)

// Effect is what becomes of a scale's trend line.
type Effect string

// The effects.
const (
	Continues Effect = "continues" // scores before and after lie on one line
	Breaks    Effect = "breaks"    // something in the scale changed; another line begins
	Restarts  Effect = "restarts"  // nothing in the scale changed, yet a new major version of its home begins another line
	Begins    Effect = "begins"
	Ends      Effect = "ends"
)

// Trend is what a new version does to the trend line of one scale.
type Trend struct {
	Scale    instrument.ScaleID
	Effect   Effect
	Old, New string              // identities, as home/major/scale; empty where there is none
	Words    []instrument.ItemID // items whose words changed: the line continues only if they mean the same
}

// Trends says of every scale of both versions what becomes of its trend line when the new one is published under a version. New
// scales come last.
func Trends(old, new *instrument.Instrument, changes []Change, version instrument.Version) []Trend {
	var out []Trend
	identity := func(s *instrument.Scale) string {
		if s.Home.ID == new.ID {
			return fmt.Sprintf("%s/%d/%s", s.Home.ID, version.Major, s.ID)
		}
		return s.Identity()
	}
	for _, before := range old.Scales {
		t := Trend{Scale: before.ID, Old: before.Identity(), Effect: Ends}
		if now, ok := new.Scale(before.ID); ok {
			t.New, t.Effect = identity(now), Continues
			t.Words = reworded(now, changes)
			switch {
			case touched(before.ID, changes):
				t.Effect = Breaks
			case t.New != t.Old:
				t.Effect = Restarts
			}
		}
		out = append(out, t)
	}
	for _, now := range new.Scales {
		if _, ok := old.Scale(now.ID); !ok {
			out = append(out, Trend{Scale: now.ID, New: identity(now), Effect: Begins})
		}
	}
	return out
}

// touched says whether a major change touches a scale.
func touched(id instrument.ScaleID, changes []Change) bool {
	return slices.ContainsFunc(changes, func(c Change) bool { return c.Level == Major && slices.Contains(c.Scales, id) })
}

// reworded lists the items of a scale of which the text or a response changed its words.
func reworded(s *instrument.Scale, changes []Change) []instrument.ItemID {
	var out []instrument.ItemID
	for _, k := range s.Items {
		for _, c := range changes {
			if c.Confirm && slices.Contains(c.Items, k.Item.ID) && !slices.Contains(out, k.Item.ID) {
				out = append(out, k.Item.ID)
			}
		}
	}
	return out
}
