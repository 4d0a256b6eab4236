package answer_test

import (
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/diag"
	"surveyd/internal/instrument"
)

// trial has an item of every kind, and conditions one after the other.
const trial = `
format: 1
id: trial
version: 1.0.0
title: {en: "Trial"}
languages: [en]
audience: {grades: [6, 7, 8]}
response_sets:
  agree5:
    options:
      - {code: 1, label: {en: "Strongly disagree"}}
      - {code: 2, label: {en: "Disagree"}}
      - {code: 3, label: {en: "Not sure"}}
      - {code: 4, label: {en: "Agree"}}
      - {code: 5, label: {en: "Strongly agree"}}
      - {code: 9, label: {en: "Does not apply"}, missing: true}
    declined: {en: "I'd rather not say"}
  yes_no:
    options:
      - {code: 0, label: {en: "No"}}
      - {code: 1, label: {en: "Yes"}}
  club_list:
    kind: nominal
    options:
      - {code: robotics, label: {en: "Robotics"}}
      - {code: chess, label: {en: "Chess"}}
      - {code: garden, label: {en: "Garden"}}
items:
  - {id: like, text: {en: "I like it"}, responses: agree5}
  - {id: club, text: {en: "Are you in a club?"}, responses: yes_no}
  - {id: club_fun, text: {en: "It is fun"}, responses: agree5, show_if: club == 1}
  - {id: club_why, kind: text, text: {en: "Why is it fun?"}, max_length: 20, show_if: club_fun >= 4}
  - {id: hours, kind: number, text: {en: "Hours a week"}, min: 0, max: 40}
  - {id: change, kind: number, text: {en: "Change in hours"}}
  - {id: clubs, kind: multiple, text: {en: "Which clubs?"}, responses: club_list}
  - {id: chess_level, text: {en: "Chess is easy"}, responses: agree5, show_if: clubs has 'chess'}
pages:
  - {id: p1, items: [like, club, club_fun, club_why]}
  - {id: p2, items: [hours, change, clubs, chess_level]}
`

func load(t testing.TB, source string) *instrument.Instrument {
	t.Helper()
	in, problems := instrument.Load("trial.yaml", []byte(source), instrument.Options{})
	if diag.HasError(problems) {
		t.Fatalf("the test's instrument has errors: %v", problems)
	}
	return in
}

func item(t testing.TB, in *instrument.Instrument, id instrument.ItemID) *instrument.Item {
	t.Helper()
	found, ok := in.Item(id)
	if !ok {
		t.Fatalf("no item %s", id)
	}
	return found
}

// cells makes the answers of somebody whose CSV row holds these cells and nothing else.
func cells(t testing.TB, in *instrument.Instrument, given map[instrument.ItemID]string) answer.Set {
	t.Helper()
	set := answer.New(in)
	for id, cell := range given {
		it := item(t, in, id)
		set[it.Index] = answer.ParseCell(it, cell)
	}
	return set
}
