package scoring

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"surveyd/internal/answer"
	"surveyd/internal/csvfile"
	"surveyd/internal/diag"
	"surveyd/internal/instrument"
)

// tolerance is how far, relative to the expected score, a score may be from an expected one that is written in full.
const tolerance = 1e-9

// roundedFrom is from how many decimals on an expected score is taken for a rounded one: 2.33 says seven thirds, 2.3 does not.
const roundedFrom = 2

// RunTests runs the examples that an instrument carries and gives an error for every expectation that is not met, at the
// expected value. Items that a test does not name are left blank; grade, times and order are unknown.
func RunTests(in *instrument.Instrument) []diag.Diagnostic {
	var problems []diag.Diagnostic
	scorer, resolver := NewScorer(in), answer.NewResolver(in)
	for i := range in.Tests {
		test := &in.Tests[i]
		fail := func(at diag.Span, format string, args ...any) {
			problems = append(problems, diag.Diagnostic{
				Span: at, Severity: diag.Error, Code: "test-failed",
				Message: fmt.Sprintf("test %q: ", test.Name) + fmt.Sprintf(format, args...),
				Hint:    "correct the expectation, or the rule that gives another result",
			})
		}
		set := answer.New(in)
		for _, given := range test.Answers {
			item, ok := in.Item(given.Item)
			if !ok {
				continue // the instrument's checks have reported it
			}
			set[item.Index] = answer.ParseCell(item, given.Cell)
		}
		resolver.Resolve(set)
		var result Result
		scorer.ScoreInto(&result, set, Respondent{})
		compare(in, test, &result, fail)
	}
	return problems
}

func compare(in *instrument.Instrument, test *instrument.Test, result *Result, fail func(at diag.Span, format string, args ...any)) {
	for _, want := range test.Scores {
		scale, ok := in.Scale(want.Scale)
		if !ok {
			continue
		}
		score := result.Scores[scale.Index]
		got := score.Value
		if want.Scaled {
			got = score.Scaled
		}
		switch {
		case score.Reason != "":
			fail(want.At, "%s is expected to be %s, but there is no score (%s)", want.Column(), number(want.Value), score.Reason)
		case want.Scaled && !score.HasScaled:
			fail(want.At, "%s is expected to be %s, but the table has no scale score for %s", want.Column(), number(want.Value), number(score.Value))
		case !meets(got, want):
			fail(want.At, "%s is expected to be %s, got %s", want.Column(), number(want.Value), number(got))
		}
	}
	for _, want := range test.Missing {
		scale, ok := in.Scale(want.Scale)
		if !ok {
			continue
		}
		got := result.Scores[scale.Index]
		if got.Reason == "" {
			fail(want.At, "%s is expected to be missing (%s), got %s", want.Scale, want.Reason, number(got.Value))
		} else if string(got.Reason) != want.Reason {
			fail(want.At, "%s is expected to be missing with %s, got %s", want.Scale, want.Reason, got.Reason)
		}
	}
	if test.Flags != nil && !sameFlags(test.Flags, result.Flags) {
		fail(test.FlagsAt, "the flags are expected to be [%s], got [%s]", strings.Join(test.Flags, ", "), joinFlags(result.Flags, ", "))
	}
}

// meets says whether a score is the expected one, or rounds to it at the decimals that the author wrote.
func meets(got float64, want instrument.ExpectedScore) bool {
	allowed := tolerance * max(1, math.Abs(want.Value))
	if want.Decimals >= roundedFrom {
		allowed = max(allowed, 0.5*math.Pow10(-want.Decimals)*(1+tolerance))
	}
	return math.Abs(got-want.Value) <= allowed
}

func sameFlags(want []string, got []Flag) bool {
	for _, flag := range got {
		if !slices.Contains(want, string(flag)) {
			return false
		}
	}
	for _, flag := range want {
		if !slices.Contains(got, Flag(flag)) {
			return false
		}
	}
	return true
}

func joinFlags(flags []Flag, separator string) string {
	names := make([]string, len(flags))
	for i, flag := range flags {
		names[i] = string(flag)
	}
	return strings.Join(names, separator)
}

func number(x float64) string { return string(csvfile.AppendNumber(nil, x)) }
