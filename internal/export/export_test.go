package export_test

import (
	"bytes"
	"flag"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/diag"
	"surveyd/internal/export"
	"surveyd/internal/instrument"
)

var update = flag.Bool("update", false, "write the golden files anew")

// trial has an item of every kind, conditions, a shuffled page, bands, and every quality flag.
const trial = `
format: 1
id: trial
version: 1.2.0
title: {en: "Trial", es: "Prueba"}
languages: [en, es]
audience: {grades: [4, 5, 6, 7]}
response_sets:
  agree5:
    options:
      - {code: 1, label: {en: "Strongly disagree", es: "Totalmente en desacuerdo"}}
      - {code: 2, label: {en: "Disagree", es: "En desacuerdo"}}
      - {code: 3, label: {en: "Not sure", es: "No lo sé"}}
      - {code: 4, label: {en: "Agree", es: "De acuerdo"}}
      - {code: 5, label: {en: "Strongly agree", es: "Totalmente de acuerdo"}}
      - {code: 9, label: {en: "Does not apply", es: "No se aplica"}, missing: true}
    declined: {en: "I'd rather not say", es: "Prefiero no decir"}
  yes_no:
    options:
      - {code: 0, label: {en: "No", es: "No"}}
      - {code: 1, label: {en: "Yes", es: "Sí"}}
  shift:
    options:
      - {code: -1, label: {en: "Less", es: "Menos"}}
      - {code: 0, label: {en: "Same", es: "Igual"}}
      - {code: 1, label: {en: "More", es: "Más"}}
  club_list:
    kind: nominal
    options:
      - {code: -1, label: {en: "None", es: "Ninguno"}}
      - {code: robotics, label: {en: "Robotics, and the like", es: "Robótica y similares"}}
      - {code: chess, label: {en: "Chess", es: "Ajedrez"}}
items:
  - {id: mi1, text: {en: "One", es: "Uno"}, responses: agree5}
  - {id: mi2, text: {en: "Two", es: "Dos"}, responses: agree5}
  - {id: mi3, text: {en: "Three", es: "Tres"}, responses: agree5}
  - {id: club, text: {en: "Club?", es: "¿Club?"}, responses: yes_no}
  - {id: fun, text: {en: "Fun", es: "Divertido"}, responses: agree5, show_if: club == 1}
  - {id: why, kind: text, text: {en: "Why?", es: "¿Por qué?"}, max_length: 12, show_if: fun >= 4}
  - {id: glad, text: {en: "Glad", es: "Alegre"}, responses: agree5, show_if: answered(why)}
  - {id: hours, kind: number, text: {en: "Hours", es: "Horas"}, min: -100, max: 40}
  - {id: clubs, kind: multiple, text: {en: "Which?", es: "¿Cuáles?"}, responses: club_list}
  - {id: trend, text: {en: "Trend", es: "Cambio"}, responses: shift, show_if: hours < 0 or clubs has 'chess'}
pages:
  - {id: p1, items: [mi1, mi2, mi3], shuffle: true}
  - {id: p2, items: [club, fun, why, glad, hours, clubs, trend]}
scales:
  - id: math_identity
    title: {en: "Math identity", es: "Identidad matemática"}
    items: [mi1, -mi2, mi3]
    weights: {mi1: 0.3}
    score: mean
    min_answered: 2
    range: [1, 5]
    favorable: [4, 5]
    bands: {cuts: [{from: 1, label: {en: "=Low, or so", es: "Bajo"}}, {from: 3, label: {en: "High", es: "Alto"}}]}
  - {id: joy, title: {en: "Joy", es: "Alegría"}, items: [fun, glad], score: prorated_sum, rounding: half_up, min_answered: 1, range: [2, 10]}
  - {id: mix, title: {en: "Mix", es: "Mezcla"}, items: [mi1, trend], score: pomp, min_answered: 1, range: [0, 100]}
quality:
  straight_line: {page: p1, run: 2}
  too_fast: {seconds_per_item: {"K-5": 1.5, "6-12": 1.0}, share: 0.5}
  missing_share: 0.5
  attention: [{item: mi3, expect: 3}]
`

func load(t testing.TB, source string) *instrument.Instrument {
	t.Helper()
	in, problems := instrument.Load("trial.yaml", []byte(source), instrument.Options{})
	if diag.HasError(problems) {
		t.Fatalf("the test's instrument has errors: %v", problems)
	}
	return in
}

// given is answers as a form would bring them.
func given(t testing.TB, in *instrument.Instrument, fields string) answer.Set {
	t.Helper()
	set := answer.New(in)
	for field := range strings.SplitSeq(fields, "|") {
		id, value, _ := strings.Cut(field, "=")
		item, ok := in.Item(instrument.ItemID(id))
		if !ok {
			t.Fatalf("no item %s", id)
		}
		set[item.Index], _ = answer.ParseValues(item, strings.Split(value, "+"))
	}
	return set
}

// persons is rows that hold what is awkward in a file.
func persons(t testing.TB, in *instrument.Instrument) []export.Row {
	who := func(pseudonym string, status export.Status) export.Row {
		return export.Row{
			Pseudonym: pseudonym, Administration: "fall-26", Wave: "fall", Instrument: "trial", Version: "1.2.0", Status: status,
			Language: "es", Site: "Peña, Norte", Group: "=5A", Grade: "5", Attributes: []string{"yes", "-2.5"},
		}
	}
	done := who("P1", export.Submitted)
	done.Seconds, done.Order = []float64{3.1, 60.25}, [][]int{{2, 0, 1}, nil}
	done.Answers = given(t, in, "mi1=4|mi2=2|mi3=4|club=1|fun=5|why==HYPERLINK(|glad=4|hours=-2.5|clubs=chess+-1|trend=-1")
	hidden := who("P2", export.Submitted)
	hidden.Answers = given(t, in, "mi1=-94|mi2=9|mi3=3|club=0|fun=5|why=NA|glad=4|hours=8|clubs=robotics")
	invalid := who("P3", export.Partial)
	invalid.Seconds = []float64{math.NaN(), 12}
	invalid.Answers = given(t, in, "mi1=7|mi2==1+1|mi3=|club=1|fun=4|why=line 1\r\nline 2\"|hours=-92|clubs=soccer")
	na := who("P4", export.Submitted)
	na.Grade, na.Group = "", ""
	na.Answers = given(t, in, "club=1|fun=4|why=NA|glad=1|hours=0")
	return []export.Row{done, hidden, invalid, na, who("P5", export.Declined), who("P6", export.NotStarted)}
}

var options = export.Options{Attributes: []string{"enrolled", "gpa"}}

// writer is what every kind of file has.
type writer interface{ Write(export.Row) error }

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

func TestFilesAreAsTheyWere(t *testing.T) {
	in := load(t, trial)
	for name, open := range map[string]func(*bytes.Buffer) (writer, error){
		"wide.csv":   func(b *bytes.Buffer) (writer, error) { return export.NewWide(b, in, options) },
		"long.csv":   func(b *bytes.Buffer) (writer, error) { return export.NewLong(b, in, options) },
		"scores.csv": func(b *bytes.Buffer) (writer, error) { return export.NewScores(b, in, options) },
	} {
		var file bytes.Buffer
		w, err := open(&file)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range persons(t, in) {
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
		}
		golden(t, name, file.Bytes())
	}
}

func TestTheAnswersThatAreHandedInAreNotChanged(t *testing.T) {
	in := load(t, trial)
	row := persons(t, in)[1]
	before := append(answer.Set(nil), row.Answers...)
	w, err := export.NewWide(&bytes.Buffer{}, in, export.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(row); err != nil {
		t.Fatal(err)
	}
	for i := range before {
		if before[i].State != row.Answers[i].State {
			t.Errorf("item %d became %s", i, row.Answers[i].State)
		}
	}
}

func TestAnUnknownStatusAndADoubledColumnAreRefused(t *testing.T) {
	in := load(t, trial)
	w, err := export.NewWide(&bytes.Buffer{}, in, export.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(export.Row{Status: "started"}); err == nil {
		t.Error("the status started was written")
	}
	if _, err := export.NewWide(&bytes.Buffer{}, in, export.Options{Attributes: []string{"gpa", "GPA"}}); err == nil {
		t.Error("two columns attribute_gpa were written")
	}
}
