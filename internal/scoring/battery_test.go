package scoring_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/diag"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// battery includes home, behind items of its own and in the order of its pages given.
func battery(t testing.TB, home *instrument.Instrument, pages ...string) *instrument.Instrument {
	t.Helper()
	src := `
format: 1
id: battery
version: 1.0.0
title: {en: "Battery"}
languages: [en]
audience: {grades: [6]}
response_sets:
  five: {options: [{code: 0, label: {en: "No"}}, {code: 7, label: {en: "Yes"}}]}
items:
  - {id: own, text: {en: "Own"}, responses: five}
pages:
  - {id: first, items: [own]}
`
	for _, p := range pages {
		src += "  - {include: " + p + "}\n"
	}
	in, problems := instrument.Load("battery.yaml", []byte(src), instrument.Options{Include: func(instrument.Ref) (*instrument.Instrument, error) { return home, nil }})
	if diag.HasError(problems) {
		t.Fatal(problems)
	}
	return in
}

// Whatever is answered, every scale scores in a battery as it does at home, to the bit.
func TestAScaleScoresInABatteryAsAtHome(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	keys := []string{"Q1", "-Q2", "Q3", "Q4", "-Q5", "Q6", "Q7", "Q8"}
	whole := load(t, head+`
scales:
  - {id: S, title: {en: S}, items: [a, -b, c], weights: {a: 0.3}, score: mean, min_answered: 2, range: [1, 5], favorable: [4, 5],
     bands: {cuts: [{from: 1, label: {en: Low}}, {from: 3, label: {en: High}}]}}
  - {id: T, title: {en: T}, items: [b, c, d], score: prorated_sum, min_answered: 2, rounding: half_up, range: [3, 15]}
  - {id: U, title: {en: U}, items: [a, e], score: pomp, min_answered: 1, range: [0, 100]}
  - {id: V, title: {en: V}, items: [f, g], score: sum, min_answered: 2, range: [2, 10]}
quality: {attention: [{item: d, expect: 3}]}
`)
	for name, c := range map[string]struct {
		home  *instrument.Instrument
		pages []string
	}{
		"whole":          {whole, []string{"trial@1"}},
		"page by page":   {whole, []string{"trial@1/p1", "trial@1/p2"}},
		"every method":   {keyed(t, keys), []string{"trial@1"}},
		"by its scale":   {whole, []string{"trial@1/scales/T"}},
		"pages reversed": {load(t, fiveOf("Q", 8, "scales:\n  - {id: S, title: {en: S}, items: [Q1, Q8], score: mean, min_answered: 1, range: [1, 5]}\n")), []string{"trial@1/scales/S"}},
	} {
		in := battery(t, c.home, c.pages...)
		if len(in.Scales) == 0 {
			t.Fatalf("%s: no scale came", name)
		}
		for range 500 {
			there := draw(r, c.home)
			here := answer.New(in)
			for _, item := range in.Items {
				if home, ok := c.home.Item(item.ID); ok {
					here[item.Index] = there[home.Index]
				}
			}
			here[0] = answer.ParseCell(in.Items[0], []string{"0", "7", ""}[r.IntN(3)])
			atHome, inBattery := scoring.ScoreOne(c.home, there, scoring.Respondent{}), scoring.ScoreOne(in, here, scoring.Respondent{})
			for i, scale := range in.Scales {
				home, ok := c.home.Scale(scale.ID)
				if !ok || scale.Identity() != home.Identity() {
					t.Fatalf("%s: %s is not the home's", name, scale.Identity())
				}
				if !reflect.DeepEqual(inBattery.Scores[i], atHome.Scores[home.Index]) {
					t.Fatalf("%s: %s is %+v, at home %+v", name, scale.ID, inBattery.Scores[i], atHome.Scores[home.Index])
				}
			}
			if name == "whole" && !reflect.DeepEqual(inBattery.Flags, atHome.Flags) {
				t.Fatalf("flags %v, at home %v", inBattery.Flags, atHome.Flags)
			}
		}
	}
}

func TestARecordNamesTheHomeOfEveryScale(t *testing.T) {
	home := load(t, fiveOf("Q", 2, "scales:\n  - {id: S, title: {en: S}, items: [Q1, Q2], score: mean, min_answered: 1, range: [1, 5]}\n"))
	in := battery(t, home, "trial@1")
	set := answer.New(in)
	answer.Resolve(in, set)
	record := scoring.NewScorer(in).NewRecord(set, scoring.ScoreOne(in, set, scoring.Respondent{}), nil)
	if got, want := record.Scales[0].Identity, fmt.Sprintf("%s/%d/S", home.ID, home.Version.Major); got != want || record.Instrument != "battery" {
		t.Errorf("%s of %s, want %s of battery", got, record.Instrument, want)
	}
}
