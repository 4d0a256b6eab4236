package psychometrics

import (
	"math"
	"testing"
)

func TestOmegaAndItsFitAreThoseOfLavaan(t *testing.T) {
	compared := 0
	for name, c := range read[map[string]struct {
		Rows                           [][]float64
		Omega, Chisq, CFI, RMSEA, SRMR float64
		DF                             int
	}](t, "omega_lavaan.json") {
		o := OmegaOf(sampleOf(c.Rows...))
		same(t, name+", omega", o.Value, &c.Omega, 1e-6)
		if c.DF == 0 {
			if o.Fit.CFI.Why != NotIdentified {
				t.Errorf("%s: three items fit always: %+v", name, o.Fit)
			}
			continue
		}
		same(t, name+", chi-square", o.Fit.ChiSquare, &c.Chisq, 1e-6)
		same(t, name+", CFI", o.Fit.CFI, &c.CFI, 1e-6)
		same(t, name+", RMSEA", o.Fit.RMSEA, &c.RMSEA, 1e-6)
		same(t, name+", SRMR", o.Fit.SRMR, &c.SRMR, 1e-6)
		if o.Fit.DF != c.DF {
			t.Errorf("%s: %d degrees of freedom, lavaan has %d", name, o.Fit.DF, c.DF)
		}
		compared++
	}
	if compared < 5 {
		t.Errorf("only %d models compared", compared)
	}
}

func TestOmegaSaysWhyItDoesNotExist(t *testing.T) {
	for name, c := range map[string]struct {
		rows [][]float64
		why  Reason
	}{
		"two items":                            {[][]float64{{1, 2}, {2, 3}, {3, 3}}, TooFewItems},
		"one person":                           {[][]float64{{1, 2, 3}}, TooFewPersons},
		"a constant item":                      {[][]float64{{1, 3, 2}, {2, 3, 4}, {3, 3, 3}, {5, 3, 4}}, ZeroItem},
		"one item twice":                       {[][]float64{{1, 1, 2, 1}, {2, 2, 4, 2}, {3, 3, 3, 5}, {5, 5, 4, 1}, {4, 4, 1, 2}, {2, 2, 2, 2}}, Singular},
		"one correlation of three is negative": {[][]float64{{1, 1, 2}, {2, 2, 4}, {3, 4, 1}, {5, 4, 3}, {4, 5, 1}, {2, 1, 5}, {1, 2, 1}}, Heywood},
	} {
		if o := OmegaOf(sampleOf(c.rows...)); o.Value.Why != c.why || o.Fit.CFI.OK() {
			t.Errorf("%s: %+v, want %s", name, o, c.why)
		}
	}
}

func TestOmegaOfThreeItemsIsTheClosedForm(t *testing.T) {
	c := read[map[string]struct{ Rows [][]float64 }](t, "omega_lavaan.json")["three"]
	s := sampleOf(c.Rows...)
	m := covarianceOf(s)
	// On covariances: l1 = sqrt(s12 s13 / s23), u1 = s11 - l1^2, and so on.
	a, b, d := m.at(0, 1), m.at(0, 2), m.at(1, 2)
	l := []float64{math.Sqrt(a * b / d), math.Sqrt(a * d / b), math.Sqrt(b * d / a)}
	sum := l[0] + l[1] + l[2]
	want := sum * sum / (sum*sum + m.trace() - l[0]*l[0] - l[1]*l[1] - l[2]*l[2])
	same(t, "omega", OmegaOf(s).Value, &want, 1e-12)
}
