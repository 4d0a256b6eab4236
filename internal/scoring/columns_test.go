package scoring_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// columnsOf puts answer sets into columns.
func columnsOf(in *instrument.Instrument, sets []answer.Set) scoring.Columns {
	columns := make(scoring.Columns, len(in.Items))
	for i, item := range in.Items {
		if item.Kind != instrument.Choice {
			continue
		}
		for _, set := range sets {
			code := uint8(scoring.Blank)
			switch a := set[i]; {
			case a.State == answer.NotShown:
				code = scoring.Hidden
			case a.Valid():
				code = uint8(a.Option)
			}
			columns[i] = append(columns[i], code)
		}
	}
	return columns
}

func TestScoresByColumnsAreThoseOfOnePersonAtATimeBitByBit(t *testing.T) {
	in := load(t, head+`
scales:
  - {id: M, title: {en: S}, items: [a, -b, c, f], weights: {a: 0.3}, score: mean, min_answered: 2, range: [1, 5]}
  - {id: U, title: {en: S}, items: [a, b, -c], score: sum, min_answered: 3, range: [3, 15]}
  - {id: R, title: {en: S}, items: [b, c, d], score: prorated_sum, min_answered: 2, rounding: half_even, range: [3, 15]}
  - {id: P, title: {en: S}, items: [a, -e], score: pomp, min_answered: 1, range: [0, 100]}
  - {id: H2, title: {en: S}, items: [f, g], score: mean, min_answered: 1, range: [1, 5]}
`)
	r := rand.New(rand.NewPCG(13, 14))
	sets := make([]answer.Set, 5000)
	for i := range sets {
		sets[i] = draw(r, in)
		answer.Resolve(in, sets[i])
	}
	scorer, columns := scoring.NewScorer(in), columnsOf(in, sets)
	var got scoring.ColumnScores
	for _, scale := range in.Scales {
		if !scoring.HasColumns(scale) {
			t.Fatalf("%s has no columns", scale.ID)
		}
		scorer.ScoreColumns(scale, columns, &got)
		var result scoring.Result
		for i, set := range sets {
			scorer.ScoreInto(&result, set, scoring.Respondent{})
			want := result.Scores[scale.Index]
			if got.Reason(i) != want.Reason || int(got.Answered[i]) != want.Answered || want.Reason == "" && math.Float64bits(got.Value[i]) != math.Float64bits(want.Value) {
				t.Fatalf("%s, person %d: %v %s %d, want %+v", scale.ID, i, got.Value[i], got.Reason(i), got.Answered[i], want)
			}
		}
	}
}

func TestAScaleOfNumbersOrAModelHasNoColumns(t *testing.T) {
	in := load(t, fiveOf("Q", 5, "scales:\n"+modelled("E", "eap", "model: grm, items: "+graded)))
	if scoring.HasColumns(in.Scales[0]) {
		t.Error("a model")
	}
	if scoring.HasColumns(normed(t, "        - {mean: 1, sd: 1}\n").Scales[0]) {
		t.Error("a number")
	}
}

// BenchmarkMillion scores a million persons on five scales of five items, a fifth of them reverse-keyed, at least four of five
// answered: the work that scripts/bench-r.R does in R.
func BenchmarkMillion(b *testing.B) {
	var scales strings.Builder
	for i := range 5 {
		fmt.Fprintf(&scales, "  - {id: S%d, title: {en: S}, items: [Q%d, Q%d, Q%d, Q%d, -Q%d], score: mean, min_answered: 4, range: [1, 5]}\n", i, 5*i+1, 5*i+2, 5*i+3, 5*i+4, 5*i+5)
	}
	in := load(b, fiveOf("Q", 25, "scales:\n"+scales.String()))
	const persons = 1_000_000
	r, columns := rand.New(rand.NewPCG(1, 2)), make(scoring.Columns, 25)
	for i := range columns {
		columns[i] = make([]uint8, persons)
		for p := range columns[i] {
			columns[i][p] = uint8(r.IntN(5))
			if r.IntN(20) == 0 {
				columns[i][p] = scoring.Blank
			}
		}
	}
	scorer := scoring.NewScorer(in)
	var scores scoring.ColumnScores
	scorer.ScoreColumns(in.Scales[0], columns, &scores)
	b.ReportAllocs()
	for b.Loop() {
		for _, scale := range in.Scales {
			scorer.ScoreColumns(scale, columns, &scores)
		}
	}
	b.ReportMetric(persons*float64(b.N)/b.Elapsed().Seconds(), "persons/s")
}
