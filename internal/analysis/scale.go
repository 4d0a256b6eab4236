package analysis

import (
	"math"
	"slices"

	"surveyd/internal/instrument"
	"surveyd/internal/psychometrics"
	"surveyd/internal/scoring"
)

// Scale is what some persons' answers say of one scale.
type Scale struct {
	Scale     *instrument.Scale
	N         int // persons with at least one valid answer
	Complete  int // persons who answered every item
	Score     psychometrics.Description
	Histogram Histogram
	Unscored  []Unscored
	Floor     psychometrics.Figure // share of the scored at the lowest possible score
	Ceiling   psychometrics.Figure // at the highest
	Alpha     psychometrics.Alpha
	Cases     psychometrics.Cases
	Lambda2   psychometrics.Figure
	Omega     psychometrics.Omega
	SEM       psychometrics.Figure // on the scale's own metric, over the complete cases
	Favorable psychometrics.Favorable
	Items     []Item
	Scaled    *psychometrics.Description // nil unless the scale has scale scores
	T         *psychometrics.Description // nil unless it has norms
	Bands     []BandCount
	Model     *Model // nil unless scores are estimates of a model
}

// Unscored is how many persons have no score for one reason.
type Unscored struct {
	Why scoring.Reason
	N   int
}

// BandCount is how many scores lie in a band.
type BandCount struct {
	Band  instrument.Band
	N     int
	Share psychometrics.Figure
}

// Model is how exact the estimates of an item response model are.
type Model struct {
	MeanSE      psychometrics.Figure
	Reliability psychometrics.Figure // empirical: variance of the scores / (that + mean squared SE)
}

func (d *Data) scale(index int, persons []int, o Options) Scale {
	scale, scores, sample := d.in.Scales[index], &d.scores[index], d.sample(index, persons)
	values := present(scores.value, persons)
	complete := sample.Complete()
	s := Scale{
		Scale: scale, Complete: complete.Persons(), Score: psychometrics.Describe(values), Histogram: histogramOf(scale, values),
		Cases: o.cases(), Alpha: psychometrics.AlphaOf(sample, o.cases(), o.interval()),
		Lambda2: psychometrics.Lambda2(complete), Omega: psychometrics.OmegaOf(complete),
		Favorable: psychometrics.FavorableOf(sample, d.keyed[index].isFavorable, scale.Favorable != nil),
	}
	unscored := [len(reasonNames)]int{}
	for _, p := range persons {
		if scores.given[p] {
			s.N++
		}
		unscored[scores.why[p]]++
	}
	for i, why := range reasonNames {
		if why != "" && unscored[i] > 0 {
			s.Unscored = append(s.Unscored, Unscored{why, unscored[i]})
		}
	}
	s.Floor, s.Ceiling = endShares(scale, values)
	s.SEM = d.standardError(index, persons, sample, complete, o)
	s.Items = d.scaleItems(index, persons, sample)
	if scores.scaled != nil || scoring.IsScaled(scale) {
		s.Scaled = describe(scores.scaled, persons)
	}
	if scale.Norms != nil {
		s.T = describe(scores.t, persons)
	}
	s.Bands = bandCounts(scale, scores, persons, len(values))
	if scoring.HasError(scale) {
		s.Model = modelOf(scale, scores, persons, s.Score)
	}
	return s
}

func describe(column []float64, persons []int) *psychometrics.Description {
	d := psychometrics.Describe(present(column, persons))
	return &d
}

// endShares gives the shares of scores at the ends of the scale's range.
func endShares(scale *instrument.Scale, values []float64) (floor, ceiling psychometrics.Figure) {
	switch {
	case scale.Range == nil:
		return psychometrics.None(psychometrics.NotDeclared), psychometrics.None(psychometrics.NotDeclared)
	case len(values) == 0:
		return psychometrics.None(psychometrics.TooFewPersons), psychometrics.None(psychometrics.TooFewPersons)
	}
	// A score at an end is one but for the last bits of a division.
	slack := 1e-9 * max(1, scale.Range.Max-scale.Range.Min)
	low, high := 0, 0
	for _, x := range values {
		if x <= scale.Range.Min+slack {
			low++
		}
		if x >= scale.Range.Max-slack {
			high++
		}
	}
	n := float64(len(values))
	return psychometrics.Known(float64(low) / n), psychometrics.Known(float64(high) / n)
}

// standardError is SD sqrt(1 - alpha): the SD of the complete cases' scores, on the scale's own metric, and the raw alpha of the same
// cases, whichever cases the alpha that is shown rests on.
func (d *Data) standardError(index int, persons []int, sample, complete psychometrics.Sample, o Options) psychometrics.Figure {
	alpha := psychometrics.AlphaOf(complete, psychometrics.Listwise, o.interval()).Raw
	if !alpha.OK() {
		return alpha
	}
	var scores []float64
	for i, p := range persons {
		if answeredAll(sample, i) {
			scores = append(scores, d.scores[index].value[p])
		}
	}
	sd := psychometrics.Describe(scores).SD
	if !sd.OK() {
		return sd
	}
	return psychometrics.Known(sd.Value * math.Sqrt(max(0, 1-alpha.Value)))
}

func answeredAll(s psychometrics.Sample, person int) bool {
	return !slices.ContainsFunc(s.Columns, func(column []float64) bool { return math.IsNaN(column[person]) })
}

func bandCounts(scale *instrument.Scale, scores *scoreData, persons []int, scored int) []BandCount {
	if scale.Bands == nil {
		return nil
	}
	bands := make([]BandCount, len(scale.Bands.Cuts))
	for i, cut := range scale.Bands.Cuts {
		bands[i].Band = cut
	}
	for _, p := range persons {
		if at := scores.band[p]; at >= 0 {
			bands[at].N++
		}
	}
	for i := range bands {
		bands[i].Share = share(bands[i].N, scored)
	}
	return bands
}

func share(x, n int) psychometrics.Figure {
	if n == 0 {
		return psychometrics.None(psychometrics.TooFewPersons)
	}
	return psychometrics.Known(float64(x) / float64(n))
}

func modelOf(scale *instrument.Scale, scores *scoreData, persons []int, score psychometrics.Description) *Model {
	errs := present(scores.se, persons)
	m := &Model{MeanSE: psychometrics.Describe(errs).Mean, Reliability: psychometrics.None(psychometrics.TooFewPersons)}
	if !score.SD.OK() {
		return m
	}
	squares := 0.0
	for _, se := range errs {
		squares += se * se
	}
	variance, noise := score.SD.Value*score.SD.Value, squares/float64(len(errs))
	if scale.Score == instrument.EAP {
		// The variance of EAP estimates is that of theta without the errors'.
		m.Reliability = ratio(variance, variance+noise)
	} else {
		// That of likelihood estimates holds the errors' as well.
		m.Reliability = ratio(variance-noise, variance)
	}
	return m
}

func ratio(a, b float64) psychometrics.Figure {
	if b <= 0 {
		return psychometrics.None(psychometrics.NoVariance)
	}
	return psychometrics.Known(a / b)
}
