package psychometrics

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
)

func TestTheLongestRunEndsAtAMissingAnswer(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		answers []float64
		want    int
	}{
		{nil, 0}, {[]float64{nan, nan}, 0}, {[]float64{3}, 1}, {[]float64{3, 3, 2, 2, 2, 1}, 3}, {[]float64{3, 3, nan, 3, 3, 3}, 3}, {[]float64{1, 2, 1, 2}, 1}, {[]float64{nan, 4, 4}, 2},
	} {
		if got := LongestRun(c.answers); got != c.want {
			t.Errorf("%v: %d, want %d", c.answers, got, c.want)
		}
	}
}

func TestTheSpreadOfOnePersonsAnswers(t *testing.T) {
	want := math.Sqrt(5.0 / 3) // of 1 2 3 4
	same(t, "SD", IndividualSD([]float64{1, 2, math.NaN(), 3, 4}), &want, 1e-15)
	if got := IndividualSD([]float64{3, 3, 3}); got.Value != 0 || !got.OK() {
		t.Errorf("all alike: %+v", got)
	}
	if got := IndividualSD([]float64{3}); got.Why != TooFewPersons {
		t.Errorf("one answer: %+v", got)
	}
}

func TestEvenAndOddItemsOfOnePerson(t *testing.T) {
	// odd means 1 3 5, even means 2 3 5: cov 3, variances 4 and 7/3; r = 3/sqrt(28/3); stepped up 2r/(1+r)
	r := 3 / math.Sqrt(28.0/3)
	want := 2 * r / (1 + r)
	same(t, "consistency", EvenOdd([][]float64{{1, 2, 1}, {3, 3, 3, 3}, {5, 5}}), &want, 1e-14)
	minus := -1.0
	same(t, "opposite", EvenOdd([][]float64{{1, 5}, {3, 3}, {5, 1}}), &minus, 0)
	if got := EvenOdd([][]float64{{1, 2}, {3, 3}, {5, math.NaN()}}); got.Why != TooFewItems {
		t.Errorf("two scales: %+v", got)
	}
	if got := EvenOdd([][]float64{{1, 2}, {1, 3}, {1, 5}}); got.Why != NoVariance {
		t.Errorf("no variance: %+v", got)
	}
}

func TestDistancesAddUpToTheirExpectation(t *testing.T) {
	// With the sample's own mean and covariances (denominator n - 1) the distances add up to k (n - 1), whatever the data.
	s := random(rand.New(rand.NewPCG(9, 9)), 50, 4, 0)
	sum := 0.0
	for _, d := range Mahalanobis(s) {
		sum += d.Value
	}
	if math.Abs(sum-4*49) > 1e-9 {
		t.Errorf("they add up to %v", sum)
	}
	// Two items without correlation: 1 1, 1 3, 3 1, 3 3 have variances 4/3 and distances (1 + 1) / (4/3) = 1.5 each.
	for _, d := range Mahalanobis(sampleOf([]float64{1, 1}, []float64{1, 3}, []float64{3, 1}, []float64{3, 3})) {
		want := 1.5
		same(t, "distance", d, &want, 1e-14)
	}
}

func TestADistanceThatDoesNotExistSaysWhy(t *testing.T) {
	gap := Mahalanobis(sampleOf([]float64{1, 2}, []float64{2, math.NaN()}, []float64{3, 1}, []float64{4, 4}))
	if gap[1].Why != TooFewItems || !gap[0].OK() {
		t.Errorf("%+v", gap)
	}
	if twice := Mahalanobis(sampleOf([]float64{1, 1}, []float64{2, 2}, []float64{4, 4})); twice[0].Why != Singular {
		t.Errorf("one item twice: %+v", twice)
	}
	if one := Mahalanobis(sampleOf([]float64{1, 1})); one[0].Why != TooFewPersons {
		t.Errorf("one person: %+v", one)
	}
}

func TestEqualAnswersAreFoundAndGapsAreNone(t *testing.T) {
	nan := math.NaN()
	s := sampleOf([]float64{1, 2}, []float64{2, 2}, []float64{1, 2}, []float64{nan, 2}, []float64{nan, 2}, []float64{1, 2}, []float64{2, 2}, []float64{5, 5})
	if got, want := Duplicates(s), [][]int{{0, 2, 5}, {1, 6}}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestSharesOfNearlyEverybodyAreCoded(t *testing.T) {
	for share, want := range map[float64]Coding{0: AtMost5, 0.049: AtMost5, 0.05: AsItIs, 0.5: AsItIs, 0.95: AsItIs, 0.951: AtLeast95, 1: AtLeast95} {
		if got := Code(share); got != want {
			t.Errorf("%v: %q, want %q", share, got, want)
		}
	}
}

func TestADistanceDoesNotDependOnTheUnits(t *testing.T) {
	// One item in units a million times another's is no combination of it.
	s := random(rand.New(rand.NewPCG(9, 10)), 60, 3, 0)
	want := Mahalanobis(s)
	scaled := Sample{Columns: [][]float64{nil, s.Columns[1], nil}}
	for p := range s.Columns[0] {
		scaled.Columns[0] = append(scaled.Columns[0], 1e6+1e7*s.Columns[0][p])
		scaled.Columns[2] = append(scaled.Columns[2], -1e-7*s.Columns[2][p])
	}
	for p, got := range Mahalanobis(scaled) {
		same(t, "distance", got, &want[p].Value, 1e-9)
	}
}
