package scoring

import (
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
)

func TestThePartsOfAScoreAddUpToIt(t *testing.T) {
	in, list := instrument.Load("a.yaml", []byte(`format: 1
id: parts
version: 1.0.0
title: {en: Parts}
languages: [en]
audience: {grades: [8]}
response_sets:
  agree:
    options:
      - {code: 1, label: {en: "No"}}
      - {code: 3, label: {en: "So so"}}
      - {code: 5, label: {en: "Yes"}}
      - {code: 9, label: {en: "Not for me"}, missing: true}
items:
  - {id: a1, text: {en: One}, responses: agree}
  - {id: a2, text: {en: Two}, responses: agree}
  - {id: a3, text: {en: Three}, responses: agree}
pages: [{id: p1, items: [a1, a2, a3]}]
scales:
  - {id: s, title: {en: S}, items: [a1, -a2, a3], weights: {a1: 2}, score: mean, min_answered: 2, range: [1, 5], favorable: [5]}
`), instrument.Options{})
	if in == nil {
		t.Fatal(list)
	}
	set := answer.New(in)
	for i, code := range []string{"3", "1", "9"} {
		set[i] = answer.ParseCell(in.Items[i], code)
	}
	scorer := NewScorer(in)
	parts := scorer.Parts(0, set)
	// 2 x 3, and 1 turned round by 1 + 5 - 1 = 5; a code that is never scored adds nothing: (2*3 + 5) / 3
	if p := parts[0]; !p.Counts || p.Given != 3 || p.Value != 3 || p.Weight != 2 || p.Favorable {
		t.Errorf("a1: %+v", p)
	}
	if p := parts[1]; !p.Counts || !p.Reversed || p.Given != 1 || p.Value != 5 || !p.Favorable {
		t.Errorf("a2: %+v", p)
	}
	if parts[2].Counts {
		t.Errorf("a3: %+v", parts[2])
	}
	var sum, weight float64
	for _, p := range parts {
		if p.Counts {
			sum, weight = sum+p.Weight*p.Value, weight+p.Weight
		}
	}
	if got := ScoreOne(in, set, Respondent{}).Scores[0]; got.Value != sum/weight || got.Raw != sum {
		t.Errorf("the score is %v of %v, its parts give %v of %v", got.Value, got.Raw, sum/weight, sum)
	}
}
