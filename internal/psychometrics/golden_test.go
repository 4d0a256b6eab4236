package psychometrics

import (
	"math"
	"testing"
)

// Each number here can be redone with a pencil; the formula's source stands at the function that computes it.

func TestReliabilityByHand(t *testing.T) {
	// Persons 1 2 1, 2 4 2, 3 3 4, 4 5 3. Deviations from the means 2.5, 3.5, 2.5:
	//   -1.5 -1.5 -1.5;  -0.5 0.5 -0.5;  0.5 -0.5 1.5;  1.5 1.5 0.5
	// squares 5, 5, 5; products 1-2: 2.25 - 0.25 - 0.25 + 2.25 = 4; 1-3: 2.25 + 0.25 + 0.75 + 0.75 = 4;
	// 2-3: 2.25 - 0.25 - 0.75 + 0.75 = 2. Over n - 1 = 3: variances 5/3, covariances 4/3, 4/3, 2/3.
	s := sampleOf([]float64{1, 2, 1}, []float64{2, 4, 2}, []float64{3, 3, 4}, []float64{4, 5, 3})
	a := AlphaOf(s, Listwise, Feldt)
	// tr S = 5; 1'S1 = 5 + 2 (10/3) = 35/3; alpha = 3/2 (1 - 15/35) = 6/7
	relative(t, "alpha", a.Raw.Value, 6.0/7, 1e-14)
	// r = 0.8, 0.8, 0.4, mean 2/3: 3 (2/3) / (1 + 2 (2/3)) = 2 / (7/3) = 6/7, since the variances are equal
	relative(t, "standardized", a.Standardized.Value, 6.0/7, 1e-14)
	// off the diagonal 20/3; squares 2 (16 + 16 + 4)/9 = 8; (20/3 + sqrt(3/2 * 8)) / (35/3) = (20 + 3 sqrt 12) / 35
	relative(t, "lambda-2", Lambda2(s).Value, (20+3*math.Sqrt(12))/35, 1e-14)
	// item 1 with the sum of 2 and 3: cov 8/3, variances 5/3 and 5/3 + 5/3 + 4/3 = 14/3: (8/3) / sqrt(70/9) = 8/sqrt(70)
	items := ItemsOf(s)
	relative(t, "item-rest", items[0].ItemRest.Value, 8/math.Sqrt(70), 1e-14)
	// without item 1: 2 (1 - (10/3)/(14/3)) = 2 * 4/14 = 4/7
	relative(t, "dropped", items[0].AlphaIfDropped.Value, 4.0/7, 1e-14)
	// one factor, three items: l1^2 = .8 * .8 / .4 = 1.6 is more than the item has: a Heywood case
	if o := OmegaOf(s); o.Value.Why != Heywood {
		t.Errorf("omega %+v", o)
	}
	// r12 = 4/5 alone: Spearman-Brown 2 * .8 / 1.8 = 8/9
	two := AlphaOf(s.Without(2), Listwise, Feldt)
	relative(t, "Spearman-Brown", two.SpearmanBrown.Value, 8.0/9, 1e-14)
}

func TestIntervalsOfAlphaByHand(t *testing.T) {
	// Two persons, two items: F has 1 and 1 degrees of freedom, whose quantile is tan(pi p / 2)^2. alpha = 0.5.
	got := alphaInterval(0.5, 2, 2, Feldt)
	upper, lower := math.Tan(math.Pi*.975/2), math.Tan(math.Pi*.025/2)
	relative(t, "Feldt, low", got.Low, 1-.5*upper*upper, 1e-11)
	relative(t, "Feldt, high", got.High, 1-.5*lower*lower, 1e-11)
	// Bonett, k = 5, n = 102: sqrt(2 * 5 / (4 * 100)) = sqrt(0.025); 1 - 0.2 exp(+-1.959964 sqrt(0.025))
	got = alphaInterval(0.8, 102, 5, Bonett)
	half := 1.959963984540054 * math.Sqrt(0.025)
	relative(t, "Bonett, low", got.Low, 1-.2*math.Exp(half), 1e-13)
	relative(t, "Bonett, high", got.High, 1-.2*math.Exp(-half), 1e-13)
	// An alpha of 1 has no error; with two persons Bonett's n - 2 is 0.
	if one := alphaInterval(1, 50, 4, Bonett); *one != (Interval{1, 1}) {
		t.Errorf("%+v", one)
	}
	if none := alphaInterval(0.5, 2, 4, Bonett); none != nil {
		t.Errorf("%+v", none)
	}
}

func TestWilsonsIntervalByHand(t *testing.T) {
	// 8 of 10, z^2 = 3.841459: (0.8 + 0.192073 -+ 1.959964 sqrt(0.016 + 0.0096036)) / 1.3841459 = 0.490162, 0.943318
	got := Wilson(8, 10)
	if math.Abs(got.Low-0.490162) > 1e-6 || math.Abs(got.High-0.943318) > 1e-6 {
		t.Errorf("%+v", got)
	}
	if Wilson(0, 0) != nil || Wilson(0, 5).Low != 0 || Wilson(5, 5).High != 1 {
		t.Errorf("at the ends: %+v, %+v", Wilson(0, 5), Wilson(5, 5))
	}
}

func TestChangeByHand(t *testing.T) {
	// before 1 2 3 4, after 3 2 5 6: differences 2 0 2 2, mean 1.5, squares 3 * 0.25 + 2.25 = 3, sd 1; t = 1.5 / (1/2) = 3 with 3 df
	c := ChangeOf([]Pair{{1, 3}, {2, 2}, {3, 5}, {4, 6}})
	relative(t, "t", c.T.Value, 3, 1e-14)
	relative(t, "d_z", c.DZ.Value, 1.5, 1e-14)
	// p with 3 df: 1 - (2/pi) (atan(t/sqrt 3) + (t/sqrt 3)/(1 + t^2/3)) = 1 - (2/pi) (pi/3 + sqrt(3)/4)
	relative(t, "p", c.P.Value, 1-2/math.Pi*(math.Pi/3+math.Sqrt(3)/4), 1e-12)
	// SD before sqrt(5/3), after: 3 2 5 6 around 4: 1 4 1 4, sqrt(10/3); products 1.5 + 1 + 0.5 + 3 = 6, r = 6 / sqrt(50)
	s1, s2, r := math.Sqrt(5.0/3), math.Sqrt(10.0/3), 6/math.Sqrt(50)
	relative(t, "r", c.R.Value, r, 1e-14)
	relative(t, "d_av", c.DAv.Value, 1.5/((s1+s2)/2), 1e-14)
	relative(t, "d_rm", c.DRm.Value, 1.5*math.Sqrt(2*(1-r)), 1e-13)
	// J(3) = gamma(1.5) / (sqrt(1.5) gamma(1)) = (sqrt(pi)/2) / sqrt(1.5)
	relative(t, "g_z", c.GZ.Value, 1.5*math.Sqrt(math.Pi)/2/math.Sqrt(1.5), 1e-13)
	// Wilcoxon: the 0 is dropped; three differences of 2 share the rank 2: V = 6 of 6. Variance 3*4*7/24 - (27 - 3)/48 = 3;
	// z = (6 - 3 - 0.5)/sqrt(3)
	relative(t, "V", c.Wilcoxon.V.Value, 6, 0)
	relative(t, "rank-biserial", c.Wilcoxon.RankBiserial.Value, 1, 0)
	relative(t, "Wilcoxon p", c.Wilcoxon.P.Value, math.Erfc(2.5/math.Sqrt(3)/math.Sqrt2), 1e-13)
	// RCI: SD before 2, reliability 0.875: the unit is 2 sqrt(2) sqrt(1/8) = 1. 1.96 is not beyond 1.96.
	rci := ReliableChange([]Pair{{0, 1.96}, {0, 1.97}, {2, 0}, {1, 1}}, Known(2), Known(0.875))
	if rci.Improved != 1 || rci.Declined != 1 {
		t.Errorf("%+v", rci)
	}
	// A reliability of 1 leaves no error, one beyond 1 none either.
	if ReliableIndex(Pair{1, 2}, 2, 1).OK() || ReliableIndex(Pair{1, 2}, 0, .8).OK() || ReliableIndex(Pair{1, 2}, 2, 1.1).OK() {
		t.Error("an index without error of measurement")
	}
}

func TestDIFByHand(t *testing.T) {
	// One stratum of eight: reference 1 2 2 3, focal 1 1 1 3 on the studied item.
	d := DIF{Reference: 4, Focal: 4}
	d.mantel([]stratum{{reference: []float64{1, 2, 2, 3}, focal: []float64{1, 1, 1, 3}}})
	// F = 6, E = 4/8 * 14 = 7; V = 4 * 4 / (64 * 7) (8 * 30 - 14^2) = 44/28 = 11/7; chi2 = 1 / (11/7) = 7/11. SMD = 6/4 - 8/4.
	relative(t, "Mantel", d.Chi2.Value, 7.0/11, 1e-14)
	relative(t, "p", d.P.Value, math.Erfc(math.Sqrt(7.0/22)), 1e-12)
	relative(t, "SMD", d.SMD.Value, -.5, 1e-14)
	// Two strata, favorable from 2 on: reference 3 of 4 and 2 of 2, focal 1 of 4 and 1 of 2.
	strata := []stratum{{reference: []float64{1, 2, 2, 3}, focal: []float64{1, 1, 1, 3}}, {reference: []float64{2, 2}, focal: []float64{1, 2}}}
	d.mantelHaenszel(strata, func(x float64) bool { return x >= 2 })
	// R = 3 * 3 / 8 + 2 * 1 / 4 = 13/8, S = 1 * 1 / 8 + 0 = 1/8: alpha = 13, delta = -2.35 ln 13
	relative(t, "alpha", d.Alpha.Value, 13, 1e-14)
	relative(t, "delta", d.Delta.Value, -2.35*math.Log(13), 1e-14)
	// P1 = 6/8, P2 = 3/4, Q1 = 2/8, Q2 = 1/4; R1 = 9/8, R2 = 1/2, S1 = 1/8, S2 = 0:
	// sum PR = 39/32, sum (PS + QR) = 3/32 + 9/32 + 4/32 = 16/32, sum QS = 1/32
	// variance = 39/32 / (2 (13/8)^2) + 16/32 / (2 (13/8)(1/8)) + 1/32 / (2 (1/8)^2) = 3/13 + 16/13 + 1
	relative(t, "SE", d.LogAlphaSE.Value, math.Sqrt(32.0/13), 1e-13)
}

func TestAdjustedProbabilitiesByHand(t *testing.T) {
	// .01 .04 .03 .5: sorted .01 .03 .04 .5, times 4/rank: .04 .06 .0533 .5, from behind the least: .04 .0533 .0533 .5
	items := []DIF{{PTotal: Known(.01), DeltaR2: Known(.08)}, {PTotal: Known(.04), DeltaR2: Known(.08)}, {PTotal: None(NotConverged)}, {PTotal: Known(.03), DeltaR2: Known(.01)}, {PTotal: Known(.5), DeltaR2: Known(.2)}}
	items[2].PBH = None(NotConverged)
	adjust(items)
	for i, want := range []float64{.04, .16 / 3, 0, .16 / 3, .5} {
		if i != 2 {
			relative(t, "adjusted", items[i].PBH.Value, want, 1e-14)
		}
	}
	// Of the last class is what is significant and changes R2 by .070 or more.
	for i, want := range []string{"C", "A", "", "A", "A"} {
		if items[i].Class != want {
			t.Errorf("item %d: class %q, want %q", i+1, items[i].Class, want)
		}
	}
	for _, c := range []struct {
		r2   float64
		want string
	}{{.0349, "A"}, {.035, "B"}, {.0699, "B"}, {.07, "C"}} {
		if got := difClass(&DIF{PBH: Known(.049), DeltaR2: Known(c.r2)}); got != c.want {
			t.Errorf("%v: class %s, want %s", c.r2, got, c.want)
		}
		if got := difClass(&DIF{PBH: Known(.05), DeltaR2: Known(c.r2)}); got != "A" {
			t.Errorf("%v without significance: class %s", c.r2, got)
		}
	}
}

func TestSchoolsByHand(t *testing.T) {
	// Schools 1 3, 4 6 and 5 5 5 5: means 2, 5, 5, of all 34/8 = 4.25.
	// Between: 2 * 2.25^2 + 2 * 0.75^2 + 4 * 0.75^2 = 13.5, MSB = 6.75; within: 2 + 2 + 0 = 4, MSW = 4/5.
	// n0 = (8 - (4 + 4 + 16)/8) / 2 = 2.5; ICC(1) = 5.95 / (6.75 + 1.5 * 0.8) = 5.95/7.95; ICC(2) = 5.95/6.75
	got := SchoolsOf([]School{{"a", []float64{1, 3}}, {"b", []float64{4, 6}}, {"c", []float64{5, 5, 5, 5}}})
	relative(t, "ICC(1)", got.ICC1.Value, 5.95/7.95, 1e-13)
	relative(t, "ICC(2)", got.ICC2.Value, 5.95/6.75, 1e-13)
	// sum n^2 / sum n = 24/8 = 3: 1 + 2 ICC(1)
	relative(t, "design effect", got.DesignEffect.Value, 1+2*5.95/7.95, 1e-13)
	// sums of residuals -4.5, 1.5, 3: squares 20.25 + 2.25 + 9 = 31.5; SE = sqrt(31.5 * 3/2) / 8
	relative(t, "SE", got.SE.Value, math.Sqrt(47.25)/8, 1e-13)
	// two degrees of freedom: the quantile of .975 is .95 sqrt(2 / (1 - .95^2))
	relative(t, "CI", got.CI.High, 4.25+.95*math.Sqrt(2/(1-.95*.95))*math.Sqrt(47.25)/8, 1e-12)
	// Of schools of one size n the variances are (MSB - MSW)/n and MSW, and a school's mean is drawn in by ICC(2):
	// 1 3, 4 6: means 2 and 5, MSB = 9, MSW = 2, ICC(2) = 7/9; 3.5 -+ 7/9 * 1.5
	even := SchoolsOf([]School{{"a", []float64{1, 3}}, {"b", []float64{4, 6}}})
	relative(t, "drawn in", even.Means[0].EmpiricalBayes.Value, 3.5-7.0/6, 1e-12)
	relative(t, "drawn in", even.Means[1].EmpiricalBayes.Value, 3.5+7.0/6, 1e-12)
}
