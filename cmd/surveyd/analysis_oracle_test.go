package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// statistics is where the simulated data with R's results lie; where they come from stands in the README there.
const statistics = "../../internal/psychometrics/testdata/"

// fivePoint is an instrument of five-point items named PREFIX1 to PREFIXk with one scale S; keys are the scale's items, all of them
// when empty.
func fivePoint(t testing.TB, prefix string, k int, keys, scale string) string {
	t.Helper()
	var items, ids strings.Builder
	for i := 1; i <= k; i++ {
		fmt.Fprintf(&items, "  - {id: %s%d, text: {en: \"Item %d\"}, responses: five}\n", prefix, i, i)
		fmt.Fprintf(&ids, ", %s%d", prefix, i)
	}
	list := strings.TrimPrefix(ids.String(), ", ")
	if keys == "" {
		keys = list
	}
	return written(t, "five.yaml", "format: 1\nid: five\nversion: 1.0.0\ntitle: {en: \"Five points\"}\nlanguages: [en]\naudience: {grades: [6]}\n"+
		"response_sets:\n  five:\n    options:\n      - {code: 1, label: {en: One}}\n      - {code: 2, label: {en: Two}}\n      - {code: 3, label: {en: Three}}\n"+
		"      - {code: 4, label: {en: Four}}\n      - {code: 5, label: {en: Five}}\nitems:\n"+items.String()+
		"pages:\n  - {id: p1, items: ["+list+"]}\nscales:\n  - {id: S, title: {en: \"The scale\"}, items: ["+keys+"], "+scale+"}\n")
}

// written writes a file for a test and gives its path.
func written(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// result is the JSON of a command.
type result struct {
	t    testing.TB
	tree any
}

// results runs a command with --json.
func results(t *testing.T, args ...string) result {
	t.Helper()
	stdout, _ := surveyd(t, exitOK, append(args, "--json")...)
	r := result{t: t}
	if err := json.Unmarshal([]byte(stdout), &r.tree); err != nil {
		t.Fatalf("%v\n%s", err, stdout)
	}
	r.nullsHaveReasons("", r.tree)
	return r
}

// nullsHaveReasons fails the test for a null without its reason in a notes or note beside it.
func (r result) nullsHaveReasons(path string, node any) {
	r.t.Helper()
	object, ok := node.(map[string]any)
	if !ok {
		return
	}
	notes, _ := object["notes"].(map[string]any)
	for key, value := range object {
		if value == nil && key != "note" && object["note"] == nil && notes[key] == nil {
			r.t.Errorf("%s.%s is null without a reason", path, key)
		}
		r.nullsHaveReasons(path+"."+key, value)
	}
}

// at follows keys and positions, as in "scales/S/ci/0".
func (r result) at(path string) any {
	r.t.Helper()
	node := r.tree
	for key := range strings.SplitSeq(path, "/") {
		switch n := node.(type) {
		case map[string]any:
			value, ok := n[key]
			if !ok {
				r.t.Fatalf("%s: there is no %q", path, key)
			}
			node = value
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(n) {
				r.t.Fatalf("%s: there is no %q", path, key)
			}
			node = n[i]
		default:
			r.t.Fatalf("%s: nothing below %v", path, node)
		}
	}
	return node
}

// near fails the test unless the number at path is want, but for a share of it; nil wants a null.
func (r result) near(path string, want *float64, relative float64) {
	r.t.Helper()
	got := r.at(path)
	if want == nil {
		if got != nil {
			r.t.Errorf("%s is %v, R has none", path, got)
		}
		return
	}
	x, ok := got.(float64)
	if !ok || math.Abs(x-*want) > relative*max(math.Abs(*want), 1e-3) {
		r.t.Errorf("%s is %v, want %v", path, got, *want)
	}
}

func (r result) is(path string, want any) {
	r.t.Helper()
	if got := r.at(path); got != want {
		r.t.Errorf("%s is %v, want %v", path, got, want)
	}
}

// expected reads a JSON file of R's results.
func expected[T any](t testing.TB, name string) (v T) {
	t.Helper()
	text, err := os.ReadFile(statistics + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

const closed = 1e-9 // how far a closed form may be off, as a share of it

func TestChangeBetweenTwoWavesIsThatOfR(t *testing.T) {
	type figures map[string]any
	want := expected[struct {
		Matching map[string]float64 `json:"matching"`
		N        float64            `json:"n_alpha_pre"`
		Result   figures            `json:"result"`
	}](t, "change_expected.json")
	in := fivePoint(t, "Q", 8, "Q1, Q2, -Q3, Q4, Q5, -Q6, Q7, Q8", "score: mean, min_answered: 6, range: [1, 5], favorable: [4, 5]")
	got := results(t, "change", in, statistics+"change_pre.csv", statistics+"change_post.csv", "--id", "id")
	for ours, theirs := range map[string]string{"n_pre": "n_pre", "n_post": "n_post", "n_matched": "n_matched_ids", "n_pairs": "n_pairs_scored"} {
		got.is("scales/S/"+ours, want.Matching[theirs])
	}
	attrition := want.Matching["attrition_pct_of_pre"] / 100
	got.near("scales/S/attrition", &attrition, closed)
	number := func(path string, from figures, key string, relative float64) {
		t.Helper()
		x, ok := from[key].(float64)
		if !ok {
			t.Fatalf("R has no %q", key)
		}
		got.near("scales/S/"+path, &x, relative)
	}
	for ours, theirs := range map[string]string{
		"mean_pre": "mean_pre", "mean_post": "mean_post", "sd_pre": "sd_pre", "sd_post": "sd_post", "r": "r_pre_post", "diff": "mean_diff", "sd_diff": "sd_diff",
		"t": "t", "df": "df", "d_z": "d_z", "d_av": "d_av_mean_sd", "d_rm": "d_rm", "g_z": "g_z_exact", "g_av": "g_av_exact_df_n1",
	} {
		number(ours, want.Result, theirs, closed)
	}
	number("p", want.Result, "p_two_sided", 1e-8)
	wilcoxon, _ := want.Result["wilcoxon"].(map[string]any)
	number("wilcoxon/v", wilcoxon, "V_pos_rank_sum", closed)
	number("wilcoxon/p", wilcoxon, "p_normal_cc", 1e-8)
	number("wilcoxon/rank_biserial", wilcoxon, "rank_biserial", closed)
	rci, _ := want.Result["rci"].(map[string]any)
	number("rci/reliability", rci, "reliability", closed)
	number("rci/improved", rci, "n_improved", 0)
	number("rci/declined", rci, "n_deteriorated", 0)
	number("rci/unchanged", rci, "n_unchanged", 0)
	number("rci/critical_change", rci, "critical_raw_change_196", 1e-4) // R took 1.959964 here, the count above 1.96
	got.is("scales/S/rci/n_reliability", want.N)
	for i := range 2 {
		for ours, theirs := range map[string]string{"ci": "ci95_mean_diff", "d_z_ci": "ci95_d_z_noncentral_t"} {
			limits, _ := want.Result[theirs].([]any)
			x, _ := limits[i].(float64)
			got.near(fmt.Sprintf("scales/S/%s/%d", ours, i), &x, 1e-7) // R's own noncentral t is good to about eight digits
		}
	}
}

func TestDIFIsThatOfR(t *testing.T) {
	want := expected[struct {
		Groups map[string]any
		Items  []struct {
			Item  string
			Total struct {
				Chi2 float64 `json:"mantel_chi2_df1"`
				P    float64 `json:"mantel_p"`
				SMD  float64 `json:"smd_focal_minus_ref"`
				MH   struct {
					Alpha float64 `json:"alpha_MH_ref_over_focal"`
					Delta float64 `json:"delta_MH"`
				} `json:"mh_dichotomised_ge4"`
			}
			Ordinal struct {
				Uniform    float64 `json:"chi2_uniform_df1"`
				NonUniform float64 `json:"chi2_nonuniform_df1"`
				Nagelkerke struct {
					Delta float64 `json:"delta_total"`
				}
			} `json:"ordinal_logistic_total"`
		}
	}](t, "dif_expected.json")
	in := fivePoint(t, "D", 6, "", "score: sum, min_answered: 6, range: [6, 30], favorable: [4, 5]")
	got := results(t, "dif", in, statistics+"dif_responses.csv", "--group", "lang", "--reference", "en")
	got.is("groups/focal", "es")
	for _, item := range want.Items {
		at := "scales/S/items/" + item.Item + "/"
		got.is(at+"n_reference", want.Groups["n_ref"])
		got.is(at+"n_focal", want.Groups["n_focal"])
		got.near(at+"mantel_chi2", &item.Total.Chi2, closed)
		got.near(at+"p", &item.Total.P, 1e-8)
		got.near(at+"smd", &item.Total.SMD, closed)
		got.near(at+"mh_alpha", &item.Total.MH.Alpha, closed)
		got.near(at+"mh_delta", &item.Total.MH.Delta, closed)
		got.near(at+"lr_uniform", &item.Ordinal.Uniform, 2e-6) // MASS::polr stops at about 1e-6
		got.near(at+"lr_nonuniform", &item.Ordinal.NonUniform, 2e-6)
		got.near(at+"delta_r2", &item.Ordinal.Nagelkerke.Delta, 1e-6)
	}
	if p, _ := got.at("scales/S/items/D4/p_bh").(float64); p >= 0.001 {
		t.Errorf("the item that was made harder for one group has p %v", p)
	}
}

const schoolsInstrument = `format: 1
id: schools
version: 1.0.0
title: {en: "Schools"}
languages: [en]
audience: {grades: [6]}
items:
  - {id: y, kind: number, text: {en: "How much?"}, min: 0, max: 6}
pages: [{id: p, items: [y]}]
scales:
  - {id: S, title: {en: "S"}, items: [y], score: mean, min_answered: 1, range: [0, 6]}
`

func TestDifferencesBetweenSchoolsAreThoseOfR(t *testing.T) {
	want := expected[struct {
		Persons float64    `json:"n_persons"`
		Schools float64    `json:"n_schools"`
		ICC1    float64    `json:"icc1_anova_n0"`
		ICC2    float64    `json:"icc2_group_mean"`
		Deff    float64    `json:"deff_kish"`
		Mean    float64    `json:"mean"`
		SD      float64    `json:"sd"`
		SE      float64    `json:"se_cluster_robust"`
		CI      [2]float64 `json:"ci95_cluster_t"`
		Table   []struct {
			School string
			N      float64
			Mean   float64
			SD     *float64
			EB     float64 `json:"eb_shrunk"`
		} `json:"school_table"`
	}](t, "schools_expected.json")
	got := results(t, "analyze", written(t, "schools.yaml", schoolsInstrument), statistics+"schools.csv", "--by", "school")
	got.is("respondents", want.Persons)
	got.near("scales/S/mean", &want.Mean, closed)
	got.near("scales/S/sd", &want.SD, closed)
	got.is("scales/S/between/groups", want.Schools)
	for path, x := range map[string]float64{"icc1": want.ICC1, "icc2": want.ICC2, "design_effect": want.Deff, "se_cluster": want.SE, "ci/0": want.CI[0], "ci/1": want.CI[1], "mean": want.Mean} {
		got.near("scales/S/between/"+path, &x, closed)
	}
	for _, s := range want.Table {
		got.is("groups/"+s.School+"/respondents", s.N)
		got.near("groups/"+s.School+"/scales/S/mean", &s.Mean, closed)
		got.near("groups/"+s.School+"/scales/S/sd", s.SD, closed)
		got.near("scales/S/between/means/"+s.School+"/empirical_bayes", &s.EB, 1e-5)
	}
	// Of one item there is no alpha, and the report says why.
	got.is("scales/S/alpha/raw", nil)
	got.is("scales/S/alpha/note", "too_few_items: it takes more items")
}

func TestAlphaInEdgeCasesIsThatOfR(t *testing.T) {
	cases := expected[map[string]struct {
		K     int
		Rows  [][]int
		Raw   *float64 `json:"alpha_raw"`
		Std   *float64 `json:"alpha_std"`
		Brown *float64 `json:"spearman_brown_2item"`
	}](t, "alpha_cases.json")
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var file strings.Builder
			for i := range c.K {
				fmt.Fprintf(&file, ",A%d", i+1)
			}
			text := "id" + file.String() + "\n"
			for p, row := range c.Rows {
				text += strconv.Itoa(p)
				for _, x := range row {
					text += "," + strconv.Itoa(x)
				}
				text += "\n"
			}
			in := fivePoint(t, "A", c.K, "", fmt.Sprintf("score: mean, min_answered: %d, range: [1, 5]", c.K))
			got := results(t, "analyze", in, written(t, "answers.csv", text))
			got.near("scales/S/alpha/raw", c.Raw, closed)
			got.near("scales/S/alpha/standardized", c.Std, closed)
			if c.Brown != nil {
				got.near("scales/S/alpha/spearman_brown", c.Brown, closed)
			}
			note, _ := got.at("scales/S/alpha/note").(string)
			if negative := c.Raw != nil && *c.Raw < 0; negative != strings.Contains(note, "check the keying") {
				t.Errorf("the note is %q", note)
			}
		})
	}
}

// The share of favorable answers to one item, x of n, has R's interval.
func TestIntervalsOfSharesAreThoseOfR(t *testing.T) {
	in := fivePoint(t, "A", 1, "", "score: mean, min_answered: 1, range: [1, 5], favorable: [4, 5]")
	for _, c := range expected[[]struct {
		X, N   int
		Wilson [2]float64 `json:"wilson95"`
	}](t, "proportions.json") {
		if c.N > 10_000 {
			continue
		}
		file := "A1\n" + strings.Repeat("4\n", c.X) + strings.Repeat("2\n", c.N-c.X)
		got := results(t, "analyze", in, written(t, "answers.csv", file))
		share := float64(c.X) / float64(c.N)
		got.near("scales/S/favorable/responses", &share, closed)
		got.near("scales/S/favorable/ci/0", &c.Wilson[0], closed)
		got.near("scales/S/favorable/ci/1", &c.Wilson[1], closed)
	}
}

// Scale scores by a conversion table, of prorated sums rounded up: their mean is that of R's column.
func TestScaleScoresAreThoseOfR(t *testing.T) {
	const from = "../../internal/scoring/testdata/"
	var table []string
	for _, row := range csvRows(t, from+"lookup_7x5.csv") {
		table = append(table, row["raw"]+": "+row["scale"])
	}
	sum, n, file := 0.0, 0.0, "W1,W2,W3,W4,W5,W6,W7\n"
	for _, row := range csvRows(t, from+"prorated_expected.csv") {
		var cells []string
		for i := 1; i <= 7; i++ {
			cells = append(cells, row["W"+strconv.Itoa(i)])
		}
		file += strings.Join(cells, ",") + "\n"
		if x, err := strconv.ParseFloat(row["scale_round_up"], 64); err == nil {
			sum, n = sum+x, n+1
		}
	}
	in := fivePoint(t, "W", 7, "", "score: prorated_sum, min_answered: 4, rounding: up, range: [7, 35], lookup: {source: \"R\", table: {"+strings.Join(table, ", ")+"}}")
	got := results(t, "analyze", in, written(t, "answers.csv", file))
	mean := sum / n
	got.is("scales/S/scaled/n", n)
	got.near("scales/S/scaled/mean", &mean, closed)
}

func csvRows(t testing.TB, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, cell := range record {
			row[records[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}
