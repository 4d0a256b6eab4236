package render

import (
	"testing"

	"surveyd/internal/condition"
	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

func TestAConditionReadsAsAPersonWouldSayIt(t *testing.T) {
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	in, problems := instrument.Load("words.yaml", []byte(conditionWordsFile), instrument.Options{})
	if in == nil {
		t.Fatal(problems)
	}
	for source, want := range map[string][2]string{
		"club == 1":                  {"the answer to question 1 is “Yes”", "la respuesta a la pregunta 1 es “Sí”"},
		"club != 1":                  {"question 1 is answered, but not with “Yes”", "la pregunta 1 se contestó, pero no con “Sí”"},
		"not club == 1":              {"question 1 is answered, but not with “Yes”", "la pregunta 1 se contestó, pero no con “Sí”"},
		"not club != 1":              {"the answer to question 1 is “Yes”", "la respuesta a la pregunta 1 es “Sí”"},
		"much in [1, 2, 3]":          {"the answer to question 2 is “Little”, “Some” or “Much”", "la respuesta a la pregunta 2 es “Poco”, “Algo” o “Mucho”"},
		"much >= 2":                  {"the answer to question 2 is “Some” or “Much”", "la respuesta a la pregunta 2 es “Algo” o “Mucho”"},
		"not much >= 2":              {"the answer to question 2 is “Little”", "la respuesta a la pregunta 2 es “Poco”"},
		"hours > 3":                  {"the answer to question 3 is more than 3", "la respuesta a la pregunta 3 es mayor que 3"},
		"not hours > 3":              {"the answer to question 3 is 3 or less", "la respuesta a la pregunta 3 es 3 o menos"},
		"hours == 3":                 {"the answer to question 3 is 3", "la respuesta a la pregunta 3 es 3"},
		"which has 'b'":              {"the answers to question 4 include “Blue”", "entre las respuestas a la pregunta 4 está “Azul”"},
		"not which has 'b'":          {"question 4 is answered, and “Blue” is not among the answers", "la pregunta 4 se contestó, y entre las respuestas no está “Azul”"},
		"answered(club)":             {"question 1 is answered", "se contestó la pregunta 1"},
		"not answered(club)":         {"question 1 is not answered", "no se contestó la pregunta 1"},
		"club == 1 and hours < 3":    {"the answer to question 1 is “Yes”, and the answer to question 3 is less than 3", "la respuesta a la pregunta 1 es “Sí”, y además la respuesta a la pregunta 3 es menor que 3"},
		"not (club == 1 or much==1)": {"question 1 is answered, but not with “Yes”, and question 2 is answered, but not with “Little”", "la pregunta 1 se contestó, pero no con “Sí”, y además la pregunta 2 se contestó, pero no con “Poco”"},
		"not (club == 1 and much == 1) and hours == 3": {"(question 1 is answered, but not with “Yes”, or question 2 is answered, but not with “Little”), and the answer to question 3 is 3",
			"(la pregunta 1 se contestó, pero no con “Sí”, o bien la pregunta 2 se contestó, pero no con “Poco”), y además la respuesta a la pregunta 3 es 3"},
		"club == 1 or (much == 1 and hours >= 3)": {"the answer to question 1 is “Yes”, or (the answer to question 2 is “Little”, and the answer to question 3 is 3 or more)",
			"la respuesta a la pregunta 1 es “Sí”, o bien (la respuesta a la pregunta 2 es “Poco”, y además la respuesta a la pregunta 3 es 3 o más)"},
	} {
		tree, problem := condition.Parse(source)
		if problem != nil {
			t.Fatalf("%s: %v", source, problem)
		}
		for i, lang := range in.Languages {
			c := conditionWords{in: in, fill: newFiller(in, lang, nil), words: bundle.Words(lang), numbers: paperNumbers(in)}
			got, err := c.clause(tree, false)
			if err != nil {
				t.Fatalf("%s: %v", source, err)
			}
			if got != want[i] {
				t.Errorf("%s in %s\ngot  %s\nwant %s", source, lang, got, want[i])
			}
		}
	}
}

const conditionWordsFile = `format: 1
id: words
version: 1.0.0
title: {en: "W", es: "P"}
languages: [en, es]
audience: {grades: [6]}
response_sets:
  yes_no: {kind: nominal, options: [{code: 1, label: {en: "Yes", es: "Sí"}}, {code: 2, label: {en: "No", es: "No"}}]}
  amount: {options: [{code: 1, label: {en: "Little", es: "Poco"}}, {code: 2, label: {en: "Some", es: "Algo"}}, {code: 3, label: {en: "Much", es: "Mucho"}}]}
  colour: {kind: nominal, options: [{code: a, label: {en: "Red", es: "Rojo"}}, {code: b, label: {en: "Blue", es: "Azul"}}]}
items:
  - {id: club, responses: yes_no, text: {en: "A", es: "A"}}
  - {id: much, responses: amount, text: {en: "B", es: "B"}}
  - {id: hours, kind: number, text: {en: "C", es: "C"}}
  - {id: which, kind: multiple, responses: colour, text: {en: "D", es: "D"}}
pages: [{id: p, items: [club, much, hours, which]}]
`
