package psychometrics

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"
)

// noncentralT is P(T <= t) of the noncentral t distribution. T = (Z + delta) / s with s = sqrt(chi2/df), so that the
// probability is the mean of Phi(t s - delta) over s (Johnson, Kotz & Balakrishnan 1995, section 31.2): an integral of a
// smooth function, which Gauss-Legendre panels give to the last digits for any df and delta. gonum has no noncentral t.
func noncentralT(t, df, delta float64) float64 {
	logNorm := math.Log(2) + df/2*math.Log(df/2)
	lg, _ := math.Lgamma(df / 2)
	logNorm -= lg
	density := func(s float64) float64 {
		if s <= 0 {
			return 0
		}
		return math.Exp(logNorm + (df-1)*math.Log(s) - df*s*s/2)
	}
	value := func(s float64) float64 { return distuv.UnitNormal.CDF(t*s-delta) * density(s) }
	spread := 1 / math.Sqrt(2*df)
	low, high := max(0, 1-14*spread), 1+14*spread
	// Phi turns around t s = delta, in a width of 1/|t|: panels end there.
	cuts := []float64{low}
	if t != 0 {
		for _, cut := range []float64{delta/t - 9/math.Abs(t), delta / t, delta/t + 9/math.Abs(t)} {
			if cut > low && cut < high {
				cuts = append(cuts, cut)
			}
		}
	}
	cuts = append(cuts, high)
	sum := 0.0
	for i := 1; i < len(cuts); i++ {
		sum += panels(value, cuts[i-1], cuts[i])
	}
	return clip(sum, 0, 1)
}

// panels integrates a smooth function over an interval.
func panels(f func(float64) float64, from, to float64) float64 {
	const count, nodes = 12, 24
	sum, width := 0.0, (to-from)/count
	for i := range count {
		sum += quad.Fixed(f, from+float64(i)*width, from+float64(i+1)*width, nodes, quad.Legendre{}, 0)
	}
	return sum
}

// noncentrality is the interval of noncentralities under which t is neither among the lowest nor the highest 2.5 % (Steiger &
// Fouladi 1997).
func noncentrality(t, df float64) Interval {
	find := func(share float64) float64 {
		// P falls as delta rises.
		low, high := t-1, t+1
		for step := 1.0; noncentralT(t, df, low) < share; step *= 2 {
			low -= step
		}
		for step := 1.0; noncentralT(t, df, high) > share; step *= 2 {
			high += step
		}
		for range 100 {
			middle := low + (high-low)/2
			if middle == low || middle == high {
				break
			}
			if noncentralT(t, df, middle) > share {
				low = middle
			} else {
				high = middle
			}
		}
		return low + (high-low)/2
	}
	return Interval{Low: find(.975), High: find(.025)}
}
