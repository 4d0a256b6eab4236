package psychometrics

import (
	"cmp"
	"math"
	"slices"
)

// School is one school's scores.
type School struct {
	Name   string
	Scores []float64 // without gaps
}

// Schools is how much of the differences between persons lies between schools. It is never a ranking: schools come back in the
// order of their names.
type Schools struct {
	Persons, Count int
	ICC1           Figure // (MSB - MSW) / (MSB + (n0 - 1) MSW), of one person; it can be negative
	ICC2           Figure // (MSB - MSW) / MSB, of a school's mean
	DesignEffect   Figure // 1 + (sum n^2 / sum n - 1) ICC1 (Kish 1965)
	Mean           Figure
	SE             Figure // of Mean, robust to clusters
	CI             *Interval
	DF             int // schools - 1
	Means          []SchoolMean
}

// SchoolMean is one school's mean, and the same drawn to the mean of all by as much as it is uncertain.
type SchoolMean struct {
	Name           string
	N              int
	Mean           Figure
	EmpiricalBayes Figure
}

// SchoolsOf compares schools. With one school, or one person, only the means exist.
func SchoolsOf(schools []School) Schools {
	schools = slices.Clone(schools)
	schools = slices.DeleteFunc(schools, func(s School) bool { return len(s.Scores) == 0 })
	slices.SortFunc(schools, func(a, b School) int { return cmp.Compare(a.Name, b.Name) })
	out := Schools{Count: len(schools)}
	var all []float64
	for _, s := range schools {
		mean, _, n := spreadOf(s.Scores)
		out.Means = append(out.Means, SchoolMean{Name: s.Name, N: n, Mean: mean, EmpiricalBayes: None(OneGroup)})
		all = append(all, s.Scores...)
	}
	out.Mean, _, out.Persons = spreadOf(all)
	none := func(why Reason) Schools {
		out.ICC1, out.ICC2, out.DesignEffect, out.SE = None(why), None(why), None(why), None(why)
		for i := range out.Means {
			out.Means[i].EmpiricalBayes = None(why)
		}
		return out
	}
	switch {
	case out.Persons < 2:
		return none(TooFewPersons)
	case out.Count < 2:
		return none(OneGroup)
	}
	out.DF = out.Count - 1
	out.clusterRobust(schools)
	v := varianceBetween(schools, out.Mean.Value)
	if v.within <= 0 && v.between <= 0 {
		se, ci := out.SE, out.CI
		out = none(NoVariance)
		out.SE, out.CI = se, ci
		return out
	}
	if out.Persons == out.Count { // one person a school: nothing is known of the spread within
		se, ci := out.SE, out.CI
		out = none(TooFewPersons)
		out.SE, out.CI = se, ci
		return out
	}
	icc := (v.between - v.within) / (v.between + (v.n0-1)*v.within)
	out.ICC1 = Known(icc)
	out.DesignEffect = Known(1 + (v.meanSize-1)*icc)
	if v.between > 0 {
		out.ICC2 = Known((v.between - v.within) / v.between)
	} else {
		out.ICC2 = None(NoVariance)
	}
	shrink(schools, out.Means)
	return out
}

// clusterRobust is the standard error of the mean when the persons of a school are alike: from the sums of residuals by school,
// with J/(J - 1) and J - 1 degrees of freedom.
func (s *Schools) clusterRobust(schools []School) {
	squares, count := 0.0, float64(s.Count)
	for _, school := range schools {
		sum := 0.0
		for _, y := range school.Scores {
			sum += y - s.Mean.Value
		}
		squares += sum * sum
	}
	se := math.Sqrt(squares*count/(count-1)) / float64(s.Persons)
	half := student975(count-1) * se
	s.SE, s.CI = Known(se), &Interval{s.Mean.Value - half, s.Mean.Value + half}
}

// between is the mean squares of a one-way analysis of variance.
type between struct {
	between, within float64
	n0              float64 // the size that schools of unequal size stand for
	meanSize        float64 // size of the school of a random person
}

func varianceBetween(schools []School, grand float64) between {
	var b between
	persons, squared := 0.0, 0.0
	for _, s := range schools {
		n := float64(len(s.Scores))
		mean, _ := meanOf(s.Scores)
		b.between += n * (mean - grand) * (mean - grand)
		for _, y := range s.Scores {
			b.within += (y - mean) * (y - mean)
		}
		persons += n
		squared += n * n
	}
	count := float64(len(schools))
	b.between /= count - 1
	if persons > count {
		b.within /= persons - count
	}
	b.n0 = (persons - squared/persons) / (count - 1)
	b.meanSize = squared / persons
	return b
}

// shrink computes empirical-Bayes means: mean of all + reliability * (mean - mean of all), with the variances that restricted
// maximum likelihood gives (Raudenbush & Bryk 2002, chapter 3).
func shrink(schools []School, means []SchoolMean) {
	fit := oneWay(schools)
	for i := range means {
		n := float64(means[i].N)
		means[i].EmpiricalBayes = means[i].Mean
		if !fit.certain {
			weight := fit.ratio * n / (1 + fit.ratio*n)
			means[i].EmpiricalBayes = Known(fit.grand + weight*(means[i].Mean.Value-fit.grand))
		}
	}
}

// reml is a one-way random effects model: the variance between schools as a multiple of that within, and the mean of all.
type reml struct {
	ratio, grand float64
	certain      bool // nothing varies within schools: every mean is what it is
}

// oneWay finds the ratio at which the restricted likelihood is greatest. In the ratio alone it is a smooth function of one number.
func oneWay(schools []School) reml {
	type size struct{ n, mean float64 }
	var sizes []size
	within, persons := 0.0, 0.0
	for _, s := range schools {
		mean, _ := meanOf(s.Scores)
		for _, y := range s.Scores {
			within += (y - mean) * (y - mean)
		}
		n := float64(len(s.Scores))
		sizes, persons = append(sizes, size{n, mean}), persons+n
	}
	if within == 0 {
		return reml{certain: true}
	}
	grandAt := func(ratio float64) (grand, weights float64) {
		sum := 0.0
		for _, s := range sizes {
			w := s.n / (1 + ratio*s.n)
			sum += w * s.mean
			weights += w
		}
		return sum / weights, weights
	}
	// Twice the negative restricted log-likelihood, the variance within taken out at its best value.
	deviance := func(ratio float64) float64 {
		grand, weights := grandAt(ratio)
		squares, logs := within, math.Log(weights)
		for _, s := range sizes {
			squares += s.n / (1 + ratio*s.n) * (s.mean - grand) * (s.mean - grand)
			logs += math.Log(1 + ratio*s.n)
		}
		return (persons-1)*math.Log(squares) + logs
	}
	// Its derivative, which tells the place of the minimum to twice as many digits.
	slope := func(ratio float64) float64 {
		grand, weights := grandAt(ratio)
		squares, change, sum, sumSquares := within, 0.0, 0.0, 0.0
		for _, s := range sizes {
			w, away := s.n/(1+ratio*s.n), s.mean-grand
			squares += w * away * away
			change -= w * w * away * away
			sum += w
			sumSquares += w * w
		}
		return (persons-1)*change/squares - sumSquares/weights + sum
	}
	ratio := steady(slope, minimum(deviance, 0, 1e6))
	grand, _ := grandAt(ratio)
	return reml{ratio: ratio, grand: grand}
}

// minimum finds where a function that falls and then rises is least, between low and high, by golden sections of the logarithm.
func minimum(f func(float64) float64, low, high float64) float64 {
	at := func(u float64) float64 { return low + math.Expm1(u) }
	a, b := 0.0, math.Log1p(high-low)
	const golden = 0.6180339887498949
	c, d := b-golden*(b-a), a+golden*(b-a)
	fc, fd := f(at(c)), f(at(d))
	for range 200 {
		if fc <= fd {
			b, d, fd = d, c, fc
			c = b - golden*(b-a)
			fc = f(at(c))
		} else {
			a, c, fc = c, d, fd
			d = a + golden*(b-a)
			fd = f(at(d))
		}
	}
	best := at((a + b) / 2)
	if f(low) <= f(best) {
		return low
	}
	return best
}

// steady finds where slope is 0 in the neighbourhood of a minimum; at, when it is not 0 there: a minimum at the end of the range.
func steady(slope func(float64) float64, at float64) float64 {
	low, high := at*(1-1e-3), at*(1+1e-3)
	if !(slope(low) < 0 && slope(high) > 0) {
		return at
	}
	for range 100 {
		middle := low + (high-low)/2
		if middle == low || middle == high {
			break
		}
		if slope(middle) < 0 {
			low = middle
		} else {
			high = middle
		}
	}
	return low + (high-low)/2
}
