package scoring

import "math"

// eap is the expected a posteriori estimate of theta and the posterior standard deviation (Bock & Mislevy 1982), over the
// grid's nodes: sum t w / sum w with w the likelihood times the prior, in logs until the largest is taken out. post is room for
// one number a node.
func (p *irtPlan) eap(post []float64) (theta, se float64) {
	top := math.Inf(-1)
	for _, lw := range post {
		top = max(top, lw)
	}
	total, first := 0.0, 0.0
	for q, lw := range post {
		w := math.Exp(lw - top)
		post[q] = w
		total += w
		first += float64(w * p.nodes[q])
	}
	theta = first / total
	second := 0.0
	for q, w := range post {
		d := p.nodes[q] - theta
		second += float64(w * float64(d*d))
	}
	return theta, math.Sqrt(second / total)
}

// posterior begins the log-posterior of a person who has not answered yet.
func (p *irtPlan) posterior(post []float64) []float64 {
	return append(post[:0], p.logPrior...)
}

// observe adds one answer to a log-posterior.
func (it *irtItem) observe(category int, post []float64) {
	for q, lp := range it.logProb[category] {
		post[q] += lp
	}
}
