package compare

import (
	"fmt"
	"strings"
	"testing"

	"surveyd/internal/diag"
	"surveyd/internal/instrument"
)

const base = `format: 1
id: club
version: 1.2.3
title: {en: "Me and math", es: "Yo y las mates"}
languages: [en, es]
audience: {grades: [6, 7], reading_level: 12}
minutes: 5
provenance:
  authors: ["A. Author"]
  license: CC-BY-4.0
  citations: [{text: "A paper."}]
  evidence: {status: experimental}
  translation:
    es: {method: "two people", date: 2026-01-15}
  consent: notice
intro: {en: "Hello {{who}}.", es: "Hola {{who}}."}
settings:
  who: {en: "you", es: "tú"}
response_sets:
  agree3:
    options:
      - {code: 1, label: {en: "No", es: "No"}}
      - {code: 2, label: {en: "Maybe", es: "Quizás"}, picture: face-2}
      - {code: 3, label: {en: "Yes", es: "Sí"}}
      - {code: 9, label: {en: "Does not apply", es: "No se aplica"}, missing: true}
    declined: {en: "I'd rather not say", es: "Prefiero no decir"}
  clubs:
    kind: nominal
    options:
      - {code: chess, label: {en: "Chess", es: "Ajedrez"}}
      - {code: robots, label: {en: "Robots", es: "Robots"}}
items:
  - {id: q1, text: {en: "I like math.", es: "Me gusta."}, responses: agree3}
  - {id: q2, text: {en: "I do math.", es: "Hago mates."}, responses: agree3}
  - {id: q3, text: {en: "I need math.", es: "La uso."}, responses: agree3}
  - {id: q4, text: {en: "I see math.", es: "La veo."}, responses: agree3}
  - {id: which, kind: multiple, text: {en: "Which?", es: "¿Cuáles?"}, responses: clubs, show_if: q1 == 3}
  - {id: hours, kind: number, text: {en: "Hours?", es: "¿Horas?"}, min: 0, max: 40}
  - {id: more, kind: text, text: {en: "More?", es: "¿Más?"}, max_length: 500}
pages:
  - {id: p1, title: {en: "Math", es: "Mates"}, layout: grid, items: [q1, q2, q3, q4]}
  - {id: p2, items: [which, hours, more]}
scales:
  - id: liking
    title: {en: "Liking", es: "Gusto"}
    higher_means: {en: "Likes it", es: "Le gusta"}
    items: [q1, q2]
    score: mean
    min_answered: 1
    range: [1, 3]
    favorable: [3]
    bands: {source: "us", cuts: [{from: 1, label: {en: "Low", es: "Bajo"}}, {from: 2, label: {en: "High", es: "Alto"}}]}
  - id: usage
    title: {en: "Using", es: "Uso"}
    items: [q3, q4]
    score: prorated_sum
    min_answered: 1
    range: [2, 6]
quality:
  missing_share: 0.5
tests:
  - {name: both, answers: {q1: 1, q2: 3}, expect: {scores: {liking: 2}}}
`

func load(t *testing.T, src string) *instrument.Instrument {
	t.Helper()
	in, list := instrument.Load("new.yaml", []byte(src), instrument.Options{})
	if in == nil {
		t.Fatalf("%v\n%s", list, src)
	}
	return in
}

// edited replaces parts of base, given as old and new in turn.
func edited(t *testing.T, edits ...string) string {
	t.Helper()
	src := base
	for i := 0; i+1 < len(edits); i += 2 {
		if strings.Count(src, edits[i]) != 1 {
			t.Fatalf("%q stands %d times", edits[i], strings.Count(src, edits[i]))
		}
		src = strings.Replace(src, edits[i], edits[i+1], 1)
	}
	return src
}

// say writes changes as a test compares them.
func say(list []Change) []string {
	var out []string
	for _, c := range list {
		s := fmt.Sprintf("%s %d: %s", c.Level, c.At.Line, c.Message)
		if len(c.Scales) > 0 {
			s += fmt.Sprintf(" %v", c.Scales)
		}
		if c.Confirm {
			s += fmt.Sprintf(" %q -> %q", c.Old, c.New)
		}
		out = append(out, s)
	}
	return out
}

func TestEachChangeHasItsLevelAndPlace(t *testing.T) {
	for _, test := range []struct {
		name  string
		edits []string
		want  []string
	}{
		{"nothing", nil, nil},
		{"comments, quotes and key order", []string{"minutes: 5\n", "# five\nminutes: \"5\"\n", `{id: p2, items: [which, hours, more]}`, `{items: [which, hours, more], id: p2}`}, nil},
		{"another way to write a number", []string{"missing_share: 0.5\n", "missing_share: 0.50\n"}, []string{"patch 3: the file says the same in another way"}},

		// the head
		{"title", []string{`"Me and math"`, `"Math and me"`}, []string{`patch 4: the title in en "Me and math" -> "Math and me"`}},
		{"white space alone", []string{`"Me and math"`, `"Me  and math"`}, []string{"patch 4: the title in en"}},
		{"intro in one language", []string{`"Hola {{who}}."`, `"Hola, {{who}}."`}, []string{`patch 16: the intro in es "Hola {{who}}." -> "Hola, {{who}}."`}},
		{"a closing", []string{"settings:\n", "closing: {en: \"Bye.\", es: \"Adiós.\"}\nsettings:\n"}, []string{"minor 17: the closing is new"}},
		{"more grades", []string{"[6, 7]", "[6, 7, 8]"}, []string{"minor 6: the audience has grades more: 8"}},
		{"fewer grades", []string{"[6, 7]", "[7]"}, []string{"minor 6: the audience has grades less: 6"}},
		{"adults", []string{"grades: [6, 7]", "adults: staff"}, []string{"major 6: it is for staff, was for students"}},
		{"minutes", []string{"minutes: 5", "minutes: 6"}, []string{"patch 7: minutes: 6, was 5"}},
		{"evidence", []string{"status: experimental", "status: piloted"}, []string{"patch 12: evidence of the provenance changed"}},
		{"translation", []string{"two people", "three people"}, []string{"patch 14: what is said of the translation to es changed"}},
		{"consent", []string{"consent: notice", "consent: opt-in"}, []string{"minor 15: consent: opt-in, was notice"}},
		{"a setting's default", []string{`{en: "you", es: "tú"}`, `{en: "friend", es: "tú"}`}, []string{`patch 18: the setting who in en "you" -> "friend"`}},

		// response sets
		{"a label", []string{`"Maybe"`, `"Perhaps"`}, []string{`patch 23: the label of 2 of the response set agree3 in en [liking usage] "Maybe" -> "Perhaps"`}},
		{"a code gone from a scored set", []string{"      - {code: 9, label: {en: \"Does not apply\", es: \"No se aplica\"}, missing: true}\n", ""}, []string{"major 21: the code 9 of the response set agree3 is gone [liking usage]"}},
		{"a code more in a scored set", []string{"missing: true}\n", "missing: true}\n      - {code: 4, label: {en: \"So\", es: \"Así\"}}\n", "[1, 3]", "[1, 4]", "[2, 6]", "[2, 8]"}, []string{
			"major 26: the code 4 of the response set agree3 is new [liking usage]", "major 51: the range of liking: 1 to 4, was 1 to 3 [liking]", "major 59: the range of usage: 2 to 8, was 2 to 6 [usage]"}},
		{"a code more that is never scored", []string{"missing: true}\n", "missing: true}\n      - {code: 8, label: {en: \"So\", es: \"Así\"}, missing: true}\n"}, []string{"minor 26: the code 8 of the response set agree3 is new, and is never scored [liking usage]"}},
		{"a code more where nothing is scored", []string{"{code: robots,", "{code: go, label: {en: \"Go\", es: \"Go\"}}\n      - {code: robots,"}, []string{"minor 31: the code go of the response set clubs is new"}},
		{"a code gone where nothing is scored", []string{"      - {code: robots, label: {en: \"Robots\", es: \"Robots\"}}\n", ""}, []string{"major 29: the code robots of the response set clubs is gone"}},
		{"renumbered", []string{"{code: 9,", "{code: 8,"}, []string{"major 25: an option of the response set agree3 has the code 8, had 9 [liking usage]"}},
		{"missing or not", []string{", missing: true", "", "[1, 3]", "[1, 9]", "[2, 6]", "[2, 18]"}, []string{
			"major 25: the code 9 of the response set agree3 is scored, was not [liking usage]", "major 50: the range of liking: 1 to 9, was 1 to 3 [liking]", "major 58: the range of usage: 2 to 18, was 2 to 6 [usage]"}},
		{"options in another order", []string{"- {code: chess, label: {en: \"Chess\", es: \"Ajedrez\"}}\n      - {code: robots, label: {en: \"Robots\", es: \"Robots\"}}", "- {code: robots, label: {en: \"Robots\", es: \"Robots\"}}\n      - {code: chess, label: {en: \"Chess\", es: \"Ajedrez\"}}"},
			[]string{"minor 29: the options of the response set clubs stand in another order"}},
		{"declined taken away", []string{"    declined: {en: \"I'd rather not say\", es: \"Prefiero no decir\"}\n", ""}, []string{"minor 20: the choice of the response set agree3 not to say is gone [liking usage]"}},
		{"another picture", []string{"face-2", "face-3"}, []string{"patch 23: the picture of 2 of the response set agree3: face-3, was face-2 [liking usage]"}},
		{"a picture taken away", []string{", picture: face-2", ""}, []string{"minor 23: the picture of 2 of the response set agree3: none, was face-2 [liking usage]"}},

		// items
		{"an item's text", []string{`"I do math."`, `"I do maths."`}, []string{`patch 34: the text of q2 in en [liking] "I do math." -> "I do maths."`}},
		{"an item gone", []string{"  - {id: more, kind: text, text: {en: \"More?\", es: \"¿Más?\"}, max_length: 500}\n", "", ", more]", "]"}, []string{"major 32: the item more is gone"}},
		{"an item renamed", []string{"{id: more,", "{id: else_,", ", more]", ", else_]"}, []string{"major 39: the item more is called else_"}},
		{"an item more", []string{"{id: more,", "{id: why, kind: text, text: {en: \"Why?\", es: \"¿Por qué?\"}}\n  - {id: more,", ", more]", ", more, why]"}, []string{"minor 39: the item why is new"}},
		{"another kind", []string{"kind: text, text: {en: \"More?\", es: \"¿Más?\"}, max_length: 500", "kind: number, text: {en: \"More?\", es: \"¿Más?\"}"}, []string{"major 39: the item more takes a number, took a text", "minor 39: max_length of more: none, was 500"}},
		{"a condition", []string{"show_if: q1 == 3", "show_if: q1 >= 2"}, []string{"major 37: which is shown if q1 >= 2, was shown if q1 == 3"}},
		{"a condition taken away", []string{", show_if: q1 == 3", ""}, []string{"major 37: which is shown always, was shown if q1 == 3"}},
		{"a condition written in another way", []string{"show_if: q1 == 3", "show_if: (q1==3)"}, []string{"patch 37: the condition of which is written in another way"}},
		{"a narrower number", []string{"max: 40", "max: 30"}, []string{"major 38: max of hours: 30, was 40"}},
		{"a wider number", []string{"max: 40", "max: 50"}, []string{"minor 38: max of hours: 50, was 40"}},
		{"max_length", []string{"max_length: 500", "max_length: 400"}, []string{"minor 39: max_length of more: 400, was 500"}},
		{"other responses with the same codes", []string{"  clubs:\n", "  other:\n    kind: nominal\n    options: [{code: chess, label: {en: \"Chess\", es: \"Ajedrez\"}}, {code: robots, label: {en: \"Robots\", es: \"Robots\"}}]\n  clubs:\n", "responses: clubs", "responses: other"},
			[]string{"minor 27: the response set other is new", "patch 40: the responses of which: other, were clubs"}},
		{"other responses with other codes", []string{"{id: q4, text: {en: \"I see math.\", es: \"La veo.\"}, responses: agree3}", "{id: q4, text: {en: \"I see math.\", es: \"La veo.\"}, responses: clubs}", "items: [q3, q4]", "items: [q3]", "[2, 6]", "[1, 3]", "layout: grid, ", ""},
			[]string{"major 36: the codes of the responses of q4 are nominal, were ordinal [usage]", "major 36: the code 1 of the responses of q4 is gone [usage]", "major 36: the code 2 of the responses of q4 is gone [usage]", "major 36: the code 3 of the responses of q4 is gone [usage]",
				"major 36: the code 9 of the responses of q4 is gone [usage]", "major 36: the code chess of the responses of q4 is new [usage]", "major 36: the code robots of the responses of q4 is new [usage]",
				"major 55: usage counts q4 no more [usage]", "major 58: the range of usage: 1 to 3, was 2 to 6 [usage]", "minor 36: the choice of the responses of q4 not to say is gone [usage]",
				"minor 41: the page p1 is a list, was a grid", "patch 36: the responses of q4: clubs, were agree3 [usage]"}},

		// pages
		{"items in another order", []string{"[q1, q2, q3, q4]", "[q2, q1, q3, q4]"}, []string{"minor 40: the items come in another order"}},
		{"items listed in another order", []string{"  - {id: q1, text: {en: \"I like math.\", es: \"Me gusta.\"}, responses: agree3}\n  - {id: q2, text: {en: \"I do math.\", es: \"Hago mates.\"}, responses: agree3}\n", "  - {id: q2, text: {en: \"I do math.\", es: \"Hago mates.\"}, responses: agree3}\n  - {id: q1, text: {en: \"I like math.\", es: \"Me gusta.\"}, responses: agree3}\n"},
			[]string{"patch 32: the items are listed in another order"}},
		{"an item on another page", []string{"[q1, q2, q3, q4]", "[q1, q2, q3]", "[which, hours, more]", "[q4, which, hours, more]"}, []string{"minor 42: q4 stands on the page p2, stood on p1 [usage]"}},
		{"a page more", []string{"[which, hours, more]}", "[which, hours]}\n  - {id: p3, items: [more]}"}, []string{"minor 43: the page p3 is new", "minor 43: more stands on the page p3, stood on p2"}},
		{"shuffle", []string{"layout: grid, ", "layout: grid, shuffle: true, "}, []string{"minor 41: shuffle of the page p1: true, was false"}},

		// scales
		{"a scale's title", []string{`"Liking"`, `"Joy"`}, []string{`patch 45: the title of the scale liking in en [liking] "Liking" -> "Joy"`}},
		{"an item counts too", []string{"items: [q1, q2]\n", "items: [q1, q2, q4]\n", "items: [q3, q4]\n", "items: [q3]\n", "[2, 6]", "[1, 3]"}, []string{
			"major 47: liking counts q4 too [liking]", "major 55: usage counts q4 no more [usage]", "major 58: the range of usage: 1 to 3, was 2 to 6 [usage]"}},
		{"keyed the other way", []string{"items: [q1, q2]\n", "items: [q1, -q2]\n", "scores: {liking: 2}", "scores: {liking: 1}"}, []string{"major 47: q2 is reverse-keyed in liking, was keyed straight [liking]", "patch 61: tests: 1 new or changed, 1 gone or changed"}},
		{"a weight", []string{"items: [q1, q2]\n", "items: [q1, q2]\n    weights: {q1: 2}\n"}, []string{"major 48: q1 weighs 2 in liking, weighed 1 [liking]"}},
		{"another order in a scale", []string{"items: [q1, q2]\n", "items: [q2, q1]\n"}, []string{"patch 47: the items of liking are listed in another order [liking]"}},
		{"another score", []string{"score: prorated_sum", "score: pomp", "[2, 6]", "[0, 100]"}, []string{"major 56: the score of usage: pomp, was prorated_sum [usage]", "major 58: the range of usage: 0 to 100, was 2 to 6 [usage]"}},
		{"rounding", []string{"score: prorated_sum", "score: prorated_sum\n    rounding: half_up"}, []string{"major 57: the rounding of usage: half_up, was none [usage]"}},
		{"min_answered", []string{"score: mean\n    min_answered: 1", "score: mean\n    min_answered: 2"}, []string{"major 49: liking needs 2 answers, needed 1 [liking]"}},
		{"min_answered as a share", []string{"score: mean\n    min_answered: 1", "score: mean\n    min_answered: 50%"}, []string{"patch 3: the file says the same in another way"}},
		{"favorable", []string{"favorable: [3]", "favorable: [2, 3]"}, []string{"major 51: the favorable codes of liking: 2 and 3, were 3 [liking]"}},
		{"favorable named", []string{"    range: [2, 6]\n", "    range: [2, 6]\n    favorable: [3]\n"}, []string{"minor 59: favorable codes of usage are named [usage]"}},
		{"reliability", []string{"    range: [2, 6]\n", "    range: [2, 6]\n    reliability: {minimum: 0.7}\n"}, []string{"patch 59: the reliability that usage has to reach: 0.7, was none [usage]"}},
		{"a cut", []string{"{from: 2,", "{from: 2.5,"}, []string{"major 52: the bands of liking begin at [1 2.5], began at [1 2] [liking]"}},
		{"a band's label", []string{`"High"`, `"Much"`}, []string{`patch 52: the label of the band from 2 of liking in en [liking] "High" -> "Much"`}},
		{"a scale gone", []string{base[strings.Index(base, "  - id: usage"):strings.Index(base, "quality:")], ""}, []string{"major 43: the scale usage is gone [usage]"}},
		{"a scale more", []string{"quality:\n", "  - {id: third, title: {en: \"T\", es: \"T\"}, items: [q4], score: mean, min_answered: 1, range: [1, 3]}\nquality:\n"}, []string{"minor 59: the scale third is new [third]"}},

		// tables of publications
		{"a lookup", []string{"    range: [2, 6]\n", "    range: [2, 6]\n    rounding: half_up\n    lookup: {source: \"a book\", table: {2: 10, 3: 20, 4: 30, 5: 40, 6: 50}}\n"},
			[]string{"major 59: the rounding of usage: half_up, was none [usage]", "minor 60: usage has lookup [usage]"}},
		{"norms", []string{"    range: [2, 6]\n", "    range: [2, 6]\n    norms: {source: \"a book\", groups: [{mean: 4, sd: 1, n: 99}]}\n"}, []string{"minor 59: usage has norms [usage]"}},
		{"a model", []string{"score: prorated_sum", "score: eap", "    range: [2, 6]\n", "    irt: {model: grm, items: {q3: {a: 1, b: [-1, 1]}, q4: {a: 1, b: [-1, 1]}}, prior: {mean: 0, sd: 1}}\n"},
			[]string{"major 53: the range of usage: none, was 2 to 6 [usage]", "major 56: the score of usage: eap, was prorated_sum [usage]", "major 58: usage has irt [usage]"}},

		// the rest
		{"a flag", []string{"missing_share: 0.5", "missing_share: 0.6"}, []string{"minor 60: the flag missing_share is raised by another rule"}},
		{"a test", []string{"name: both", "name: all"}, []string{"patch 61: tests: 1 new or changed, 1 gone or changed"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			old, new := load(t, base), load(t, edited(t, test.edits...))
			got := say(Compare(old, new))
			if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
				t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(test.want, "\n  "))
			}
			if back := Compare(new, old); (len(back) == 0) != (len(got) == 0) {
				t.Errorf("the other way around there are %d changes", len(back))
			}
		})
	}
}

func TestTablesThatChangeBreakTheTrend(t *testing.T) {
	with := func(extra string) *instrument.Instrument {
		return load(t, edited(t, "    range: [2, 6]\n", "    range: [2, 6]\n    rounding: half_up\n"+extra))
	}
	const lookup, norms = "    lookup: {source: \"a book\", table: {2: 10, 3: 20, 4: 30, 5: 40, 6: 50}}\n", "    norms: {source: \"a book\", groups: [{mean: 4, sd: 1, n: 99}]}\n"
	for _, test := range []struct{ old, new, want string }{
		{lookup, strings.Replace(lookup, "6: 50", "6: 51", 1), "major 60: lookup of usage changed [usage]"},
		{lookup, strings.Replace(lookup, "a book", "the book", 1), "patch 60: the source of the lookup of usage changed [usage]"},
		{lookup, "", "major 53: usage has no lookup any more [usage]"},
		{norms, strings.Replace(norms, "mean: 4", "mean: 3.9", 1), "major 60: norms of usage changed [usage]"},
		{norms, strings.Replace(norms, "a book", "the book", 1), "patch 60: the source of the norms of usage changed [usage]"},
		{norms, "", "major 53: usage has no norms any more [usage]"},
	} {
		if got := say(Compare(with(test.old), with(test.new))); len(got) != 1 || got[0] != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func TestALanguageThatIsAddedIsToldOnce(t *testing.T) {
	one := strings.NewReplacer("languages: [en, es]", "languages: [en]", "  translation:\n    es: {method: \"two people\", date: 2026-01-15}\n", "").Replace(base)
	for {
		i := strings.Index(one, `, es: "`)
		if i < 0 {
			break
		}
		one = one[:i] + one[i+len(`, es: "`)+strings.IndexByte(one[i+len(`, es: "`):], '"')+1:]
	}
	if got := say(Compare(load(t, one), load(t, base))); len(got) != 1 || got[0] != "minor 5: the language es is new" {
		t.Errorf("%q", got)
	}
	if got := say(Compare(load(t, base), load(t, one))); len(got) != 1 || got[0] != "major 5: the language es is gone" {
		t.Errorf("%q", got)
	}
}

func TestEveryChangeSaysWhyAndWhere(t *testing.T) {
	old := load(t, base)
	new := load(t, edited(t, `"I do math."`, `"I do maths."`, "[6, 7]", "[6]", "show_if: q1 == 3", "show_if: q1 == 2"))
	for _, c := range Compare(old, new) {
		if c.Reason == "" || c.At.File != "new.yaml" || c.At.Line < 1 || c.At.Column < 1 || c.At == (diag.Span{}) {
			t.Errorf("%+v", c)
		}
	}
}

func TestVersionsPromise(t *testing.T) {
	v := func(a, b, c int) instrument.Version { return instrument.Version{Major: a, Minor: b, Patch: c} }
	for _, test := range []struct {
		level Level
		want  instrument.Version
	}{{None, v(1, 2, 3)}, {Patch, v(1, 2, 4)}, {Minor, v(1, 3, 0)}, {Major, v(2, 0, 0)}} {
		if got := Required(v(1, 2, 3), test.level); got != test.want {
			t.Errorf("%s: %s, want %s", test.level, got, test.want)
		}
	}
	for _, test := range []struct {
		new  instrument.Version
		want Level
	}{{v(1, 2, 3), None}, {v(1, 2, 4), Patch}, {v(1, 2, 9), Patch}, {v(1, 3, 0), Minor}, {v(2, 0, 0), Major}, {v(1, 2, 2), None}, {v(0, 9, 9), None}} {
		if got := Promised(v(1, 2, 3), test.new); got != test.want {
			t.Errorf("%s: %s, want %s", test.new, got, test.want)
		}
	}
}

func TestTrendLinesContinueBreakOrRestart(t *testing.T) {
	old := load(t, base)
	new := load(t, edited(t, "version: 1.2.3", "version: 2.0.0", "score: mean\n    min_answered: 1", "score: mean\n    min_answered: 2", `"I need math."`, `"I want math."`,
		"quality:\n", "  - {id: third, title: {en: \"T\", es: \"T\"}, items: [q4], score: mean, min_answered: 1, range: [1, 3]}\nquality:\n"))
	changes := Compare(old, new)
	var got []string
	for _, tr := range Trends(old, new, changes, new.Version) {
		got = append(got, fmt.Sprint(tr.Scale, " ", tr.Effect, " ", tr.Old, " ", tr.New, " ", tr.Words))
	}
	want := []string{"liking breaks club/1/liking club/2/liking []", "usage restarts club/1/usage club/2/usage [q3]", "third begins  club/2/third []"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	patched := load(t, edited(t, "version: 1.2.3", "version: 1.2.4", `"I need math."`, `"I want math."`))
	for _, tr := range Trends(old, patched, Compare(old, patched), patched.Version) {
		if tr.Effect != Continues || (len(tr.Words) > 0) != (tr.Scale == "usage") {
			t.Errorf("%+v", tr)
		}
	}
}

// battery is a file that includes club, on one line of its own under an id of its own.
const battery = `format: 1
id: fall
version: 1.0.0
title: {en: "Fall", es: "Otoño"}
languages: [en, es]
audience: {grades: [6, 7], reading_level: 12}
pages:
  - {id: rest, include: club@%s/scales/usage}
  - {id: mine, include: club@%s/scales/liking}
`

func TestWhatAPartChangesIsToldWhereItIsIncluded(t *testing.T) {
	including := func(part *instrument.Instrument, major string) *instrument.Instrument {
		include := func(instrument.Ref) (*instrument.Instrument, error) { return part, nil }
		in, list := instrument.Load("fall.yaml", fmt.Appendf(nil, battery, major, major), instrument.Options{Include: include})
		if in == nil {
			t.Fatal(list)
		}
		return in
	}
	changes := Compare(including(load(t, base), "1"), including(load(t, edited(t, "version: 1.2.3", "version: 2.0.0", "items: [q1, q2]", "items: [q1, -q2]")), "2"))
	var told []string
	for _, c := range changes {
		told = append(told, fmt.Sprintf("%s:%d:%d %s", c.At.File, c.At.Line, c.At.Column, c.Message))
	}
	for _, want := range []string{
		"fall.yaml:8:25 the part club is 2.0.0, was 1.2.3",
		"fall.yaml:8:25 q2 is reverse-keyed in liking, was keyed straight",
	} {
		if !strings.Contains(strings.Join(told, "\n"), want) {
			t.Errorf("nothing says %q:\n%s", want, strings.Join(told, "\n"))
		}
	}
}
