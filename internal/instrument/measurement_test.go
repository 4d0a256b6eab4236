package instrument

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"surveyd/internal/diag"
)

const (
	asMean = "    score: mean\n    min_answered: 2\n    range: [1, 3]\n    favorable: [3]\n    bands: {cuts: [{from: 1, label: {en: \"Low\", es: \"Bajo\"}}, {from: 2, label: {en: \"High\", es: \"Alto\"}}]}\n"
	asSum  = "    score: sum\n    min_answered: 3\n    range: [3, 9]\n"
	asEAP  = "    score: eap\n    min_answered: 2\n"
	asWLE  = "    score: wle\n    min_answered: 2\n"
	whole  = "table: {3: 12, 4: 19.5, 5: 26, 6: 31, 7: 37.5, 8: 44, 9: 53}"
	curves = "items: {q1: {a: 1.4, b: [-0.5, 0.8]}, q2: {a: 1.1, b: [-0.2, 0.3]}, q3: {a: 0.9, b: [-1, 1]}}"
	steps  = "items: {q1: {b: [-0.5, 0.8]}, q2: {b: [-0.2, 0.3]}, q3: {b: [-1, 1]}}"
)

// measured is base with the scale's score replaced, without tests, which would speak of the old one.
func measured(t *testing.T, scale string) (src string, line, column int) {
	t.Helper()
	src = baseYAML()
	if !strings.Contains(src, asMean) {
		t.Fatal("the base has another scale")
	}
	src = strings.Replace(src[:strings.Index(src, "tests:\n")], asMean, scale, 1)
	before, after, marked := strings.Cut(src, "§")
	if !marked {
		return src, 0, 0
	}
	return before + after, strings.Count(before, "\n") + 1, len([]rune(before[strings.LastIndexByte(before, '\n')+1:])) + 1
}

func TestAMeasurementModelInErrorIsReportedAtItsPlace(t *testing.T) {
	for i, m := range []struct{ scale, code string }{
		{asSum + "    lookup: {§source: x}\n", "missing-key"},
		{asSum + "    lookup: {table: §{}}\n", "empty"},
		{asSum + "    lookup: {table: §[1, 2]}\n", "wrong-shape"},
		{asSum + "    lookup: {table: {3: 1, §3: 2}}\n", "doubled-key"},
		{asSum + "    lookup: {table: {3: 1, §3.0: 2}}\n", "doubled-key"},
		{asSum + "    lookup: {table: {§three: 1}}\n", "not-a-number"},
		{asSum + "    lookup: {table: {3: §x}}\n", "not-a-number"},
		{asSum + "    lookup: {table: {§3: }}\n", "empty"},
		{asSum + "    lookup: {§tables: {3: 1}}\n", "unknown-key"},
		{asSum + "    §lookup: {table: {3: 1, 4: 2, 5: 3, 7: 5, 8: 6, 9: 7}}\n", "lookup-gap"},
		{strings.Replace(asMean, "    bands", "    §lookup: {"+whole+"}\n    bands", 1), "misplaced-key"},
		{"    score: §prorated_sum\n    min_answered: 2\n    range: [3, 9]\n    lookup: {" + whole + "}\n", "lookup-unrounded"},
		{"    score: prorated_sum\n    rounding: §none\n    min_answered: 2\n    range: [3, 9]\n    lookup: {" + whole + "}\n", "lookup-unrounded"},
		{asSum + "    lookup: {" + whole + "}\n    bands: {cuts: [{from: §20, label: {en: \"A\", es: \"A\"}}]}\n", "bands-gap"},
		{asSum + "    lookup: {" + whole + "}\n    bands: {cuts: [{from: 12, label: {en: \"A\", es: \"A\"}}, {from: §60, label: {en: \"B\", es: \"B\"}}]}\n", "bands-outside"},

		{asEAP + "    irt: {§model: , " + curves + "}\n", "missing-key"},
		{asEAP + "    irt: {model: §rasch, " + curves + "}\n", "unknown-word"},
		{asEAP + "    irt: {§model: grm}\n", "missing-key"},
		{asEAP + "    irt: {model: grm, scaling: §0, " + curves + "}\n", "out-of-range"},
		{asEAP + "    irt: {model: grm, " + curves + ", prior: {sd: §0}}\n", "out-of-range"},
		{asEAP + "    irt: {model: grm, " + curves + ", prior: {§var: 1}}\n", "unknown-key"},
		{asEAP + "    irt: {model: grm, " + curves + ", quadrature: {from: 6, to: §-6, points: 61}}\n", "out-of-range"},
		{asEAP + "    irt: {model: grm, " + curves + ", quadrature: {from: -6, to: 6, points: §2}}\n", "out-of-range"},
		{asEAP + "    irt: {model: grm, " + curves + ", report: {slope: §-10, intercept: 50}}\n", "out-of-range"},
		{asEAP + "    irt: {model: grm, items: {q1: {a: §-1.4, b: [-0.5, 0.8]}, q2: {a: 1, b: [0, 1]}, q3: {a: 1, b: [0, 1]}}}\n", "out-of-range"},
		{asEAP + "    irt: {model: grm, items: {q1: {§b: [-0.5, 0.8]}, q2: {a: 1, b: [0, 1]}, q3: {a: 1, b: [0, 1]}}}\n", "missing-key"},
		{asEAP + "    irt: {model: grm, items: {q1: {a: 1, b: [-0.5, §x]}, q2: {a: 1, b: [0, 1]}, q3: {a: 1, b: [0, 1]}}}\n", "not-a-number"},
		{asEAP + "    irt: {model: grm, items: {q1: {a: 1, §b: [-0.5]}, q2: {a: 1, b: [0, 1]}, q3: {a: 1, b: [0, 1]}}}\n", "irt-parameters"},
		{asEAP + "    irt: {model: grm, §items: {q1: {a: 1, b: [-0.5, 1]}, q2: {a: 1, b: [0, 1]}}}\n", "irt-parameters"},
		{asEAP + "    irt: {model: grm, items: {q1: {a: 1, b: [-0.5, 1]}, §q22: {a: 1, b: [0, 1]}, q3: {a: 1, b: [0, 1]}}}\n", "unknown-id"},
		{asEAP + "    irt: {model: grm, items: {q1: {a: 1, b: [1, §1]}, q2: {a: 1, b: [0, 1]}, q3: {a: 1, b: [0, 1]}}}\n", "irt-order"},
		{asWLE + "    irt: {model: pcm, items: {q1: {a: §1.4, b: [0, 1]}, q2: {b: [0, 1]}, q3: {b: [0, 1]}}}\n", "irt-parameters"},
		{strings.Replace(asWLE, "wle", "§wle", 1) + "    irt: {model: grm, " + curves + "}\n", "irt-parameters"},
		{asEAP + "    §weights: {q1: 2}\n    irt: {model: grm, " + curves + "}\n", "misplaced-key"},
		{asEAP + "    range: [3, §1]\n    irt: {model: grm, " + curves + "}\n", "out-of-range"},
		{strings.Replace(asMean, "    bands", "    §irt: {model: grm, "+curves+"}\n    bands", 1), "misplaced-key"},
		{asSum + "    lookup: {" + whole + "}\n    §irt: {model: grm, " + curves + "}\n", "misplaced-key"},

		{asSum + "    norms: {§source: x}\n", "missing-key"},
		{asSum + "    norms: {groups: §[]}\n", "empty"},
		{asSum + "    norms: {groups: [{§mean: 2}]}\n", "missing-key"},
		{asSum + "    norms: {groups: [{mean: 2, sd: §0}]}\n", "out-of-range"},
		{asSum + "    norms: {groups: [{when: {§school: 4}, mean: 2, sd: 1}]}\n", "unknown-key"},
		{asSum + "    norms: {groups: [{when: {grade: [4, §13]}, mean: 2, sd: 1}]}\n", "unknown-grade"},
		{asSum + "    norms: {groups: [{when: {language: §no}, mean: 2, sd: 1}]}\n", "yaml-truth-value"},
		{asSum + "    norms: {groups: [{§mean: 2, table: [{score: 3, n: 2}]}]}\n", "misplaced-key"},
		{asSum + "    norms: {groups: [{table: §[]}]}\n", "empty"},
		{asSum + "    norms: {groups: [{table: [{score: 3, n: 2}, {score: §3, n: 4}]}]}\n", "doubled-key"},
		{asSum + "    norms: {groups: [{table: [{score: §3}]}]}\n", "missing-key"},
		{asSum + "    norms: {groups: [{table: §[{score: 3, n: 2}, {score: 4, percentile: 40}]}]}\n", "norms-mixed"},
		{asSum + "    norms: {groups: [{table: [{score: 3, percentile: §101}]}]}\n", "out-of-range"},
		{asSum + "    norms: {groups: [{table: [{score: 3, percentile: 50}, {score: §4, percentile: 40}]}]}\n", "norms-order"},
		{asSum + "    norms: {groups: [{n: §9, table: [{score: 3, n: 2}, {score: 4, n: 8}]}]}\n", "norms-count"},
		{asSum + "    norms: {groups: [{§table: [{score: 3, n: 1}]}]}\n", "norms-count"},
		{asSum + "    norms: {groups: [{when: {grade: [6, 7]}, mean: 2, sd: 1}, {§when: {grade: 7, language: es}, mean: 2, sd: 1}]}\n", "norms-overlap"},
		{asSum + "    norms: {groups: [{when: {grade: 6}, mean: 2, sd: 1}, §{mean: 2, sd: 1}]}\n", "norms-overlap"},
	} {
		t.Run(fmt.Sprintf("%d %s", i, m.code), func(t *testing.T) {
			src, line, column := measured(t, m.scale)
			in, list := Load("base.yaml", []byte(src), Options{})
			if in != nil {
				t.Error("the file loads")
			}
			if !find(list, line, column, m.code) {
				t.Errorf("%q: no %s at %d:%d:%s", m.scale, m.code, line, column, say(list))
			}
		})
	}
}

func TestAMeasurementModelInDoubtIsWarnedOfAtItsPlace(t *testing.T) {
	for i, m := range []struct{ scale, code string }{
		{asSum + "    lookup: {table: {§2: 9, 3: 12, 4: 19.5, 5: 26, 6: 31, 7: 37.5, 8: 44, 9: 53}}\n", "lookup-unreachable"},
		{asSum + "    lookup: {table: {3: 12, 4: 19.5, 5: 62, 6: §31, 7: 37.5, 8: 44, 9: 53}}\n", "lookup-order"},
		{asWLE + "    irt: {model: pcm, items: {q1: {b: [1, §0]}, q2: {b: [0, 1]}, q3: {b: [0, 1]}}}\n", "irt-disordered"},
		{asSum + "    §norms: {groups: [{when: {grade: 6}, mean: 2, sd: 1}]}\n", "norms-gap"},
		{asSum + "    norms: {groups: [{§table: [{score: 3, percentile: 10}, {score: 9, percentile: 99}]}]}\n", "norms-gap"},
		{asSum + "    lookup: {" + whole + "}\n    norms: {groups: [{§table: [{score: 12, percentile: 10}, {score: 53, percentile: 99}]}]}\n", "norms-gap"},
		{asSum + "    norms: {groups: [{mean: §10, sd: 1}]}\n", "norms-metric"},
		{asSum + "    lookup: {" + whole + "}\n    norms: {groups: [{mean: §6, sd: 1}]}\n", "norms-metric"},
		{asSum + "    lookup: {" + whole + "}\n    norms: {groups: [{§table: [{score: 3, n: 10}, {score: 9, n: 10}]}]}\n", "norms-metric"},
		{asEAP + "    range: [-6, 6]\n    irt: {model: grm, " + curves + ", report: {slope: 10, intercept: 50}}\n    norms: {groups: [{mean: §-11, sd: 1}]}\n", "norms-metric"},
	} {
		t.Run(fmt.Sprintf("%d %s", i, m.code), func(t *testing.T) {
			src, line, column := measured(t, m.scale)
			in, list := Load("base.yaml", []byte(src), Options{})
			if in == nil || !find(list, line, column, m.code) {
				t.Errorf("%q: no %s at %d:%d:%s", m.scale, m.code, line, column, say(list))
			}
		})
	}
}

func TestNormsOnTheMetricOfTheScaleAreNotWarnedOf(t *testing.T) {
	for _, scale := range []string{
		asSum + "    norms: {groups: [{mean: 6, sd: 1}]}\n",
		asSum + "    norms: {groups: [{mean: 9, sd: 1}]}\n",
		asSum + "    lookup: {" + whole + "}\n    norms: {groups: [{mean: 50, sd: 10}]}\n",
		asSum + "    lookup: {" + whole + "}\n    norms: {groups: [{table: [{score: 12, percentile: 1}, {score: 19.5, percentile: 2}, {score: 26, percentile: 3}, {score: 31, percentile: 4}, {score: 37.5, percentile: 5}, {score: 44, percentile: 6}, {score: 53, percentile: 7}]}]}\n",
		asSum + "    irt: {model: grm, " + curves + ", report: {slope: 10, intercept: 50}}\n    norms: {groups: [{mean: 50, sd: 10}]}\n",
		asEAP + "    irt: {model: grm, " + curves + "}\n    norms: {groups: [{mean: 50, sd: 10}]}\n", // without a range nothing is known
	} {
		src, _, _ := measured(t, strings.Replace(scale, "    norms", "    §norms", 1))
		in, list := Load("base.yaml", []byte(src), Options{})
		if in == nil || slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return strings.HasPrefix(d.Code, "norms-") }) {
			t.Errorf("%s%s", scale, say(list))
		}
	}
}

func TestOneMistakeInAMeasurementModelIsSaidOnceAndWithWhatWouldBeRight(t *testing.T) {
	for _, m := range []struct{ scale, code, hint string }{
		{asSum + "    norms: {groups: [{table: [{score: 3, n: 2}, {§raw: 4, n: 3}]}]}\n", "unknown-key", "its keys are score, n, percentile, t"},
		{asSum + "    norms: {groups: [{table: [{score: 3, n: 2}, {score: 4, §pr: 30}]}]}\n", "unknown-key", "its keys are score, n, percentile, t"},
		{asSum + "    norms: {groups: [{table: [{score: 3, n: 2}, {§n: 3}]}]}\n", "missing-key", "add score: 8"},
		{asSum + "    norms: {groups: [{table: §{3: 2, 4: 3}}]}\n", "wrong-shape", "write a row for each score: {score: 8, n: 3}, or {score: 8, percentile: 2.5, t: 31}"},
		{asSum + "    norms: {groups: [{table: [§[3, 2], [4, 3]]}]}\n", "wrong-shape", "write a row for each score: {score: 8, n: 3}, or {score: 8, percentile: 2.5, t: 31}"},
		{asSum + "    lookup: {table: §[[3, 12], [4, 19]]}\n", "wrong-shape", "write each raw sum with its scale score: {7: 7, 8: 9.51}"},
		{asEAP + "    irt: {model: §rasch, " + steps + "}\n", "unknown-word", "write grm, gpcm or pcm"},
		{asEAP + "    irt: {§model: , " + steps + "}\n", "missing-key", "write model: grm, gpcm or pcm"},
	} {
		src, line, column := measured(t, m.scale)
		_, list := Load("base.yaml", []byte(src), Options{})
		var wrong []diag.Diagnostic
		for _, d := range list {
			if d.Severity == diag.Error {
				wrong = append(wrong, d)
			}
		}
		if len(wrong) != 1 || !find(list, line, column, m.code) || wrong[0].Hint != m.hint {
			t.Errorf("%q: want %s at %d:%d alone, with %q:%s", m.scale, m.code, line, column, m.hint, say(wrong))
		}
	}
}

func TestASoundMeasurementModelIsCompiledAsWritten(t *testing.T) {
	scale := func(t *testing.T, text string) *Scale {
		t.Helper()
		src, _, _ := measured(t, text)
		in, list := Load("base.yaml", []byte(src), Options{})
		if in == nil {
			t.Fatalf("it does not load:%s", say(list))
		}
		for _, d := range list {
			if d.Code != "no-tests" && d.Code != "translation-stale" && d.Code != "norms-gap" {
				t.Error(d)
			}
		}
		return in.Scales[0]
	}
	t.Run("a table of sums", func(t *testing.T) {
		s := scale(t, asSum+"    lookup: {source: m, "+whole+"}\n    bands: {cuts: [{from: 12, label: {en: \"A\", es: \"A\"}}]}\n")
		if s.Lookup.Source != "m" || len(s.Lookup.Table) != 7 || s.Lookup.Table[1] != (LookupRow{4, 19.5}) {
			t.Errorf("%+v", s.Lookup)
		}
	})
	t.Run("what a model leaves out", func(t *testing.T) {
		s := scale(t, asEAP+"    irt: {model: grm, "+curves+"}\n")
		if s.IRT.Scaling != 1 || s.IRT.PriorMean != 0 || s.IRT.PriorSD != 1 || s.IRT.Quadrature != (Quadrature{-6, 6, 61}) || s.IRT.Report != nil {
			t.Errorf("%+v", s.IRT)
		}
	})
	t.Run("what a quadrature leaves out", func(t *testing.T) {
		for text, want := range map[string]Quadrature{"points: 31": {-6, 6, 31}, "from: -4, to: 4": {-4, 4, 61}, "to: 5": {-6, 5, 61}, "from: -5": {-5, 6, 61}} {
			if s := scale(t, asEAP+"    irt: {model: grm, "+curves+", quadrature: {"+text+"}}\n"); s.IRT.Quadrature != want {
				t.Errorf("{%s} is %+v", text, s.IRT.Quadrature)
			}
		}
	})
	t.Run("a model in full", func(t *testing.T) {
		s := scale(t, asEAP+"    irt: {model: gpcm, scaling: 1.702, "+curves+", prior: {mean: 1, sd: 2}, quadrature: {from: -4, to: 4, points: 41}, report: {slope: 10, intercept: 50}}\n")
		if s.IRT.Scaling != 1.702 || s.IRT.PriorMean != 1 || s.IRT.PriorSD != 2 || s.IRT.Quadrature != (Quadrature{-4, 4, 41}) || *s.IRT.Report != (Linear{10, 50}) ||
			s.IRT.Items[2].A != 0.9 || s.IRT.Items[2].B[1] != 1 {
			t.Errorf("%+v", s.IRT)
		}
	})
	t.Run("a reporting metric that only shifts", func(t *testing.T) {
		if s := scale(t, asEAP+"    irt: {model: grm, "+curves+", report: {intercept: 50}}\n"); *s.IRT.Report != (Linear{1, 50}) {
			t.Errorf("%+v", s.IRT.Report)
		}
	})
	t.Run("a pcm has slopes of 1", func(t *testing.T) {
		if s := scale(t, asWLE+"    irt: {model: pcm, "+steps+"}\n"); s.IRT.Items[0].A != 1 {
			t.Errorf("%+v", s.IRT)
		}
	})
	t.Run("the moments of counts", func(t *testing.T) {
		// scores 3, 3, 5, 9: mean 20/4 = 5; squares 4 + 4 + 0 + 16 = 24; SD sqrt(24/3)
		s := scale(t, asSum+"    norms: {groups: [{table: [{score: 9, n: 1}, {score: 3, n: 2}, {score: 5, n: 1}]}]}\n")
		g := s.Norms.Groups[0]
		if g.Mean != 5 || math.Abs(g.SD-math.Sqrt(8)) > 1e-15 || g.N != 4 || g.Table[0].Score != 3 {
			t.Errorf("%+v", g)
		}
	})
	t.Run("groups apart by language", func(t *testing.T) {
		s := scale(t, asSum+"    norms: {groups: [{when: {grade: [6, 7], language: en}, mean: 5, sd: 1}, {when: {grade: [6, 7], language: es}, mean: 5, sd: 1}]}\n")
		if len(s.Norms.Groups) != 2 || s.Norms.Groups[1].When[1].Values[0] != "es" {
			t.Errorf("%+v", s.Norms)
		}
	})
}

func TestAScaleScoreIsExpectedOnlyWhereThereIsOne(t *testing.T) {
	expecting := func(scale string) []diag.Diagnostic {
		src, _, _ := measured(t, scale)
		_, list := Load("base.yaml", []byte(src+"tests: [{name: one, answers: {q1: 1, q2: 1, q3: 1}, expect: {scores: {liking_scaled: 51}}}]\n"), Options{})
		return list
	}
	for scale, there := range map[string]bool{
		asSum: false,
		asEAP + "    irt: {model: grm, " + curves + "}\n":                                     false,
		asSum + "    lookup: {" + whole + "}\n":                                               true,
		asSum + "    irt: {model: grm, " + curves + "}\n":                                     true,
		asEAP + "    irt: {model: grm, " + curves + ", report: {slope: 10, intercept: 50}}\n": true,
	} {
		list := expecting(scale)
		if diag.HasError(list) == there {
			t.Errorf("%s%s", scale, say(list))
		}
		if !there && !slices.ContainsFunc(list, func(d diag.Diagnostic) bool {
			return d.Code == "unknown-id" && strings.HasPrefix(d.Hint, "expect liking;")
		}) {
			t.Errorf("%s%s", scale, say(list))
		}
	}
}
