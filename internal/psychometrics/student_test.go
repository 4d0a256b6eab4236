package psychometrics

import (
	"math"
	"testing"
)

// relative holds a number against another by their ratio.
func relative(t testing.TB, what string, got, want, tolerance float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > tolerance*math.Abs(want) {
		t.Errorf("%s: got %.17g, want %.17g", what, got, want)
	}
}

func TestTheTDistributionKeepsItsDigitsNearZeroAndFarOut(t *testing.T) {
	// R 4.2.2: 2 * pt(-t, df)
	for _, c := range []struct{ t, df, want float64 }{
		{0, 7, 1}, {1e-8, 1, 0.99999999363380221}, {1e-8, 1e6, 0.99999999202115641}, {1e-3, 30, 0.99920873576648517}, {1e-3, 1e6, 0.99920211577164908},
		{0.5, 9, 0.62907129982602639}, {1.96, 1000, 0.050273184955748722}, {5, 5, 0.0041047159800533225}, {5, 1000, 6.7672563646486137e-07}, {40, 199, 4.339458566929153e-97},
	} {
		relative(t, "p", twoSided(c.t, c.df), c.want, 1e-11)
		relative(t, "p", twoSided(-c.t, c.df), c.want, 1e-11)
	}
	// qt(.975, df)
	for _, c := range []struct{ df, want float64 }{
		{1, 12.706204736174694}, {2, 4.3026527297494619}, {999, 1.9623414611334493}, {1000, 1.9623390808264076}, {13500, 1.9601397238228901}, {1e5, 1.9599877075346088}, {1e6, 1.9599663568141066},
	} {
		relative(t, "quantile", student975(c.df), c.want, 1e-13)
	}
}

func TestTheCorrectionOfSmallSamplesIsNearOneInLargeOnes(t *testing.T) {
	// J(9) = gamma(4.5) / (sqrt(4.5) gamma(4)) = (105 sqrt(pi) / 16) / (6 sqrt(4.5))
	relative(t, "J(9)", hedges(9), 105*math.Sqrt(math.Pi)/16/(6*math.Sqrt(4.5)), 1e-14)
	// J(df) = 1 - 3/(4 df) - 7/(32 df^2) + ... : the series of the ratio of gammas.
	for _, df := range []float64{1e4, 1e6, 1e9} {
		relative(t, "J", hedges(df), 1-3/(4*df)-7/(32*df*df), 1e-12)
	}
	// Both ways to compute it agree where one takes over from the other, at df = 32.
	for df := 28.0; df < 36; df++ {
		a, _ := math.Lgamma(df / 2)
		b, _ := math.Lgamma((df - 1) / 2)
		relative(t, "J", hedges(df), math.Exp(a-b)/math.Sqrt(df/2), 1e-13)
	}
	if hedges(1) != 0 {
		t.Errorf("J(1) = %v", hedges(1))
	}
}

func TestTheIntervalOfALargeNoncentralityIsQuickAndExact(t *testing.T) {
	// In R 4.2.2 by integrate() over the density of s = sqrt(chi2/df), and uniroot(); its pt() ends at a noncentrality of 37.62.
	for _, c := range []struct{ t, df, low, high float64 }{
		{50, 13500, 47.9504554440545, 52.0478413673175}, {2, 9, -0.205854739271304, 4.11621009716244}, {0.1, 999999, -1.85996401444, 2.05996396443995},
		{30, 1e6, 28.0395875764702, 31.9603974299221}, {500, 1e6, 497.921032447376, 502.078743862467}, {3, 1, -0.924800855202909, 7.08793777294439}, {1e5, 100, 86152.1486830988, 113824.952225533},
	} {
		got := noncentrality(c.t, c.df)
		relative(t, "low", got.Low, c.low, 1e-12)
		relative(t, "high", got.High, c.high, 1e-12)
		back := noncentrality(-c.t, c.df)
		relative(t, "turned, low", back.Low, -c.high, 1e-11)
		relative(t, "turned, high", back.High, -c.low, 1e-11)
	}
}

func BenchmarkNoncentrality(b *testing.B) {
	for b.Loop() {
		noncentrality(50, 13500)
	}
}
