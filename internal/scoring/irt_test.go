package scoring_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// The parameters of irt.R.
const (
	graded = "{Q1: {a: 1.2, b: [-2, -0.7, 0.4, 1.8]}, Q2: {a: 0.8, b: [-1.5, -0.5, 0.5, 1.2]}, Q3: {a: 2.1, b: [-0.9, -0.2, 0.6, 1.1]}, Q4: {a: 1.5, b: [-2.4, -1.3, 0.1, 0.9]}, Q5: {a: 0.6, b: [-1, 0, 1, 2.5]}}"
	rasch  = "{Q1: {b: [-2, -0.7, 0.4, 1.8]}, Q2: {b: [-1.5, -0.5, 0.5, 1.2]}, Q3: {b: [-0.9, -0.2, 0.6, 1.1]}, Q4: {b: [-2.4, -1.3, 0.1, 0.9]}, Q5: {b: [-1, 0, 1, 2.5]}}"
)

func modelled(id, score, irt string) string {
	return fmt.Sprintf("  - {id: %s, title: {en: S}, items: [Q1, Q2, Q3, Q4, Q5], score: %s, min_answered: 1, irt: {%s}}\n", id, score, irt)
}

func within(t *testing.T, what string, got float64, want string, tolerance float64) {
	t.Helper()
	x, err := strconv.ParseFloat(want, 64)
	if err != nil {
		t.Fatal(err)
	}
	if math.IsNaN(got) || math.Abs(got-x) > tolerance*max(1, math.Abs(x)) {
		t.Errorf("%s: got %v, R has %s", what, got, want)
	}
}

func TestEstimatesOfThetaAreThoseOfR(t *testing.T) {
	in := load(t, fiveOf("Q", 5, "scales:\n"+
		modelled("grm", "eap", "model: grm, items: "+graded)+
		modelled("grmD", "eap", "model: grm, scaling: 1.702, items: "+graded+", prior: {mean: 0.3, sd: 1.4}")+
		modelled("gpcm", "eap", "model: gpcm, items: "+graded)+
		modelled("pcm", "eap", "model: pcm, items: "+rasch)+
		modelled("gpcm_w", "wle", "model: gpcm, items: "+graded)+
		modelled("pcm_w", "wle", "model: pcm, items: "+rasch)))
	rows := table(t, "irt_expected.csv")
	compared := 0
	for i, row := range rows {
		scores := scoresOf(in, row)
		model, what := instrument.ScaleID(row["model"]), fmt.Sprintf("line %d, %s", i+2, row["model"])
		for _, score := range scores {
			switch {
			case score.Scale == model:
				within(t, what+", EAP", score.Value, row["eap"], 1e-9)
				within(t, what+", its SE", score.SE, row["se"], 1e-9)
				compared++
			case score.Scale == model+"_w":
				within(t, what+", WLE", score.Value, row["wle"], 1e-9)
				within(t, what+", its SE", score.SE, row["wle_se"], 1e-9)
				compared++
			}
		}
	}
	if compared < 250 {
		t.Errorf("only %d estimates compared", compared)
	}
}

func TestTheTableOfSumsIsThatOfCountingAllAnswers(t *testing.T) {
	in := load(t, fiveOf("Q", 5, "scales:\n"+
		"  - {id: S, title: {en: S}, items: [Q1, Q2, Q3, Q4, Q5], score: sum, min_answered: 5, range: [5, 25], irt: {model: grm, items: "+graded+", report: {slope: 10, intercept: 50}}}\n"))
	got, want := scoring.SummedScores(in.Scales[0]), table(t, "summed_expected.csv")
	if len(got) != len(want) {
		t.Fatalf("%d rows, want %d", len(got), len(want))
	}
	share := 0.0
	for i, row := range got {
		what := fmt.Sprintf("sum %v", row.Raw)
		within(t, what, row.Raw, want[i]["raw"], 0)
		within(t, what+", theta", row.Theta, want[i]["theta"], 1e-9)
		within(t, what+", SE", row.SE, want[i]["se"], 1e-9)
		within(t, what+", share", row.Share, want[i]["share"], 1e-9)
		share += row.Share
	}
	if math.Abs(share-1) > 1e-12 {
		t.Errorf("the shares add up to %v", share)
	}
	// The scale score of a sum is its row, on the reporting metric.
	score := scoresOf(in, map[string]string{"Q1": "3", "Q2": "2", "Q3": "5", "Q4": "1", "Q5": "1"})[0]
	if score.Value != 12 || !score.HasScaled || score.Scaled != 10*got[7].Theta+50 || score.HasSE {
		t.Errorf("%+v, want the row %+v", score, got[7])
	}
}

func TestAHigherAnswerNeverLowersAnEstimate(t *testing.T) {
	in := load(t, fiveOf("Q", 5, "scales:\n"+
		modelled("eap1", "eap", "model: grm, items: "+graded)+
		modelled("eap2", "eap", "model: gpcm, items: "+graded)+
		modelled("wle1", "wle", "model: gpcm, items: "+graded)+
		modelled("wle2", "wle", "model: pcm, items: "+rasch)))
	r := rand.New(rand.NewPCG(11, 12))
	for range 300 {
		cells := map[string]string{}
		for _, item := range in.Items {
			cells[string(item.ID)] = strconv.Itoa(1 + r.IntN(5))
		}
		id := string(in.Items[r.IntN(5)].ID)
		if cells[id] == "5" {
			continue
		}
		before := scoresOf(in, cells)
		code, _ := strconv.Atoi(cells[id])
		cells[id] = strconv.Itoa(code + 1)
		for i, after := range scoresOf(in, cells) {
			if after.Value <= before[i].Value {
				t.Errorf("%s: %v, then %v with %s higher: %v", after.Scale, before[i].Value, after.Value, id, cells)
			}
		}
	}
}

// A reverse-keyed item's parameters are those of the answer after reversal.
func TestAReversedItemIsEstimatedFromItsReversedCode(t *testing.T) {
	in := load(t, fiveOf("Q", 5, "scales:\n"+modelled("plain", "eap", "model: grm, items: "+graded)+
		strings.Replace(modelled("turned", "eap", "model: grm, items: "+graded), "[Q1, Q2,", "[Q1, -Q2,", 1)))
	for code := 1; code <= 5; code++ {
		plain := scoresOf(in, map[string]string{"Q1": "2", "Q2": strconv.Itoa(6 - code), "Q4": "4"})[0]
		turned := scoresOf(in, map[string]string{"Q1": "2", "Q2": strconv.Itoa(code), "Q4": "4"})[1]
		if plain.Value != turned.Value || plain.SE != turned.SE {
			t.Errorf("%d: %v and %v", code, plain.Value, turned.Value)
		}
	}
}

func TestAnEstimateStaysFiniteAtTheExtremes(t *testing.T) {
	steep := "{Q1: {a: 40, b: [-8, -7, 7, 8]}, Q2: {a: 0.01, b: [-3, -1, 1, 3]}, Q3: {a: 5, b: [0, 1, 2, 3]}, Q4: {a: 5, b: [0, 0.001, 0.002, 0.003]}, Q5: {a: 1, b: [-30, -20, 20, 30]}}"
	in := load(t, fiveOf("Q", 5, "scales:\n"+modelled("E", "eap", "model: grm, items: "+steep)+modelled("F", "eap", "model: gpcm, items: "+steep)+modelled("W", "wle", "model: gpcm, items: "+steep)))
	for _, code := range []string{"1", "2", "3", "4", "5"} {
		for _, score := range scoresOf(in, map[string]string{"Q1": code, "Q2": code, "Q3": code, "Q4": code, "Q5": code}) {
			if math.IsNaN(score.Value) || math.IsInf(score.Value, 0) || math.IsNaN(score.SE) || score.SE <= 0 || math.IsInf(score.SE, 0) {
				t.Errorf("%s, all %s: %v (%v)", score.Scale, code, score.Value, score.SE)
			}
		}
	}
}

func TestDisorderedStepsGiveTheHighestOfSeveralMaxima(t *testing.T) {
	// Both steps of an item in the wrong order make two hills; the estimate must be on the higher.
	wild := "{Q1: {b: [6, 2, -2, -6]}, Q2: {b: [6, 2, -2, -6]}, Q3: {b: [6, 2, -2, -6]}, Q4: {b: [6, 2, -2, -6]}, Q5: {b: [6, 2, -2, -6]}}"
	in := load(t, fiveOf("Q", 5, "scales:\n"+modelled("W", "wle", "model: pcm, items: "+wild)))
	low := scoresOf(in, map[string]string{"Q1": "1", "Q2": "1", "Q3": "1", "Q4": "1", "Q5": "5"})[0]
	high := scoresOf(in, map[string]string{"Q1": "5", "Q2": "5", "Q3": "5", "Q4": "5", "Q5": "1"})[0]
	if low.Value >= high.Value || math.Abs(low.Value+high.Value) > 1e-9 {
		t.Errorf("%v and %v are not mirror images", low.Value, high.Value)
	}
}

func TestAnEstimateFollowsTheRulesOfMissingAnswers(t *testing.T) {
	in := load(t, fiveOf("Q", 5, "scales:\n"+strings.Replace(modelled("S", "eap", "model: grm, items: "+graded+", report: {slope: 10, intercept: 50}"), "min_answered: 1", "min_answered: 3", 1)))
	for cells, want := range map[string]scoring.Reason{"": scoring.NotAnswered, "1 2": scoring.TooFewAnswered, "1 2 3": ""} {
		row := map[string]string{}
		for i, code := range strings.Fields(cells) {
			row["Q"+strconv.Itoa(i+1)] = code
		}
		score := scoresOf(in, row)[0]
		if score.Reason != want || score.HasSE != (want == "") || score.HasScaled != (want == "") {
			t.Errorf("%q: %+v", cells, score)
		}
		if want == "" && score.Scaled != float64(10*score.Value)+50 {
			t.Errorf("%v on the reporting metric is %v", score.Value, score.Scaled)
		}
	}
}

func TestAnEAPDoesNotAllocate(t *testing.T) {
	in := load(t, fiveOf("Q", 5, "scales:\n"+modelled("E", "eap", "model: grm, items: "+graded)+modelled("W", "wle", "model: gpcm, items: "+graded)))
	scorer, set := scoring.NewScorer(in), draw(rand.New(rand.NewPCG(1, 2)), in)
	answer.Resolve(in, set)
	var result scoring.Result
	result.Flags = slices.Grow(result.Flags, 4)
	scorer.ScoreInto(&result, set, scoring.Respondent{})
	if n := testing.AllocsPerRun(100, func() { scorer.ScoreInto(&result, set, scoring.Respondent{}) }); n != 0 {
		t.Errorf("%v allocations per person", n)
	}
}

func BenchmarkEAP(b *testing.B) {
	var items, keys []string
	for i := 1; i <= 10; i++ {
		items = append(items, fmt.Sprintf("Q%d: {a: %g, b: [-1.5, -0.5, 0.5, 1.5]}", i, 0.8+0.1*float64(i)))
		keys = append(keys, fmt.Sprintf("Q%d", i))
	}
	in := load(b, fiveOf("Q", 10, "scales:\n  - {id: S, title: {en: S}, items: ["+strings.Join(keys, ", ")+"], score: eap, min_answered: 5, irt: {model: grm, items: {"+strings.Join(items, ", ")+"}}}\n"))
	scorer, r := scoring.NewScorer(in), rand.New(rand.NewPCG(1, 2))
	sets := make([]answer.Set, 256)
	for i := range sets {
		sets[i] = draw(r, in)
		answer.Resolve(in, sets[i])
	}
	var result scoring.Result
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		scorer.ScoreInto(&result, sets[i%len(sets)], scoring.Respondent{})
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "patterns/s")
}

func TestASumThatHardlyAnybodyReachesHasAnEstimateAllTheSame(t *testing.T) {
	// Sixty steep items whose upper thresholds lie beyond the grid: at its end the highest answers have a probability of about
	// exp(-10 * 4) each, and all sixty of them one that no double holds.
	var items, keys []string
	for i := 1; i <= 60; i++ {
		items = append(items, fmt.Sprintf("Q%d: {a: 10, b: [-10, -9, 9, 10]}", i))
		keys = append(keys, fmt.Sprintf("Q%d", i))
	}
	in := load(t, fiveOf("Q", 60, "scales:\n  - {id: S, title: {en: S}, items: ["+strings.Join(keys, ", ")+"], score: sum, min_answered: 60, range: [60, 300], irt: {model: grm, items: {"+strings.Join(items, ", ")+"}}}\n"))
	rows := scoring.SummedScores(in.Scales[0])
	if len(rows) != 241 {
		t.Fatalf("%d rows", len(rows))
	}
	before := math.Inf(-1)
	for _, row := range rows {
		if math.IsNaN(row.Theta) || math.IsNaN(row.SE) || row.SE < 0 || row.Theta < before-1e-9 || math.Abs(row.Theta) > 6+1e-9 {
			t.Errorf("%+v after %v", row, before)
		}
		before = row.Theta
	}
	// All ways lead to the same number where they meet: the mirror image of a sum has the mirrored estimate.
	for i, row := range rows {
		if other := rows[len(rows)-1-i]; math.Abs(row.Theta+other.Theta) > 1e-8 || math.Abs(row.SE-other.SE) > 1e-8 {
			t.Errorf("%+v and %+v are not mirror images", row, other)
		}
	}
}
