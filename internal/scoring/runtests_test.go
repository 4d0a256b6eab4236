package scoring_test

import (
	"strconv"
	"strings"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

func TestAnInstrumentsTestsPassWhenTheyAreRight(t *testing.T) {
	in := load(t, head+`
scales:
  - {id: S, title: {en: S}, items: [a, -b, c], score: mean, min_answered: 2, range: [1, 5]}
quality: {missing_share: 0.9}
tests:
  - name: two thirds
    answers: {a: 4, b: 2, c: 3}
    expect: {scores: {S: 3.6666666667}}
  - name: too few
    answers: {a: 4}
    expect: {missing: {S: too_few_answered}}
`)
	if problems := scoring.RunTests(in); len(problems) != 0 {
		t.Errorf("got %v", problems)
	}
}

func TestAFailingTestPointsAtTheExpectedValue(t *testing.T) {
	in := load(t, head+`
scales:
  - {id: S, title: {en: S}, items: [a, -b], score: mean, min_answered: 2, range: [1, 5]}
tests:
  - name: wrong score
    answers: {a: 4, b: 2}
    expect: {scores: {S: 3}}
  - name: no score
    answers: {a: 4}
    expect: {scores: {S: 4}}
  - name: wrong reason
    answers: {a: 4}
    expect: {missing: {S: not_answered}}
  - name: not missing
    answers: {a: 4, b: 2}
    expect: {missing: {S: too_few_answered}}
`)
	lines := strings.Split(string(in.Source), "\n")
	want := []struct{ pointed, message string }{
		{"3}}", `test "wrong score": S is expected to be 3, got 4`},
		{"4}}", `test "no score": S is expected to be 4, but there is no score (too_few_answered)`},
		{"not_answered}}", `test "wrong reason": S is expected to be missing with not_answered, got too_few_answered`},
		{"too_few_answered}}", `test "not missing": S is expected to be missing (too_few_answered), got 4`},
	}
	problems := scoring.RunTests(in)
	if len(problems) != len(want) {
		t.Fatalf("got %d problems: %v", len(problems), problems)
	}
	for i, p := range problems {
		if p.Code != "test-failed" || p.Message != want[i].message {
			t.Errorf("got %s: %s, want %s", p.Code, p.Message, want[i].message)
		}
		if at := lines[p.Line-1][p.Column-1:]; at != want[i].pointed {
			t.Errorf("%s points at %q, want %q", p.Message, at, want[i].pointed)
		}
	}
}

func TestAnExpectedScoreMayBeRoundedToTwoDecimalsOrMore(t *testing.T) {
	// (1 + 1 + 5) / 3 = 2.3333...; (1 + 2 + 5) / 3 = 2.6666...
	for expected, met := range map[string]bool{
		"2.33": true, "2.333": true, "2.3333333": true, "2.3333333333333335": true, "2.330": false, "2.34": false, "2.3334": false, "2.3": false, "2": false,
		"2.333e0": false,
	} {
		in := load(t, head+`
scales:
  - {id: S, title: {en: S}, items: [a, -b, c], score: mean, min_answered: 2, range: [1, 5]}
tests:
  - name: a third
    answers: {a: 1, b: 5, c: 5}
    expect: {scores: {S: `+expected+`}}
  - name: two thirds
    answers: {a: 1, b: 4, c: 5}
    expect: {scores: {S: 2.67}}
`)
		if problems := scoring.RunTests(in); len(problems) == 0 != met {
			t.Errorf("%s: %v", expected, problems)
		}
	}
}

func TestAScaleScoreCanBeExpectedBesideTheScore(t *testing.T) {
	const (
		table  = "score: sum, min_answered: 3, range: [3, 15], lookup: {table: {3: 20, 4: 24, 5: 28, 6: 31, 7: 34.5, 8: 38, 9: 42, 10: 45, 11: 48, 12: 51, 13: 55, 14: 60, 15: 66}}"
		curves = "items: {a: {a: 1.2, b: [-2, -0.7, 0.4, 1.8]}, b: {a: 0.8, b: [-1.5, -0.5, 0.5, 1.2]}, c: {a: 2.1, b: [-0.9, -0.2, 0.6, 1.1]}}"
		report = "report: {slope: 10, intercept: 50}"
	)
	for _, c := range []struct{ rule, answers, expect, message string }{
		{table, "{a: 4, b: 4, c: 4}", "{S: 12, S_scaled: 51}", ""},
		{table, "{a: 2, b: 2, c: 3}", "{S_scaled: 34.5}", ""},
		{table, "{a: 4, b: 4, c: 4}", "{S: 12, S_scaled: 12}", `test "one": S_scaled is expected to be 12, got 51`},
		{table, "{a: 4, b: 4, c: 4}", "{S: 11, S_scaled: 51}", `test "one": S is expected to be 11, got 12`},
		{table, "{a: 4, b: 4}", "{S_scaled: 51}", `test "one": S_scaled is expected to be 51, but there is no score (too_few_answered)`},
	} {
		in := load(t, head+"\nscales:\n  - {id: S, title: {en: S}, items: [a, b, c], "+c.rule+"}\ntests:\n  - {name: one, answers: "+c.answers+", expect: {scores: "+c.expect+"}}\n")
		problems := scoring.RunTests(in)
		switch {
		case c.message == "" && len(problems) > 0:
			t.Errorf("%s: %v", c.expect, problems)
		case c.message != "" && (len(problems) != 1 || problems[0].Message != c.message):
			t.Errorf("%s: %v, want %s", c.expect, problems, c.message)
		}
	}
	// Of a model: theta on the reporting metric, and the scale score of a sum.
	for _, rule := range []string{
		"score: eap, min_answered: 3, irt: {model: grm, " + curves + ", " + report + "}",
		"score: sum, min_answered: 3, range: [3, 15], irt: {model: grm, " + curves + ", " + report + "}",
		"score: sum, min_answered: 3, range: [3, 15], irt: {model: grm, " + curves + "}",
	} {
		expecting := func(score float64) *instrument.Instrument {
			return load(t, head+"\nscales:\n  - {id: S, title: {en: S}, items: [a, b, c], "+rule+"}\ntests:\n  - {name: one, answers: {a: 4, b: 4, c: 4}, expect: {scores: {S_scaled: "+
				strconv.FormatFloat(score, 'f', -1, 64)+"}}}\n")
		}
		in := expecting(0)
		set := answer.New(in)
		for _, id := range []instrument.ItemID{"a", "b", "c"} {
			item, _ := in.Item(id)
			set[item.Index] = answer.ParseCell(item, "4")
		}
		score := scoring.ScoreOne(in, set, scoring.Respondent{}).Scores[0]
		if !score.HasScaled || score.Scaled == score.Value {
			t.Fatalf("%s: %+v", rule, score)
		}
		if problems := scoring.RunTests(expecting(score.Scaled)); len(problems) > 0 {
			t.Errorf("%s: %v", rule, problems)
		}
		if len(scoring.RunTests(expecting(score.Scaled+0.01))) != 1 || len(scoring.RunTests(expecting(score.Value))) != 1 {
			t.Errorf("%s: another score passes", rule)
		}
	}
}
