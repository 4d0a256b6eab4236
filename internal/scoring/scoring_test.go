package scoring_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/diag"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// head is what every instrument of these tests begins with: four five-point items with a choice that is never scored, one
// from 0 to 2, and two that depend on the first.
const head = `
format: 1
id: trial
version: 1.0.0
title: {en: "Trial"}
languages: [en]
audience: {grades: [K, 4, 6, 7]}
response_sets:
  five:
    options:
      - {code: 1, label: {en: "One"}}
      - {code: 2, label: {en: "Two"}}
      - {code: 3, label: {en: "Three"}}
      - {code: 4, label: {en: "Four"}}
      - {code: 5, label: {en: "Five"}}
      - {code: 9, label: {en: "Does not apply"}, missing: true}
  three:
    options:
      - {code: 0, label: {en: "Never"}}
      - {code: 1, label: {en: "Sometimes"}}
      - {code: 2, label: {en: "Always"}}
items:
  - {id: a, text: {en: "A"}, responses: five}
  - {id: b, text: {en: "B"}, responses: five}
  - {id: c, text: {en: "C"}, responses: five}
  - {id: d, text: {en: "D"}, responses: five}
  - {id: e, text: {en: "E"}, responses: three}
  - {id: f, text: {en: "F"}, responses: five, show_if: a >= 4}
  - {id: g, text: {en: "G"}, responses: five, show_if: a >= 4}
  - {id: h, kind: text, text: {en: "H"}}
pages:
  - {id: p1, items: [a, b, c, d], shuffle: true}
  - {id: p2, items: [e, f, g, h]}
`

func load(t testing.TB, source string) *instrument.Instrument {
	t.Helper()
	in, problems := instrument.Load("trial.yaml", []byte(source), instrument.Options{})
	if diag.HasError(problems) {
		t.Fatalf("the test's instrument has errors: %v", problems)
	}
	return in
}

// scale is an instrument with one scale S, whose keys are given as lines of YAML.
func scale(t testing.TB, lines ...string) *instrument.Instrument {
	t.Helper()
	return load(t, head+"scales:\n  - id: S\n    title: {en: \"S\"}\n    "+strings.Join(lines, "\n    ")+"\n")
}

// row is answers as a test writes them: `a=4 b= c=9`.
func row(t testing.TB, in *instrument.Instrument, cells string) answer.Set {
	t.Helper()
	set := answer.New(in)
	for _, cell := range strings.Fields(cells) {
		id, value, _ := strings.Cut(cell, "=")
		item, ok := in.Item(instrument.ItemID(id))
		if !ok {
			t.Fatalf("no item %s", id)
		}
		set[item.Index] = answer.ParseCell(item, value)
	}
	return set
}

func show(s scoring.Score) string {
	if s.Reason != "" {
		return fmt.Sprintf("%s n=%d", s.Reason, s.Answered)
	}
	return fmt.Sprintf("%.10g n=%d", s.Value, s.Answered)
}

func TestScores(t *testing.T) {
	for _, c := range []struct {
		name  string
		scale string
		cells string
		want  string
	}{
		// (4 + 2 + 3 + 5) / 4 = 14 / 4 = 3.5
		{"mean", "items: [a, b, c, d]; score: mean; min_answered: 3; range: [1, 5]", "a=4 b=2 c=3 d=5", "3.5 n=4"},
		// (4 + 2 + 3) / 3 = 3
		{"mean of what is answered", "items: [a, b, c, d]; score: mean; min_answered: 3; range: [1, 5]", "a=4 b=2 c=3", "3 n=3"},
		{"one fewer than min_answered", "items: [a, b, c, d]; score: mean; min_answered: 3; range: [1, 5]", "a=4 b=2", "too_few_answered n=2"},
		{"nothing answered", "items: [a, b, c, d]; score: mean; min_answered: 3; range: [1, 5]", "e=1", "not_answered n=0"},
		// ceil(0.6 * 4 - 1e-9) = ceil(2.4) = 3
		{"a share of the items", "items: [a, b, c, d]; score: mean; min_answered: 60%; range: [1, 5]", "a=4 b=2", "too_few_answered n=2"},
		// 0.75 * 4 = 3 exactly, and not 4
		{"a share that is whole", "items: [a, b, c, d]; score: mean; min_answered: 75%; range: [1, 5]", "a=4 b=2 c=3", "3 n=3"},
		// b: 1 + 5 - 2 = 4; (4 + 4) / 2 = 4
		{"reverse-keyed", "items: [a, -b]; score: mean; min_answered: 2; range: [1, 5]", "a=4 b=2", "4 n=2"},
		// The ends are the set's, not the data's: 1 + 5 - 5 = 1, although nobody answered 1.
		{"reversal uses the set's ends", "items: [-a, -b]; score: mean; min_answered: 2; range: [1, 5]", "a=5 b=5", "1 n=2"},
		// 9 is never scored: (4 + 2) / 2 = 3
		{"a code that is never scored", "items: [a, b, c]; score: mean; min_answered: 2; range: [1, 5]", "a=4 b=2 c=9", "3 n=2"},
		{"only codes that are never scored", "items: [a, b, c]; score: mean; min_answered: 2; range: [1, 5]", "a=9 b=9 c=9", "not_answered n=0"},
		// 7 is not in the set: missing, neither 5 nor 7.
		{"an invalid code", "items: [a, b, c]; score: mean; min_answered: 2; range: [1, 5]", "a=4 b=2 c=7", "3 n=2"},
		{"declined and skipped", "items: [a, b, c]; score: mean; min_answered: 2; range: [1, 5]", "a=-94 b=-92 c=4", "too_few_answered n=1"},
		// (2*4 + 1*1) / (2 + 1) = 9 / 3 = 3
		{"weights", "items: [a, b]; weights: {a: 2}; score: mean; min_answered: 1; range: [1, 5]", "a=4 b=1", "3 n=2"},
		// Only b: 1*1 / 1 = 1. The weight of what is missing does not count.
		{"weights of what is answered", "items: [a, b]; weights: {a: 2}; score: mean; min_answered: 1; range: [1, 5]", "b=1", "1 n=1"},
		// 4 + 2 + 3 = 9
		{"sum", "items: [a, b, c]; score: sum; min_answered: 3; range: [3, 15]", "a=4 b=2 c=3", "9 n=3"},
		{"a sum needs all", "items: [a, b, c]; score: sum; min_answered: 3; range: [3, 15]", "a=4 b=2", "too_few_answered n=2"},
		// 2*4 + 1*(6-2) = 12
		{"weighted sum with reversal", "items: [a, -b]; weights: {a: 2}; score: sum; min_answered: 2; range: [3, 15]", "a=4 b=2", "12 n=2"},
		// 4 * (4 + 2 + 4) / 3 = 40 / 3
		{"prorated sum", "items: [a, b, c, d]; score: prorated_sum; min_answered: 2; range: [4, 20]", "a=4 b=2 c=4", "13.33333333 n=3"},
		{"prorated sum, rounded up", "items: [a, b, c, d]; score: prorated_sum; min_answered: 2; rounding: up; range: [4, 20]", "a=4 b=2 c=4", "14 n=3"},
		// 4 * 9 / 3 = 12: whole, nothing to round
		{"a whole number is not rounded up", "items: [a, b, c, d]; score: prorated_sum; min_answered: 2; rounding: up; range: [4, 20]", "a=4 b=2 c=3", "12 n=3"},
		// 3 * 5 / 2 = 7.5
		{"half up", "items: [a, b, c]; score: prorated_sum; min_answered: 2; rounding: half_up; range: [3, 15]", "a=4 b=1", "8 n=2"},
		// 3 * 3 / 2 = 4.5
		{"half up, even below", "items: [a, b, c]; score: prorated_sum; min_answered: 2; rounding: half_up; range: [3, 15]", "a=2 b=1", "5 n=2"},
		{"half even, even below", "items: [a, b, c]; score: prorated_sum; min_answered: 2; rounding: half_even; range: [3, 15]", "a=2 b=1", "4 n=2"},
		{"half even, odd below", "items: [a, b, c]; score: prorated_sum; min_answered: 2; rounding: half_even; range: [3, 15]", "a=4 b=1", "8 n=2"},
		// mean 3.5: 100 * (3.5 - 1) / (5 - 1) = 62.5
		{"pomp", "items: [a, b]; score: pomp; min_answered: 2; range: [0, 100]", "a=4 b=3", "62.5 n=2"},
		// a: 100*(4-1)/4 = 75; e: 100*(1-0)/2 = 50; mean 62.5
		{"pomp of different ranges", "items: [a, e]; score: pomp; min_answered: 2; range: [0, 100]", "a=4 e=1", "62.5 n=2"},
		// e reversed: 0 + 2 - 2 = 0 -> 0; a: 75; weights 1 and 3: (75 + 3*0) / 4 = 18.75
		{"weighted pomp of different ranges, reversed", "items: [a, -e]; weights: {e: 3}; score: pomp; min_answered: 2; range: [0, 100]", "a=4 e=2", "18.75 n=2"},
		// a = 1 hides f and g: no item shown
		{"all items hidden", "items: [f, g]; score: mean; min_answered: 1; range: [1, 5]", "a=1 f=5 g=5", "not_shown n=0"},
		// a is not answered: the condition is unknown, which hides too
		{"all items hidden by an unknown condition", "items: [f, g]; score: mean; min_answered: 1; range: [1, 5]", "f=5 g=5", "not_shown n=0"},
		{"shown and left blank", "items: [f, g]; score: mean; min_answered: 1; range: [1, 5]", "a=4", "not_answered n=0"},
		// a = 1, f hidden: its 5 is not scored. (1 + 3) / 2 = 2
		{"a hidden answer is not scored", "items: [a, b, f]; score: mean; min_answered: 2; range: [1, 5]", "a=1 b=3 f=5", "2 n=2"},
		{"a file says not shown", "items: [a, b]; score: mean; min_answered: 1; range: [1, 5]", "a=-91 b=-91", "not_shown n=0"},
	} {
		in := scale(t, strings.Split(c.scale, "; ")...)
		if got := show(scoring.ScoreOne(in, row(t, in, c.cells), scoring.Respondent{}).Scores[0]); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestFavorable(t *testing.T) {
	in := scale(t, "items: [a, -b, c, d]", "score: mean", "min_answered: 4", "range: [1, 5]", "favorable: [4, 5]")
	for cells, want := range map[string]float64{
		"a=4 b=2 c=3 d=5": 0.75,      // 4, 6-2=4 and 5 of four
		"a=4 b=4 c=9":     0.5,       // b is 6-4=2; 9 does not count: 1 of 2. Too few for a score makes no difference.
		"a=5 b=1 c=1":     2.0 / 3.0, // 5 and 6-1=5 of three
		"a=1":             0,
	} {
		got := scoring.ScoreOne(in, row(t, in, cells), scoring.Respondent{}).Scores[0]
		if !got.HasFavorable || got.Favorable != want {
			t.Errorf("%s: got %v %v, want %v", cells, got.HasFavorable, got.Favorable, want)
		}
	}
	for _, cells := range []string{"", "a=9", "a=7", "e=2"} {
		if got := scoring.ScoreOne(in, row(t, in, cells), scoring.Respondent{}).Scores[0]; got.HasFavorable {
			t.Errorf("%q: a share of no answers is %v", cells, got.Favorable)
		}
	}
}

func TestBandsAreHalfOpen(t *testing.T) {
	in := scale(t, "items: [a, b, c, d]", "score: mean", "min_answered: 1", "range: [1, 5]",
		"bands: {cuts: [{from: 1, label: {en: Low}}, {from: 2.5, label: {en: Middle}}, {from: 4, label: {en: High}}]}")
	for cells, want := range map[string]int{
		"a=1":             0,
		"a=2 b=2 c=2 d=3": 0, // 2.25
		"a=2 b=3":         1, // 2.5 is the first of the middle
		"a=4 b=4 c=4 d=3": 1, // 3.75
		"a=4":             2,
		"a=5":             2,
		"":                -1,
	} {
		if got := scoring.ScoreOne(in, row(t, in, cells), scoring.Respondent{}).Scores[0].Band; got != want {
			t.Errorf("%q: band %d, want %d", cells, got, want)
		}
	}
}

// flagged gives the flags of one person as text.
func flagged(in *instrument.Instrument, set answer.Set, who scoring.Respondent) string {
	var names []string
	for _, f := range scoring.ScoreOne(in, set, who).Flags {
		names = append(names, string(f))
	}
	return strings.Join(names, " ")
}

func TestStraightLine(t *testing.T) {
	in := load(t, head+"quality: {straight_line: {page: p1, run: 3}}\n")
	for _, c := range []struct {
		cells string
		order []int
		want  string
	}{
		{"a=4 b=4 c=4 d=1", nil, "straight_line"},
		{"a=1 b=4 c=4 d=4", nil, "straight_line"},
		{"a=4 b=4 c=4 d=4", nil, "straight_line"},
		{"a=4 b=4 c=1 d=4", nil, ""},
		{"a=4 b=4 d=4", nil, ""},                                // a missing answer breaks the run
		{"a=4 b=4 c=7 d=4", nil, ""},                            // and so does an invalid one
		{"a=9 b=9 c=9", nil, "straight_line"},                   // a code is a code, scored or not
		{"a=4 b=4 c=1 d=4", []int{0, 1, 3, 2}, "straight_line"}, // as presented: a b d c
		{"a=4 b=4 c=4 d=1", []int{0, 3, 1, 2}, ""},              // as presented: a d b c
		{"a=4 b=4 c=4 d=1", []int{0, 0, 0, 0}, "straight_line"}, // no order at all: the file's
	} {
		if got := flagged(in, row(t, in, c.cells), scoring.Respondent{Order: [][]int{c.order}}); got != c.want {
			t.Errorf("%s in order %v: got %q, want %q", c.cells, c.order, got, c.want)
		}
	}
}

func TestAHiddenItemDoesNotBreakARun(t *testing.T) {
	in := load(t, strings.Replace(head, "items: [e, f, g, h]", "items: [e, h, f, g]", 1)+"quality: {straight_line: {page: p2, run: 2}}\n")
	if got := flagged(in, row(t, in, "a=4 e=2 f=2 g=2"), scoring.Respondent{}); got != "straight_line" {
		t.Errorf("f and g: got %q", got)
	}
	if got := flagged(in, row(t, in, "a=4 e=2 f=2 g=3"), scoring.Respondent{}); got != "" {
		t.Errorf("the text between e and f breaks the run: got %q", got)
	}
}

func TestTooFast(t *testing.T) {
	in := load(t, head+"quality: {too_fast: {seconds_per_item: {\"K-5\": 1.5, \"6-12\": 1.0}, share: 0.5}}\n")
	unknown := math.NaN()
	for _, c := range []struct {
		name    string
		grade   instrument.Grade
		cells   string
		seconds []float64
		want    string
	}{
		// p1 has 4 items: 5.9 / 4 = 1.475 < 1.5. p2 shows e and h: 10 / 2 = 5. Half of the pages is 0.5.
		{"half of the pages", "4", "", []float64{5.9, 10}, "too_fast"},
		{"exactly the seconds are enough", "4", "", []float64{6, 10}, ""}, // 6 / 4 = 1.5
		{"an older grade may be faster", "7", "", []float64{5.9, 10}, ""},
		{"kindergarten is in K-5", "K", "", []float64{5.9, 10}, "too_fast"},
		// a = 4 shows f and g: 5 / 4 = 1.25 < 1.5; without them 5 / 2 = 2.5
		{"shown items count", "4", "a=4", []float64{100, 5}, "too_fast"},
		{"hidden items do not", "4", "a=1", []float64{100, 5}, ""},
		{"a page without a time is not judged", "4", "", []float64{5.9, unknown}, "too_fast"}, // 1 of 1
		{"no time", "4", "", []float64{unknown, unknown}, ""},
		{"no time at all", "4", "", nil, ""},
		{"a time below zero is none", "4", "", []float64{-1, -1}, ""},
		{"unknown grade", "", "", []float64{1, 1}, ""},
		{"no such grade", "adult", "", []float64{1, 1}, ""},
		{"transitional kindergarten has no limit here", "TK", "", []float64{1, 1}, ""},
	} {
		if got := flagged(in, row(t, in, c.cells), scoring.Respondent{Grade: c.grade, Seconds: c.seconds}); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestMissingShare(t *testing.T) {
	in := load(t, head+"quality: {missing_share: 0.5}\n")
	for cells, want := range map[string]string{
		"a=1 b=1 c=1":                         "missing_share", // a=1 hides f and g: 6 shown, 3 missing
		"a=1 b=1 c=1 d=1":                     "",              // 2 of 6
		"a=4 b=1 c=1 d=1":                     "missing_share", // 8 shown, 4 missing
		"a=4 b=1 c=1 d=1 h=x":                 "",              // a text is an answer
		"a=1 b=9 c=1 d=1":                     "",              // a code that is never scored is an answer
		"a=1 b=7 c=1 d=-94":                   "missing_share", // invalid and declined are none: 4 of 6
		"":                                    "missing_share",
		"a=-91 b=-91 c=-91 d=-91 e=-91 h=-91": "", // nothing shown
	} {
		if got := flagged(in, row(t, in, cells), scoring.Respondent{}); got != want {
			t.Errorf("%q: got %q, want %q", cells, got, want)
		}
	}
}

func TestAttention(t *testing.T) {
	in := load(t, head+"quality: {attention: [{item: b, expect: 2}, {item: f, expect: 3}]}\n")
	for cells, want := range map[string]string{
		"b=2":         "",
		"b=3":         "attention",
		"":            "", // no answer is not a wrong one
		"b=7":         "", // an invalid code is missing
		"a=4 b=2 f=4": "attention",
		"a=1 b=2 f=4": "", // hidden
	} {
		if got := flagged(in, row(t, in, cells), scoring.Respondent{}); got != want {
			t.Errorf("%q: got %q, want %q", cells, got, want)
		}
	}
}
