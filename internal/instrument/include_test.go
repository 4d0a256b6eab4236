package instrument

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"surveyd/internal/diag"
)

// mind is a home of what the batteries here include.
const mind = `format: 1
id: mind
version: 1.2.3
title: {en: "Mind", es: "Mente", fr: "Esprit"}
languages: [en, es, fr]
audience: {grades: [4, 5, 6, 7], reading_level: 12}
provenance: {authors: [A], license: CC-BY-4.0, evidence: {status: experimental}, consent: opt-out, protected_topics: [2]}
settings:
  place: {en: "school", es: "la escuela", fr: "l'école"}
response_sets:
  agree:
    options:
      - {code: 1, label: {en: "No", es: "No", fr: "Non"}}
      - {code: 2, label: {en: "Maybe", es: "Quizás", fr: "Peut-être"}}
      - {code: 3, label: {en: "Yes", es: "Sí", fr: "Oui"}}
items:
  - {id: m1, text: {en: "Math at {{place}} grows.", es: "Crece en {{place}}.", fr: "Elle croît à {{place}}."}, responses: agree}
  - {id: m2, text: {en: "Math is fixed.", es: "Es fija.", fr: "Elle est fixe."}, responses: agree}
  - {id: m3, text: {en: "Why?", es: "¿Por qué?", fr: "Pourquoi ?"}, responses: agree, show_if: m1 == 3}
  - {id: m4, text: {en: "I try.", es: "Lo intento.", fr: "J'essaie."}, responses: agree}
pages:
  - {id: p1, title: {en: "Growth", es: "Crecer", fr: "Croître"}, layout: grid, items: [m1, m2], shuffle: true}
  - {id: p2, items: [m3, m4]}
scales:
  - {id: growth, title: {en: "Growth", es: "Crecer", fr: "Croître"}, items: [m1, -m2], score: mean, min_answered: 1, range: [1, 3],
     bands: {cuts: [{from: 1, label: {en: "Low", es: "Bajo", fr: "Bas"}}]}}
  - {id: effort, title: {en: "Effort", es: "Esfuerzo", fr: "Effort"}, items: [m3, m4], score: mean, min_answered: 1, range: [1, 3]}
quality: {attention: [{item: m4, expect: 3}, {item: m2, expect: 1}]}
`

// fit is another home. Its ids of response sets and pages, and its setting, are those of mind.
const fit = `format: 1
id: fit
version: 2.0.0
title: {en: "Fit", es: "Encaje"}
languages: [en, es]
audience: {grades: [6, 7, 8], reading_level: 12}
provenance: {authors: [A], license: CC-BY-4.0, evidence: {status: piloted, populations: [{grades: [6, 7], languages: [en], n: 9, source: s}]}, consent: notice}
settings: {place: {en: "school", es: "la escuela"}}
response_sets:
  agree: {options: [{code: 0, label: {en: "No at {{place}}", es: "No en {{place}}"}}, {code: 1, label: {en: "Yes", es: "Sí"}}]}
items:
  - {id: f1, text: {en: "I fit in.", es: "Encajo."}, responses: agree}
  - {id: f2, text: {en: "I am seen.", es: "Me ven."}, responses: agree}
pages:
  - {id: p1, items: [f1]}
  - {id: welcome, items: [f2]}
scales:
  - {id: welcome, title: {en: "Welcome", es: "Bienvenida"}, items: [f2], score: mean, min_answered: 1, range: [0, 1]}
`

const batteryHead = `format: 1
id: fall
version: 1.0.0
title: {en: "Fall", es: "Otoño"}
languages: [en, es]
audience: {grades: [6, 7], reading_level: 12}
`

// among resolves includes among instruments as a catalog would, and counts as one with errors what does not load alone.
func among(t testing.TB, sources ...string) Options {
	t.Helper()
	var all []*Instrument
	for _, src := range sources {
		in, list := Load("part.yaml", []byte(src), Options{})
		if in == nil {
			t.Fatalf("a part does not load:%s", say(list))
		}
		all = append(all, in)
	}
	return Options{Include: func(ref Ref) (*Instrument, error) {
		for _, in := range all {
			if ref.Fits(in.ID, in.Version) {
				return in, nil
			}
		}
		return nil, &IncludeError{Code: "unknown-instrument", Message: "there is no " + ref.String(), Hint: "put it there"}
	}}
}

func loadBattery(t testing.TB, rest string, parts ...string) (*Instrument, []diag.Diagnostic) {
	t.Helper()
	return Load("fall.yaml", []byte(batteryHead+rest), among(t, parts...))
}

func mustBattery(t testing.TB, rest string, parts ...string) *Instrument {
	t.Helper()
	in, list := loadBattery(t, rest, parts...)
	if in == nil {
		t.Fatalf("the battery does not load:%s", say(list))
	}
	return in
}

func itemIDs(items []*Item) (ids []string) {
	for _, it := range items {
		ids = append(ids, string(it.ID))
	}
	return ids
}

func pageIDs(in *Instrument) (ids []string) {
	for _, p := range in.Pages {
		ids = append(ids, string(p.ID))
	}
	return ids
}

func scaleNames(in *Instrument) (ids []string) {
	for _, s := range in.Scales {
		ids = append(ids, s.Identity())
	}
	return ids
}

func want[T comparable](t *testing.T, what string, got []T, want ...T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestABatteryBringsItemsPagesAndScalesWithTheirHomes(t *testing.T) {
	in := mustBattery(t, `items:
  - {id: own1, text: {en: "Mine.", es: "Mía."}, responses: mine, show_if: m1 == 3}
response_sets: {mine: {options: [{code: 1, label: {en: "N", es: "N"}}, {code: 3, label: {en: "Y", es: "S"}}]}}
pages:
  - {include: mind@1}
  - {id: last, items: [own1]}
  - {id: social, include: fit@2}
scales:
  - {id: both, title: {en: "Both", es: "Ambas"}, items: [m1, m4], score: mean, min_answered: 1, range: [1, 3]}
`, mind, fit)
	want(t, "items", itemIDs(in.Items), "m1", "m2", "m3", "m4", "own1", "f1", "f2")
	want(t, "pages", pageIDs(in), "p1", "p2", "last", "social_p1", "social_welcome")
	want(t, "scales", scaleNames(in), "mind/1/growth", "mind/1/effort", "fit/2/welcome", "fall/1/both")
	want(t, "parts", []ID{in.Parts[0].ID, in.Parts[1].ID}, "mind", "fit")
	for i, it := range in.Items {
		if it.Index != i || !slices.Contains(in.Pages[it.Page].Items, it) {
			t.Errorf("%s: index %d and page %d are not its own", it.ID, it.Index, it.Page)
		}
		if found, ok := in.Item(it.ID); !ok || found != it {
			t.Errorf("%s is not found", it.ID)
		}
		if it.Responses != nil && !slices.Contains(in.ResponseSets, it.Responses) {
			t.Errorf("the responses of %s are not among those of the battery", it.ID)
		}
		if home := map[byte]ID{'m': "mind", 'o': "fall", 'f': "fit"}[it.ID[0]]; it.Home.ID != home || len(it.Home.Hash) != 64 {
			t.Errorf("%s is at home in %+v", it.ID, it.Home)
		}
	}
	for i, s := range in.Scales {
		if s.Index != i {
			t.Errorf("%s has index %d", s.ID, s.Index)
		}
		for _, key := range s.Items {
			if in.Items[key.Item.Index] != key.Item {
				t.Errorf("%s rests on another %s than the battery's", s.ID, key.Item.ID)
			}
		}
	}
	if len(in.ResponseSets) != 3 || in.Items[0].Responses == in.Items[5].Responses {
		t.Error("two parts' response sets with one id are not kept apart")
	}
	if p := in.Pages[0]; p.Layout != Grid || !p.Shuffle || p.Title["es"] != "Crecer" || p.Home.ID != "mind" {
		t.Errorf("the included page lost something: %+v", p)
	}
	if in.Provenance.Consent != OptOut || !slices.Equal(in.Provenance.ProtectedTopics, []int{2}) {
		t.Errorf("consent is %q about %v", in.Provenance.Consent, in.Provenance.ProtectedTopics)
	}
	if len(in.Settings) != 1 || in.Settings[0].Text["es"] != "la escuela" || len(in.Settings[0].Text) != 2 {
		t.Errorf("settings: %v", in.Settings)
	}
	if len(in.Quality.Attention) != 2 || in.Quality.Attention[0].Item != in.Items[3] {
		t.Errorf("attention items: %v", in.Quality.Attention)
	}
	if s := in.Scales[0]; len(s.Bands.Cuts[0].Label) != 2 || len(s.Title) != 2 || len(s.Items[0].Item.Text) != 2 || len(s.Items[0].Item.Responses.Options[0].Label) != 2 {
		t.Error("texts of a language that the battery has not were kept")
	}
}

func TestAPartIsLeftAsItWas(t *testing.T) {
	opt := among(t, mind)
	home, err := opt.Include(Ref{ID: "mind", Major: 1, Minor: anyVersion, Patch: anyVersion})
	if err != nil {
		t.Fatal(err)
	}
	in, list := Load("fall.yaml", []byte(batteryHead+"pages: [{include: mind@1/p2}, {include: mind@1/p1}]"), opt)
	if in != nil || !find(list, 7, 19, "condition-later-item") {
		t.Errorf("reported:%s", say(list))
	}
	if in, list = Load("fall.yaml", []byte(batteryHead+"pages: [{include: mind@1}]"), opt); in == nil {
		t.Fatalf("reported:%s", say(list))
	}
	for i, it := range home.Items {
		if it.Index != i || len(it.Text) != 3 || it == in.Items[i] || it.Responses == in.Items[i].Responses {
			t.Errorf("%s of the home was changed, or is shared", it.ID)
		}
	}
	if home.Pages[0].Items[0] != home.Items[0] || home.Scales[0].Items[0].Item != home.Items[0] || len(home.ResponseSets[0].Options[0].Label) != 3 {
		t.Error("the home was changed")
	}
}

func TestAPartOfAnInstrumentIsAPageOrAScale(t *testing.T) {
	for include, items := range map[string]string{
		"mind@1":               "m1 m2 m3 m4",
		"mind@1.2":             "m1 m2 m3 m4",
		"mind@1.2.3":           "m1 m2 m3 m4",
		"mind@1/p1":            "m1 m2",
		"mind@1.2.3/pages/p1":  "m1 m2",
		"mind@1/growth":        "m1 m2",
		"mind@1/scales/growth": "m1 m2",
		"fit@2/welcome":        "f2", // page and scale have the same items
		"fit@2/pages/welcome":  "f2",
		"fit@2/scales/welcome": "f2",
	} {
		in := mustBattery(t, fmt.Sprintf("pages: [{include: %s}]", include), mind, fit)
		if got := strings.Join(itemIDs(in.Items), " "); got != items {
			t.Errorf("%s brings %s, want %s", include, got, items)
		}
	}
	other := strings.Replace(fit, "items: [f2], score: mean, min_answered: 1, range: [0, 1]", "items: [f1, f2], score: mean, min_answered: 1, range: [0, 1]", 1)
	if _, list := loadBattery(t, "pages: [{include: fit@2/welcome}]", other); !find(list, 7, 19, "include-ambiguous") {
		t.Errorf("reported:%s", say(list))
	}
	in := mustBattery(t, "pages: [{include: fit@2/scales/welcome}]", other)
	want(t, "pages of a scale", pageIDs(in), "p1", "welcome")
	in = mustBattery(t, "pages: [{include: fit@2/pages/welcome}]", other)
	want(t, "scales of a part", scaleNames(in))
}

func TestPagesOfOneNameAreCalledForTheirHomes(t *testing.T) {
	own := `items: [{id: o, kind: number, text: {en: "N", es: "N"}}]` + "\n"
	in := mustBattery(t, own+"pages: [{include: mind@1}, {include: fit@2}, {id: p2, items: [o]}]", mind, fit)
	want(t, "pages", pageIDs(in), "p1", "mind_p2", "fit_p1", "welcome", "p2")
	in = mustBattery(t, own+"pages: [{id: only, include: fit@2/p1}, {id: two, include: mind@1}, {id: p, items: [o]}]", mind, fit)
	want(t, "pages", pageIDs(in), "only", "two_p1", "two_p2", "p")
	long := strings.Replace(fit, "id: fit", "id: fit-at-a-school-with-a-long-name", 1)
	in = mustBattery(t, "pages: [{include: mind@1}, {include: fit-at-a-school-with-a-long-name@2}]", mind, long)
	want(t, "pages", pageIDs(in), "p1", "p2", "fit_at_a_school_with_a_long_n_p1", "welcome")
	_, list := loadBattery(t, own+"pages: [{include: mind@1}, {include: fit@2}, {id: fit_p1, items: [o]}]", mind, fit)
	if !find(list, 8, 38, "doubled-id") {
		t.Errorf("reported:%s", say(list))
	}
	_, list = loadBattery(t, "pages: [{id: "+strings.Repeat("a", 30)+", include: mind@1}]", mind)
	if !find(list, 7, 14, "illegal-id") {
		t.Errorf("reported:%s", say(list))
	}
}

// Each line breaks a battery in one place; § marks where the report must point.
func TestEveryMistakeInABatteryIsReportedAtItsPlace(t *testing.T) {
	own := "items: [{id: o1, kind: number, text: {en: \"N\", es: \"N\"}}]\n"
	for _, c := range []struct{ rest, code, says string }{
		{"pages: [{include: §mind}]", "illegal-include", "as in mind@1"},
		{"pages: [{include: §mind@one}]", "illegal-include", "growth-mindset@1"},
		{"pages: [{include: §mind@01}]", "illegal-include", ""},
		{"pages: [{include: §[mind@1]}]", "wrong-shape", ""},
		{"pages: [{include: §yes}]", "yaml-truth-value", ""},
		{"pages: [{include: §mind@2}]", "unknown-instrument", "put it there"},
		{"pages: [{include: §mind@1/grwth}]", "unknown-id", "did you mean \"growth\""},
		{"pages: [{include: §mind@1/p3}]", "unknown-id", "there are p1, p2, growth, effort"},
		{"pages: [{include: §mind@1/pages/growth}]", "unknown-id", "there are p1, p2"},
		{"pages: [{include: §mind@1/scales/p1}]", "unknown-id", "there are growth, effort"},
		{"pages: [{include: §fall@1}]", "self-include", ""},
		{"pages: [{include: mind@1, §title: {en: A, es: B}}]", "misplaced-key", "tried with"},
		{"pages: [{include: mind@1, §layout: grid}]", "misplaced-key", "layout"},
		{"pages: [{include: mind@1, §items: [m1]}]", "misplaced-key", "a page of their own"},
		{"pages: [{include: mind@1, §shuffle: true}]", "misplaced-key", "at home"},
		{"pages: [{include: mind@1/p1}, {include: §mind@1/scales/growth}]", "included-twice", "once"},
		{"pages: [{include: mind@1}, {include: §mind@1}]", "included-twice", ""},
		{"pages: [{include: §mind@1/p2}]", "include-lacks-item", "mind@1/pages/p1"},
		{own + "pages: [{include: mind@1}, {id: x, items: [o1, §m1]}]", "item-on-two-pages", ""},
		{own + "pages: [{id: x, items: [o1, §m1]}, {include: mind@1}]", "item-on-two-pages", ""},
		{"pages: [{include: mind@1}]\nprovenance: {consent: §notice}", "consent-too-weak", "mind 1.2.3"},
		{"pages: [{include: mind@1}]\nprovenance: {consent: opt-in, protected_topics: §[1]}", "protected-topic-left-out", ""},
		{strings.Replace(own, "o1, kind", "o1, show_if: §m1 == 3, kind", 1) + "pages: [{id: x, items: [o1]}, {include: mind@1}]", "condition-later-item", ""},
	} {
		before, after, _ := strings.Cut(batteryHead+c.rest, "§")
		line := strings.Count(before, "\n") + 1
		column := len([]rune(before[strings.LastIndexByte(before, '\n')+1:])) + 1
		_, list := Load("fall.yaml", []byte(before+after), among(t, mind, fit))
		i := slices.IndexFunc(list, func(d diag.Diagnostic) bool { return d.Code == c.code && d.Line == line && d.Column == column })
		if i < 0 || !strings.Contains(list[i].Message+list[i].Hint, c.says) {
			t.Errorf("%s\nno %s at %d:%d that says %q:%s", c.rest, c.code, line, column, c.says, say(list))
		}
		for _, d := range list {
			if d.Severity == diag.Error && d.Code != c.code {
				t.Errorf("%s\nreported beyond: %v", c.rest, d)
			}
		}
	}
}

func TestAnIDThatStandsInTwoHomesIsAnErrorAtTheIncludeThatSaysBoth(t *testing.T) {
	clash := strings.NewReplacer("id: fit", "id: clash", "f1", "M1", "f2", "m9", "id: welcome, title", "id: Growth, title").Replace(fit)
	_, list := loadBattery(t, "pages:\n  - {include: mind@1/p1}\n  - {include: clash@2}\n", mind, clash)
	var messages []string
	for _, d := range list {
		if d.Code == "doubled-id" {
			messages = append(messages, fmt.Sprintf("%d:%d %s", d.Line, d.Column, d.Message))
		}
	}
	want(t, "doubled ids", messages,
		`9:15 the item "M1" of clash 2.0.0 has the id of the item "m1" of mind 1.2.3, line 8`,
		`9:15 the scale "Growth" of clash 2.0.0 has the id of the scale "growth" of mind 1.2.3, line 8`)

	_, list = loadBattery(t, `items: [{id: f1, kind: number, text: {en: "N", es: "N"}}]
pages:
  - {id: x, items: [f1]}
  - {include: fit@2}
scales: [{id: Welcome, title: {en: A, es: B}, items: [f2], score: mean, min_answered: 1, range: [0, 1]}]
`, fit)
	messages = nil
	for _, d := range list {
		if d.Code == "doubled-id" {
			messages = append(messages, fmt.Sprintf("%d:%d %s", d.Line, d.Column, d.Message))
		}
	}
	want(t, "doubled ids", messages,
		`10:15 the item "f1" of fit 2.0.0 has the id of the item "f1" of this file, line 7`,
		`10:15 the scale "welcome" of fit 2.0.0 has the id of the scale "Welcome" of this file, line 11`)
}

func TestAScaleOfWhichOnlyAPartCameIsNotScored(t *testing.T) {
	whole := strings.Replace(mind, "items: [m3, m4], score", "items: [m2, m4], score", 1)
	in, list := loadBattery(t, "pages: [{include: mind@1/p1}]", whole)
	if in == nil {
		t.Fatalf("it does not load:%s", say(list))
	}
	want(t, "scales", scaleNames(in), "mind/1/growth")
	i := slices.IndexFunc(list, func(d diag.Diagnostic) bool { return d.Code == "scale-incomplete" })
	if i < 0 || list[i].Severity != diag.Warning || !strings.Contains(list[i].Message, "m4 is not included") {
		t.Errorf("reported:%s", say(list))
	}
	// What one include leaves out another may bring.
	in = mustBattery(t, "pages: [{include: mind@1/p1}, {include: mind@1/p2}]", whole)
	want(t, "scales", scaleNames(in), "mind/1/growth", "mind/1/effort")
}

func TestAPartNeedsEveryLanguageOfTheBattery(t *testing.T) {
	french := strings.Replace(batteryHead, "[en, es]", "[en, fr]", 1)
	french = strings.Replace(french, `es: "Otoño"`, `fr: "Automne"`, 1)
	_, list := Load("fall.yaml", []byte(french+"pages: [{include: fit@2}]"), among(t, mind, fit))
	i := slices.IndexFunc(list, func(d diag.Diagnostic) bool { return d.Code == "missing-language" })
	if i < 0 || !strings.Contains(list[i].Message, "fit 2.0.0 has no texts in fr") {
		t.Errorf("reported:%s", say(list))
	}
	if in, list := Load("fall.yaml", []byte(french+"pages: [{include: mind@1}]"), among(t, mind)); in == nil || in.Items[0].Text["fr"] == "" || in.Items[0].Text["es"] != "" {
		t.Errorf("reported:%s", say(list))
	}
}

func TestPartsThatDifferInASettingLeaveItToTheBattery(t *testing.T) {
	other := strings.Replace(fit, `{en: "school", es: "la escuela"}`, `{en: "class", es: "clase"}`, 1)
	_, list := loadBattery(t, "pages:\n  - {include: mind@1}\n  - {include: fit@2}\n", mind, other)
	if !find(list, 9, 15, "settings-differ") {
		t.Errorf("reported:%s", say(list))
	}
	in := mustBattery(t, "settings: {place: {en: \"camp\", es: \"campamento\"}}\npages:\n  - {include: mind@1}\n  - {include: fit@2}\n", mind, other)
	if len(in.Settings) != 1 || in.Settings[0].Text["en"] != "camp" {
		t.Errorf("settings: %v", in.Settings)
	}
	// A setting of which no included text speaks does not come.
	if in := mustBattery(t, "pages: [{include: fit@2/p1}]", strings.Replace(fit, "No at {{place}}\", es: \"No en {{place}}", "No\", es: \"No", 1)); len(in.Settings) != 0 {
		t.Errorf("settings: %v", in.Settings)
	}
}

func TestABatteryIsWarnedOfWhomItsPartsWereNotMadeFor(t *testing.T) {
	_, list := loadBattery(t, "pages: [{include: fit@2}]", strings.Replace(fit, "piloted", "retired", 1))
	for _, w := range []struct{ code, says string }{{"retired", "fit 2.0.0"}, {"evidence-gap", "the language es"}} {
		if !slices.ContainsFunc(list, func(d diag.Diagnostic) bool {
			return d.Code == w.code && d.Severity == diag.Warning && strings.Contains(d.Message, w.says)
		}) {
			t.Errorf("nothing says %s:%s", w.says, say(list))
		}
	}
	for audience, says := range map[string]string{"grades: [5, 6, 7]": "grade 5", "adults: staff": "adults (staff)"} {
		src := strings.Replace(batteryHead, "grades: [6, 7]", audience, 1) + "pages: [{include: fit@2}]"
		_, list := Load("fall.yaml", []byte(src), among(t, fit))
		if !slices.ContainsFunc(list, func(d diag.Diagnostic) bool {
			return d.Code == "audience-beyond-part" && strings.Contains(d.Message, says)
		}) {
			t.Errorf("%s: nothing says %s:%s", audience, says, say(list))
		}
	}
}

func TestABatteryInABatteryIsRefused(t *testing.T) {
	fall := mustBattery(t, "pages: [{include: mind@1/p1}]", mind)
	year := strings.Replace(batteryHead, "id: fall", "id: year", 1) + "pages: [{include: fall@1}]"
	_, list := Load("year.yaml", []byte(year), Options{Include: func(Ref) (*Instrument, error) { return fall, nil }})
	i := slices.IndexFunc(list, func(d diag.Diagnostic) bool { return d.Code == "nested-include" })
	if i < 0 || !strings.Contains(list[i].Hint, "mind@1") {
		t.Errorf("reported:%s", say(list))
	}
}

func TestOnePartInTwoVersionsIsAnError(t *testing.T) {
	newer := strings.Replace(mind, "1.2.3", "1.3.0", 1)
	_, list := loadBattery(t, "pages:\n  - {include: mind@1.2/p1}\n  - {include: mind@1.3/p2}\n", mind, newer)
	if !find(list, 9, 15, "two-versions") {
		t.Errorf("reported:%s", say(list))
	}
}

func TestWhatAnUnknownIncludeWouldHaveBroughtIsNotMissed(t *testing.T) {
	_, list := loadBattery(t, `items: [{id: o1, kind: number, text: {en: "N {{where}}", es: "N {{where}}"}, show_if: x9 == 1}]
pages:
  - {include: gone@1}
  - {id: x, items: [o1]}
scales: [{id: s, title: {en: A, es: B}, items: [x1, x2], score: mean, min_answered: 1, range: [0, 1]}]
quality: {straight_line: {page: p7, run: 2}}
tests: [{name: a, answers: {x1: 1}, expect: {scores: {theirs: 1}}}]
`)
	for _, d := range list {
		if d.Severity == diag.Error && d.Code != "unknown-instrument" {
			t.Errorf("reported beyond: %v", d)
		}
	}
}

func TestABatteryNeedsItemsUnlessEveryPageIncludes(t *testing.T) {
	if _, list := loadBattery(t, "pages: [{include: mind@1}, {id: p9, items: []}]", mind); !find(list, 2, 5, "missing-key") {
		t.Errorf("reported:%s", say(list))
	}
	if _, list := loadBattery(t, "items: []\npages: [{include: mind@1}, {id: p9, items: []}]", mind); !find(list, 7, 8, "empty") {
		t.Errorf("reported:%s", say(list))
	}
	mustBattery(t, "pages: [{include: mind@1}]", mind)
	mustBattery(t, "items: []\npages: [{include: mind@1}]", mind)
}

func TestTheHashOfABatteryCoversItsParts(t *testing.T) {
	const rest = "pages: [{include: mind@1/p1}]"
	one, two := mustBattery(t, rest, mind), mustBattery(t, rest, strings.Replace(mind, "Math is fixed.", "Math stays.", 1))
	same := mustBattery(t, rest, "# a comment\n"+mind)
	if one.Hash == two.Hash || one.Digest != two.Digest {
		t.Error("the hash does not follow the part")
	}
	if one.Hash != same.Hash {
		t.Error("a comment in a part changes the hash")
	}
}

// baseHash is what base was published under before there were batteries.
const baseHash = "08c8300dc574bcde06108fcd67fc88f16a7523b38bae8b9cf62d6677bd4b488b"

func TestTheHashOfAnInstrumentThatIncludesNothingStays(t *testing.T) {
	if got := mustLoad(t, baseYAML()).Hash; got != baseHash {
		t.Errorf("got %s: what was published under the old hash is no longer found", got)
	}
}

func TestTestsOfABatteryMayNameWhatItIncludes(t *testing.T) {
	in, list := loadBattery(t, `pages: [{include: mind@1}]
tests:
  - {name: a, answers: {m1: 3, m2: 1}, expect: {scores: {growth: 3}, missing: {effort: not_answered}}}
`, mind)
	if in == nil || len(in.Tests) != 1 {
		t.Fatalf("reported:%s", say(list))
	}
	if slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code == "few-tests" || d.Code == "no-tests" }) {
		t.Errorf("the tests of a part are asked for again:%s", say(list))
	}
}

func TestRefsFit(t *testing.T) {
	for ref, fits := range map[string]map[string]bool{
		"a@1": {"1.0.0": true, "1.9.2": true, "2.0.0": false}, "a@1.2": {"1.2.0": true, "1.2.9": true, "1.3.0": false}, "a@1.2.3": {"1.2.3": true, "1.2.4": false}, "a@0": {"0.1.0": true},
	} {
		target, ok := parseTarget(ref)
		if !ok || target.ref.String() != ref {
			t.Fatalf("%s is read as %v", ref, target.ref)
		}
		for v, want := range maps.All(fits) {
			var version Version
			if _, err := fmt.Sscanf(v, "%d.%d.%d", &version.Major, &version.Minor, &version.Patch); err != nil {
				t.Fatal(err)
			}
			if target.ref.Fits("a", version) != want || target.ref.Fits("b", version) {
				t.Errorf("%s and %s", ref, v)
			}
		}
	}
}
