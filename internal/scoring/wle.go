package scoring

import "math"

// observation is an item and the category that was answered.
type observation struct {
	item     *irtItem
	category int
}

// wle is Warm's weighted likelihood estimate (1989) and its standard error 1/sqrt(I). In a partial credit model, generalized or
// not, it is where log-likelihood + log(I)/2 is greatest, with I the test information: the model is of the exponential family,
// so that Warm's J is I'. It is finite for all-lowest and all-highest answers too.
func wle(seen []observation) (theta, se float64) {
	low, high := bracket(seen)
	// Disordered steps can make several maxima, so every change of sign on a grid is followed.
	const cuts = 64
	best, found := math.Inf(-1), false
	left, fLeft := low, slopeAt(seen, low)
	for i := 1; i <= cuts; i++ {
		right := low + float64((high-low)*float64(i))/cuts
		fRight := slopeAt(seen, right)
		if fLeft > 0 && fRight <= 0 {
			at := root(seen, left, right)
			if value := objective(seen, at); !found || value > best {
				best, theta, found = value, at, true
			}
		}
		left, fLeft = right, fRight
	}
	information, _ := informationAt(seen, theta)
	return theta, 1 / math.Sqrt(information)
}

// bracket gives an interval at whose ends the objective rises and falls.
func bracket(seen []observation) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, o := range seen {
		for _, b := range o.item.b {
			low, high = min(low, b), max(high, b)
		}
	}
	low, high = low-1, high+1
	for step := 1.0; slopeAt(seen, low) <= 0 && step < 1e6; step *= 2 {
		low -= step
	}
	for step := 1.0; slopeAt(seen, high) > 0 && step < 1e6; step *= 2 {
		high += step
	}
	return low, high
}

// root halves an interval at whose left end the slope is above 0 and at whose right end it is not.
func root(seen []observation, left, right float64) float64 {
	for range 200 {
		middle := left + (right-left)/2
		if middle == left || middle == right {
			break
		}
		if slopeAt(seen, middle) > 0 {
			left = middle
		} else {
			right = middle
		}
	}
	return left + (right-left)/2
}

// slopeAt is the derivative of log-likelihood + log(I)/2.
func slopeAt(seen []observation, t float64) float64 {
	var score, information, change float64
	for _, o := range seen {
		mean, variance, third := o.item.moments(t)
		d := o.item.slope
		score += float64(d * (float64(o.category) - mean))
		information += float64(float64(d*d) * variance)
		change += float64(float64(d*d*d) * third)
	}
	return score + change/(2*information)
}

func objective(seen []observation, t float64) float64 {
	information, likelihood := informationAt(seen, t)
	return likelihood + 0.5*math.Log(information)
}

// informationAt gives the test information and the log-likelihood at t.
func informationAt(seen []observation, t float64) (information, likelihood float64) {
	var room [32]float64
	for _, o := range seen {
		_, variance, _ := o.item.moments(t)
		information += float64(float64(o.item.slope*o.item.slope) * variance)
		probabilities := o.item.room(&room)
		o.item.logProbabilities(t, probabilities)
		likelihood += probabilities[o.category]
	}
	return information, likelihood
}

// room gives space for one number a category; on the stack but for items with very many.
func (it *irtItem) room(room *[32]float64) []float64 {
	if n := len(it.b) + 1; n > len(room) {
		return make([]float64, n)
	}
	return room[:len(it.b)+1]
}

// moments gives mean, variance and third central moment of the category at theta t.
func (it *irtItem) moments(t float64) (mean, variance, third float64) {
	var room [32]float64
	probabilities := it.room(&room)
	it.logProbabilities(t, probabilities)
	for k, lp := range probabilities {
		probabilities[k] = math.Exp(lp)
		mean += float64(float64(k) * probabilities[k])
	}
	for k, p := range probabilities {
		d := float64(k) - mean
		variance += float64(p * float64(d*d))
		third += float64(p * float64(d*d*d))
	}
	return mean, variance, third
}
