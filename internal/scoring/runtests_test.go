package scoring_test

import (
	"strings"
	"testing"

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
