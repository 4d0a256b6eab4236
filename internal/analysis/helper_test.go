package analysis_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"surveyd/internal/analysis"
	"surveyd/internal/answerfile"
	"surveyd/internal/catalog"
	"surveyd/internal/instrument"
)

const header = `
format: 1
id: trial
version: 1.0.0
title: {en: "Trial"}
languages: [en]
audience: {grades: [6]}
response_sets:
  five: {options: [{code: 1, label: {en: One}}, {code: 2, label: {en: Two}}, {code: 3, label: {en: Three}}, {code: 4, label: {en: Four}}, {code: 5, label: {en: Five}}]}
`

// trial has two scales: one of items with one keying, one of a mixed keying with a number.
const trial = header + `
items:
  - {id: q1, text: {en: "1"}, responses: five}
  - {id: q2, text: {en: "2"}, responses: five}
  - {id: q3, text: {en: "3"}, responses: five}
  - {id: q4, text: {en: "4"}, responses: five}
  - {id: hours, kind: number, text: {en: "h"}, min: 0, max: 10}
pages: [{id: p, items: [q1, q2, q3, q4, hours]}]
scales:
  - {id: A, title: {en: A}, items: [q1, q2, q3], score: mean, min_answered: 2, range: [1, 5], favorable: [4, 5]}
  - {id: B, title: {en: B}, items: [-q4, hours], score: pomp, min_answered: 1, range: [0, 100]}
`

func load(t testing.TB, source string) *instrument.Instrument {
	t.Helper()
	loaded, problems := catalog.Check([]catalog.Source{{Name: "trial.yaml", Bytes: []byte(source)}}, nil)
	if loaded[0].Instrument == nil {
		t.Fatal(problems)
	}
	return loaded[0].Instrument
}

func read(t testing.TB, in *instrument.Instrument, file string, columns ...string) *analysis.Data {
	t.Helper()
	d, err := analysis.Read(in, strings.NewReader(file), analysis.Wanted{Columns: columns, IfThere: []string{"grade", "language"}}, answerfile.Hearing{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// randomFile is n persons in some schools; some answers are missing.
func randomFile(r *rand.Rand, n, schools int) string {
	var b strings.Builder
	b.WriteString("site,q1,q2,q3,q4,hours\n")
	for range n {
		fmt.Fprintf(&b, "s%d", r.IntN(schools))
		able := r.IntN(3)
		for range 4 {
			if r.IntN(8) == 0 {
				b.WriteString(",")
			} else {
				fmt.Fprintf(&b, ",%d", min(5, 1+able+r.IntN(3)))
			}
		}
		fmt.Fprintf(&b, ",%d\n", r.IntN(11))
	}
	return b.String()
}
