package scoring_test

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// fiveOf is an instrument of k five-point items PREFIX1 to PREFIXk and the given scales.
func fiveOf(prefix string, k int, scales string) string {
	var items, ids strings.Builder
	for i := 1; i <= k; i++ {
		fmt.Fprintf(&items, "  - {id: %s%d, text: {en: \"Item %d\"}, responses: five}\n", prefix, i, i)
		fmt.Fprintf(&ids, "%s%d, ", prefix, i)
	}
	return "format: 1\nid: oracle\nversion: 1.0.0\ntitle: {en: Oracle}\nlanguages: [en]\naudience: {grades: [6]}\n" +
		"response_sets:\n  five:\n    options:\n" +
		"      - {code: 1, label: {en: One}}\n      - {code: 2, label: {en: Two}}\n      - {code: 3, label: {en: Three}}\n" +
		"      - {code: 4, label: {en: Four}}\n      - {code: 5, label: {en: Five}}\n" +
		"items:\n" + items.String() + "pages:\n  - {id: p1, items: [" + strings.TrimSuffix(ids.String(), ", ") + "]}\n" + scales
}

// table reads a file of testdata as one map from heading to cell for each row.
func table(t testing.TB, name string) []map[string]string {
	t.Helper()
	f, err := os.Open("testdata/" + name)
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

func scoresOf(in *instrument.Instrument, cells map[string]string) []scoring.Score {
	set := answer.New(in)
	for i, item := range in.Items {
		set[i] = answer.ParseCell(item, cells[string(item.ID)])
	}
	return scoring.ScoreOne(in, set, scoring.Respondent{}).Scores
}

// near holds a score against a number that R printed with 15 digits.
func near(t *testing.T, what string, got scoring.Score, want string) {
	t.Helper()
	if want == "" || want == "NA" {
		if got.Reason == "" {
			t.Errorf("%s: got %v, R has none", what, got.Value)
		}
		return
	}
	x, err := strconv.ParseFloat(want, 64)
	if err != nil {
		t.Fatal(err)
	}
	if got.Reason != "" || math.Abs(got.Value-x) > 1e-9*max(1, math.Abs(x)) {
		t.Errorf("%s: got %v %s, R has %s", what, got.Value, got.Reason, want)
	}
}

func TestMeansWithReversalAndMissingAnswersAreThoseOfR(t *testing.T) {
	in := load(t, fiveOf("Q", 8, `scales:
  - id: S
    title: {en: S}
    items: [Q1, Q2, -Q3, Q4, Q5, -Q6, Q7, Q8]
    score: mean
    min_answered: 6
    range: [1, 5]
`))
	expected := map[string]map[string]string{}
	for _, row := range table(t, "prepost_expected.csv") {
		expected[row["id"]] = row
	}
	for file, column := range map[string]string{"prepost_pre.csv": "pre", "prepost_post.csv": "post"} {
		compared := 0
		for _, row := range table(t, file) {
			if want, ok := expected[row["id"]]; ok {
				near(t, file+" "+row["id"], scoresOf(in, row)[0], want[column])
				compared++
			}
		}
		if compared != len(expected) {
			t.Errorf("%s: compared %d of %d persons", file, compared, len(expected))
		}
	}
}

func TestProratedSumsAndTheirRoundingsAreThoseOfR(t *testing.T) {
	one := func(id, rounding string) string {
		return fmt.Sprintf("  - {id: %s, title: {en: S}, items: [W1, W2, W3, W4, W5, W6, W7], score: prorated_sum, min_answered: 4, rounding: %s, range: [7, 35]}\n", id, rounding)
	}
	in := load(t, fiveOf("W", 7, "scales:\n"+one("plain", "none")+one("upward", "up")+one("halves", "half_up")))
	rows := table(t, "prorated_expected.csv")
	if len(rows) < 100 {
		t.Fatalf("only %d rows", len(rows))
	}
	for i, row := range rows {
		scores := scoresOf(in, row)
		what := fmt.Sprintf("row %d", i+2)
		near(t, what+", prorated", scores[0], row["prorated"])
		near(t, what+", rounded up", scores[1], row["raw_round_up"])
		near(t, what+", half up", scores[2], row["raw_round_half_up"])
		if n, _ := strconv.Atoi(row["n"]); scores[0].Answered != n {
			t.Errorf("%s: %d answered, R has %d", what, scores[0].Answered, n)
		}
		if scores[0].Answered == 7 && strconv.FormatFloat(scores[0].Raw, 'f', -1, 64) != row["sum_answered"] {
			t.Errorf("%s: raw sum %v, R has %s", what, scores[0].Raw, row["sum_answered"])
		}
	}
}
