package psychometrics

import "math"

// Pair is the scores of one person in two waves, both of them there.
type Pair struct{ Pre, Post float64 }

// Change is what happened between two waves to the persons who have a score in both. Figures that need a spread of the
// differences do not exist for fewer than two pairs, or when everybody changed by the same amount.
type Change struct {
	N                 int
	MeanPre, MeanPost Figure
	SDPre, SDPost     Figure
	R                 Figure // correlation of the waves
	Diff              Figure // mean of post - pre
	SDDiff            Figure
	CI                *Interval // of Diff, from the t distribution
	T, P              Figure
	DF                int
	DZ                Figure    // Diff / SDDiff
	DZCI              *Interval // from the noncentral t distribution
	DAv               Figure    // Diff / mean of the two SDs
	DRm               Figure    // DZ sqrt(2 (1 - R))
	GZ, GAv           Figure    // DZ and DAv times Hedges' exact correction
	Wilcoxon          Wilcoxon
}

// ChangeOf compares the waves of pairs.
func ChangeOf(pairs []Pair) Change {
	pre, post, diff := make([]float64, len(pairs)), make([]float64, len(pairs)), make([]float64, len(pairs))
	for i, p := range pairs {
		pre[i], post[i], diff[i] = p.Pre, p.Post, p.Post-p.Pre
	}
	c := Change{N: len(pairs), DF: len(pairs) - 1}
	c.MeanPre, c.SDPre, _ = spreadOf(pre)
	c.MeanPost, c.SDPost, _ = spreadOf(post)
	var sd Figure
	c.Diff, sd, _ = spreadOf(diff)
	why := Reason("")
	switch {
	case c.N < 2:
		why = TooFewPersons
	case sd.Value <= vanishing*max(1, largest(pre), largest(post)):
		why = NoVariance
	}
	if why != "" {
		none := None(why)
		c.SDPre, c.SDPost, c.R, c.SDDiff, c.T, c.P, c.DZ, c.DAv, c.DRm, c.GZ, c.GAv = none, none, none, none, none, none, none, none, none, none, none
		c.DF, c.Wilcoxon = 0, Wilcoxon{P: none, RankBiserial: none, V: none}
		return c
	}
	c.SDDiff = sd
	c.R = correlate(pre, post)
	c.test()
	c.effects()
	c.Wilcoxon = WilcoxonOf(diff)
	return c
}

// correlate is the correlation of two columns without gaps; none when one of them varies by no more than rounding does.
func correlate(a, b []float64) Figure {
	c := covarianceOf(Sample{Columns: [][]float64{a, b}})
	if math.Sqrt(c.at(0, 0)) <= vanishing*largest(a) || math.Sqrt(c.at(1, 1)) <= vanishing*largest(b) {
		return None(NoVariance)
	}
	return c.correlation(0, 1)
}

// largest is the greatest distance of a number from 0, which says how large the errors of rounding are.
func largest(column []float64) float64 {
	most := 0.0
	for _, x := range column {
		most = max(most, math.Abs(x))
	}
	return most
}

// test is the paired t test.
func (c *Change) test() {
	n, df := float64(c.N), float64(c.DF)
	se := c.SDDiff.Value / math.Sqrt(n)
	t := c.Diff.Value / se
	c.T, c.P = Known(t), Known(twoSided(t, df))
	half := student975(df) * se
	c.CI = &Interval{c.Diff.Value - half, c.Diff.Value + half}
}

// effects is the standardized differences (Lakens 2013) and their correction for small samples (Hedges 1981).
func (c *Change) effects() {
	n := float64(c.N)
	dz := c.Diff.Value / c.SDDiff.Value
	j := hedges(float64(c.DF))
	c.DZ, c.GZ = Known(dz), Known(j*dz)
	limits := noncentrality(dz*math.Sqrt(n), float64(c.DF))
	c.DZCI = &Interval{limits.Low / math.Sqrt(n), limits.High / math.Sqrt(n)}
	if mean := (c.SDPre.Value + c.SDPost.Value) / 2; mean > 0 {
		c.DAv, c.GAv = Known(c.Diff.Value/mean), Known(j*c.Diff.Value/mean)
	} else {
		c.DAv, c.GAv = None(NoVariance), None(NoVariance)
	}
	if c.R.OK() {
		c.DRm = Known(dz * math.Sqrt(2*(1-c.R.Value)))
	} else {
		c.DRm = None(c.R.Why)
	}
}

// hedges is the exact correction J(df) = gamma(df/2) / (sqrt(df/2) gamma((df - 1)/2)); 0 for one degree of freedom, where the
// second gamma is infinite.
func hedges(df float64) float64 {
	if df <= 1 {
		return 0
	}
	return math.Exp(logGammaRatio(df/2)) / math.Sqrt(df/2)
}

// Reliable is how many persons changed by more than errors of measurement explain (Jacobson & Truax 1991).
type Reliable struct {
	Reliability        Figure
	Improved, Declined int
}

// ReliableChange counts the persons whose index (post - pre) / (SD_pre sqrt(2) sqrt(1 - reliability)) is beyond 1.96. They are
// not counted when there is no such reliability or it leaves no error.
func ReliableChange(pairs []Pair, sdPre, reliability Figure) Reliable {
	out := Reliable{Reliability: reliability}
	if !reliability.OK() || !sdPre.OK() {
		return out
	}
	for _, p := range pairs {
		switch index := ReliableIndex(p, sdPre.Value, reliability.Value); {
		case !index.OK():
		case index.Value > 1.96:
			out.Improved++
		case index.Value < -1.96:
			out.Declined++
		}
	}
	return out
}

// ReliableIndex is one person's index.
func ReliableIndex(p Pair, sdPre, reliability float64) Figure {
	unit := sdPre * math.Sqrt2 * math.Sqrt(1-reliability)
	if !(unit > 0) || math.IsInf(unit, 0) {
		return None(NoVariance)
	}
	return Known((p.Post - p.Pre) / unit)
}
