package answerfile_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/answerfile"
	"surveyd/internal/catalog"
	"surveyd/internal/csvfile"
	"surveyd/internal/instrument"
)

const small = `
format: 1
id: small
version: 1.0.0
title: {en: "Small"}
languages: [en]
audience: {grades: [6]}
response_sets:
  three: {options: [{code: 1, label: {en: "One"}}, {code: 2, label: {en: "Two"}}, {code: 3, label: {en: "Three"}}]}
items:
  - {id: q1, text: {en: "One"}, responses: three}
  - {id: hours, kind: number, text: {en: "Hours"}}
  - {id: tried, kind: multiple, text: {en: "Tried"}, responses: three}
  - {id: more, kind: text, text: {en: "More"}}
pages: [{id: p, items: [q1, hours, tried, more]}]
scales: [{id: S, title: {en: "S"}, items: [q1], score: mean, min_answered: 1, range: [1, 3]}]
quality: {too_fast: {seconds_per_item: {"6": 1}, share: 1}}
`

// load gives the small instrument, with what is to be changed in it as pairs of old and new.
func load(t testing.TB, changes ...string) *instrument.Instrument {
	t.Helper()
	small := strings.NewReplacer(changes...).Replace(small)
	loaded, problems := catalog.Check([]catalog.Source{{Name: "small.yaml", Bytes: []byte(small)}}, nil)
	if loaded[0].Instrument == nil {
		t.Fatal(problems)
	}
	return loaded[0].Instrument
}

func TestCellsMeanWhatWasSaved(t *testing.T) {
	in := load(t)
	for name, c := range map[string]struct{ file, want string }{
		"commas":                    {"q1,hours,tried,more\n2.0,2.5,1;3,\"a,b\"\n", "2 2.5 1;3 a,b"},
		"semicolons":                {"q1;hours;tried;more\n2,0;2,5;\"1;3\";a,b\n", "2 2.5 1;3 a,b"},
		"a point beside semicolons": {"q1;hours;tried;more\n2;2.5;1;1,5\n", "2 2.5 1 1,5"},
		"two commas are no number":  {"q1;hours;tried;more\n2;1,234,5;1;x\n", "2 invalid 1 x"},
		"a comma beside commas":     {"q1,hours,tried,more\n2,\"2,5\",1,x\n", "2 invalid 1 x"},
		"a text in Windows-1252":    {"q1,hours,tried,more\n2,1,1,ni\xf1a\n", "2 1 1 niña"},
		"a number with a minus":     {"q1\thours\ttried\tmore\n2\t-0,5\t1\tx\n", "2 -0.5 1 x"},
		"a comma at an end":         {"q1;hours;tried;more\n2;,5;1;x\n", "2 invalid 1 x"},
		"nothing":                   {"q1;hours;tried;more\n;;;\n", "skipped skipped skipped skipped"},
	} {
		r, err := answerfile.Open(in, strings.NewReader(c.file), nil, answerfile.Hearing{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := r.Next(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var got []string
		for i, a := range r.Answers() {
			switch {
			case a.Invalid:
				got = append(got, "invalid")
			case a.State != answer.Answered:
				got = append(got, a.State.String())
			default:
				got = append(got, a.Cell(in.Items[i]))
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestAColumnIsFoundByItsHeading(t *testing.T) {
	in := load(t)
	open := func(head string) *answerfile.Reader {
		r, err := answerfile.Open(in, strings.NewReader(head+"\n 'x,1,1,1,1,2\n"), nil, answerfile.Hearing{})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	for _, c := range []struct{ head, name, wrong string }{
		{"Región,q1,hours,tried,more,b", "Región", ""},
		{"Regio\u0301n,q1,hours,tried,more,b", "Región", ""}, // the accent as a letter of its own, as a Mac saves it
		{"Regi\xf3n,q1,hours,tried,more,b", "Región", ""},
		{"Región,q1,hours,tried,more,b", "region", `line 1: no column is called "region" (the file has "Región")`},
		{" site ,q1,hours,tried,more,b", "site", `line 1: no column is called "site" (the file has " site ")`},
		{"site,q1,hours,tried,more,site", "site", `line 1: columns 1 and 6 are both called "site"; which one is meant?`},
		{"a,q1,hours,tried,more,", "school", `line 1: no column is called "school"; the file has "a", "q1", "hours", "tried", "more" and 1 more`},
	} {
		r := open(c.head)
		at, err := r.Column(c.name)
		var header *answerfile.HeaderError
		switch {
		case c.wrong == "" && (err != nil || at != 0):
			t.Errorf("%q in %q: column %d, %v", c.name, c.head, at, err)
		case c.wrong != "" && (!errors.As(err, &header) || err.Error() != c.wrong):
			t.Errorf("%q in %q: %v, want %s", c.name, c.head, err, c.wrong)
		}
	}
	r := open("a,q1,hours,tried,more,b")
	if err := r.Next(); err != nil || r.Value(0) != "'x" {
		t.Errorf("a value is %q, %v", r.Value(0), err)
	}
}

func TestAReportSaysWhatWasFound(t *testing.T) {
	in := load(t)
	var told []string
	r, err := answerfile.Open(in, strings.NewReader("grade;q1;hours;tried;seconds_p\n6;9;1;1;1,5\n6th;1;1;1;fast\n1;2\n6;1;\"1\n2\n"), nil, answerfile.Hearing{
		Invalid:    func(c answerfile.InvalidCell) error { told = append(told, fmt.Sprint(c)); return nil },
		Unreadable: func(e *csvfile.SyntaxError) error { told = append(told, e.Error()); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Next(); err != nil || r.Respondent().Seconds[0] != 1.5 || r.Respondent().Grade != "6" || r.Line() != 2 {
		t.Errorf("%+v, %v", r.Respondent(), err)
	}
	for !errors.Is(r.Next(), io.EOF) {
	}
	report := r.Report()
	if report.Rows != 2 || report.Invalid != 1 || report.Unreadable != 3 || report.Separator != ';' || fmt.Sprint(report.Missing) != "[more]" ||
		report.Grades.First.Value != "6th" || report.Seconds.First.Value != "fast" {
		t.Errorf("%+v", report)
	}
	want := `[{2 2 q1 9 false} line 4: the row has 2 fields, the heading 5 line 5: the quote that opens here is never closed line 6: the row has 1 fields, the heading 5]`
	if fmt.Sprint(told) != want {
		t.Errorf("told %v", told)
	}
}

func TestWhoHearsCanEndTheReading(t *testing.T) {
	in := load(t)
	enough := errors.New("enough")
	for _, hearing := range []answerfile.Hearing{
		{Unreadable: func(*csvfile.SyntaxError) error { return enough }},
		{Invalid: func(answerfile.InvalidCell) error { return enough }},
	} {
		r, err := answerfile.Open(in, strings.NewReader("q1,hours,tried,more\n1,1,1\n7,1,1,x\n"), nil, hearing)
		if err != nil {
			t.Fatal(err)
		}
		for err == nil {
			err = r.Next()
		}
		var syntax *csvfile.SyntaxError
		if !errors.Is(err, enough) && !errors.As(err, &syntax) {
			t.Errorf("it ended with %v", err)
		}
	}
}

func TestAColumnForEachOptionIsToldFromAMissingOne(t *testing.T) {
	const does = "make one column tried of them, which holds the codes joined by ;"
	scored := load(t, `text: {en: "More"}`, `text: {en: "More"}, show_if: "tried has 1"`)
	for head, heading := range map[string]string{
		"q1,hours,more,tried___1,tried___2,tried___3": "tried___1",
		"q1,hours,more,tried/1,tried/2":               "tried/1",
		"q1,hours,more,about/you/tried/3":             "about/you/tried/3",
	} {
		want := fmt.Sprintf("the file has a column for each option, such as %q: %s", heading, does)
		r, err := answerfile.Open(load(t), strings.NewReader(head+"\n"), nil, answerfile.Hearing{})
		if err != nil || fmt.Sprint(r.Report().Missing) != "[tried]" || r.Report().Advice[0] != want {
			t.Errorf("%s, where no score rests on it: %v", head, err)
		}
		_, err = answerfile.Open(scored, strings.NewReader(head+"\n"), nil, answerfile.Hearing{})
		var header *answerfile.HeaderError
		if !errors.As(err, &header) || !strings.Contains(header.Message, `"tried" (`+want+")") {
			t.Errorf("%s, where a condition rests on it: %v", head, err)
		}
	}
	for _, head := range []string{"q1,hours,more,tried/9", "q1,hours,more,attempted/1"} {
		r, err := answerfile.Open(load(t), strings.NewReader(head+"\n"), nil, answerfile.Hearing{})
		if err != nil || fmt.Sprint(r.Report().Missing) != "[tried]" || r.Report().Advice[0] != "" {
			t.Errorf("%s: %v", head, err)
		}
	}
	r, err := answerfile.Open(scored, strings.NewReader("q1,hours,more,tried,tried/1,tried/2\n"), nil, answerfile.Hearing{})
	if err != nil || r.Report().Missing != nil {
		t.Errorf("Kobo writes both, and the one is enough: %v", err)
	}
}

func TestCodesThatAreNotJoinedAreToldFromOtherCells(t *testing.T) {
	for cell, want := range map[string]bool{"1 2": true, "1, 3": true, "1|2": true, "1 9": false, "9": false, "1;9": false} {
		var told []answerfile.InvalidCell
		r, err := answerfile.Open(load(t), strings.NewReader("q1,hours,tried,more\n1,1,\""+cell+"\",x\n"), nil, answerfile.Hearing{Invalid: func(c answerfile.InvalidCell) error {
			told = append(told, c)
			return nil
		}})
		if err == nil {
			err = r.Next()
		}
		if err != nil || len(told) != 1 || told[0].Unjoined != want {
			t.Errorf("%q: %+v, %v", cell, told, err)
		}
	}
}
