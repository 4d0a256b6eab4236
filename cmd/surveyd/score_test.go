package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const scoreInstrument = `format: 1
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
  - {id: S, title: {en: "S"}, items: [q1, -q2], score: mean, min_answered: 2, range: [1, 3], favorable: [3]}
tests:
  - name: both answered
    answers: {q1: 3, q2: 1}
    expect: {scores: {S: 3}}
`

const scoreHead = "S,S_answered,S_missing,S_favorable,quality_flags"

// scoreFiles writes an instrument and answers and gives their paths.
func scoreFiles(t *testing.T, instrument, answers string) (instrumentPath, answersPath string) {
	t.Helper()
	dir := t.TempDir()
	instrumentPath, answersPath = filepath.Join(dir, "small.yaml"), filepath.Join(dir, "answers.csv")
	for path, text := range map[string]string{instrumentPath: instrument, answersPath: answers} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return instrumentPath, answersPath
}

func score(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = runScore(context.Background(), args, &out, &errs)
	return code, out.String(), errs.String()
}

func TestScoreAddsColumnsAndListsInvalidCodes(t *testing.T) {
	instrument, answers := scoreFiles(t, scoreInstrument, "id,q1,q2\nx,3,2\ny,4,NA\n")
	code, stdout, stderr := score(instrument, answers)
	// x: (3 + (4 - 2)) / 2 = 2.5, one of two is 3. y: 4 is in no set, so nothing is answered.
	if want := "id,q1,q2," + scoreHead + "\nx,3,2,2.5,2,,0.5,\ny,4,NA,,0,not_answered,,\n"; code != exitOK || stdout != want {
		t.Errorf("exit %d\n%s\nwant\n%s", code, stdout, want)
	}
	if want := answers + `:3:2: column q1: "4" is no answer to this item; it counts as missing` + "\n"; stderr != want {
		t.Errorf("stderr %q\nwant   %q", stderr, want)
	}
}

func TestScoreLooksForPicturesBesideTheInstrument(t *testing.T) {
	instrument, answers := scoreFiles(t, strings.Replace(scoreInstrument, "{code: 1, label", "{code: 1, picture: one.svg, label", 1), "q1,q2\n3,2\n")
	if code, _, stderr := score(instrument, answers); code != exitFailed || !strings.Contains(stderr, "missing-file") {
		t.Errorf("without the picture: exit %d, stderr %q", code, stderr)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(instrument), "one.svg"), []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>`), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := score(instrument, answers); code != exitOK {
		t.Errorf("with the picture: exit %d, stderr %q", code, stderr)
	}
}

func TestScoreStrictWritesNothingForAnInvalidCode(t *testing.T) {
	instrument, answers := scoreFiles(t, scoreInstrument, "id,q1,q2\nx,3,2\ny,4,NA\n")
	out := filepath.Join(t.TempDir(), "scored.csv")
	for _, args := range [][]string{
		{instrument, answers, "--strict"},
		{"--strict", "--out", out, instrument, answers},
	} {
		code, stdout, stderr := score(args...)
		if code != exitFailed || stdout != "" || !strings.Contains(stderr, `:3:2: column q1: "4"`) || !strings.Contains(stderr, "--strict") {
			t.Errorf("%v: exit %d, stdout %q, stderr %q", args, code, stdout, stderr)
		}
	}
	if entries, err := os.ReadDir(filepath.Dir(out)); err != nil || len(entries) != 0 {
		t.Errorf("files were left: %v %v", entries, err)
	}
}

func TestScoreStrictPassesACleanFile(t *testing.T) {
	instrument, answers := scoreFiles(t, scoreInstrument, "q1,q2\n3,-94\n")
	code, stdout, stderr := score(instrument, "--strict", answers)
	if want := "q1,q2," + scoreHead + "\n3,-94,,1,too_few_answered,1,\n"; code != exitOK || stdout != want || stderr != "" {
		t.Errorf("exit %d, stdout %q, stderr %q", code, stdout, stderr)
	}
}

func TestScoreWritesItsOwnInputAgainUnchanged(t *testing.T) {
	instrument, answers := scoreFiles(t, scoreInstrument, "q1,q2\n3,1\n,2\n")
	for range 2 {
		if code, _, stderr := score(instrument, answers, "--out", answers); code != exitOK || stderr != "" {
			t.Fatalf("exit %d, stderr %q", code, stderr)
		}
		got, err := os.ReadFile(answers)
		if want := "q1,q2," + scoreHead + "\n3,1,3,2,,1,\n,2,,1,too_few_answered,0,\n"; err != nil || string(got) != want {
			t.Errorf("got %q, %v", got, err)
		}
	}
}

func TestScoreListsTwentyInvalidCodesAndCountsTheRest(t *testing.T) {
	instrument, answers := scoreFiles(t, scoreInstrument, "q1,q2\n"+strings.Repeat("7,1\n", 25))
	_, _, stderr := score(instrument, answers)
	if n := strings.Count(stderr, "is no answer"); n != 20 {
		t.Errorf("%d are listed", n)
	}
	if !strings.Contains(stderr, "and 5 more; 25 invalid cells in all") {
		t.Errorf("stderr %q", stderr)
	}
}

func TestScoreSaysWhatItMakesOfTheHeadings(t *testing.T) {
	instrument, answers := scoreFiles(t, scoreInstrument, "q1,q2,S\n3,1,9\n")
	if code, _, stderr := score(instrument, answers); code != exitOK || !strings.Contains(stderr, `the column "S" is replaced`) {
		t.Errorf("exit %d, stderr %q", code, stderr)
	}
	instrument, answers = scoreFiles(t, scoreInstrument, "q_1,q2\n3,1\n")
	if code, _, stderr := score(instrument, answers); code != exitFailed || !strings.Contains(stderr, `no column is called "q1" (the file has "q_1")`) {
		t.Errorf("exit %d, stderr %q", code, stderr)
	}
}

func TestScoreEndsWithTheRightCode(t *testing.T) {
	instrument, answers := scoreFiles(t, scoreInstrument, "q1,q2\n3,1\n")
	broken, ragged := scoreFiles(t, strings.Replace(scoreInstrument, "id: S,", "id: 1S,", 1), "q1,q2\n3\n")
	failing, _ := scoreFiles(t, strings.Replace(scoreInstrument, "{S: 3}", "{S: 2}", 1), "")
	for name, c := range map[string]struct {
		args   []string
		code   int
		stderr string
	}{
		"help":              {[]string{"--help"}, exitOK, ""},
		"no file":           {[]string{instrument}, exitMisuse, "give an instrument and a file of answers"},
		"three files":       {[]string{instrument, answers, answers}, exitMisuse, "give an instrument and a file of answers"},
		"unknown flag":      {[]string{instrument, answers, "--sloppy"}, exitMisuse, "sloppy"},
		"no such file":      {[]string{instrument, answers + "x"}, exitFailed, "no such file"},
		"no instrument":     {[]string{instrument + "x", answers}, exitFailed, "no such file"},
		"ragged":            {[]string{instrument, ragged, "--strict"}, exitFailed, ragged + ":2: the row has 1 fields, the heading 2"},
		"instrument errors": {[]string{broken, answers}, exitFailed, "illegal-id"},
		"a failing test":    {[]string{failing, answers}, exitFailed, "test-failed"},
		"no directory":      {[]string{instrument, answers, "--out", filepath.Join(t.TempDir(), "none", "x.csv")}, exitFailed, "none"},
	} {
		code, stdout, stderr := score(c.args...)
		if code != c.code || !strings.Contains(stderr, c.stderr) || code != exitOK && stdout != "" {
			t.Errorf("%s: exit %d, stdout %q, stderr %q; want exit %d with %q", name, code, stdout, stderr, c.code, c.stderr)
		}
	}
}

func TestScoreNamesRowsThatCannotBeReadAndGoesOn(t *testing.T) {
	instrument, answers := scoreFiles(t, scoreInstrument, "id;q1;q2\nx;3;2\ny;4\n\"z;3;1\n"+strings.Repeat("w;1\n", 25)+"v;3;1\n")
	code, stdout, stderr := score(instrument, answers)
	if want := "id;q1;q2;" + strings.ReplaceAll(scoreHead, ",", ";") + "\nx;3;2;2.5;2;;0.5;\nv;3;1;3;2;;1;\n"; code != exitOK || stdout != want {
		t.Errorf("exit %d\n%s\nwant\n%s", code, stdout, want)
	}
	mustContain(t, "stderr", stderr, ":3: the row has 2 fields, the heading 3; the row is left out", ":4: the quote that opens here is never closed; the row is left out",
		"and 7 more; 27 rows in all are left out", "read with semicolons between the fields")
	if n := strings.Count(stderr, "; the row is left out"); n != 20 {
		t.Errorf("%d rows are named", n)
	}
}

func TestScoreStopsWhenInterrupted(t *testing.T) {
	instrument, answers := scoreFiles(t, scoreInstrument, "q1,q2\n3,1\n")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errs bytes.Buffer
	if code := runScore(ctx, []string{instrument, answers}, &out, &errs); code != exitFailed || out.Len() != 0 {
		t.Errorf("exit %d, stdout %q", code, out.String())
	}
}

func TestScoreKeepsAHundredThousandRows(t *testing.T) {
	var rows strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&rows, "%d,%d,%d\n", i, i%3+1, i/3%3+1)
	}
	instrument, answers := scoreFiles(t, scoreInstrument, "id,q1,q2\n"+rows.String())
	code, stdout, stderr := score(instrument, answers)
	// The last row is 99999: q1 = 99999%3+1 = 1, q2 = 33333%3+1 = 1, so (1 + 3) / 2 = 2.
	if code != exitOK || stderr != "" || strings.Count(stdout, "\n") != 100_001 || !strings.HasSuffix(stdout, "\n99999,1,1,2,2,,0.5,\n") {
		t.Errorf("exit %d, %d lines, stderr %q", code, strings.Count(stdout, "\n"), stderr)
	}
}

func TestScoreSaysWhoIsInNoNormGroup(t *testing.T) {
	normed := strings.Replace(scoreInstrument, ", favorable: [3]}", `, favorable: [3], norms: {source: "A sample", groups: [{n: 200, mean: 2, sd: 0.5, when: {grade: ["6"], language: [en]}}]}}`, 1)
	const empty = " and who is in no group gets no T score, percentile rank, stanine or NCE\n"
	for answers, want := range map[string]string{
		"grade,language,q1,q2\n6.0,en,3,2\n": "",
		"Grado,Idioma,q1,q2\n6,en,3,2\n6,en,3,1\n7,en,,\n": `:1: warning: no column is called "grade" (the file has "Grado"; head it grade); norm groups are chosen by it,` + empty +
			`:1: warning: no column is called "language" (the file has "Idioma"; head it language); norm groups are chosen by it,` + empty +
			": no norm group fits 2 of 3 persons on some scale (no_norm_group); their _t, _pr, _stanine and _nce are empty there\n",
		"language,q1,q2\nen,3,2\n": `:1: warning: no column is called "grade"; norm groups are chosen by it,` + empty +
			": no norm group fits 1 of 1 person on some scale (no_norm_group); their _t, _pr, _stanine and _nce are empty there\n",
	} {
		instrument, file := scoreFiles(t, normed, answers)
		code, stdout, stderr := score(instrument, file)
		if got := strings.ReplaceAll(stderr, file, ""); code != exitOK || got != want {
			t.Errorf("exit %d, stdout %q, stderr %q, want %q", code, stdout, got, want)
		}
		if want == "" && !strings.Contains(stdout, ",60,") {
			t.Errorf("6.0 is not read as grade 6: %q", stdout)
		}
	}
}
