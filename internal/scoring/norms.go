package scoring

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"surveyd/internal/instrument"
)

// Norm is a score compared with a norm group.
type Norm struct {
	Reason     NormReason // empty when there is a comparison
	Group      int        // position of the group in the scale's norms
	T          float64    // 50 + 10 z; 0 and meaningless when NoT
	NoT        bool       // a table gives the percentile rank 0 or 100, whose z is infinite, and no T of its own
	Percentile float64    // percentile rank, 0 to 100
	Normal     bool       // the percentile rank is that of a normal distribution with the group's mean and SD, not of a table
	Stanine    int        // 1 to 9
	NCE        float64    // normal curve equivalent, 1 to 99
}

// NormReason says why a score is not compared with a norm group.
type NormReason string

// The reasons for no comparison.
const (
	NoScore     NormReason = "no_score"      // there is nothing to compare
	NoNormGroup NormReason = "no_norm_group" // the person belongs to none of the groups
	NoNormRow   NormReason = "no_norm_row"   // the group's table has no row for the score
)

// stanineCuts are the percentile ranks at which the second to the ninth stanine begin.
var stanineCuts = [...]float64{4, 11, 23, 40, 60, 77, 89, 96}

// nceSpread makes normal curve equivalents of 1, 50 and 99 equal to those percentile ranks.
const nceSpread = 21.06

// compareWith compares a score, on the metric of S_scaled where there is one, with the person's norm group.
func compareWith(norms *instrument.Norms, score float64, who Respondent) Norm {
	for i := range norms.Groups {
		if g := &norms.Groups[i]; belongs(g, who) {
			norm := inGroup(g, score)
			norm.Group = i
			return norm
		}
	}
	return Norm{Reason: NoNormGroup}
}

func belongs(g *instrument.NormGroup, who Respondent) bool {
	for _, c := range g.When {
		value := string(who.Grade)
		if c.Attribute == "language" {
			value = string(who.Language)
		}
		if !slices.Contains(c.Values, value) {
			return false
		}
	}
	return true
}

func inGroup(g *instrument.NormGroup, score float64) Norm {
	z := (score - g.Mean) / g.SD
	switch {
	case g.Table == nil:
		return normOf(z, z, 100*distuv.UnitNormal.CDF(z), true)
	case g.Table[0].Percentile == nil:
		return fromCounts(g, score, z)
	}
	for _, row := range g.Table {
		if !near(row.Score, score) || row.Percentile == nil {
			continue
		}
		z := distuv.UnitNormal.Quantile(*row.Percentile / 100)
		norm := normOf(z, z, *row.Percentile, false)
		switch {
		case row.T != nil:
			norm.T = *row.T
		case math.IsInf(z, 0):
			norm.T, norm.NoT = 0, true
		}
		return norm
	}
	return Norm{Reason: NoNormRow}
}

// fromCounts ranks a score among those of the norm sample: 100 (below + ties/2) / N. T is on the sample's mean and SD.
func fromCounts(g *instrument.NormGroup, score, z float64) Norm {
	below, ties, n := 0, 0, 0
	for _, row := range g.Table {
		n += row.Count
		switch {
		case near(row.Score, score):
			ties += row.Count
		case row.Score < score:
			below += row.Count
		}
	}
	rank := 100 * (float64(below) + float64(ties)/2) / float64(n)
	return normOf(z, distuv.UnitNormal.Quantile(rank/100), rank, false)
}

// normOf puts the transformed scores together. zLinear is on mean and SD; zRank is that of the percentile rank, infinite at 0
// and 100, where the NCE is clipped.
func normOf(zLinear, zRank, percentile float64, normal bool) Norm {
	norm := Norm{T: 50 + float64(10*zLinear), Percentile: percentile, Normal: normal, Stanine: 1}
	for _, cut := range stanineCuts {
		if percentile >= cut {
			norm.Stanine++
		}
	}
	norm.NCE = min(max(50+float64(nceSpread*zRank), 1), 99)
	return norm
}

// near says whether two scores are the same but for the last bits.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a)) }
