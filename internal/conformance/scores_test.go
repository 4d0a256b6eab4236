package conformance

import (
	"fmt"
	"strings"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/diag"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// load makes an instrument of single choices with the given codes and of the given scales.
func load(t testing.TB, codes map[string][]int, order []string, scales ...string) *instrument.Instrument {
	t.Helper()
	var sets, items strings.Builder
	for _, id := range order {
		fmt.Fprintf(&sets, "  r%s:\n    options:\n", id)
		for _, code := range codes[id] {
			fmt.Fprintf(&sets, "      - {code: %d, label: {en: Label %d}}\n", code, code)
		}
		fmt.Fprintf(&items, "  - {id: %s, text: {en: Item %s}, responses: r%s}\n", id, id, id)
	}
	return parse(t, "response_sets:\n"+sets.String()+"items:\n"+items.String()+"pages:\n  - {id: p1, items: ["+strings.Join(order, ", ")+"]}\nscales:\n"+strings.Join(scales, ""))
}

func parse(t testing.TB, rest string) *instrument.Instrument {
	t.Helper()
	in, problems := instrument.Load("trial.yaml", []byte("format: 1\nid: trial\nversion: 1.0.0\ntitle: {en: Trial}\nlanguages: [en]\naudience: {grades: [6]}\n"+rest), instrument.Options{})
	if diag.HasError(problems) {
		t.Fatalf("the test's instrument has errors: %v", problems)
	}
	return in
}

func scoresOf(in *instrument.Instrument, cells map[string]string) map[string]scoring.Score {
	set, out := answer.New(in), map[string]scoring.Score{}
	for i, item := range in.Items {
		set[i] = answer.ParseCell(item, cells[string(item.ID)])
	}
	for _, score := range scoring.ScoreOne(in, set, scoring.Respondent{Grade: "6"}).Scores {
		out[string(score.Scale)] = score
	}
	return out
}

// cell compares a number with a cell of R's; an empty one is none.
func (m *measure) cell(t testing.TB, where string, exists bool, got float64, want string) {
	t.Helper()
	switch {
	case (want != "") != exists:
		t.Errorf("%s, %s: got %v (%v), R has %q", m.statistic, where, got, exists, want)
	case exists:
		m.number(t, where, got, float(t, want))
	}
}

func codesFrom(low, high int) []int {
	var codes []int
	for c := low; c <= high; c++ {
		codes = append(codes, c)
	}
	return codes
}

var six = []string{"Q1", "Q2", "Q3", "Q4", "Q5", "Q6"}

func persons(t *testing.T) []*measure {
	five, four := codesFrom(1, 5), codesFrom(0, 3)
	codes := map[string][]int{"Q1": five, "Q2": five, "Q3": five, "Q4": five, "Q5": four, "Q6": four}
	in := load(t, codes, six,
		"  - {id: mean, title: {en: S}, items: [Q1, -Q2, Q3, Q4], weights: {Q3: 2, Q4: 0.5}, score: mean, min_answered: 2, range: [1, 5], favorable: [4, 5]}\n",
		"  - {id: sum, title: {en: S}, items: [Q1, -Q2, Q3, Q4], score: sum, min_answered: 4, range: [4, 20]}\n",
		"  - {id: prorated, title: {en: S}, items: [Q1, -Q2, Q3, Q4], score: prorated_sum, min_answered: 3, rounding: none, range: [4, 20]}\n",
		"  - {id: half_even, title: {en: S}, items: [Q1, -Q2, Q3, Q4], score: prorated_sum, min_answered: 3, rounding: half_even, range: [4, 20]}\n",
		"  - {id: pomp, title: {en: S}, items: [Q1, -Q2, Q3, Q4], score: pomp, min_answered: 2, range: [0, 100]}\n",
		"  - {id: pomp_mixed, title: {en: S}, items: [Q1, -Q2, Q3, Q4, Q5, -Q6], weights: {Q3: 2, Q4: 0.5}, score: pomp, min_answered: 3, range: [0, 100]}\n")
	means, sums, pomp, share := relative("score: mean, weighted", "weighted.mean"), relative("score: sum, prorated, rounded", "rowSums, rowMeans, round"), relative("score: POMP, mixed ranges", "rowMeans, weighted.mean"), relative("favorable share of a person", "rowMeans")
	for i, row := range table(t, own+"scores.csv") {
		got := scoresOf(in, row)
		for id, m := range map[string]*measure{"mean": means, "sum": sums, "prorated": sums, "half_even": sums, "pomp": pomp, "pomp_mixed": pomp} {
			m.cell(t, fmt.Sprintf("line %d, %s", i+2, id), got[id].Reason == "", got[id].Value, row[id])
		}
		share.cell(t, fmt.Sprintf("line %d", i+2), got["mean"].HasFavorable, got["mean"].Favorable, row["favorable"])
	}
	eight := []string{"Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8"}
	codes = map[string][]int{}
	for _, id := range eight {
		codes[id] = five
	}
	in = load(t, codes, eight, "  - {id: S, title: {en: S}, items: [Q1, Q2, -Q3, Q4, Q5, -Q6, Q7, Q8], score: mean, min_answered: 6, range: [1, 5]}\n")
	expected := map[string]map[string]string{}
	for _, row := range table(t, scores+"prepost_expected.csv") {
		expected[row["id"]] = row
	}
	for column, file := range map[string]string{"pre": "prepost_pre.csv", "post": "prepost_post.csv"} {
		for _, row := range table(t, scores+file) {
			if want, ok := expected[row["id"]]; ok {
				got := scoresOf(in, row)["S"]
				means.cell(t, column+" "+row["id"], got.Reason == "", got.Value, want[column])
			}
		}
	}
	return []*measure{means, sums, pomp, share}
}

// The parameters of scores.R.
const (
	slopes    = "{Q1: {a: 1.1, b: [-0.4]}, Q2: {a: 0.7, b: [-1.2, 0.9]}, Q3: {a: 1.6, b: [-1.5, 0, 1.1]}, Q4: {a: 1.9, b: [-2, -0.6, 0.3, 1.7]}, Q5: {a: 2.4, b: [0.2]}}"
	slopeless = "{Q1: {b: [-0.4]}, Q2: {b: [-1.2, 0.9]}, Q3: {b: [-1.5, 0, 1.1]}, Q4: {b: [-2, -0.6, 0.3, 1.7]}, Q5: {b: [0.2]}}"
	grid      = "quadrature: {from: -5, to: 5, points: 101}"
)

func models(t *testing.T) []*measure {
	eap, eapSE := relative("EAP", "sum over the grid"), relative("its SE", "sum over the grid")
	wle, wleSE := relative("WLE", "optimize, uniroot").within(likelihood), relative("SE of the WLE", "optimize, uniroot").within(likelihood)
	summed := relative("summed-score EAP, SE, share", "expand.grid, all answers")
	five := []string{"Q1", "Q2", "Q3", "Q4", "Q5"}
	sizes := []int{2, 3, 4, 5, 2}
	one := func(id, score, irt string) string {
		return fmt.Sprintf("  - {id: %s, title: {en: S}, items: [Q1, Q2, Q3, Q4, Q5], score: %s, irt: {%s, %s}}\n", id, score, irt, grid)
	}
	from1 := map[string][]int{}
	for i, id := range five {
		from1[id] = codesFrom(1, sizes[i])
	}
	to4 := map[string][]int{"Q1": {0, 4}, "Q2": {0, 2, 4}, "Q3": {0, 1, 3, 4}, "Q4": {0, 1, 2, 3, 4}, "Q5": {0, 4}}
	const graded, partial = "model: grm, scaling: 1.7, prior: {mean: 0.2, sd: 0.9}, items: " + slopes, "model: gpcm, scaling: 1.7, prior: {mean: -0.3, sd: 1.2}, items: " + slopes
	const rasch = "model: pcm, items: " + slopeless
	in := load(t, from1, five, one("grm", "eap, min_answered: 1", graded), one("gpcm", "eap, min_answered: 1", partial), one("pcm", "eap, min_answered: 1", rasch), one("gpcm_w", "wle, min_answered: 1", partial), one("pcm_w", "wle, min_answered: 1", rasch))
	for i, row := range table(t, own+"models.csv") {
		got, where := scoresOf(in, row), fmt.Sprintf("line %d, %s", i+2, row["model"])
		e := got[row["model"]]
		eap.cell(t, where, e.Reason == "", e.Value, row["eap"])
		eapSE.cell(t, where, e.HasSE, e.SE, row["se"])
		w := got[row["model"]+"_w"]
		wle.cell(t, where, w.HasSE, w.Value, row["wle"])
		wleSE.cell(t, where, w.HasSE, w.SE, row["wle_se"])
	}
	byHand := load(t, map[string][]int{"Q1": codesFrom(1, 5), "Q2": codesFrom(1, 5), "Q3": codesFrom(1, 5), "Q4": codesFrom(1, 5), "Q5": codesFrom(1, 5)}, five, irtScales()...)
	for i, row := range table(t, scores+"irt_expected.csv") {
		got, where := scoresOf(byHand, row), fmt.Sprintf("irt_expected, line %d, %s", i+2, row["model"])
		e := got[row["model"]]
		eap.cell(t, where, e.Reason == "", e.Value, row["eap"])
		eapSE.cell(t, where, e.HasSE, e.SE, row["se"])
		w := got[row["model"]+"_w"]
		wle.cell(t, where, w.HasSE, w.Value, row["wle"])
		wleSE.cell(t, where, w.HasSE, w.SE, row["wle_se"])
	}
	in = load(t, to4, five, one("grm", "sum, min_answered: 5, range: [0, 20]", graded), one("gpcm", "sum, min_answered: 5, range: [0, 20]", partial))
	rows := map[string]map[float64]scoring.SummedScore{}
	for _, scale := range in.Scales {
		rows[string(scale.ID)] = map[float64]scoring.SummedScore{}
		for _, row := range scoring.SummedScores(scale) {
			rows[string(scale.ID)][row.Raw] = row
		}
	}
	for _, want := range table(t, own+"sums.csv") {
		got, where := rows[want["model"]][float(t, want["raw"])], want["model"]+", sum "+want["raw"]
		summed.cell(t, where, true, got.Theta, want["theta"])
		summed.cell(t, where+", SE", true, got.SE, want["se"])
		summed.cell(t, where+", share", true, got.Share, want["share"])
	}
	return []*measure{eap, eapSE, wle, wleSE, summed}
}

// irtScales is the models of irt.R in package scoring.
func irtScales() []string {
	const slopes = "{Q1: {a: 1.2, b: [-2, -0.7, 0.4, 1.8]}, Q2: {a: 0.8, b: [-1.5, -0.5, 0.5, 1.2]}, Q3: {a: 2.1, b: [-0.9, -0.2, 0.6, 1.1]}, Q4: {a: 1.5, b: [-2.4, -1.3, 0.1, 0.9]}, Q5: {a: 0.6, b: [-1, 0, 1, 2.5]}}"
	const slopeless = "{Q1: {b: [-2, -0.7, 0.4, 1.8]}, Q2: {b: [-1.5, -0.5, 0.5, 1.2]}, Q3: {b: [-0.9, -0.2, 0.6, 1.1]}, Q4: {b: [-2.4, -1.3, 0.1, 0.9]}, Q5: {b: [-1, 0, 1, 2.5]}}"
	one := func(id, score, irt string) string {
		return fmt.Sprintf("  - {id: %s, title: {en: S}, items: [Q1, Q2, Q3, Q4, Q5], score: %s, min_answered: 1, irt: {%s}}\n", id, score, irt)
	}
	return []string{
		one("grm", "eap", "model: grm, items: "+slopes), one("grmD", "eap", "model: grm, scaling: 1.702, items: "+slopes+", prior: {mean: 0.3, sd: 1.4}"),
		one("gpcm", "eap", "model: gpcm, items: "+slopes), one("pcm", "eap", "model: pcm, items: "+slopeless),
		one("gpcm_w", "wle", "model: gpcm, items: "+slopes), one("pcm_w", "wle", "model: pcm, items: "+slopeless),
	}
}

func norms(t *testing.T) []*measure {
	byTable, byMean := relative("T, percentile rank, stanine, NCE of counts", "mean, sd, qnorm, findInterval"), relative("the same of mean and SD", "pnorm")
	compare := func(m *measure, groups, file string) {
		in := parse(t, "items:\n  - {id: x, kind: number, min: 0, max: 100, text: {en: X}}\npages:\n  - {id: p1, items: [x]}\nscales:\n  - {id: S, title: {en: S}, items: [x], score: sum, min_answered: 1, range: [0, 100], norms: {groups: ["+groups+"]}}\n")
		for i, row := range table(t, own+file) {
			got, where := scoresOf(in, map[string]string{"x": row["score"]})["S"].Norm, fmt.Sprintf("%s, line %d", file, i+2)
			m.cell(t, where+", T", got.Reason == "", got.T, row["t"])
			m.cell(t, where+", percentile rank", got.Reason == "", got.Percentile, row["pr"])
			m.cell(t, where+", stanine", got.Reason == "", float64(got.Stanine), row["stanine"])
			m.cell(t, where+", NCE", got.Reason == "", got.NCE, row["nce"])
		}
	}
	compare(byMean, "{mean: 40, sd: 8.5}", "norms_mean.csv")
	var counts []string
	for _, row := range table(t, own+"norms_counts.csv") {
		counts = append(counts, fmt.Sprintf("{score: %s, n: %s}", row["score"], row["n"]))
	}
	compare(byTable, "{table: ["+strings.Join(counts, ", ")+"]}", "norms_counts.csv")
	return []*measure{byTable, byMean}
}
