package scoring_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// conversion reads the published table as YAML.
func conversion(t testing.TB) string {
	t.Helper()
	var rows []string
	for _, row := range table(t, "lookup_7x5.csv") {
		rows = append(rows, row["raw"]+": "+row["scale"])
	}
	return "{" + strings.Join(rows, ", ") + "}"
}

func TestScaleScoresAndTheirBandsAreThoseOfTheTable(t *testing.T) {
	one := func(id, rounding string) string {
		return fmt.Sprintf("  - {id: %s, title: {en: S}, items: [W1, W2, W3, W4, W5, W6, W7], score: prorated_sum, min_answered: 4, rounding: %s, range: [7, 35], lookup: {table: %s}, "+
			"bands: {cuts: [{from: 7, label: {en: low}}, {from: 19.5, label: {en: average}}, {from: 27.5, label: {en: high}}]}}\n", id, rounding, conversion(t))
	}
	in := load(t, fiveOf("W", 7, "scales:\n"+one("upward", "up")+one("halves", "half_up")))
	for i, row := range table(t, "prorated_expected.csv") {
		for j, column := range []string{"scale_round_up", "scale_round_half_up"} {
			score, what := scoresOf(in, row)[j], fmt.Sprintf("row %d, %s", i+2, column)
			if row[column] == "" {
				if score.HasScaled || score.Band >= 0 {
					t.Errorf("%s: got %v, R has none", what, score.Scaled)
				}
				continue
			}
			within(t, what, score.Scaled, row[column], 1e-12)
			if j == 0 && in.Scales[0].Bands.Cuts[score.Band].Label.In("en") != row["band_round_up"] {
				t.Errorf("%s: band %d, R has %s", what, score.Band, row["band_round_up"])
			}
		}
	}
}

// normed is a sum of one number item, so that every score of the sample can be given, with the norms of three grade bands.
func normed(t testing.TB, groups string) *instrument.Instrument {
	t.Helper()
	return load(t, "format: 1\nid: normed\nversion: 1.0.0\ntitle: {en: N}\nlanguages: [en]\naudience: {grades: [4, 7, 10]}\n"+
		"items:\n  - {id: x, kind: number, min: 0, max: 100, text: {en: X}}\npages:\n  - {id: p1, items: [x]}\n"+
		"scales:\n  - id: S\n    title: {en: S}\n    items: [x]\n    score: sum\n    min_answered: 1\n    range: [0, 100]\n    norms:\n      groups:\n"+groups)
}

func compared(t testing.TB, in *instrument.Instrument, x string, who scoring.Respondent) scoring.Norm {
	t.Helper()
	set := answer.New(in)
	set[0] = answer.ParseCell(in.Items[0], x)
	return scoring.ScoreOne(in, set, who).Scores[0].Norm
}

func TestTransformedScoresAreThoseOfTheNormSample(t *testing.T) {
	rows := table(t, "norm_expected.csv")
	bands := map[string][]string{"3-5": {"3", "4", "5"}, "6-8": {"6", "7", "8"}, "9-12": {"9", "10", "11", "12"}}
	var groups strings.Builder
	for band, grades := range bands {
		var counts []string
		for _, row := range rows {
			if row["grade_band"] == band {
				counts = append(counts, fmt.Sprintf("{score: %s, n: %s}", row["raw"], row["freq"]))
			}
		}
		fmt.Fprintf(&groups, "        - {when: {grade: [%s]}, table: [%s]}\n", strings.Join(grades, ", "), strings.Join(counts, ", "))
	}
	in := normed(t, groups.String())
	for i, row := range rows {
		norm := compared(t, in, row["raw"], scoring.Respondent{Grade: instrument.Grade(bands[row["grade_band"]][1])})
		what := fmt.Sprintf("line %d", i+2)
		within(t, what+", percentile rank", norm.Percentile, row["pr_mid"], 1e-9)
		within(t, what+", T", norm.T, row["T_linear"], 1e-9)
		within(t, what+", NCE", norm.NCE, row["NCE_clipped_1_99"], 1e-9)
		if stanine, _ := strconv.Atoi(row["stanine_from_pr_mid"]); norm.Stanine != stanine {
			t.Errorf("%s: stanine %d, R has %d", what, norm.Stanine, stanine)
		}
		if norm.Normal {
			t.Errorf("%s: the percentile rank is not that of the table", what)
		}
	}
}

func TestNormsFromMeanAndSDAreMarkedAsThoseOfANormalDistribution(t *testing.T) {
	in := normed(t, "        - {when: {grade: [4]}, mean: 40, sd: 8}\n")
	// z = (52 - 40)/8 = 1.5: T 65, PR 100 Phi(1.5) = 93.3192798731142, stanine 8 (from 89, below 96), NCE 50 + 21.06 * 1.5
	norm := compared(t, in, "52", scoring.Respondent{Grade: "4"})
	if norm.T != 65 || math.Abs(norm.Percentile-93.3192798731142) > 1e-9 || !norm.Normal || norm.Stanine != 8 || math.Abs(norm.NCE-81.59) > 1e-12 {
		t.Errorf("%+v", norm)
	}
}

func TestAPublishedTableIsReadRowByRow(t *testing.T) {
	in := normed(t, "        - {table: [{score: 10, percentile: 4, t: 31}, {score: 11, percentile: 50}, {score: 12, percentile: 100}]}\n")
	if norm := compared(t, in, "10", scoring.Respondent{}); norm.T != 31 || norm.Percentile != 4 || norm.Stanine != 2 || norm.Normal {
		t.Errorf("with a T of its own: %+v", norm)
	}
	if norm := compared(t, in, "11", scoring.Respondent{}); norm.T != 50 || norm.NCE != 50 || norm.Stanine != 5 {
		t.Errorf("without: %+v", norm)
	}
	// The normal quantile of a percentile of 100 is infinite: there is no T, the stanine is the highest and the NCE clipped.
	if norm := compared(t, in, "12", scoring.Respondent{}); !norm.NoT || norm.T != 0 || norm.Percentile != 100 || norm.Stanine != 9 || norm.NCE != 99 || norm.Reason != "" {
		t.Errorf("at the end of the table: %+v", norm)
	}
	if norm := compared(t, in, "13", scoring.Respondent{}); norm.Reason != scoring.NoNormRow {
		t.Errorf("a score without a row: %+v", norm)
	}
}

func TestTheNormGroupIsThePersonsOwn(t *testing.T) {
	in := normed(t, "        - {when: {grade: [4, 5], language: en}, mean: 40, sd: 10}\n        - {when: {grade: [4, 5], language: es}, mean: 50, sd: 10}\n")
	for _, c := range []struct {
		who    scoring.Respondent
		t      float64
		reason scoring.NormReason
	}{
		{scoring.Respondent{Grade: "4", Language: "en"}, 60, ""},
		{scoring.Respondent{Grade: "5", Language: "es"}, 50, ""},
		{scoring.Respondent{Grade: "7", Language: "es"}, 0, scoring.NoNormGroup},
		{scoring.Respondent{}, 0, scoring.NoNormGroup},
	} {
		if norm := compared(t, in, "50", c.who); norm.Reason != c.reason || norm.T != c.t {
			t.Errorf("%+v: %+v", c.who, norm)
		}
	}
	if norm := compared(t, in, "", scoring.Respondent{Grade: "4", Language: "en"}); norm.Reason != scoring.NoScore {
		t.Errorf("no answer: %+v", norm)
	}
}
