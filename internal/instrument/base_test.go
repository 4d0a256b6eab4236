package instrument

import (
	"strings"
	"testing"

	"surveyd/internal/diag"
)

// base is a sound instrument without a warning, which the tests break one thing at a time.
const base = `format: 1
id: base-line
version: 1.0.0
title: {en: "Me and math", es: "Las mates y yo"}
languages: [en, es]
audience: {grades: [6, 7], reading_level: 12}
minutes: 5
provenance:
  authors: ["A. Author"]
  license: CC-BY-4.0
  citations: [{text: "A paper.", doi: "10.1000/xyz"}]
  evidence: {status: piloted, populations: [{grades: [6, 7], languages: [en, es], n: 99, source: "a pilot"}]}
  translation:
    es: {method: "two people", date: 2026-01-15, source: "DIGEST"}
  consent: notice
  protected_topics: []
intro: {en: "Hello {{who}}, thank you.", es: "Hola {{who}}, gracias."}
settings:
  who: {en: "you", es: "a ti"}
response_sets:
  agree3:
    options:
      - {code: 1, label: {en: "Disagree", es: "En desacuerdo"}}
      - {code: 2, label: {en: "Not sure", es: "No sé"}}
      - {code: 3, label: {en: "Agree", es: "De acuerdo"}}
      - {code: 9, label: {en: "Does not apply", es: "No se aplica"}, missing: true}
  yes_no:
    options:
      - {code: 1, label: {en: "Yes", es: "Sí"}}
      - {code: 0, label: {en: "No", es: "No"}}
  clubs:
    kind: nominal
    options:
      - {code: chess, label: {en: "Chess", es: "Ajedrez"}}
      - {code: robots, label: {en: "Robots", es: "Robots"}}
items:
  - {id: q1, text: {en: "I like math.", es: "Me gusta."}, responses: agree3}
  - {id: q2, text: {en: "I do math.", es: "Hago mates."}, responses: agree3}
  - {id: q3, text: {en: "I need math.", es: "La uso."}, responses: agree3}
  - {id: club, text: {en: "Are you in a club?", es: "¿Vas a un club?"}, responses: yes_no}
  - {id: fun, text: {en: "It is fun.", es: "Es divertido."}, responses: agree3, show_if: club == 1}
  - {id: which, kind: multiple, text: {en: "Which?", es: "¿Cuáles?"}, responses: clubs}
  - {id: hours, kind: number, text: {en: "Hours?", es: "¿Horas?"}, min: 0, max: 40}
  - {id: more, kind: text, text: {en: "More?", es: "¿Más?"}, max_length: 500, show_if: "which has 'chess' or hours > 2"}
pages:
  - {id: p1, layout: grid, items: [q1, q2, q3]}
  - {id: p2, items: [club, fun, which, hours, more]}
scales:
  - id: liking
    title: {en: "Liking", es: "Gusto"}
    items: [q1, q2, q3]
    score: mean
    min_answered: 2
    range: [1, 3]
    favorable: [3]
    bands: {cuts: [{from: 1, label: {en: "Low", es: "Bajo"}}, {from: 2, label: {en: "High", es: "Alto"}}]}
quality:
  straight_line: {page: p1, run: 3}
  too_fast: {seconds_per_item: {"6-12": 1.0}, share: 0.5}
  missing_share: 0.5
  attention: [{item: club, expect: 1}]
tests:
  - {name: three, answers: {q1: 1, q2: 2, q3: 3}, expect: {scores: {liking: 2}}}
  - {name: two, answers: {q1: 1, q2: 2}, expect: {scores: {liking: 1.5}}}
  - {name: one, answers: {q1: 1, which: [chess]}, expect: {missing: {liking: too_few_answered}}}
`

// baseDigest is the digest of base's English texts.
const baseDigest = "d4a951"

func baseYAML() string { return strings.ReplaceAll(base, "DIGEST", baseDigest) }

// broken replaces one part of base. The § in the new part marks where a report must point; it is taken out.
func broken(t *testing.T, old, new string) (src string, line, column int) {
	t.Helper()
	whole := baseYAML()
	if strings.Count(whole, old) != 1 {
		t.Fatalf("%q stands %d times in base, want once", old, strings.Count(whole, old))
	}
	whole = strings.Replace(whole, old, new, 1)
	before, after, ok := strings.Cut(whole, "§")
	if !ok {
		t.Fatalf("%q marks no place", new)
	}
	line = strings.Count(before, "\n") + 1
	column = len([]rune(before[strings.LastIndexByte(before, '\n')+1:])) + 1
	return before + after, line, column
}

func find(list []diag.Diagnostic, line, column int, code string) bool {
	for _, d := range list {
		if d.Line == line && d.Column == column && d.Code == code {
			return true
		}
	}
	return false
}

func say(list []diag.Diagnostic) string {
	var b strings.Builder
	for _, d := range list {
		b.WriteString("\n  " + d.String())
	}
	return b.String()
}

func TestTheBaseHasNothingToReport(t *testing.T) {
	in, list := Load("base.yaml", []byte(baseYAML()), Options{})
	if in == nil || len(list) > 0 {
		t.Fatalf("reported:%s", say(list))
	}
}
