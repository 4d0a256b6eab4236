package scoring

import (
	"math"

	"surveyd/internal/instrument"
)

// Information is the test information of a scale's model at theta: how exactly all of its items together measure there, 1/SE². Of a
// graded model sum of (dP_k/dt)²/P_k (Samejima 1969), of the others (D a)² times the variance of the category (Muraki 1992). ok is
// false when the scale has no model.
func Information(scale *instrument.Scale, thetas []float64) (information []float64, ok bool) {
	plan := planScale(scale)
	if plan.irt == nil {
		return nil, false
	}
	information = make([]float64, len(thetas))
	for i, t := range thetas {
		for k := range plan.irt.items {
			information[i] += plan.irt.items[k].information(t)
		}
	}
	return information, true
}

func (it *irtItem) information(t float64) float64 {
	if !it.graded {
		_, variance, _ := it.moments(t)
		return it.slope * it.slope * variance
	}
	probabilities := make([]float64, len(it.b)+1)
	it.logProbabilities(t, probabilities)
	// slopes[k] is the derivative of P*_k: D a P* (1 - P*); 0 below the first and above the last category.
	slopes := make([]float64, len(it.b)+2)
	for k, b := range it.b {
		x := it.slope * (t - b)
		slopes[k+1] = it.slope * math.Exp(logLogistic(x)+logLogistic(-x))
	}
	sum := 0.0
	for k, lp := range probabilities {
		if p := math.Exp(lp); p > 0 {
			d := slopes[k] - slopes[k+1]
			sum += d * d / p
		}
	}
	return sum
}
