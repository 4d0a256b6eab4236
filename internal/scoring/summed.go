package scoring

import (
	"math"

	"surveyd/internal/instrument"
)

// SummedScore is one row of the conversion table that a model gives for raw sums.
type SummedScore struct {
	Raw   float64 // sum of the keyed codes
	Theta float64 // expected a posteriori
	SE    float64 // posterior standard deviation
	Share float64 // of the population that the prior describes
}

// SummedScores computes the table from raw sums to theta (Thissen, Pommerich, Billeaud & Williams 1995): the likelihood of
// each sum by the recursion of Lord & Wingersky (1984), then its EAP. Rows ascend; nil when the scale has no model.
func SummedScores(scale *instrument.Scale) []SummedScore {
	plan := planScale(scale)
	if plan.irt == nil {
		return nil
	}
	return plan.irt.summedScores()
}

func (p *irtPlan) summedScores() []SummedScore {
	lowest := 0.0
	// sums[s][q] is the probability of the sum lowest + s at node q. Codes are whole numbers.
	sums := [][]float64{ones(len(p.nodes))}
	for i := range p.items {
		it := &p.items[i]
		base := it.values[0]
		lowest += base
		next := make([][]float64, len(sums)+int(it.values[len(it.values)-1]-base))
		for s, before := range sums {
			for k, value := range it.values {
				to := s + int(value-base)
				if before == nil {
					continue
				}
				if next[to] == nil {
					next[to] = make([]float64, len(p.nodes))
				}
				for q := range p.nodes {
					next[to][q] += float64(before[q] * math.Exp(it.logProb[k][q]))
				}
			}
		}
		sums = next
	}
	weights, total := make([]float64, len(p.nodes)), 0.0
	for q, lp := range p.logPrior {
		weights[q] = math.Exp(lp)
		total += weights[q]
	}
	var rows []SummedScore
	for s, likelihood := range sums {
		if likelihood == nil {
			continue // no answers give this sum
		}
		rows = append(rows, p.summedScore(lowest+float64(s), likelihood, weights, total))
	}
	return rows
}

func (p *irtPlan) summedScore(raw float64, likelihood, weights []float64, total float64) SummedScore {
	row := SummedScore{Raw: raw}
	sum, first := 0.0, 0.0
	for q, l := range likelihood {
		w := float64(l * weights[q])
		sum += w
		first += float64(w * p.nodes[q])
	}
	row.Theta = first / sum
	second := 0.0
	for q, l := range likelihood {
		d := p.nodes[q] - row.Theta
		second += float64(float64(l*weights[q]) * float64(d*d))
	}
	row.SE = math.Sqrt(second / sum)
	row.Share = sum / total
	return row
}

func ones(n int) []float64 {
	list := make([]float64, n)
	for i := range list {
		list[i] = 1
	}
	return list
}
