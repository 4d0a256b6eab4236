package analysis

import (
	"slices"

	"surveyd/internal/psychometrics"
)

// suppress hides what rests on fewer than MinN persons, and as much more as it takes that nobody can compute it. Which persons a
// figure rests on differs (who has a score, who answered every item, who answered one), so each such base is protected for itself, over
// the total and the groups.
func (d *Data) suppress(a *Analysis) {
	var groups [][]int
	if a.By != nil {
		_, groups = d.Column(a.By.Column).groups()
	}
	b := bases{d: d, minN: a.Options.MinN, groupOf: make([]string, d.Persons), groups: groups}
	if a.By != nil {
		for p := range b.groupOf {
			b.groupOf[p] = d.Column(a.By.Column).Of(p)
		}
		_, hidden := b.hide(a.By, func(int) bool { return true })
		for g := range a.By.Groups {
			a.By.Groups[g].Hidden = hidden[g]
		}
	}
	for s := range a.Scales {
		d.suppressScale(a, s, b)
	}
	for i := range a.Others {
		it := &a.Others[i]
		if it.N < a.Options.MinN {
			it.hideAnswers(psychometrics.SmallCell)
		}
	}
}

func (d *Data) suppressScale(a *Analysis, s int, b bases) {
	scores := &d.scores[s]
	sample := d.sample(s, d.everybody())
	each := func(base func(p int) bool, hide func(scale *Scale, why psychometrics.Reason)) {
		total, hidden := b.hide(a.By, base)
		if total != "" {
			hide(&a.Scales[s], total)
		}
		for g, why := range hidden {
			if why != "" {
				hide(&a.By.Groups[g].Scales[s], why)
			}
		}
	}
	each(func(p int) bool { return scores.given[p] }, (*Scale).hideAnswers)
	each(func(p int) bool { return scores.value[p] == scores.value[p] }, (*Scale).hideScores)
	each(func(p int) bool { return answeredAll(sample, p) }, (*Scale).hideComplete)
	for i, column := range sample.Columns {
		each(func(p int) bool { return column[p] == column[p] }, func(scale *Scale, why psychometrics.Reason) { scale.Items[i].hideAnswers(why) })
	}
	if a.By == nil {
		return
	}
	_, hidden := b.hide(a.By, func(p int) bool { return scores.value[p] == scores.value[p] })
	a.By.Between[s].hide(a.By.Groups, hidden)
}

// bases protects sets of persons over the total and the groups.
type bases struct {
	d       *Data
	minN    int
	groupOf []string
	groups  [][]int
}

// hide says which cells of a base may not be shown: the total, and each group.
func (b *bases) hide(by *Split, base func(p int) bool) (total psychometrics.Reason, groups []psychometrics.Reason) {
	lattice := psychometrics.Lattice{Cuts: [][]int{{}}}
	if by != nil {
		lattice = psychometrics.Lattice{Attributes: []string{by.Column}, Cuts: [][]int{{}, {0}}}
	}
	var persons [][]string
	for p := range b.d.Persons {
		if base(p) {
			persons = append(persons, b.groupOf[p:p+1])
		}
	}
	cells := psychometrics.Protect(lattice, persons, b.minN)
	total = psychometrics.SmallCell // where there is nobody at all
	hidden := map[string]psychometrics.Reason{}
	for _, cell := range cells {
		if cell.Cut == 0 {
			total = cell.Hidden
		} else {
			hidden[cell.Values[0]] = cell.Hidden
		}
	}
	if by == nil {
		return total, nil
	}
	for _, g := range by.Groups {
		why, ok := hidden[g.Value]
		if !ok {
			why = psychometrics.SmallCell
		}
		groups = append(groups, why)
	}
	return total, groups
}

// hideAnswers takes out what rests on everybody who answered something.
func (s *Scale) hideAnswers(why psychometrics.Reason) {
	none := psychometrics.None(why)
	s.Favorable = psychometrics.Favorable{Responses: none, Items: none, Persons: none}
	for i := range s.Items {
		s.Items[i].hideAnswers(why)
	}
	s.hideScores(why)
	s.hideComplete(why)
}

// hideScores takes out what rests on the scores.
func (s *Scale) hideScores(why psychometrics.Reason) {
	none := psychometrics.None(why)
	s.Score = hiddenDescription(s.Score.N, why)
	s.Histogram.Counts, s.Unscored = nil, nil
	s.Floor, s.Ceiling = none, none
	if s.Scaled != nil {
		d := hiddenDescription(s.Scaled.N, why)
		s.Scaled = &d
	}
	if s.T != nil {
		d := hiddenDescription(s.T.N, why)
		s.T = &d
	}
	if s.Model != nil {
		s.Model = &Model{MeanSE: none, Reliability: none}
	}
	s.Bands = nil
}

func hiddenDescription(n int, why psychometrics.Reason) psychometrics.Description {
	return psychometrics.Description{N: n, Mean: psychometrics.None(why), SD: psychometrics.None(why)}
}

// hideComplete takes out what rests on the complete cases.
func (s *Scale) hideComplete(why psychometrics.Reason) {
	none := psychometrics.None(why)
	s.Alpha = psychometrics.Alpha{N: s.Alpha.N, Method: s.Alpha.Method, Raw: none, Standardized: none, SpearmanBrown: none}
	s.Lambda2, s.SEM = none, none
	s.Omega = psychometrics.Omega{N: s.Omega.N, Value: none, Fit: psychometrics.Fit{ChiSquare: none, CFI: none, RMSEA: none, SRMR: none}}
	for i := range s.Items {
		s.Items[i].ItemRest, s.Items[i].AlphaIfDropped = none, none
	}
}

func (it *Item) hideAnswers(why psychometrics.Reason) {
	none := psychometrics.None(why)
	it.Hidden = why
	it.Mean, it.SD, it.CI, it.ItemRest, it.AlphaIfDropped = none, none, nil, none, none
	it.Favorable, it.FavorableCI = none, nil
	it.Counts, it.Unscored, it.Missing = nil, nil, Missing{}
}

// hide takes out the means of hidden groups and, where any is hidden, all that the spread of the means can be read off: with the mean
// of all, two hidden means would follow from it.
func (b *Between) hide(groups []Group, hidden []psychometrics.Reason) {
	why := map[string]psychometrics.Reason{}
	for g, group := range groups {
		why[group.Value] = hidden[g]
	}
	if !slices.ContainsFunc(hidden, func(r psychometrics.Reason) bool { return r != "" }) {
		return
	}
	none := psychometrics.None(psychometrics.Complementary)
	b.ICC1, b.ICC2, b.DesignEffect, b.SE, b.CI = none, none, none, none, nil
	for i := range b.Means {
		b.Means[i].EmpiricalBayes = none
		if reason := why[b.Means[i].Name]; reason != "" {
			b.Means[i].Mean, b.Means[i].EmpiricalBayes, b.MeanCI[i] = psychometrics.None(reason), psychometrics.None(reason), nil
		}
	}
}
