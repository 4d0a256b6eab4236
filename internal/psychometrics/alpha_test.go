package psychometrics

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"testing"
)

// read reads a file of testdata.
func read[T any](t testing.TB, name string) T {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var v T
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v
}

// sampleOf makes a sample of persons' rows.
func sampleOf(rows ...[]float64) Sample {
	s := Sample{Columns: make([][]float64, len(rows[0]))}
	for _, row := range rows {
		for i, x := range row {
			s.Columns[i] = append(s.Columns[i], x)
		}
	}
	return s
}

// same holds a figure against R's; nil is null.
func same(t testing.TB, what string, got Figure, want *float64, tolerance float64) {
	t.Helper()
	switch {
	case want == nil && got.OK():
		t.Errorf("%s: got %v, R has none", what, got.Value)
	case want != nil && (!got.OK() || math.Abs(got.Value-*want) > tolerance*max(1, math.Abs(*want))):
		t.Errorf("%s: got %v %s, R has %v", what, got.Value, got.Why, *want)
	}
}

func TestAlphaIsThatOfRInEveryCase(t *testing.T) {
	type expected struct {
		Rows          [][]float64
		Raw           *float64 `json:"alpha_raw"`
		Std           *float64 `json:"alpha_std"`
		SpearmanBrown *float64 `json:"spearman_brown_2item"`
		N, K          int
	}
	for name, c := range read[map[string]expected](t, "alpha_cases.json") {
		a := AlphaOf(sampleOf(c.Rows...), Listwise, Feldt)
		same(t, name+", raw", a.Raw, c.Raw, 1e-12)
		same(t, name+", standardized", a.Standardized, c.Std, 1e-12)
		same(t, name+", Spearman-Brown", a.SpearmanBrown, c.SpearmanBrown, 1e-12)
		if a.N != c.N || !a.Small {
			t.Errorf("%s: %+v", name, a)
		}
		if negative := c.Raw != nil && *c.Raw < 0; a.Negative != negative {
			t.Errorf("%s: the keying is flagged %v", name, a.Negative)
		}
	}
}

func TestIntervalsOfAlphaAreThoseOfR(t *testing.T) {
	for _, c := range read[[]struct {
		Alpha  float64
		N, K   int
		Feldt  [2]float64 `json:"feldt95"`
		Bonett [2]float64 `json:"bonett95"`
	}](t, "alpha_ci.json") {
		for method, want := range map[AlphaInterval][2]float64{Feldt: c.Feldt, Bonett: c.Bonett} {
			got := alphaInterval(c.Alpha, c.N, c.K, method)
			same(t, string(method)+", low", Known(got.Low), &want[0], 1e-9)
			same(t, string(method)+", high", Known(got.High), &want[1], 1e-9)
		}
	}
}

func TestWilsonIntervalsAreThoseOfR(t *testing.T) {
	for _, c := range read[[]struct {
		X, N   int
		Wilson [2]float64 `json:"wilson95"`
	}](t, "proportions.json") {
		got := Wilson(c.X, c.N)
		same(t, "low", Known(got.Low), &c.Wilson[0], 1e-12)
		same(t, "high", Known(got.High), &c.Wilson[1], 1e-12)
	}
}

// random is n persons with k correlated answers from 1 to 5, a share of them missing.
func random(r *rand.Rand, n, k int, missing float64) Sample {
	s := Sample{Columns: make([][]float64, k)}
	for range n {
		trait := r.NormFloat64()
		for i := range k {
			x := math.Round(clip(3+trait+r.NormFloat64()+0.2*float64(i%3), 1, 5))
			if r.Float64() < missing {
				x = math.NaN()
			}
			s.Columns[i] = append(s.Columns[i], x)
		}
	}
	return s
}

func TestAlphaDoesNotChangeUnderAffineMapsAndReorderings(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		s := random(r, 80, 6, 0.1)
		want := AlphaOf(s, Listwise, Feldt)
		mapped := Sample{Columns: make([][]float64, 6)}
		for to, from := range r.Perm(6) {
			for _, x := range s.Columns[from] {
				mapped.Columns[to] = append(mapped.Columns[to], 7-2.5*x)
			}
		}
		order := r.Perm(80)
		shuffled := Sample{Columns: make([][]float64, 6)}
		for i, column := range mapped.Columns {
			for _, p := range order {
				shuffled.Columns[i] = append(shuffled.Columns[i], column[p])
			}
		}
		got := AlphaOf(shuffled, Listwise, Feldt)
		same(t, "raw", got.Raw, &want.Raw.Value, 1e-12)
		same(t, "standardized", got.Standardized, &want.Standardized.Value, 1e-12)
		l1, l2 := Lambda2(s), Lambda2(shuffled)
		same(t, "lambda-2", l2, &l1.Value, 1e-12)
		if l1.Value < want.Raw.Value {
			t.Errorf("lambda-2 %v is below alpha %v", l1.Value, want.Raw.Value)
		}
	}
}

func TestPairwiseAndListwiseAgreeWhenNothingIsMissing(t *testing.T) {
	s := random(rand.New(rand.NewPCG(3, 4)), 60, 5, 0)
	listwise, pairwise := AlphaOf(s, Listwise, Feldt), AlphaOf(s, Pairwise, Feldt)
	same(t, "raw", pairwise.Raw, &listwise.Raw.Value, 1e-12)
	if pairwise.N != 60 {
		t.Errorf("%d persons", pairwise.N)
	}
}

func TestAnItemsStatisticsFollowTheirDefinitions(t *testing.T) {
	nan := math.NaN()
	s := sampleOf([]float64{1, 2, 1}, []float64{2, 2, 4}, []float64{3, 4, 3}, []float64{nan, 5, 5}, []float64{4, 5, 5})
	items := ItemsOf(s)
	// item 1: 1, 2, 3, 4: mean 2.5, SD sqrt(5/3)
	if items[0].N != 4 || items[0].Mean.Value != 2.5 || math.Abs(items[0].SD.Value-math.Sqrt(5.0/3)) > 1e-15 {
		t.Errorf("%+v", items[0])
	}
	// item 1 with the sum of the others over the four complete cases: 1 2 3 4 and 3 6 7 10; cov 11/3, variances 5/3 and 25/3:
	// r = 11 / sqrt(5 * 25)
	if want := 11 / math.Sqrt(125); math.Abs(items[0].ItemRest.Value-want) > 1e-14 {
		t.Errorf("item-rest correlation %v, want %v", items[0].ItemRest.Value, want)
	}
	want := AlphaOf(s.Complete().Without(1), Listwise, Feldt).Raw.Value
	same(t, "alpha if dropped", items[1].AlphaIfDropped, &want, 1e-14)

	two := ItemsOf(s.Without(2))
	if two[0].AlphaIfDropped.Why != TooFewItems || !two[0].ItemRest.OK() {
		t.Errorf("of two items: %+v", two[0])
	}
	flat := ItemsOf(sampleOf([]float64{1, 3, 2}, []float64{2, 3, 2}, []float64{3, 3, 3}))
	if flat[1].ItemRest.Why != NoVariance || flat[1].SD.Value != 0 {
		t.Errorf("without variance: %+v", flat[1])
	}
	if one := ItemsOf(sampleOf([]float64{1, 3, 2})); one[0].SD.Why != TooFewPersons || one[0].Mean.Value != 1 {
		t.Errorf("one person: %+v", one[0])
	}
}

func TestPercentFavorableIsThreeNumbers(t *testing.T) {
	nan := math.NaN()
	s := sampleOf([]float64{5, 4, 1}, []float64{4, nan, nan}, []float64{1, 2, nan}, []float64{nan, nan, nan})
	got := FavorableOf(s, func(x float64) bool { return x >= 4 }, true)
	// 3 of 6 answers; items 2/3, 1/2, 0/1; persons 2/3, 1/1, 0/2
	for _, c := range []struct {
		what string
		got  Figure
		want float64
	}{{"of responses", got.Responses, 0.5}, {"of items", got.Items, (2.0/3 + 1.0/2) / 3}, {"of persons", got.Persons, (2.0/3 + 1) / 3}} {
		same(t, c.what, c.got, &c.want, 1e-15)
	}
	if want := Wilson(3, 6); *got.CI != *want {
		t.Errorf("interval %+v, want %+v", got.CI, want)
	}
	if none := FavorableOf(s, nil, false); none.Responses.Why != NotDeclared {
		t.Errorf("%+v", none)
	}
}

func BenchmarkAlpha(b *testing.B) {
	s := random(rand.New(rand.NewPCG(5, 6)), 100_000, 5, 0.02)
	for b.Loop() {
		AlphaOf(s, Listwise, Feldt)
	}
	b.ReportMetric(100_000*float64(b.N)/b.Elapsed().Seconds(), "persons/s")
}
