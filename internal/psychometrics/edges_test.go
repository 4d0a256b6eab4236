package psychometrics

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func TestEveryStatisticSaysWhyItDoesNotExist(t *testing.T) {
	nan := math.NaN()
	const exists = Reason("")
	for name, c := range map[string]struct {
		s                                          Sample
		raw, std, lambda, omega, mean, sd, rest    Reason
		dropped, favorable, distance, change, dif0 Reason
	}{
		"nobody": {Sample{Columns: make([][]float64, 3)}, TooFewPersons, TooFewPersons, TooFewPersons, TooFewPersons, TooFewPersons, TooFewPersons, TooFewPersons, TooFewPersons, TooFewPersons, "", TooFewPersons, OneGroup},
		"all missing": {sampleOf([]float64{nan, nan, nan}, []float64{nan, nan, nan}, []float64{nan, nan, nan}),
			TooFewPersons, TooFewPersons, TooFewPersons, TooFewPersons, TooFewPersons, TooFewPersons, TooFewPersons, TooFewPersons, TooFewPersons, TooFewPersons, TooFewPersons, OneGroup},
		"one person":  {sampleOf([]float64{1, 4, 2}), TooFewPersons, TooFewPersons, TooFewPersons, TooFewPersons, exists, TooFewPersons, TooFewPersons, TooFewPersons, exists, TooFewPersons, TooFewPersons, OneGroup},
		"two persons": {sampleOf([]float64{1, 2, 1}, []float64{4, 5, 3}), exists, exists, exists, Singular, exists, exists, exists, exists, exists, Singular, exists, NotConverged},
		"one item":    {sampleOf([]float64{1}, []float64{2}, []float64{4}), TooFewItems, TooFewItems, TooFewItems, TooFewItems, exists, exists, TooFewItems, TooFewItems, exists, exists, exists, NotConverged},
		"two items":   {sampleOf([]float64{1, 2}, []float64{2, 4}, []float64{4, 4}, []float64{3, 1}), exists, exists, exists, TooFewItems, exists, exists, exists, TooFewItems, exists, exists, exists, NotConverged},
		"no variance": {sampleOf([]float64{3, 3, 3}, []float64{3, 3, 3}, []float64{3, 3, 3}), NoVariance, ZeroItem, NoVariance, ZeroItem, exists, exists, NoVariance, NoVariance, exists, ZeroItem, NoVariance, NoVariance},
		// 0.1 and 0.7 have no binary fraction: the variance must be 0 all the same.
		"no variance in tenths":     {sampleOf([]float64{0.1, 0.7, 3.3}, []float64{0.1, 0.7, 3.3}, []float64{0.1, 0.7, 3.3}), NoVariance, ZeroItem, NoVariance, ZeroItem, exists, exists, NoVariance, NoVariance, exists, ZeroItem, NoVariance, NoVariance},
		"the first is constant":     {sampleOf([]float64{2, 1, 3}, []float64{2, 2, 5}, []float64{2, 5, 4}, []float64{2, 3, 1}), exists, ZeroItem, exists, ZeroItem, exists, exists, NoVariance, exists, exists, ZeroItem, exists, NoVariance},
		"the sum has no variance":   {sampleOf([]float64{1, 3}, []float64{2, 2}, []float64{3, 1}), NoVariance, NoVariance, NoVariance, TooFewItems, exists, exists, exists, TooFewItems, exists, Singular, exists, NoVariance},
		"one item twice, perfectly": {sampleOf([]float64{1, 1, 2}, []float64{2, 2, 1}, []float64{3, 3, 5}, []float64{5, 5, 4}), exists, exists, exists, Singular, exists, exists, exists, exists, exists, Singular, exists, ""},
	} {
		t.Run(name, func(t *testing.T) {
			hold := func(what string, got Figure, want Reason) {
				t.Helper()
				if got.Why != want {
					t.Errorf("%s: %v %q, want %q", what, got.Value, got.Why, want)
				}
			}
			a, items := AlphaOf(c.s, Listwise, Feldt), ItemsOf(c.s)
			hold("alpha", a.Raw, c.raw)
			hold("standardized alpha", a.Standardized, c.std)
			hold("pairwise alpha", AlphaOf(c.s, Pairwise, Bonett).Raw, c.raw)
			hold("lambda-2", Lambda2(c.s), c.lambda)
			hold("omega", OmegaOf(c.s).Value, c.omega)
			hold("mean", items[0].Mean, c.mean)
			hold("SD", items[0].SD, c.sd)
			hold("item-rest", items[0].ItemRest, c.rest)
			hold("alpha if dropped", items[0].AlphaIfDropped, c.dropped)
			hold("favorable", FavorableOf(c.s, atLeastFour, true).Responses, c.favorable)
			for _, d := range Mahalanobis(c.s) {
				want := c.distance
				if !c.s.complete(0) && want == "" {
					want = TooFewItems
				}
				hold("distance", d, want)
			}
			if (a.CI != nil) != a.Raw.OK() {
				t.Errorf("alpha %+v with the interval %+v", a.Raw, a.CI)
			}
			out := map[string]Figure{}
			if c.s.Items() > 1 {
				addChange(out, c.s)
				hold("t", out["t"], c.change)
			}
			focal := make([]bool, c.s.Persons())
			for p := range focal {
				focal[p] = p%2 == 1
			}
			d := DIFOf(c.s, focal, atLeastFour)[0]
			if c.dif0 != "" {
				hold("DIF", d.Uniform, c.dif0)
			}
		})
	}
}

// Whatever the answers are, a statistic is a number or says why not: nothing panics, which is what a figure that is not finite does.
func TestNoAnswersMakeAStatisticThatIsNotFinite(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	scales := []float64{1, 1, 1e-6, 1e9, 0.1}
	for round := range 800 {
		n, k := r.IntN(9), 1+r.IntN(4)
		unit, codes, missing := scales[r.IntN(len(scales))], 1+r.IntN(4), r.Float64()*r.Float64()
		s := Sample{Columns: make([][]float64, k)}
		for i := range s.Columns {
			s.Columns[i] = make([]float64, n)
			for p := range n {
				s.Columns[i][p] = unit * float64(r.IntN(codes))
				if r.Float64() < missing {
					s.Columns[i][p] = math.NaN()
				}
			}
		}
		everything(s, inOrder(n), inOrder(k))
		var schools []School
		var scales [][]float64
		for i, column := range s.Columns {
			var scores []float64
			for _, x := range column {
				if !math.IsNaN(x) {
					scores = append(scores, x)
				}
			}
			schools, scales = append(schools, School{fmt.Sprint(i), scores}), append(scales, column)
			IndividualSD(column)
			LongestRun(column)
		}
		SchoolsOf(schools)
		EvenOdd(scales)
		if t.Failed() {
			t.Fatalf("round %d: %v", round, s)
		}
	}
}

func TestManyFewPersonCellsOfDIFAreFinite(t *testing.T) {
	// Items of two and of seven categories that hardly anybody chooses, and groups of very unequal size.
	r := rand.New(rand.NewPCG(33, 34))
	for range 60 {
		n := 20 + r.IntN(200)
		s := Sample{Columns: make([][]float64, 4)}
		focal := make([]bool, n)
		for p := range n {
			focal[p] = r.IntN(12) == 0
			trait := r.NormFloat64()
			for i, codes := range []float64{2, 7, 3, 5} {
				s.Columns[i] = append(s.Columns[i], math.Round(clip((codes+1)/2+trait+3*r.NormFloat64()*r.Float64(), 1, codes)))
			}
		}
		for i, d := range DIFOf(s, focal, atLeastFour) {
			if d.PTotal.OK() && (d.PTotal.Value < 0 || d.PTotal.Value > 1 || d.PBH.Value < d.PTotal.Value-1e-15 || d.DeltaR2.Value < -1e-9 || d.Class == "") {
				t.Errorf("item %d: %+v", i+1, d)
			}
		}
	}
}
