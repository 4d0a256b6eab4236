package psychometrics

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
)

// expectedChange is what R computed; a null is a figure that does not exist.
type expectedChange struct {
	N        int      `json:"n_pairs"`
	MeanPre  *float64 `json:"mean_pre"`
	MeanPost *float64 `json:"mean_post"`
	SDPre    *float64 `json:"sd_pre"`
	SDPost   *float64 `json:"sd_post"`
	R        *float64 `json:"r_pre_post"`
	Diff     *float64 `json:"mean_diff"`
	SDDiff   *float64 `json:"sd_diff"`
	T        *float64
	P        *float64  `json:"p_two_sided"`
	CI       []float64 `json:"ci95_mean_diff"`
	DZ       *float64  `json:"d_z"`
	DAv      *float64  `json:"d_av_mean_sd"`
	DRm      *float64  `json:"d_rm"`
	GZ       *float64  `json:"g_z_exact"`
	GAv      *float64  `json:"g_av_exact_df_n1"`
	DZCI     []float64 `json:"ci95_d_z_noncentral_t"`
	Wilcoxon *struct {
		N            int      `json:"n_nonzero"`
		V            *float64 `json:"V_pos_rank_sum"`
		P            *float64 `json:"p_normal_cc"`
		RankBiserial *float64 `json:"rank_biserial"`
	}
	RCI *struct {
		Reliability float64
		Improved    int `json:"n_improved"`
		Declined    int `json:"n_deteriorated"`
	}
}

func compare(t *testing.T, what string, got Change, want expectedChange) {
	t.Helper()
	if got.N != want.N {
		t.Errorf("%s: %d pairs, R has %d", what, got.N, want.N)
	}
	same(t, what+", mean pre", got.MeanPre, want.MeanPre, 1e-12)
	same(t, what+", mean post", got.MeanPost, want.MeanPost, 1e-12)
	same(t, what+", difference", got.Diff, want.Diff, 1e-12)
	if !got.SDDiff.OK() {
		if got.T.OK() || got.DZ.OK() || got.CI != nil || got.DZCI != nil || got.Wilcoxon.P.OK() {
			t.Errorf("%s: figures without a spread: %+v", what, got)
		}
		return
	}
	same(t, what+", SD pre", got.SDPre, want.SDPre, 1e-12)
	same(t, what+", SD post", got.SDPost, want.SDPost, 1e-12)
	same(t, what+", r", got.R, want.R, 1e-12)
	same(t, what+", SD of differences", got.SDDiff, want.SDDiff, 1e-12)
	same(t, what+", t", got.T, want.T, 1e-10)
	same(t, what+", p", got.P, want.P, 1e-10)
	same(t, what+", d_z", got.DZ, want.DZ, 1e-12)
	same(t, what+", d_av", got.DAv, want.DAv, 1e-12)
	same(t, what+", d_rm", got.DRm, want.DRm, 1e-10)
	same(t, what+", g_z", got.GZ, want.GZ, 1e-10)
	same(t, what+", g_av", got.GAv, want.GAv, 1e-10)
	if len(want.CI) == 2 {
		same(t, what+", CI low", Known(got.CI.Low), &want.CI[0], 1e-9)
		same(t, what+", CI high", Known(got.CI.High), &want.CI[1], 1e-9)
	}
	if len(want.DZCI) == 2 {
		// R's own noncentral t is good to about eight digits.
		same(t, what+", CI of d_z low", Known(got.DZCI.Low), &want.DZCI[0], 1e-7)
		same(t, what+", CI of d_z high", Known(got.DZCI.High), &want.DZCI[1], 1e-7)
	}
	if want.Wilcoxon != nil {
		same(t, what+", V", got.Wilcoxon.V, want.Wilcoxon.V, 1e-12)
		same(t, what+", Wilcoxon p", got.Wilcoxon.P, want.Wilcoxon.P, 1e-9)
		same(t, what+", rank-biserial", got.Wilcoxon.RankBiserial, want.Wilcoxon.RankBiserial, 1e-12)
	}
}

// records reads a CSV file of testdata without its heading.
func records(t testing.TB, name string) [][]string {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// wave scores a simulated wave: the mean of at least 6 of 8 answers from 1 to 5, the third and the sixth reversed.
func wave(t testing.TB, name string) (scores map[string]float64, answers Sample) {
	t.Helper()
	scores, answers = map[string]float64{}, Sample{Columns: make([][]float64, 8)}
	for _, row := range records(t, name) {
		sum, n := 0.0, 0
		for i, cell := range row[1:] {
			x, err := strconv.ParseFloat(cell, 64)
			switch {
			case err != nil:
				x = math.NaN()
			case i == 2 || i == 5:
				x = 6 - x
			}
			if err == nil {
				sum += x
				n++
			}
			answers.Columns[i] = append(answers.Columns[i], x)
		}
		if n >= 6 {
			scores[row[0]] = sum / float64(n)
		}
	}
	return scores, answers
}

func TestChangeIsThatOfR(t *testing.T) {
	want := read[struct{ Result expectedChange }](t, "change_expected.json").Result
	pre, answers := wave(t, "change_pre.csv")
	post, _ := wave(t, "change_post.csv")
	var pairs []Pair
	expected := records(t, "change_pairs.csv")
	for _, row := range expected {
		pairs = append(pairs, Pair{pre[row[0]], post[row[0]]})
	}
	got := ChangeOf(pairs)
	compare(t, "two waves", got, want)
	alpha := AlphaOf(answers, Listwise, Feldt)
	same(t, "alpha of the first wave", alpha.Raw, &want.RCI.Reliability, 1e-12)
	rci := ReliableChange(pairs, got.SDPre, alpha.Raw)
	if rci.Improved != want.RCI.Improved || rci.Declined != want.RCI.Declined {
		t.Errorf("%+v, R has %+v", rci, *want.RCI)
	}
	for i, p := range pairs {
		index, err := strconv.ParseFloat(expected[i][4], 64)
		if err != nil {
			t.Fatal(err)
		}
		same(t, fmt.Sprintf("person %s", expected[i][0]), ReliableIndex(p, got.SDPre.Value, alpha.Raw.Value), &index, 1e-10)
	}
}

// list reads a number or a list of them, as R writes vectors.
type list []float64

func (l *list) UnmarshalJSON(text []byte) error {
	var one float64
	if err := json.Unmarshal(text, &one); err == nil {
		*l = list{one}
		return nil
	}
	return json.Unmarshal(text, (*[]float64)(l))
}

func TestSmallCasesOfChangeAreThoseOfR(t *testing.T) {
	cases := read[map[string]struct {
		Pre, Post list
		Expected  expectedChange
	}](t, "change_cases.json")
	for name, c := range cases {
		var pairs []Pair
		for i := range c.Pre {
			pairs = append(pairs, Pair{c.Pre[i], c.Post[i]})
		}
		compare(t, name, ChangeOf(pairs), c.Expected)
	}
	if len(cases) < 6 {
		t.Errorf("%d cases", len(cases))
	}
}

func TestNobodyAndOnePairHaveNoChange(t *testing.T) {
	if c := ChangeOf(nil); c.MeanPre.OK() || c.Diff.OK() || c.T.Why != TooFewPersons {
		t.Errorf("%+v", c)
	}
	if c := ChangeOf([]Pair{{2, 3}}); c.Diff.Value != 1 || c.T.Why != TooFewPersons || c.SDDiff.OK() {
		t.Errorf("%+v", c)
	}
}

func TestChangeTurnsAroundWithTheWaves(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 20 {
		var there, back []Pair
		for range 5 + r.IntN(60) {
			pre := math.Round(r.NormFloat64()*4) / 4
			post := pre + math.Round(r.NormFloat64()*4+1)/4
			there, back = append(there, Pair{pre, post}), append([]Pair{{post, pre}}, back...)
		}
		a, b := ChangeOf(there), ChangeOf(back)
		if !a.DZ.OK() {
			continue
		}
		minus := -b.DZ.Value
		same(t, "d_z", a.DZ, &minus, 1e-12)
		same(t, "p", a.P, &b.P.Value, 1e-12)
		same(t, "Wilcoxon p", a.Wilcoxon.P, &b.Wilcoxon.P.Value, 1e-12)
		low := -b.DZCI.High
		same(t, "CI of d_z", Known(a.DZCI.Low), &low, 1e-9)
	}
}

func TestTheNoncentralTIsTheCentralOneWithoutNoncentrality(t *testing.T) {
	// From R 4.2.2: pt(2, 5), pt(2, 10, 1), pt(-1, 3, 0.5), pt(30, 181, 28), pt(1.5, 1, 1)
	for _, c := range []struct{ t, df, delta, want float64 }{
		{2, 5, 0, 0.9490302605850709}, {2, 10, 1, 0.8076115625303111}, {-1, 3, 0.5, 0.0921212098143628}, {30, 181, 28, 0.8531325862545382}, {1.5, 1, 1, 0.5378791826824085},
	} {
		if got := noncentralT(c.t, c.df, c.delta); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("P(T <= %v; %v, %v) = %v, R has %v", c.t, c.df, c.delta, got, c.want)
		}
	}
}

func TestTheSameChangeOfEverybodyIsNoSpreadHoweverItIsRounded(t *testing.T) {
	// 0.1 more for everybody, which binary fractions do not give to the last bit.
	var pairs []Pair
	for i := range 40 {
		pre := 1e6 + float64(i%7)/3
		pairs = append(pairs, Pair{pre, pre + 0.1})
	}
	if c := ChangeOf(pairs); c.T.Why != NoVariance || !c.Diff.OK() {
		t.Errorf("%+v", c)
	}
}
