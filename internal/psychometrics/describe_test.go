package psychometrics

import (
	"math"
	"testing"
)

func TestADescriptionIsThatOfATextbook(t *testing.T) {
	// 1, 2, 3, 6: mean 3, squares 4 + 1 + 0 + 9 = 14, SD sqrt(14/3); t of .975 with 3 df is 3.182446305284263.
	d := Describe([]float64{1, math.NaN(), 2, 3, 6})
	mean, sd := 3.0, math.Sqrt(14.0/3)
	low, high := 3-3.182446305284263*sd/2, 3+3.182446305284263*sd/2
	same(t, "mean", d.Mean, &mean, 1e-15)
	same(t, "SD", d.SD, &sd, 1e-15)
	same(t, "CI low", Known(d.CI.Low), &low, 1e-10)
	same(t, "CI high", Known(d.CI.High), &high, 1e-10)
	if d.N != 4 {
		t.Errorf("n is %d", d.N)
	}
}

func TestADescriptionOfFewSaysWhy(t *testing.T) {
	if d := Describe(nil); d.Mean.Why != TooFewPersons || d.SD.Why != TooFewPersons || d.CI != nil || d.N != 0 {
		t.Errorf("nobody: %+v", d)
	}
	if d := Describe([]float64{4}); d.Mean.Value != 4 || d.SD.Why != TooFewPersons || d.CI != nil {
		t.Errorf("one: %+v", d)
	}
	if d := Describe([]float64{4, 4}); d.SD.Value != 0 || d.CI.Low != 4 || d.CI.High != 4 {
		t.Errorf("two alike: %+v", d)
	}
}
