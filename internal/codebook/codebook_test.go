package codebook_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"surveyd/instruments"
	"surveyd/internal/catalog"
	"surveyd/internal/codebook"
	"surveyd/internal/csvfile"
	"surveyd/internal/diag"
	"surveyd/internal/export"
	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

var update = flag.Bool("update", false, "write the goldens anew")

// study is an instrument with every feature that a codebook speaks of.
func study(t *testing.T) *instrument.Instrument {
	t.Helper()
	source, err := catalog.Read(os.DirFS("testdata"), "study.yaml")
	if err != nil {
		t.Fatal(err)
	}
	loaded, problems := catalog.Check([]catalog.Source{source})
	if loaded[0].Instrument == nil {
		t.Fatalf("the instrument has errors: %v", problems)
	}
	return loaded[0].Instrument
}

func words(t *testing.T) *i18n.Bundle {
	t.Helper()
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	return bundle
}

func every(t *testing.T) []*instrument.Instrument {
	t.Helper()
	c, problems, err := catalog.Open(instruments.FS)
	if err != nil || diag.HasError(problems) {
		t.Fatal(err, problems)
	}
	return append(c.All(), study(t))
}

func variable(t *testing.T, book codebook.Book, name string) *codebook.Variable {
	t.Helper()
	v, ok := book.Variable(name)
	if !ok {
		t.Fatalf("there is no variable %s", name)
	}
	return v
}

func TestEveryColumnOfTheWideExportIsInTheCodebookAndNothingElse(t *testing.T) {
	for _, in := range every(t) {
		var file bytes.Buffer
		if _, err := export.NewWide(&file, in, export.Options{}); err != nil {
			t.Fatal(err)
		}
		columns := strings.Split(strings.TrimSpace(file.String()), ",")
		var told []string
		for _, v := range codebook.Of(in).Variables {
			if v.Role != codebook.RoleAttribute {
				told = append(told, v.Name)
			}
		}
		slices.Sort(columns)
		slices.Sort(told)
		if !slices.Equal(columns, told) {
			t.Errorf("%s: the export has\n%s\nthe codebook\n%s", in.ID, columns, told)
		}
	}
}

func TestTheScoresOfAScaleStandInTheOrderOfTheExport(t *testing.T) {
	in := study(t)
	var told []string
	for _, v := range codebook.Of(in).Variables {
		if v.Section == codebook.Scores || v.Section == codebook.Quality {
			told = append(told, v.Name)
		}
	}
	if want := export.NewScoreColumns(in).Names(); !slices.Equal(told, want) {
		t.Errorf("got  %s\nwant %s", told, want)
	}
}

func TestEveryVariableHasWordsInEveryLanguage(t *testing.T) {
	bundle := words(t)
	for _, in := range every(t) {
		for _, v := range codebook.Of(in).Say(bundle).Variables {
			for _, lang := range in.Languages {
				if v.Label[lang] == "" {
					t.Errorf("%s: %s has no label in %s", in.ID, v.Name, lang)
				}
				for _, value := range v.Values {
					if value.Label[lang] == "" || strings.HasPrefix(value.Label[lang], "[") {
						t.Errorf("%s: %s: the value %q has no words in %s: %q", in.ID, v.Name, value.Code, lang, value.Label[lang])
					}
				}
				if v.Role == codebook.RoleScore && v.Formula[lang] == "" {
					t.Errorf("%s: %s has no formula in %s", in.ID, v.Name, lang)
				}
			}
		}
	}
}

func TestAPercentOfMaximumTellsTheEndsOfTheItems(t *testing.T) {
	in := study(t)
	in.Scales[0].Score = instrument.POMP
	formula := variable(t, codebook.Of(in).Say(words(t)), "interest").Formula
	for lang, want := range map[instrument.Lang]string{
		"en": "Mean of those answered of 2 * mi1, 6 - mi2, mi3, put from 1 to 5 on 0 to 100.",
		"es": "Media de las contestadas entre 2 * mi1, 6 - mi2, mi3, llevada de la escala de 1 a 5 a la de 0 a 100.",
	} {
		if !strings.HasPrefix(formula[lang], want) {
			t.Errorf("%s: %q", lang, formula[lang])
		}
	}
	set := *in.Scales[0].Items[2].Item.Responses
	set.Min = 0
	in.Scales[0].Items[2].Item.Responses = &set
	formula = variable(t, codebook.Of(in).Say(words(t)), "interest").Formula
	for lang, want := range map[instrument.Lang]string{
		"en": "Each of those answered of 2 * mi1, 6 - mi2, mi3 put on 0 to 100 from its own ends (mi1 from 1 to 5, mi2 from 1 to 5, mi3 from 0 to 5); then their mean.",
		"es": "Cada una de las contestadas entre 2 * mi1, 6 - mi2, mi3, llevada de su propia escala (mi1 de 1 a 5, mi2 de 1 a 5, mi3 de 0 a 5) a la de 0 a 100; después, la media.",
	} {
		if !strings.HasPrefix(formula[lang], want) {
			t.Errorf("%s: %q", lang, formula[lang])
		}
	}
}

func TestAnItemTellsWhereItCountsAndWhenItIsAsked(t *testing.T) {
	book := codebook.Of(study(t)).Say(words(t))
	mi1, mi2, fun := variable(t, book, "mi1"), variable(t, book, "mi2"), variable(t, book, "fun")
	if want := []codebook.Use{{Scale: "interest", Weight: 2}, {Scale: "theta", Weight: 1}}; !reflect.DeepEqual(mi1.Item.Uses, want) {
		t.Errorf("mi1 is used by %v, want %v", mi1.Item.Uses, want)
	}
	if !mi2.Item.Uses[0].Reversed {
		t.Error("mi2 should be reversed")
	}
	if mi1.Label["en"] != "I like math in the Lab." {
		t.Errorf("the setting is not filled: %q", mi1.Label["en"])
	}
	if fun.Item.Condition != "club == 1" || fun.Item.States[0].Code != "-91" {
		t.Errorf("fun: condition %q, states %v", fun.Item.Condition, fun.Item.States)
	}
	if slices.ContainsFunc(mi1.Item.States, func(s codebook.State) bool { return s.Code == "-91" }) {
		t.Error("mi1 is always asked, and yet could be not shown")
	}
	if !slices.ContainsFunc(mi1.Item.States, func(s codebook.State) bool { return s.Code == "-94" }) {
		t.Error("mi1 can be declined, and yet has no such state")
	}
}

func TestAFormulaSaysReversalWeightRoundingAndHowManyAnswersAreNeeded(t *testing.T) {
	book := codebook.Of(study(t)).Say(words(t))
	for name, want := range map[string]string{
		"interest":           "Mean of those answered of 2 * mi1, 6 - mi2, mi3. The mean divides by the weights of the answered items. Needs 2 of 3 answered; with fewer there is no score.",
		"level":              "2 times the mean of those answered of lv1, lv2. Rounded to a whole number, halves up. Needs 1 of 2 answered; with fewer there is no score.",
		"summed_scaled":      "Estimate of theta that a PCM (D = 1) with given parameters, prior mean 0 and standard deviation 1, expects for each raw sum (Lord & Wingersky, 1984).",
		"theta_scaled":       "10 * theta + 50",
		"interest_band":      "By interest: Low from 1; High from 3.5.",
		"interest_favorable": "Answered items whose code, after reversal, is one of 4, 5, divided by the answered items. From 0 to 1, whatever the least number of answers.",
		"level_favorable":    "",
	} {
		if got := variable(t, book, name).Formula["en"]; got != want {
			t.Errorf("%s\ngot  %s\nwant %s", name, got, want)
		}
	}
}

func TestRangesAreThoseOfTheColumns(t *testing.T) {
	book := codebook.Of(study(t))
	for name, want := range map[string][2]float64{
		"interest": {1, 5}, "interest_answered": {0, 3}, "level_scaled": {20, 80}, "interest_stanine": {1, 9}, "hours": {0, 40},
	} {
		r := variable(t, book, name).Range
		if r == nil || r.Min == nil || r.Max == nil || *r.Min != want[0] || *r.Max != want[1] {
			t.Errorf("%s: %v, want %v", name, r, want)
		}
	}
}

func TestSayingLeavesTheBookAsItWas(t *testing.T) {
	in := study(t)
	book, untouched := codebook.Of(in), codebook.Of(in)
	book.Say(words(t))
	if !reflect.DeepEqual(book, untouched) {
		t.Error("the book has changed")
	}
}

func TestTheCSVReadsBackAsATable(t *testing.T) {
	in := study(t)
	book := codebook.Of(in).Say(words(t))
	var file bytes.Buffer
	if err := codebook.WriteCSV(&file, book, in.Languages, true); err != nil {
		t.Fatal(err)
	}
	golden(t, "study.csv", file.Bytes())
	text, found := strings.CutPrefix(file.String(), string(csvfile.BOM))
	if !found {
		t.Error("no byte order mark")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1+len(book.Variables) {
		t.Errorf("%d lines for %d variables", len(rows), len(book.Variables))
	}
	cell := func(variable, column string) string {
		at := slices.Index(rows[0], column)
		for _, row := range rows {
			if row[0] == variable {
				return row[at]
			}
		}
		t.Fatalf("no line %s", variable)
		return ""
	}
	for _, c := range [][3]string{
		{"mi1", "values_es", "1 = Muy en desacuerdo | 2 = En desacuerdo | 3 = En medio | 4 = De acuerdo | 5 = Muy de acuerdo | 9 = No se aplica"},
		{"mi1", "missing_codes", "9"}, {"mi1", "declined_en", "I'd rather not say"}, {"mi1", "scales", "interest (weight 2) | theta"},
		{"mi2", "scales", "interest (reversed)"}, {"interest", "identity", "study/2/interest"}, {"interest", "min_answered", "2"},
		{"interest_band", "values_en", "Low | High"}, {"hours", "range_max", "40"}, {"why", "max_length", "200"},
	} {
		if got := cell(c[0], c[1]); got != c[2] {
			t.Errorf("%s of %s: %q, want %q", c[1], c[0], got, c[2])
		}
	}
	file.Reset()
	if err := codebook.WriteCSV(&file, book, []instrument.Lang{"es"}, false); err != nil {
		t.Fatal(err)
	}
	if first, _, _ := strings.Cut(file.String(), "\n"); strings.Contains(first, "_en") || !strings.Contains(first, "label_es") {
		t.Errorf("one language was asked for: %s", first)
	}
}

func TestNoCellOfTheCSVIsAFormula(t *testing.T) {
	in := study(t)
	in.Items[0].Text = instrument.Text{"en": "=1+1", "es": "@SUM(A1)"}
	var file bytes.Buffer
	if err := codebook.WriteCSV(&file, codebook.Of(in).Say(words(t)), in.Languages, false); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(rows[1], "'=1+1") || !slices.Contains(rows[1], "'@SUM(A1)") {
		t.Errorf("the texts are not defused: %q", rows[1])
	}
}

func TestTheJSONHasTheShapeOfABook(t *testing.T) {
	book := codebook.Of(study(t)).Say(words(t))
	var file bytes.Buffer
	if err := codebook.WriteJSON(&file, book); err != nil {
		t.Fatal(err)
	}
	golden(t, "study.json", file.Bytes())
	var back struct {
		Format int `json:"format"`
		codebook.Book
	}
	decoder := json.NewDecoder(bytes.NewReader(file.Bytes()))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&back); err != nil {
		t.Fatal(err)
	}
	if back.Format != 1 || !reflect.DeepEqual(back.Book, book) {
		t.Error("what was read back is another book")
	}
	if bytes.Contains(file.Bytes(), []byte(": null")) && strings.Count(file.String(), `"max": null`) != strings.Count(file.String(), ": null") {
		t.Error("a list is null instead of empty")
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("differs from %s; look at it, then run with -update", path)
	}
}
