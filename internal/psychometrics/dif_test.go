package psychometrics

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
)

func simulatedDIF(t testing.TB) (s Sample, focal []bool) {
	t.Helper()
	s.Columns = make([][]float64, 6)
	for _, row := range records(t, "dif_responses.csv") {
		focal = append(focal, row[1] == "es")
		for i := range s.Columns {
			x, err := strconv.ParseFloat(row[2+i], 64)
			if err != nil {
				x = math.NaN()
			}
			s.Columns[i] = append(s.Columns[i], x)
		}
	}
	return s, focal
}

func atLeastFour(x float64) bool { return x >= 4 }

func TestDIFIsThatOfR(t *testing.T) {
	want := read[struct {
		Groups struct {
			Ref   int `json:"n_ref"`
			Focal int `json:"n_focal"`
		}
		Items []struct {
			Item  string
			Total struct {
				Strata int     `json:"strata_used"`
				Chi2   float64 `json:"mantel_chi2_df1"`
				P      float64 `json:"mantel_p"`
				SMD    float64 `json:"smd_focal_minus_ref"`
				MH     struct {
					Alpha float64    `json:"alpha_MH_ref_over_focal"`
					Delta float64    `json:"delta_MH"`
					CI    [2]float64 `json:"ci95_alpha"`
					SE    float64    `json:"se_ln_alpha_rbg"`
				} `json:"mh_dichotomised_ge4"`
			}
			Ordinal struct {
				Uniform     float64 `json:"chi2_uniform_df1"`
				PUniform    float64 `json:"p_uniform"`
				NonUniform  float64 `json:"chi2_nonuniform_df1"`
				PNonUniform float64 `json:"p_nonuniform"`
				PTotal      float64 `json:"p_total"`
				Nagelkerke  struct {
					Delta float64 `json:"delta_total"`
				}
			} `json:"ordinal_logistic_total"`
		}
	}](t, "dif_expected.json")
	s, focal := simulatedDIF(t)
	var ps []float64
	for i, got := range DIFOf(s, focal, atLeastFour) {
		w := want.Items[i]
		if got.Reference != want.Groups.Ref || got.Focal != want.Groups.Focal || got.Strata != w.Total.Strata || got.Small {
			t.Errorf("%s: %+v", w.Item, got)
		}
		same(t, w.Item+", Mantel", got.Chi2, &w.Total.Chi2, 1e-10)
		same(t, w.Item+", p", got.P, &w.Total.P, 1e-10)
		same(t, w.Item+", SMD", got.SMD, &w.Total.SMD, 1e-10)
		same(t, w.Item+", alpha", got.Alpha, &w.Total.MH.Alpha, 1e-10)
		same(t, w.Item+", delta", got.Delta, &w.Total.MH.Delta, 1e-10)
		same(t, w.Item+", SE", got.LogAlphaSE, &w.Total.MH.SE, 1e-10)
		same(t, w.Item+", CI", Known(got.AlphaCI.Low), &w.Total.MH.CI[0], 1e-10)
		same(t, w.Item+", CI", Known(got.AlphaCI.High), &w.Total.MH.CI[1], 1e-10)
		same(t, w.Item+", uniform", got.Uniform, &w.Ordinal.Uniform, 2e-6) // MASS::polr stops at about 1e-6
		same(t, w.Item+", not uniform", got.NonUniform, &w.Ordinal.NonUniform, 2e-6)
		same(t, w.Item+", p uniform", got.PUniform, &w.Ordinal.PUniform, 1e-6)
		same(t, w.Item+", p not uniform", got.PNonUniform, &w.Ordinal.PNonUniform, 1e-6)
		same(t, w.Item+", p", got.PTotal, &w.Ordinal.PTotal, 1e-6)
		same(t, w.Item+", R2", got.DeltaR2, &w.Ordinal.Nagelkerke.Delta, 1e-8)
		ps = append(ps, got.PTotal.Value)
	}
	// Adjusted by the definition: the least p m / rank over the ranks from here on.
	sorted := slices.Clone(ps)
	slices.Sort(sorted)
	for i, got := range DIFOf(s, focal, atLeastFour) {
		adjusted := 1.0
		for rank := slices.Index(sorted, ps[i]) + 1; rank <= len(sorted); rank++ {
			adjusted = min(adjusted, sorted[rank-1]*float64(len(sorted))/float64(rank))
		}
		same(t, "adjusted p", got.PBH, &adjusted, 1e-12)
	}
}

func TestTheItemThatWasMadeHarderForOneGroupIsFound(t *testing.T) {
	// The fourth item was made harder for the focal group. (The sixth tells less about it, which 410 persons do not show.)
	s, focal := simulatedDIF(t)
	for i, d := range DIFOf(s, focal, atLeastFour) {
		if i < 3 && d.PBH.Value < 0.05 || i == 3 && (d.PBH.Value >= 0.05 || d.SMD.Value >= 0) {
			t.Errorf("item %d: %+v", i+1, d)
		}
	}
}

func TestAnItemDividedCompletelyIsOfTheLastClass(t *testing.T) {
	// Two groups of the same ability; on the first item the focal group answers one point lower, some of them two.
	r := rand.New(rand.NewPCG(3, 3))
	s := random(r, 1200, 6, 0)
	focal := make([]bool, 1200)
	for p := range focal {
		focal[p] = p%2 == 0
		if focal[p] {
			s.Columns[0][p] = max(1, s.Columns[0][p]-1-float64(r.IntN(2)))
		}
	}
	d := DIFOf(s, focal, atLeastFour)
	if d[0].Class != "C" || d[0].Alpha.Value <= 1 || d[0].Delta.Value >= 0 || d[0].SMD.Value >= 0 {
		t.Errorf("%+v", d[0])
	}
}

func TestSwappingTheGroupsTurnsTheSigns(t *testing.T) {
	s, focal := simulatedDIF(t)
	other := make([]bool, len(focal))
	for i, f := range focal {
		other[i] = !f
	}
	a, b := DIFOf(s, focal, atLeastFour), DIFOf(s, other, atLeastFour)
	for i := range a {
		minus := -b[i].Delta.Value
		same(t, "delta", a[i].Delta, &minus, 1e-12)
		same(t, "Mantel", a[i].Chi2, &b[i].Chi2.Value, 1e-10)
		same(t, "R2", a[i].DeltaR2, &b[i].DeltaR2.Value, 1e-8)
	}
}

func TestDIFSaysWhyItDoesNotExist(t *testing.T) {
	s := sampleOf([]float64{1, 2}, []float64{2, 1}, []float64{3, 3}, []float64{2, 2})
	if d := DIFOf(s, []bool{true, true, true, true}, nil)[0]; d.Uniform.Why != OneGroup || d.Chi2.Why != TooFewStrata || d.Alpha.Why != NotDeclared || d.Class != "" || !d.Small {
		t.Errorf("one group: %+v", d)
	}
	flat := sampleOf([]float64{3, 2}, []float64{3, 1}, []float64{3, 3}, []float64{3, 2})
	if d := DIFOf(flat, []bool{true, false, true, false}, atLeastFour)[0]; d.Uniform.Why != NoVariance || d.PBH.OK() {
		t.Errorf("no variance: %+v", d)
	}
	apart := sampleOf([]float64{1, 1}, []float64{1, 1}, []float64{5, 5}, []float64{5, 5})
	if d := DIFOf(apart, []bool{true, false, true, false}, atLeastFour)[0]; d.Uniform.Why != NotConverged {
		t.Errorf("complete separation: %+v", d)
	}
	if d := DIFOf(Sample{Columns: make([][]float64, 2)}, nil, nil); len(d) != 2 || d[0].Uniform.Why != OneGroup {
		t.Errorf("nobody: %+v", d)
	}
}

func TestEqualTotalsOfCodesWithFractionsAreOneScorePoint(t *testing.T) {
	// 0.1 + 0.2 + 0.3 and 0.3 + 0.2 + 0.1 differ in the last bit, and are one total.
	s, focal := simulatedDIF(t)
	tenths := Sample{}
	for _, column := range s.Columns {
		var c []float64
		for _, x := range column {
			c = append(c, x/10)
		}
		tenths.Columns = append(tenths.Columns, c)
	}
	want := DIFOf(s, focal, atLeastFour)
	for i, got := range DIFOf(tenths, focal, func(x float64) bool { return x >= 0.4 }) {
		if got.Strata != want[i].Strata {
			t.Errorf("item %d: %d score points, want %d", i+1, got.Strata, want[i].Strata)
		}
		same(t, "Mantel", got.Chi2, &want[i].Chi2.Value, 1e-10)
		same(t, "alpha", got.Alpha, &want[i].Alpha.Value, 1e-10)
		same(t, "uniform", got.Uniform, &want[i].Uniform.Value, 1e-8)
	}
}
