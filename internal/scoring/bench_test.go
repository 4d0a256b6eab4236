package scoring_test

import (
	"math/rand/v2"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/scoring"
)

func benchmarkPersons(b testing.TB) (*scoring.Scorer, *answer.Resolver, []answer.Set, scoring.Respondent) {
	in := load(b, head+`
scales:
  - {id: S, title: {en: S}, items: [a, -b, c], score: mean, min_answered: 2, range: [1, 5], favorable: [4, 5]}
  - {id: T, title: {en: T}, items: [b, c, d], score: prorated_sum, min_answered: 2, rounding: half_up, range: [3, 15]}
  - {id: U, title: {en: U}, items: [a, e], score: pomp, min_answered: 1, range: [0, 100]}
quality: {straight_line: {page: p1, run: 4}, too_fast: {seconds_per_item: {"K-12": 1.5}, share: 0.5}, missing_share: 0.5}
`)
	r := rand.New(rand.NewPCG(1, 1))
	sets := make([]answer.Set, 64)
	for i := range sets {
		sets[i] = draw(r, in)
	}
	who := scoring.Respondent{Grade: "6", Seconds: []float64{20, 3}, Order: [][]int{{3, 1, 0, 2}, nil}}
	return scoring.NewScorer(in), answer.NewResolver(in), sets, who
}

func BenchmarkScore(b *testing.B) {
	scorer, resolver, sets, who := benchmarkPersons(b)
	var result scoring.Result
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		set := sets[i%len(sets)]
		resolver.Resolve(set)
		scorer.ScoreInto(&result, set, who)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "responses/s")
}

func TestScoringDoesNotAllocate(t *testing.T) {
	scorer, resolver, sets, who := benchmarkPersons(t)
	result := scoring.Result{Flags: make([]scoring.Flag, 0, 4)}
	scorer.ScoreInto(&result, sets[0], who)
	i := 0
	if n := testing.AllocsPerRun(200, func() {
		set := sets[i%len(sets)]
		i++
		resolver.Resolve(set)
		scorer.ScoreInto(&result, set, who)
	}); n != 0 {
		t.Errorf("%v allocations per person", n)
	}
}
