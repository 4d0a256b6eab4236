package analysis

import (
	"math"
	"slices"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
	"surveyd/internal/psychometrics"
	"surveyd/internal/scoring"
)

// keyedScale is what the answers to a scale's items count for, by the rules of scoring.
type keyedScale struct {
	keys      []keyedItem
	favorable []float64 // keyed values; nil when the scale declares none
}

// keyedItem is one item of a scale on the keyed metric.
type keyedItem struct {
	item     *instrument.Item
	reversed bool
	values   []float64 // by option; NaN of one that is not scored
	min, max float64
}

func keyedScales(scorer *scoring.Scorer) []keyedScale {
	in := scorer.Instrument()
	out := make([]keyedScale, len(in.Scales))
	set := answer.New(in)
	for s, scale := range in.Scales {
		for i, key := range scale.Items {
			k := keyedItem{item: key.Item, reversed: key.Reversed}
			options := 0
			if key.Item.Kind == instrument.Choice {
				options = len(key.Item.Responses.Options)
			}
			for o := range options {
				set[key.Item.Index] = answer.Answer{State: answer.Answered, Option: o}
				part := scorer.Parts(s, set)[i]
				k.values = append(k.values, valueIf(part.Counts, part.Value))
				if part.Counts && part.Favorable && !slices.Contains(out[s].favorable, part.Value) {
					out[s].favorable = append(out[s].favorable, part.Value)
				}
			}
			set[key.Item.Index] = answer.Answer{Option: -1}
			part := scorer.Parts(s, set)[i]
			k.min, k.max = part.Min, part.Max
			out[s].keys = append(out[s].keys, k)
		}
	}
	return out
}

// isFavorable says whether a keyed value is a favorable one.
func (k *keyedScale) isFavorable(x float64) bool { return slices.Contains(k.favorable, x) }

// sample is the keyed answers of some persons to a scale.
func (d *Data) sample(scale int, persons []int) psychometrics.Sample {
	keys := d.keyed[scale].keys
	sample := psychometrics.Sample{Columns: make([][]float64, len(keys))}
	for i := range keys {
		sample.Columns[i] = d.keyedColumn(&keys[i], persons)
	}
	return sample
}

func (d *Data) keyedColumn(k *keyedItem, persons []int) []float64 {
	column := make([]float64, len(persons))
	for i, p := range persons {
		column[i] = d.keyedAnswer(k, p)
	}
	return column
}

// keyedAnswer is what one person's answer counts for; NaN where it does not.
func (d *Data) keyedAnswer(k *keyedItem, p int) float64 {
	it := &d.items[k.item.Index]
	switch given := it.given[p]; {
	case given < 0:
		return math.NaN()
	case it.numbers == nil:
		return k.values[given]
	case k.reversed:
		return k.min + k.max - it.numbers[p]
	}
	return it.numbers[p]
}
