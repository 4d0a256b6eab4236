package psychometrics

import (
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// twoSided is P(|T| >= |t|) of the t distribution. It is an incomplete beta function of df/(df + t^2); near t = 0 that argument is
// 1 but for digits that are lost, and the complement, of t^2/(df + t^2), is taken (Abramowitz & Stegun 1964, 26.5.2 and 26.7.1).
func twoSided(t, df float64) float64 {
	square := t * t
	if square < 1 {
		return clip(1-mathext.RegIncBeta(0.5, df/2, square/(df+square)), 0, 1)
	}
	return clip(mathext.RegIncBeta(df/2, 0.5, df/(df+square)), 0, 1)
}

// student975 is the quantile of .975 of the t distribution. For many degrees of freedom it is the expansion around the normal
// quantile (Abramowitz & Stegun 1964, 26.7.5), whose next term is below the last digit; gonum's search ends at eleven digits there.
func student975(df float64) float64 {
	if df < 1000 {
		return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(.975)
	}
	const z = normal975
	const z2 = z * z
	return z + z*((z2+1)/4+
		((5*z2+16)*z2+3)/(96*df)+
		(((3*z2+19)*z2+17)*z2-15)/(384*df*df)+
		((((79*z2+776)*z2+1482)*z2-1920)*z2-945)/(92160*df*df*df))/df
}

// logGammaRatio is ln(gamma(a) / gamma(a - 1/2)) for a above 1/2. Of large a the two logarithms have hardly another digit than each other,
// and their series are subtracted term by term (Abramowitz & Stegun 1964, 6.1.41).
func logGammaRatio(a float64) float64 {
	if a < 16 {
		upper, _ := math.Lgamma(a)
		lower, _ := math.Lgamma(a - 0.5)
		return upper - lower
	}
	return math.Log(a)/2 - (a-1)*math.Log1p(-0.5/a) - 0.5 + stirling(a) - stirling(a-0.5)
}

// stirling is what ln gamma(a) has beyond (a - 1/2) ln a - a + ln(2 pi)/2, for a above 15.
func stirling(a float64) float64 {
	i := 1 / (a * a)
	return (1.0/12 - i*(1.0/360-i*(1.0/1260-i*(1.0/1680-i/1188)))) / a
}
