package export_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/answerfile"
	"surveyd/internal/csvfile"
	"surveyd/internal/export"
	"surveyd/internal/instrument"
)

// score scores a file; the invalid cells are given as line:column heading=value.
func score(in *instrument.Instrument, file string) (scored string, invalid []string, report export.Scored, err error) {
	var out bytes.Buffer
	report, err = export.ScoreFile(in, strings.NewReader(file), &out, answerfile.Hearing{Invalid: func(c answerfile.InvalidCell) error {
		invalid = append(invalid, fmt.Sprintf("%d:%d %s=%s", c.Line, c.Number, c.Column, c.Value))
		return nil
	}})
	return out.String(), invalid, report, err
}

// small has two items and one scale; its own words keep the files of these tests short.
const small = `
format: 1
id: small
version: 1.0.0
title: {en: "Small"}
languages: [en]
audience: {grades: [6]}
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
  - {id: S, title: {en: "S"}, items: [q1, q2], score: mean, min_answered: 2, range: [1, 3], favorable: [3]}
quality: {too_fast: {seconds_per_item: {"6": 1}, share: 1}}
`

const smallHead = ",S,S_answered,S_missing,S_favorable,quality_flags"

func TestEveryColumnPassesUnchangedAndInOrder(t *testing.T) {
	in := load(t, small)
	got, invalid, _, err := score(in, "note,q2,\"a \"\"b\"\", c\",q1,x,x\n"+
		"\"line 1\r\nline 2\",3,'=1+1,2,007, y \n"+
		"\xff,NA,\"\",3.0,,\n")
	want := "note,q2,\"a \"\"b\"\", c\",q1,x,x" + smallHead + "\n" +
		"\"line 1\r\nline 2\",3,'=1+1,2,007, y ,2.5,2,,0.5,\n" +
		"\xff,NA,\"\",3.0,,,,1,too_few_answered,1,\n"
	if err != nil || got != want || invalid != nil {
		t.Errorf("got  %q, %v, %v\nwant %q", got, invalid, err, want)
	}
}

func TestMarkAndLineEndsStay(t *testing.T) {
	in := load(t, small)
	got, _, _, err := score(in, "\ufeffq1,q2\r\n1,2\r\n\r\n3,3")
	if want := "\ufeffq1,q2" + smallHead + "\r\n1,2,1.5,2,,0,\r\n3,3,3,2,,1,\r\n"; err != nil || got != want {
		t.Errorf("got  %q, %v\nwant %q", got, err, want)
	}
}

func TestInvalidCellsAreNamedAndCountAsMissing(t *testing.T) {
	in := load(t, small)
	got, invalid, report, err := score(in, "id,q1,q2\n\"a\nb\",4,2\nc,two,-92\n")
	want := "id,q1,q2" + smallHead + "\n\"a\nb\",4,2,,1,too_few_answered,0,\nc,two,-92,,0,not_answered,,\n"
	if err != nil || got != want || report.Invalid != 2 || report.Rows != 2 {
		t.Errorf("got  %q, %+v, %v\nwant %q", got, report, err, want)
	}
	if fmt.Sprint(invalid) != "[3:2 q1=4 4:2 q1=two]" {
		t.Errorf("invalid cells: %v", invalid)
	}
}

func TestTimesAndGradesFeedTooFast(t *testing.T) {
	in := load(t, small)
	got, _, report, err := score(in, "grade,seconds_p,q1,q2\n6,1.9,1,1\n6,2,1,1\n7,1.9,1,1\n6th,1,1,1\n6,fast,1,1\nNA,NA,1,1\n")
	want := "grade,seconds_p,q1,q2" + smallHead + "\n6,1.9,1,1,1,2,,0,too_fast\n6,2,1,1,1,2,,0,\n7,1.9,1,1,1,2,,0,\n" +
		"6th,1,1,1,1,2,,0,\n6,fast,1,1,1,2,,0,\nNA,NA,1,1,1,2,,0,\n"
	if err != nil || got != want {
		t.Errorf("got  %q, %v\nwant %q", got, err, want)
	}
	if report.Grades != (answerfile.Unread{N: 1, First: answerfile.InvalidCell{Line: 5, Number: 1, Column: "grade", Value: "6th"}}) {
		t.Errorf("grades: %+v", report.Grades)
	}
	if report.Seconds != (answerfile.Unread{N: 1, First: answerfile.InvalidCell{Line: 6, Number: 2, Column: "seconds_p", Value: "fast"}}) {
		t.Errorf("seconds: %+v", report.Seconds)
	}
}

func TestEarlierScoresAreReplaced(t *testing.T) {
	in := load(t, small)
	got, _, report, err := score(in, "quality_flags,q1,S,q2,S_band\nx,1,9,3,low\n")
	if want := "q1,q2,S_band" + smallHead + "\n1,3,low,2,2,,0.5,\n"; err != nil || got != want {
		t.Errorf("got  %q, %v\nwant %q", got, err, want)
	}
	if fmt.Sprint(report.Replaced) != "[quality_flags S]" {
		t.Errorf("replaced: %v", report.Replaced)
	}
	again, _, report, err := score(in, got)
	if err != nil || again != got || report.Replaced != nil {
		t.Errorf("scored again: %q, %v, %v", again, report.Replaced, err)
	}
}

func TestARowOfSpacesIsABlankLine(t *testing.T) {
	in := load(t, small)
	got, _, report, err := score(in, "q1,q2\n1,2\n   \n\t\r\n3,3\n,\n")
	if want := "q1,q2" + smallHead + "\n1,2,1.5,2,,0,\n3,3,3,2,,1,\n,,,0,not_answered,,\n"; err != nil || got != want || report.Rows != 3 {
		t.Errorf("got  %q, %v, %d rows\nwant %q", got, err, report.Rows, want)
	}
}

func TestAnItemThatNoScoreRestsOnNeedsNoColumn(t *testing.T) {
	in := load(t, strings.NewReplacer("pages:", "  - {id: more, kind: text, text: {en: \"More\"}}\npages:", "[q1, q2]}]", "[q1, q2, more]}]").Replace(small))
	got, _, report, err := score(in, "q1,q2\n1,3\n")
	if want := "q1,q2" + smallHead + "\n1,3,2,2,,0.5,\n"; err != nil || got != want {
		t.Errorf("got  %q, %v\nwant %q", got, err, want)
	}
	if fmt.Sprint(report.Missing) != "[more]" {
		t.Errorf("missing: %v", report.Missing)
	}
}

func TestAFileWithOneColumnMayHoldEmptyLines(t *testing.T) {
	in := load(t, strings.NewReplacer(`  - {id: q2, text: {en: "Two"}, responses: three}`, "", "[q1, q2]", "[q1]", "min_answered: 2", "min_answered: 1").Replace(small))
	got, _, report, err := score(in, "q1\n1\n\n2\n")
	if err != nil || report.Rows != 3 || !strings.Contains(got, "\n,,0,not_answered,,\n") {
		t.Errorf("got %q, %+v, %v", got, report, err)
	}
}

func TestFilesThatCannotBeScored(t *testing.T) {
	in := load(t, small)
	for name, c := range map[string]struct{ file, message string }{
		"empty":            {"", `line 1: the file is empty; its first line must name the columns`},
		"a long export":    {"pseudonym,item,state,value\nx,q1,answered,2\n", `line 1: this file has a line for each answer (columns item, state, value); scoring reads a line for each person, as the wide export has them`},
		"no item":          {"a,b\n1,2\n", `line 1: no column is called "q1", "q2"; every item of a scale needs a column, headed exactly like the item`},
		"an item left out": {"q1,qx2\n1,2\n", `line 1: no column is called "q2"; every item of a scale needs a column, headed exactly like the item`},
		"other case":       {"Q1,q2\n1,2\n", `line 1: no column is called "q1" (the file has "Q1"); every item of a scale needs a column, headed exactly like the item`},
		"a space":          {"q1,q2 \n1,2\n", `line 1: no column is called "q2" (the file has "q2 "); every item of a scale needs a column, headed exactly like the item`},
		"a doubled item":   {"q1,q2,q1\n1,2,3\n", `line 1: columns 1 and 3 are both called "q1"; which one is meant?`},
		"two grades":       {"q1,grade,grade\n1,2,3\n", `line 1: columns 2 and 3 are both called "grade"; which one is meant?`},
		"an accent":        {"q1;q\u00e92\n1;2\n", `line 1: no column is called "q2"; every item of a scale needs a column, headed exactly like the item`},
		"below sep=":       {"sep=;\nQ1;q2\n1;2\n", `line 2: no column is called "q1" (the file has "Q1"); every item of a scale needs a column, headed exactly like the item`},
		"a short row":      {"id,q1,q2\n1,2,3\n\n2,3\n", `line 4: the row has 2 fields, the heading 3`},
		"a long row":       {"q1,q2\n1,2\n1,2,3\n", `line 3: the row has 3 fields, the heading 2`},
		"an open quote":    {"q1,q2\n1,2\n\"1,2\n", `line 3: the quote that opens here is never closed`},
		"UTF-16":           {"\xff\xfeq\x001\x00", `line 1: the file is UTF-16; save it as CSV UTF-8`},
		"text after quote": {"q1,q2\n\"1\"2,3\n", `line 2: text follows a closing quote; a quote inside a quoted field is written twice`},
	} {
		_, _, _, err := score(in, c.file)
		var header *answerfile.HeaderError
		var syntax *csvfile.SyntaxError
		if !errors.As(err, &header) && !errors.As(err, &syntax) || err.Error() != c.message {
			t.Errorf("%s: got %v, want %s", name, err, c.message)
		}
	}
}

func TestFilesAreReadAsPeopleSaveThem(t *testing.T) {
	in := load(t, small)
	for name, c := range map[string]struct{ file, want string }{
		"semicolons":             {"q1;q2\r\n1;2\r\n", "q1;q2" + strings.ReplaceAll(smallHead, ",", ";") + "\r\n1;2;1.5;2;;0;\r\n"},
		"a comma in a name":      {"Name, first;q1;q2\nAna;1,0;3\n", "Name, first;q1;q2" + strings.ReplaceAll(smallHead, ",", ";") + "\nAna;1,0;3;2;2;;0.5;\n"},
		"tabs":                   {"q1\tq2\n1\t2\n", "q1\tq2" + strings.ReplaceAll(smallHead, ",", "\t") + "\n1\t2\t1.5\t2\t\t0\t\n"},
		"a line for Excel":       {"\ufeffsep=;\r\nq1;q2\r\n1;2\r\n", "\ufeffsep=;\r\nq1;q2" + strings.ReplaceAll(smallHead, ",", ";") + "\r\n1;2;1.5;2;;0;\r\n"},
		"blank lines above":      {"\n \r\nq1,q2\n1,2\n", "q1,q2" + smallHead + "\n1,2,1.5,2,,0,\n"},
		"empty columns":          {"q1,q2,,\n1,2,,\n", "q1,q2,," + smallHead + "\n1,2,,,1.5,2,,0,\n"},
		"empty cells too many":   {"q1,q2\n1,2,,\"\"\n", "q1,q2" + smallHead + "\n1,2,1.5,2,,0,\n"},
		"a decimal comma":        {"q1;q2\n1,0;2\n", "q1;q2" + strings.ReplaceAll(smallHead, ",", ";") + "\n1,0;2;1.5;2;;0;\n"},
		"semicolons in a cell":   {"note,q1,q2\na;b;c,1,2\n", "note,q1,q2" + smallHead + "\na;b;c,1,2,1.5,2,,0,\n"},
		"Latin-1 in other cells": {"a\xf1o,q1,q2\nni\xf1a,1,2\n", "a\xf1o,q1,q2" + smallHead + "\nni\xf1a,1,2,1.5,2,,0,\n"},
	} {
		got, invalid, _, err := score(in, c.file)
		if err != nil || got != c.want || invalid != nil {
			t.Errorf("%s: got %q, %v, %v\nwant %q", name, got, invalid, err, c.want)
		}
		if again, _, _, err := score(in, got); err != nil || again != got {
			t.Errorf("%s, scored again: %q, %v", name, again, err)
		}
	}
}

func TestARowThatCannotBeReadIsToldAndLeftOut(t *testing.T) {
	in := load(t, small)
	var told []string
	var out bytes.Buffer
	report, err := export.ScoreFile(in, strings.NewReader("id,q1,q2\na,1,2\nb,1\nc,1,2,3\nd,\"1\"x,2\ne,2,2\n\"f,3,3\ng,3,1\n"), &out, answerfile.Hearing{
		Unreadable: func(e *csvfile.SyntaxError) error { told = append(told, e.Error()); return nil },
	})
	if want := "id,q1,q2" + smallHead + "\na,1,2,1.5,2,,0,\ne,2,2,2,2,,0,\ng,3,1,2,2,,0.5,\n"; err != nil || out.String() != want || report.Rows != 3 || report.Unreadable != 4 {
		t.Errorf("got %q, %+v, %v", out.String(), report, err)
	}
	want := []string{
		"line 3: the row has 2 fields, the heading 3", "line 4: the row has 4 fields, the heading 3",
		"line 5: text follows a closing quote; a quote inside a quoted field is written twice", "line 7: the quote that opens here is never closed",
	}
	if fmt.Sprint(told) != fmt.Sprint(want) {
		t.Errorf("told %q", told)
	}
}

// textPool is what students and files hold, legal or not.
var textPool = []string{
	"", " ", "NA", "'NA", "-91", "-92", "-93", "-94", "-92.0", "0", "1", "2", "3", "4", "5", "9", "7", "4.0", "-1", "-2.5", "2,5", "41",
	"chess", "robotics", "soccer", "=1+1", "'=1", "@x", "+x", "\tx", "-x", "'", "line\r\nbreak", "a,\"b\"", "twelve chars", "=eleven chars",
	"'=ten chars", "ñññññññññññññ", "1e-7", "0.1",
}

// randomRow draws a person: answers from a form, from a file, or none.
func randomRow(r *rand.Rand, in *instrument.Instrument) export.Row {
	pick := func() string { return textPool[r.IntN(len(textPool))] }
	row := export.Row{
		Pseudonym: pick(), Administration: pick(), Wave: pick(), Instrument: "trial", Version: "1.2.0", Site: pick(), Group: pick(),
		Status:   []export.Status{export.Submitted, export.Partial, export.Declined, export.NotStarted}[r.IntN(4)],
		Language: []string{"en", "es", ""}[r.IntN(3)], Grade: []string{"K", "4", "5", "6", "12", "", " 5", "=5", "adult"}[r.IntN(9)],
		Attributes: []string{pick(), pick()},
	}
	for range in.Pages {
		row.Seconds = append(row.Seconds, []float64{0, 1.1, 4.5, 1e-7, 100, math.NaN(), -1, math.Inf(1), r.Float64() * 20}[r.IntN(9)])
		row.Order = append(row.Order, [][]int{nil, {0, 1, 2}, {2, 0, 1}, {1, 2}, {0, 0}, {5, 1}, {99}}[r.IntN(7)])
	}
	if r.IntN(5) == 0 {
		return row
	}
	row.Answers = answer.New(in)
	for i, item := range in.Items {
		switch r.IntN(4) {
		case 0: // not reached
		case 1: // a legal choice, so that conditions come true
			if item.Responses != nil {
				code := string(item.Responses.Options[r.IntN(len(item.Responses.Options))].Code)
				row.Answers[i], _ = answer.ParseValues(item, []string{code})
				continue
			}
			fallthrough
		default:
			values := []string{pick()}
			if r.IntN(4) == 0 {
				values = append(values, pick())
			}
			row.Answers[i], _ = answer.ParseValues(item, values)
		}
	}
	if r.IntN(3) == 0 {
		row.Answers.SkipUnreached()
	}
	if r.IntN(2) == 0 {
		answer.Resolve(in, row.Answers)
	}
	return row
}

// randomInstrument varies what decides about flags and scores.
func randomInstrument(t testing.TB, r *rand.Rand) *instrument.Instrument {
	source := trial
	swap := func(old string, others ...string) {
		if !strings.Contains(source, old) {
			t.Fatalf("the instrument holds no %q", old)
		}
		source = strings.Replace(source, old, append(others, old)[r.IntN(len(others)+1)], 1)
	}
	swap("show_if: club == 1", "show_if: not answered(club)", "show_if: club != 0 and mi1 > 2", "show_if: 'not (mi1 in [1, 2])'")
	swap("show_if: answered(why)", "show_if: not answered(why)", "show_if: not answered(fun) or mi2 == 9")
	swap("run: 2", "run: 3")
	swap("share: 0.5}", "share: 1}")
	swap("missing_share: 0.5", "missing_share: 0.3", "missing_share: 1")
	swap(", shuffle: true", "")
	swap("min_answered: 2", "min_answered: 100%", "min_answered: 1")
	swap("weights: {mi1: 0.3}", "weights: {mi2: 0.1, mi3: 0.7}")
	swap("max_length: 12", "max_length: 3")
	return load(t, source)
}

// Scoring an export again gives the same bytes, whatever was answered, and the scores do not come from the file's own score
// columns.
func TestScoringAnExportAgainChangesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 12))
	for n := range 60 {
		in := randomInstrument(t, r)
		var file bytes.Buffer
		w, err := export.NewWide(&file, in, export.Options{BOM: n%2 == 0, Attributes: []string{"=enrolled", "x"}})
		if err != nil {
			t.Fatal(err)
		}
		var rows []export.Row
		for range 60 {
			rows = append(rows, randomRow(r, in))
			if err := w.Write(rows[len(rows)-1]); err != nil {
				t.Fatal(err)
			}
		}
		again, _, report, err := score(in, file.String())
		if err != nil {
			t.Fatalf("%v\n%s", err, file.String())
		}
		if again != file.String() {
			a, b := strings.Split(file.String(), "\n"), strings.Split(again, "\n")
			for i := range a {
				if i < len(b) && a[i] != b[i] {
					t.Fatalf("line %d\nexported     %q\nscored again %q", i+1, a[i], b[i])
				}
			}
			t.Fatal("the number of lines differs")
		}
		if report.Replaced != nil || report.Missing != nil || report.Orders.N+report.Seconds.N > 0 {
			t.Fatalf("the export's own columns are not understood: %+v", report)
		}
	}
}

func FuzzScoringAScoredFileChangesNothing(f *testing.F) {
	in := load(f, trial)
	for _, seed := range []string{
		"mi1,mi2,mi3\n1,2,3\n", "\ufeffmi1,\"x\"\r\n4.0,\"a\r\nb\"\r\n", "club,fun,why,grade,seconds_p1,order_p1,mi1\n1,5,=x,5,1.5,mi3;mi1,4\n",
		"quality_flags,mi1,joy\n,9,\n", "mi1\n\n1\n", "mi1,\"a\"\"\n\",b\n-94,\"\"\"\",'=1\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		once, _, report, err := score(in, file)
		if err != nil {
			return
		}
		twice, _, again, err := score(in, once)
		if err != nil {
			t.Fatalf("%q was scored as %q, which cannot be read: %v", file, once, err)
		}
		if twice != once || again.Rows != report.Rows || again.Invalid != report.Invalid {
			t.Fatalf("%q\nonce  %q\ntwice %q", file, once, twice)
		}
	})
}

func TestTheFirstHeadingThatIsNoUTF8IsNamed(t *testing.T) {
	_, _, report, err := score(load(t, small), "q1,q2,a\xf1o,se\xf1al\n1,2,x,y\n")
	if err != nil || report.NotUTF8.N != 2 || report.NotUTF8.First.Number != 3 || report.NotUTF8.First.Column != "año" {
		t.Errorf("got %+v, %v", report.NotUTF8, err)
	}
}
