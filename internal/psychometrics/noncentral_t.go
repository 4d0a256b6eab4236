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
	// The density of s, with the part of the normalization that grows like df taken into the exponent, where it cancels.
	logNorm := chiNorm(df)
	density := func(s float64) float64 {
		if s <= 0 {
			return 0
		}
		u := s - 1
		return math.Exp(logNorm+df*(math.Log1p(u)-u-u*u/2)) / s
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

// chiNorm is ln(2 (df/2)^(df/2) / gamma(df/2)) - df/2, the logarithm of the density of sqrt(chi2/df) at 1.
func chiNorm(df float64) float64 {
	a := df / 2
	if a < 16 {
		lg, _ := math.Lgamma(a)
		return math.Ln2 + a*math.Log(a) - a - lg
	}
	return math.Ln2 + math.Log(a/(2*math.Pi))/2 - stirling(a)
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
		above := func(delta float64) float64 { return noncentralT(t, df, delta) - share }
		// P falls as delta rises.
		low, high := t-1, t+1
		for step := 1.0; above(low) < 0; step *= 2 {
			low -= step
		}
		for step := 1.0; above(high) > 0; step *= 2 {
			high += step
		}
		return falling(above, low, high)
	}
	return Interval{Low: find(.975), High: find(.025)}
}

// falling finds where a falling function is 0 between low and high: by secants that keep the zero between them (the Illinois
// algorithm, Dowell & Jarratt 1971), and by halving whenever three of them have not halved the interval.
func falling(f func(float64) float64, low, high float64) float64 {
	fLow, fHigh := f(low), f(high)
	last, width := 0, high-low
	for step := range 200 {
		if fLow == fHigh {
			break
		}
		at := low + (high-low)*(fLow/(fLow-fHigh))
		if step%3 == 2 {
			if high-low > width/2 {
				at = low + (high-low)/2
			}
			width = high - low
		}
		if at <= low || at >= high {
			at = low + (high-low)/2
		}
		if at == low || at == high {
			break
		}
		switch value := f(at); {
		case value == 0:
			return at
		case value > 0:
			low, fLow = at, value
			if last > 0 {
				fHigh /= 2
			}
			last = 1
		default:
			high, fHigh = at, value
			if last < 0 {
				fLow /= 2
			}
			last = -1
		}
		if high-low < 1e-14*(math.Abs(low)+math.Abs(high)) {
			break
		}
	}
	return low + (high-low)/2
}
