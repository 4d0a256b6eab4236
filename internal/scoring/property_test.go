package scoring_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// methods is every way to score eight five-point items.
var methods = []string{
	"score: mean, min_answered: 4, range: [1, 5]",
	"score: sum, min_answered: 8, range: [8, 40]",
	"score: prorated_sum, min_answered: 4, rounding: half_even, range: [8, 40]",
	"score: pomp, min_answered: 4, range: [0, 100]",
}

// keyed is an instrument with one scale for each list of keys and method.
func keyed(t testing.TB, keys []string) *instrument.Instrument {
	t.Helper()
	var scales strings.Builder
	for i, method := range methods {
		fmt.Fprintf(&scales, "  - {id: S%d, title: {en: S}, items: [%s], %s, favorable: [4, 5]}\n", i, strings.Join(keys, ", "), method)
	}
	return load(t, fiveOf("Q", 8, "scales:\n"+scales.String()))
}

func draw(r *rand.Rand, in *instrument.Instrument) answer.Set {
	set := answer.New(in)
	for i, item := range in.Items {
		set[i] = answer.ParseCell(item, []string{"1", "2", "3", "4", "5", "4", "5", "", "-94", "6"}[r.IntN(10)])
	}
	return set
}

// sameNumbers compares what was scored, whatever the scale is called.
func sameNumbers(t *testing.T, what string, a, b scoring.Result) {
	t.Helper()
	if !reflect.DeepEqual(a, b) {
		t.Fatalf("%s: %+v, and %+v", what, a, b)
	}
}

func TestTheOrderOfAScalesItemsDoesNotMatter(t *testing.T) {
	keys := []string{"Q1", "Q2", "-Q3", "Q4", "Q5", "-Q6", "Q7", "Q8"}
	in := keyed(t, keys)
	r := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		shuffled := append([]string(nil), keys...)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		other := keyed(t, shuffled)
		for range 50 {
			set := draw(r, in)
			sameNumbers(t, fmt.Sprint(shuffled), scoring.ScoreOne(in, set, scoring.Respondent{}), scoring.ScoreOne(other, set, scoring.Respondent{}))
		}
	}
}

func TestReversingTheKeyAndTheAnswersChangesNothing(t *testing.T) {
	plain := keyed(t, []string{"Q1", "Q2", "-Q3", "Q4", "Q5", "-Q6", "Q7", "Q8"})
	turned := keyed(t, []string{"-Q1", "-Q2", "Q3", "-Q4", "-Q5", "Q6", "-Q7", "-Q8"})
	r := rand.New(rand.NewPCG(5, 6))
	for range 1000 {
		set := draw(r, plain)
		mirror := append(answer.Set(nil), set...)
		for i := range mirror {
			if mirror[i].Valid() {
				mirror[i].Option = 4 - mirror[i].Option // 1 becomes 5
			}
		}
		sameNumbers(t, "mirrored", scoring.ScoreOne(plain, set, scoring.Respondent{}), scoring.ScoreOne(turned, mirror, scoring.Respondent{}))
	}
}

func TestAScoreStaysInItsRangeAndAMissingOneHasAReason(t *testing.T) {
	in := keyed(t, []string{"Q1", "Q2", "-Q3", "Q4", "Q5", "-Q6", "Q7", "Q8"})
	r := rand.New(rand.NewPCG(7, 8))
	for range 2000 {
		set := draw(r, in)
		for i, score := range scoring.ScoreOne(in, set, scoring.Respondent{}).Scores {
			scale := in.Scales[i]
			enough := score.Answered >= scale.MinAnswered
			switch {
			case enough != (score.Reason == ""):
				t.Fatalf("%s: %d of at least %d answered, reason %q", scale.ID, score.Answered, scale.MinAnswered, score.Reason)
			case enough && (score.Value < scale.Range.Min || score.Value > scale.Range.Max):
				t.Fatalf("%s: %v is outside of %v", scale.ID, score.Value, *scale.Range)
			case score.HasFavorable != (score.Answered > 0), score.Favorable < 0, score.Favorable > 1:
				t.Fatalf("%s: favorable %v %v of %d", scale.ID, score.HasFavorable, score.Favorable, score.Answered)
			}
		}
	}
}

func TestAScorersMemoryIsNotSeenByTheNextPerson(t *testing.T) {
	in := load(t, head+`
scales:
  - {id: S, title: {en: S}, items: [a, b, f], score: mean, min_answered: 2, range: [1, 5], favorable: [4, 5]}
quality: {straight_line: {page: p1, run: 2}, missing_share: 0.5}
`)
	scorer := scoring.NewScorer(in)
	var used scoring.Result
	r := rand.New(rand.NewPCG(9, 10))
	for range 1000 {
		set := draw(r, in)
		answer.Resolve(in, set)
		scorer.ScoreInto(&used, set, scoring.Respondent{})
		fresh := scoring.ScoreOne(in, set, scoring.Respondent{})
		if !reflect.DeepEqual(used.Scores, fresh.Scores) || fmt.Sprint(used.Flags) != fmt.Sprint(fresh.Flags) {
			t.Fatalf("used memory %+v, fresh %+v", used, fresh)
		}
	}
}
