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
	lowest, sums := p.likelihoods()
	weights, total := make([]float64, len(p.nodes)), 0.0
	for q, lp := range p.logPrior {
		weights[q] = math.Exp(lp)
		total += weights[q]
	}
	var rows []SummedScore
	var logs [][]float64
	for s, likelihood := range sums {
		if likelihood == nil {
			continue // no answers give this sum
		}
		row, ok := p.summedScore(likelihood, weights, total)
		if !ok {
			if logs == nil {
				logs = p.logLikelihoods()
			}
			row = p.rareSum(logs[s], total)
		}
		row.Raw = lowest + float64(s)
		rows = append(rows, row)
	}
	return rows
}

// likelihoods gives the lowest sum and, by distance from it and by node, the probability of each sum; nil where no answers give
// it. Codes are whole numbers.
func (p *irtPlan) likelihoods() (lowest float64, sums [][]float64) {
	sums = [][]float64{ones(len(p.nodes))}
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
	return lowest, sums
}

// leastLikelihood is below what a likelihood begins to lose digits, or all of them.
const leastLikelihood = 1e-290

// summedScore is the EAP of a sum; not ok when the sum is so rare that its likelihood cannot be told from 0.
func (p *irtPlan) summedScore(likelihood, weights []float64, total float64) (row SummedScore, ok bool) {
	sum, first := 0.0, 0.0
	for q, l := range likelihood {
		w := float64(l * weights[q])
		sum += w
		first += float64(w * p.nodes[q])
	}
	if sum < leastLikelihood {
		return SummedScore{}, false
	}
	row.Theta = first / sum
	second := 0.0
	for q, l := range likelihood {
		d := p.nodes[q] - row.Theta
		second += float64(float64(l*weights[q]) * float64(d*d))
	}
	row.SE = math.Sqrt(second / sum)
	row.Share = sum / total
	return row, true
}

// logLikelihoods is likelihoods in logs, which reach further and cost more.
func (p *irtPlan) logLikelihoods() [][]float64 {
	sums := [][]float64{make([]float64, len(p.nodes))}
	for i := range p.items {
		it := &p.items[i]
		base := it.values[0]
		next := make([][]float64, len(sums)+int(it.values[len(it.values)-1]-base))
		for s := range next {
			next[s] = make([]float64, len(p.nodes))
			for q := range next[s] {
				next[s][q] = math.Inf(-1)
			}
		}
		for s, before := range sums {
			for k, value := range it.values {
				to := next[s+int(value-base)]
				for q := range to {
					to[q] = logSum(to[q], before[q]+it.logProb[k][q])
				}
			}
		}
		sums = next
	}
	return sums
}

// logSum is log(exp(a) + exp(b)).
func logSum(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	if math.IsInf(b, -1) {
		return a
	}
	return a + math.Log1p(math.Exp(b-a))
}

// rareSum is summedScore of log-likelihoods.
func (p *irtPlan) rareSum(logs []float64, total float64) SummedScore {
	posterior, top := make([]float64, len(logs)), math.Inf(-1)
	for q, l := range logs {
		posterior[q] = l + p.logPrior[q]
		top = max(top, posterior[q])
	}
	sum := 0.0
	for q := range posterior {
		sum += math.Exp(posterior[q] - top)
	}
	var row SummedScore
	row.Theta, row.SE = p.eap(posterior)
	row.Share = math.Exp(top+math.Log(sum)) / total
	return row
}

func ones(n int) []float64 {
	list := make([]float64, n)
	for i := range list {
		list[i] = 1
	}
	return list
}
