package psychometrics

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// DIF is what two groups of the same raw total answer differently on one item.
type DIF struct {
	Reference, Focal int       // persons compared: those of the group who answered every item
	Strata           int       // score points with persons of both groups
	Chi2, P          Figure    // Mantel (1963), 1 df
	SMD              Figure    // standardized mean difference, focal - reference (Dorans & Schmitt 1991)
	Alpha            Figure    // Mantel-Haenszel common odds ratio of a favorable answer; above 1 it favors the reference group
	AlphaCI          *Interval // with the standard error of Robins, Breslow & Greenland (1986)
	LogAlphaSE       Figure
	Delta            Figure // -2.35 ln Alpha, Holland & Thayer (1988)
	Uniform          Figure // likelihood ratio chi-square, 1 df, of the group given the total
	NonUniform       Figure // likewise of the group by total, given both
	PUniform         Figure
	PNonUniform      Figure
	PTotal           Figure // of both at once, 2 df
	DeltaR2          Figure // Nagelkerke (1991), the last model over the first
	PBH              Figure // PTotal adjusted over the items of the scale
	Class            string // A, B or C; empty when it cannot be told
	Small            bool   // fewer than 200 persons in a group
}

// smallGroup is below how many persons in a group DIF is flagged.
const smallGroup = 200

// The Nagelkerke differences at which DIF is moderate and large (Jodoin & Gierl 2001).
const (
	moderateDIF = 0.035
	largeDIF    = 0.070
)

// DIFOf compares two groups on each item of a scale. focal says of each person whether they are of the focal group; favorable,
// which keyed answers count as favorable, or nil. Persons with a missing answer have no total and are left out.
func DIFOf(s Sample, focal []bool, favorable func(x float64) bool) []DIF {
	group := make([]bool, 0, len(focal))
	for p, f := range focal {
		if s.complete(p) {
			group = append(group, f)
		}
	}
	complete := s.Complete()
	totals := make([]float64, complete.Persons())
	for p := range totals {
		for _, column := range complete.Columns {
			totals[p] += column[p]
		}
		totals[p] = scorePoint(totals[p])
	}
	out := make([]DIF, s.Items())
	for i, column := range complete.Columns {
		out[i] = itemDIF(column, totals, group, favorable)
	}
	adjust(out)
	return out
}

// scorePoint takes off what the order of addition leaves behind the eighth decimal, so that equal totals of codes with fractions are one
// score point.
func scorePoint(total float64) float64 {
	if whole := math.Round(total); whole == total {
		return total
	}
	return math.Round(total*1e8) / 1e8
}

func itemDIF(item, totals []float64, focal []bool, favorable func(x float64) bool) DIF {
	var d DIF
	for _, f := range focal {
		if f {
			d.Focal++
		} else {
			d.Reference++
		}
	}
	d.Small = d.Reference < smallGroup || d.Focal < smallGroup
	strata := stratify(item, totals, focal)
	d.Strata = len(strata)
	d.mantel(strata)
	d.mantelHaenszel(strata, favorable)
	d.logistic(item, totals, focal)
	return d
}

// stratum is the answers of the persons with one total, by group.
type stratum struct{ reference, focal []float64 }

// stratify keeps the score points with persons of both groups, without binning.
func stratify(item, totals []float64, focal []bool) []stratum {
	byTotal := map[float64]*stratum{}
	for p, total := range totals {
		st := byTotal[total]
		if st == nil {
			st = &stratum{}
			byTotal[total] = st
		}
		if focal[p] {
			st.focal = append(st.focal, item[p])
		} else {
			st.reference = append(st.reference, item[p])
		}
	}
	var points []float64
	for total, st := range byTotal {
		if len(st.focal) > 0 && len(st.reference) > 0 {
			points = append(points, total)
		}
	}
	slices.Sort(points)
	out := make([]stratum, len(points))
	for i, total := range points {
		out[i] = *byTotal[total]
	}
	return out
}

// mantel compares the focal group's sum with what its strata lead one to expect.
func (d *DIF) mantel(strata []stratum) {
	var sum, expected, variance, difference, weight float64
	for _, st := range strata {
		var focal, all, squares float64
		for _, y := range st.focal {
			focal, all, squares = focal+y, all+y, squares+y*y
		}
		for _, y := range st.reference {
			all, squares = all+y, squares+y*y
		}
		nf, nr := float64(len(st.focal)), float64(len(st.reference))
		n := nf + nr
		sum += focal
		expected += nf / n * all
		variance += nf * nr / (n * n * (n - 1)) * (n*squares - all*all)
		difference += nf * (focal/nf - (all-focal)/nr)
		weight += nf
	}
	if weight == 0 {
		d.SMD, d.Chi2, d.P = None(TooFewStrata), None(TooFewStrata), None(TooFewStrata)
		return
	}
	d.SMD = Known(difference / weight)
	if variance <= 0 {
		d.Chi2, d.P = None(NoVariance), None(NoVariance)
		return
	}
	chi2 := (sum - expected) * (sum - expected) / variance
	d.Chi2, d.P = Known(chi2), upperTail(chi2, 1)
}

func upperTail(chi2, df float64) Figure {
	return Known(clip(distuv.ChiSquared{K: df}.Survival(chi2), 0, 1))
}

// mantelHaenszel takes the item for favorable or not.
func (d *DIF) mantelHaenszel(strata []stratum, favorable func(x float64) bool) {
	none := func(why Reason) { d.Alpha, d.Delta, d.LogAlphaSE = None(why), None(why), None(why) }
	if favorable == nil {
		none(NotDeclared)
		return
	}
	count := func(answers []float64) (yes, no float64) {
		for _, y := range answers {
			if favorable(y) {
				yes++
			} else {
				no++
			}
		}
		return yes, no
	}
	var r, s, pr, psqr, qs float64
	for _, st := range strata {
		a, b := count(st.reference)
		c, e := count(st.focal)
		n := a + b + c + e
		rk, sk, pk, qk := a*e/n, b*c/n, (a+e)/n, (b+c)/n
		r, s = r+rk, s+sk
		pr, psqr, qs = pr+pk*rk, psqr+pk*sk+qk*rk, qs+qk*sk
	}
	if r <= 0 || s <= 0 {
		none(NoVariance)
		return
	}
	alpha := r / s
	se := math.Sqrt(pr/(2*r*r) + psqr/(2*r*s) + qs/(2*s*s))
	d.Alpha, d.Delta, d.LogAlphaSE = Known(alpha), Known(-2.35*math.Log(alpha)), Known(se)
	d.AlphaCI = &Interval{alpha * math.Exp(-normal975*se), alpha * math.Exp(normal975*se)}
}

// logistic fits three nested ordinal models: total; and group; and group by total (Zumbo 1999).
func (d *DIF) logistic(item, totals []float64, focal []bool) {
	none := func(why Reason) {
		n := None(why)
		d.Uniform, d.NonUniform, d.PUniform, d.PNonUniform, d.PTotal, d.DeltaR2, d.PBH = n, n, n, n, n, n, n
	}
	if d.Reference == 0 || d.Focal == 0 {
		none(OneGroup)
		return
	}
	mean, sd, _ := spreadOf(totals)
	codes := slices.Clone(item)
	slices.Sort(codes)
	codes = slices.Compact(codes)
	if len(codes) < 2 || !sd.OK() || sd.Value == 0 {
		none(NoVariance)
		return
	}
	var logs [3]float64
	for predictors := 1; predictors <= 3; predictors++ {
		cells := tabulate(item, totals, focal, codes, mean.Value, sd.Value, predictors)
		l, ok := proportionalOdds(cells, len(codes), predictors)
		if !ok {
			none(NotConverged)
			return
		}
		logs[predictors-1] = l
	}
	uniform, nonUniform := max(0, 2*(logs[1]-logs[0])), max(0, 2*(logs[2]-logs[1]))
	d.Uniform, d.NonUniform = Known(uniform), Known(nonUniform)
	d.PUniform, d.PNonUniform, d.PTotal = upperTail(uniform, 1), upperTail(nonUniform, 1), upperTail(uniform+nonUniform, 2)
	empty := emptyModel(item, codes)
	n := float64(len(item))
	d.DeltaR2 = Known(nagelkerke(empty, logs[2], n) - nagelkerke(empty, logs[0], n))
}

// tabulate counts persons with the same answer, total and group. The total is standardized, which changes no likelihood and
// keeps the numbers in reach.
func tabulate(item, totals []float64, focal []bool, codes []float64, mean, sd float64, predictors int) []cell {
	type key struct {
		category int
		total    float64
		focal    bool
	}
	at := map[key]int{}
	var cells []cell
	for p, y := range item {
		category, _ := slices.BinarySearch(codes, y)
		k := key{category: category, total: totals[p]}
		if predictors > 1 {
			k.focal = focal[p]
		}
		i, ok := at[k]
		if !ok {
			z, g := (k.total-mean)/sd, 0.0
			if k.focal {
				g = 1
			}
			i = len(cells)
			at[k] = i
			cells = append(cells, cell{category: category, x: []float64{z, g, z * g}[:predictors]})
		}
		cells[i].n++
	}
	return cells
}

// emptyModel is the log-likelihood of the answers without predictors.
func emptyModel(item, codes []float64) float64 {
	counts := make([]float64, len(codes))
	for _, y := range item {
		category, _ := slices.BinarySearch(codes, y)
		counts[category]++
	}
	sum := 0.0
	for _, n := range counts {
		sum += n * math.Log(n/float64(len(item)))
	}
	return sum
}

// nagelkerke is the share of the deviance that a model explains, made so that 1 can be reached.
func nagelkerke(empty, model, n float64) float64 {
	return -math.Expm1(2*(empty-model)/n) / -math.Expm1(2*empty/n)
}

// adjust computes Benjamini & Hochberg's (1995) adjusted p-values over the items that have one, and the classes.
func adjust(items []DIF) {
	var order []int
	for i := range items {
		if items[i].PTotal.OK() {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		switch x, y := items[a].PTotal.Value, items[b].PTotal.Value; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return a - b
	})
	least, m := 1.0, float64(len(order))
	for rank := len(order); rank >= 1; rank-- {
		it := &items[order[rank-1]]
		least = min(least, it.PTotal.Value*m/float64(rank))
		it.PBH = Known(least)
		it.Class = difClass(it)
	}
}

func difClass(d *DIF) string {
	switch {
	case d.PBH.Value >= 0.05 || d.DeltaR2.Value < moderateDIF:
		return "A"
	case d.DeltaR2.Value < largeDIF:
		return "B"
	}
	return "C"
}
