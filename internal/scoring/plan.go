package scoring

import (
	"slices"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
)

// Scorer is the scoring rules of one instrument, prepared so that scoring a person only looks things up. It keeps no state
// between persons and may be used by many goroutines at a time.
type Scorer struct {
	in     *instrument.Instrument
	scales []scalePlan
}

// scalePlan is the scoring of one scale.
type scalePlan struct {
	scale *instrument.Scale
	keys  []keyPlan
	// pompFirst says that items have different ranges: each answer is put on 0 to 100 before the mean is taken.
	pompFirst bool
	min, max  float64 // of the items' codes, when they all have the same
	favorable []float64
	irt       *irtPlan               // nil when the scale has no model
	lookup    []instrument.LookupRow // ascending; the file's, or the one that a model gives for sums
}

// keyPlan is the scoring of one item in one scale.
type keyPlan struct {
	item     int
	weight   float64
	options  []optionPlan // of a choice item
	number   bool         // a number item: what was given is the value
	reversed bool
	min, max float64
}

// optionPlan is what choosing one option counts for.
type optionPlan struct {
	value     float64 // after reversal
	scored    bool
	favorable bool
}

// NewScorer prepares an instrument's scoring. The instrument must have passed its checks.
func NewScorer(in *instrument.Instrument) *Scorer {
	s := &Scorer{in: in, scales: make([]scalePlan, len(in.Scales))}
	for i, scale := range in.Scales {
		s.scales[i] = planScale(scale)
	}
	return s
}

// Instrument is the instrument that the scorer was made for.
func (s *Scorer) Instrument() *instrument.Instrument { return s.in }

func planScale(scale *instrument.Scale) scalePlan {
	plan := scalePlan{scale: scale, favorable: favorableValues(scale)}
	for i, key := range scale.Items {
		k := planKey(key, plan.favorable)
		if i == 0 {
			plan.min, plan.max = k.min, k.max
		}
		plan.pompFirst = plan.pompFirst || k.min != plan.min || k.max != plan.max
		plan.keys = append(plan.keys, k)
	}
	plan.irt = planIRT(scale, plan.keys)
	plan.lookup = plan.conversion()
	return plan
}

// conversion is the table from sums to scale scores: the file's, or, of a sum with a model, the EAP of each sum on the
// reporting metric.
func (p *scalePlan) conversion() []instrument.LookupRow {
	switch {
	case p.scale.Lookup != nil:
		return p.scale.Lookup.Table
	case p.irt == nil || p.modelled():
		return nil
	}
	var table []instrument.LookupRow
	for _, row := range p.irt.summedScores() {
		scaled := row.Theta
		if p.irt.reported {
			scaled = p.irt.reporting(row.Theta)
		}
		table = append(table, instrument.LookupRow{Raw: row.Raw, Scaled: scaled})
	}
	return table
}

// modelled says whether the score itself is an estimate of theta.
func (p *scalePlan) modelled() bool { return HasError(p.scale) }

// values gives the scored codes of a choice item after reversal, ascending.
func (k *keyPlan) values() []float64 {
	var values []float64
	for _, o := range k.options {
		if o.scored {
			values = append(values, o.value)
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}

func planKey(key instrument.Key, favorable []float64) keyPlan {
	item := key.Item
	k := keyPlan{item: item.Index, weight: key.Weight, reversed: key.Reversed}
	if item.Kind == instrument.Number {
		k.number = true
		if item.Min != nil && item.Max != nil {
			k.min, k.max = *item.Min, *item.Max
		}
		return k
	}
	k.min, k.max = item.Responses.Min, item.Responses.Max
	for _, o := range item.Responses.Options {
		var p optionPlan
		if o.IsNumber && !o.Missing {
			p = optionPlan{value: k.keyed(o.Value), scored: true}
			p.favorable = slices.Contains(favorable, p.value)
		}
		k.options = append(k.options, p)
	}
	return k
}

// keyed is an answer's value after reversal: min + max - x, with the ends of the response set and never of the data.
func (k *keyPlan) keyed(x float64) float64 {
	if k.reversed {
		return k.min + k.max - x
	}
	return x
}

// counting gives what a valid answer counts for.
func (k *keyPlan) counting(a *answer.Answer, favorable []float64) optionPlan {
	if !k.number {
		return k.options[a.Option]
	}
	value := k.keyed(a.Number)
	return optionPlan{value: value, scored: true, favorable: slices.Contains(favorable, value)}
}

// favorableValues gives the codes of favorable as numbers: they name values after reversal, which need not be the code of
// the option that was chosen.
func favorableValues(scale *instrument.Scale) []float64 {
	var values []float64
	for _, code := range scale.Favorable {
		if value, ok := codeValue(scale, code); ok {
			values = append(values, value)
		}
	}
	return values
}

func codeValue(scale *instrument.Scale, code instrument.Code) (float64, bool) {
	for _, key := range scale.Items {
		if key.Item.Responses == nil {
			continue
		}
		if i := key.Item.Responses.Option(code); i >= 0 && key.Item.Responses.Options[i].IsNumber {
			return key.Item.Responses.Options[i].Value, true
		}
	}
	return 0, false
}

// HasError says whether a scale's scores come with a standard error.
func HasError(scale *instrument.Scale) bool {
	return scale.Score == instrument.EAP || scale.Score == instrument.WLE
}

// IsScaled says whether a scale has scale scores beside its scores: by a table, its own or that of a model, or on a reporting
// metric.
func IsScaled(scale *instrument.Scale) bool {
	if HasError(scale) {
		return scale.IRT != nil && scale.IRT.Report != nil
	}
	return scale.Lookup != nil || scale.IRT != nil
}
