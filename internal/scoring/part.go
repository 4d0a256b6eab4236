package scoring

import (
	"surveyd/internal/answer"
	"surveyd/internal/instrument"
)

// Part is what one item adds to one person's score: the arithmetic of a score, item by item, for whoever wants to redo it.
type Part struct {
	Item     *instrument.Item
	Reversed bool
	Weight   float64
	Min, Max float64 // lowest and highest scored value of the item; 0 and 0 of a number without bounds
	// Counts says whether the answer enters the score. The fields below mean nothing unless it does.
	Counts    bool
	Given     float64 // the value that was chosen, before reversal
	Value     float64 // the value that is scored
	Favorable bool
}

// Parts gives the parts of a scale's score, in the order of the scale's items, by the rules of ScoreInto. Scale is the
// scale's position in Instrument.Scales; the set must be resolved.
func (s *Scorer) Parts(scale int, set answer.Set) []Part {
	plan := &s.scales[scale]
	parts := make([]Part, len(plan.keys))
	for i := range plan.keys {
		k := &plan.keys[i]
		part := Part{Item: plan.scale.Items[i].Item, Reversed: k.reversed, Weight: k.weight, Min: k.min, Max: k.max}
		if a := &set[k.item]; a.Valid() {
			if o := k.counting(a, plan.favorable); o.scored {
				part.Counts, part.Value, part.Favorable = true, o.value, o.favorable
				part.Given = k.keyed(o.value) // turning a value round twice gives it back
			}
		}
		parts[i] = part
	}
	return parts
}
