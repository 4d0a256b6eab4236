package export_test

import (
	"strings"
	"testing"
)

// derived has a scale of each sort that has columns of its own.
const derived = `
format: 1
id: derived
version: 1.0.0
title: {en: "Derived"}
languages: [en]
audience: {grades: [6, 7]}
response_sets:
  three:
    options:
      - {code: 1, label: {en: "One"}}
      - {code: 2, label: {en: "Two"}}
      - {code: 3, label: {en: "Three"}}
items:
  - {id: q1, text: {en: "One"}, responses: three}
  - {id: q2, text: {en: "Two"}, responses: three}
pages: [{id: p, items: [q1, q2]}]
scales:
  - id: L
    title: {en: "L"}
    items: [q1, q2]
    score: sum
    min_answered: 2
    range: [2, 6]
    lookup: {table: {2: 20, 3: 28.5, 4: 36, 5: 44, 6: 60}}
    norms: {groups: [{when: {grade: 6, language: en}, mean: 36, sd: 8}]}
    bands: {cuts: [{from: 20, label: {en: "low"}}, {from: 40, label: {en: "high"}}]}
  - id: E
    title: {en: "E"}
    items: [q1, q2]
    score: eap
    min_answered: 1
    irt: {model: pcm, items: {q1: {b: [-1, 1]}, q2: {b: [-1, 1]}}, report: {slope: 10, intercept: 50}}
`

func TestAColumnStandsWhereTheScaleDeclaresIt(t *testing.T) {
	in := load(t, derived)
	got, _, _, err := score(in, "grade,language,q1,q2\n6,en,2,3\n7,en,2,2\n6,es,2,\n")
	if err != nil {
		t.Fatal(err)
	}
	// Row 1: sum 5 -> 44; z = (44 - 36)/8 = 1: T 60, PR 100 Phi(1), stanine 7, NCE 71.06. Row 2: no norm group for grade 7; both
	// answers in the middle of a symmetric model: theta 0 but for the last bits, 50 on the reporting metric. Row 3: a sum needs both answers.
	lines := strings.Split(got, "\n")
	head := "grade,language,q1,q2,L,L_answered,L_missing,L_favorable,L_scaled,L_t,L_pr,L_stanine,L_nce,L_band,E,E_answered,E_missing,E_favorable,E_se,E_scaled,quality_flags"
	if lines[0] != head {
		t.Errorf("headings %s", lines[0])
	}
	if want := "6,en,2,3,5,2,,,44,60,84.134474606854"; !strings.HasPrefix(lines[1], want) || !strings.Contains(lines[1], ",7,71.06,high,") {
		t.Errorf("%s, want %s...", lines[1], want)
	}
	if want := "7,en,2,2,4,2,,,36,,,,,low,"; !strings.HasPrefix(lines[2], want) || !strings.HasSuffix(lines[2], ",50,") {
		t.Errorf("%s, want %s...,50,", lines[2], want)
	}
	if want := "6,es,2,,,1,too_few_answered,,,,,,,,"; !strings.HasPrefix(lines[3], want) {
		t.Errorf("%s, want %s...", lines[3], want)
	}
	again, _, report, err := score(in, got)
	if err != nil || again != got || len(report.Replaced) > 0 {
		t.Errorf("scored again: %v %v\n%s", err, report.Replaced, again)
	}
}
