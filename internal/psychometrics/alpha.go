package psychometrics

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Cases says which persons a reliability rests on.
type Cases string

// The cases.
const (
	Listwise Cases = "listwise" // who answered every item
	Pairwise Cases = "pairwise" // for each pair of items who answered both
)

// AlphaInterval is a way to compute a confidence interval for alpha.
type AlphaInterval string

// The intervals.
const (
	Feldt  AlphaInterval = "feldt"  // Feldt (1965), from the F distribution
	Bonett AlphaInterval = "bonett" // Bonett (2002), from the log of 1 - alpha
)

// Alpha is Cronbach's coefficient and what belongs to it.
type Alpha struct {
	N             int // complete cases; pairwise the smallest number of persons behind a covariance
	Raw           Figure
	Standardized  Figure
	SpearmanBrown Figure // of a scale of two items
	CI            *Interval
	Method        AlphaInterval
	Negative      bool // check the keying
	Small         bool // fewer than 30 persons
}

// smallSample is below how many persons a reliability is flagged.
const smallSample = 30

// AlphaOf computes alpha. Raw: k/(k-1) (1 - tr S / 1'S1). Standardized: k r/(1 + (k-1) r) with r the mean correlation (Cronbach 1951).
func AlphaOf(s Sample, cases Cases, method AlphaInterval) Alpha {
	if cases == Pairwise {
		c, n := pairwiseCovariance(s)
		return alphaFrom(c, n, method)
	}
	complete := s.Complete()
	return alphaFrom(covarianceOf(complete), complete.Persons(), method)
}

func alphaFrom(c covariance, n int, method AlphaInterval) Alpha {
	a := Alpha{N: n, Method: method, Small: n < smallSample, SpearmanBrown: None(TooFewItems)}
	a.Raw, a.Standardized = rawAlpha(c, n), standardizedAlpha(c, n)
	if c.k == 2 {
		// For two items the Spearman-Brown formula 2 r / (1 + r) is the standardized alpha.
		a.SpearmanBrown = a.Standardized
	}
	if a.Raw.OK() {
		a.Negative = a.Raw.Value < 0
		a.CI = alphaInterval(a.Raw.Value, n, c.k, method)
	}
	return a
}

func rawAlpha(c covariance, n int) Figure {
	switch {
	case c.k < 2:
		return None(TooFewItems)
	case n < 2:
		return None(TooFewPersons)
	}
	total, trace := c.total(), c.trace()
	if total <= vanishing*trace || trace <= 0 {
		return None(NoVariance)
	}
	k := float64(c.k)
	return Known(k / (k - 1) * (1 - trace/total))
}

// vanishing is which share of the items' variance counts as none: sums of whole numbers leave less than that by rounding.
const vanishing = 1e-12

func standardizedAlpha(c covariance, n int) Figure {
	switch {
	case c.k < 2:
		return None(TooFewItems)
	case n < 2:
		return None(TooFewPersons)
	}
	sum := 0.0
	for i := range c.k {
		for j := range i {
			r := c.correlation(i, j)
			if !r.OK() {
				return None(ZeroItem)
			}
			sum += r.Value
		}
	}
	k := float64(c.k)
	mean := sum / (k * (k - 1) / 2)
	if 1+(k-1)*mean <= vanishing {
		return None(NoVariance)
	}
	return Known(k * mean / (1 + (k-1)*mean))
}

// alphaInterval is the 95 % interval; nil when there are too few persons for one.
func alphaInterval(alpha float64, n, k int, method AlphaInterval) *Interval {
	if method == Bonett {
		if n < 3 {
			return nil
		}
		// ln(1 - alpha) is nearly normal with variance 2k / ((k - 1)(n - 2)).
		half := normal975 * math.Sqrt(2*float64(k)/(float64(k-1)*float64(n-2)))
		if alpha >= 1 {
			return &Interval{1, 1}
		}
		return &Interval{1 - math.Exp(math.Log(1-alpha)+half), 1 - math.Exp(math.Log(1-alpha)-half)}
	}
	// (1 - population alpha) / (1 - alpha) has the F distribution with n - 1 and (n - 1)(k - 1) degrees of freedom.
	f := distuv.F{D1: float64(n - 1), D2: float64((n - 1) * (k - 1))}
	return &Interval{1 - (1-alpha)*f.Quantile(.975), 1 - (1-alpha)*f.Quantile(.025)}
}

// normal975 is the normal quantile of .975.
const normal975 = 1.959963984540054

// Lambda2 is Guttman's (1945): (1'S1 - tr S + sqrt(k/(k-1) * sum of squared covariances)) / 1'S1, over the complete cases.
func Lambda2(s Sample) Figure {
	complete := s.Complete()
	c, n := covarianceOf(complete), complete.Persons()
	if raw := rawAlpha(c, n); !raw.OK() {
		return raw
	}
	squares := 0.0
	for i := range c.k {
		for j := range c.k {
			if i != j {
				squares += c.at(i, j) * c.at(i, j)
			}
		}
	}
	k, total := float64(c.k), c.total()
	return Known((total - c.trace() + math.Sqrt(k/(k-1)*squares)) / total)
}
