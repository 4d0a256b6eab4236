package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var updateReports = flag.Bool("update-reports", false, "write the reports of testdata/report anew")

const threePoint = `format: 1
id: small
version: 1.0.0
title: {en: "Small", es: "Pequeño"}
languages: [en, es]
audience: {grades: [6, 7]}
provenance:
  evidence: {status: piloted, populations: [{grades: [6], languages: [en], n: 300, source: "Pilot"}]}
response_sets:
  three:
    options:
      - {code: 1, label: {en: "No", es: "No"}}
      - {code: 2, label: {en: "Perhaps", es: "Tal vez"}}
      - {code: 3, label: {en: "Yes", es: "Sí"}}
      - {code: 9, label: {en: "Does not apply", es: "No se aplica"}, missing: true}
    declined: {en: "I'd rather not say", es: "Prefiero no decir"}
items:
  - {id: q1, text: {en: "One", es: "Uno"}, responses: three}
  - {id: q2, text: {en: "Two", es: "Dos"}, responses: three}
  - {id: q3, text: {en: "Three", es: "Tres"}, responses: three}
  - {id: hours, kind: number, text: {en: "Hours", es: "Horas"}, min: 0, max: 40}
  - {id: why, text: {en: "Why?", es: "¿Por qué?"}, responses: three, show_if: q1 == 3}
pages: [{id: p, items: [q1, q2, q3, hours, why]}]
scales:
  - id: S
    title: {en: "The scale", es: "La escala"}
    higher_means: {en: "more of it", es: "más"}
    items: [q1, -q2, q3]
    score: sum
    min_answered: 3
    range: [3, 9]
    favorable: [3]
    reliability: {minimum: 0.9}
quality: {missing_share: 0.5}
`

func TestAnalyzeCountsWhatIsThere(t *testing.T) {
	// Keyed: a 3,3,3 = 9; b 1,3,1 = 5; c 2,1,- ; d -,-,- (does not apply, declined, skipped); e 3,1,2 = 6 with q1 shown why.
	file := "id,q1,q2,q3,hours,why\na,3,1,3,2.5,2\nb,1,1,1,,3\nc,2,3,-93,7,\nd,9,-94,,40,\ne,3,3,2,-1,1\n"
	got := results(t, "analyze", written(t, "small.yaml", threePoint), written(t, "answers.csv", file))
	for path, want := range map[string]any{
		"respondents": 5.0, "scales/S/n": 4.0, "scales/S/n_scored": 3.0, "scales/S/n_complete": 3.0, "scales/S/alpha/n": 3.0,
		"scales/S/unscored/too_few_answered": 1.0, "scales/S/unscored/not_answered": 1.0,
		"scales/S/items/q1/n": 4.0, "scales/S/items/q1/counts/1": 1.0, "scales/S/items/q1/counts/2": 1.0, "scales/S/items/q1/counts/3": 2.0,
		"scales/S/items/q1/missing_codes/9": 1.0, "scales/S/items/q2/missing/declined": 1.0, "scales/S/items/q3/missing/not_reached": 1.0,
		"scales/S/items/q3/missing/skipped": 1.0, "scales/S/items/q2/counts/1": 2.0, "scales/S/items/q2/counts/3": 2.0, "scales/S/items/q2/reversed": true,
		// b said 3 to why, which its 1 to q1 hides.
		"other_items/why/n": 2.0, "other_items/why/missing/not_shown": 3.0, "other_items/hours/n": 3.0, "other_items/hours/missing/invalid": 1.0,
		"other_items/hours/mean": 16.5, "quality/flags/missing_share": 1.0,
	} {
		got.is(path, want)
	}
	for path, want := range map[string]float64{
		"scales/S/mean":        20.0 / 3, // 9, 5, 6
		"scales/S/floor_share": 0, "scales/S/ceiling_share": 1.0 / 3,
		"scales/S/sd":                  2.0816659994661326, // sqrt(((7/3)² + (5/3)² + (2/3)²) / 2) = sqrt(13/3)
		"scales/S/items/q2/mean":       2,                  // turned round: 3, 3, 1, 1
		"scales/S/favorable/responses": 5.0 / 11,           // of q1 2 of 4, of q2 2 of 4, of q3 1 of 3
	} {
		got.near(path, &want, closed)
	}
}

func TestWhoWasNotAskedIsApartFromWhoSkipped(t *testing.T) {
	table := func(file, heading string) map[string]string {
		t.Helper()
		stdout, _ := surveyd(t, exitOK, "analyze", written(t, "small.yaml", threePoint), written(t, "answers.csv", file))
		_, section, _ := strings.Cut(stdout, heading)
		rows := map[string]string{}
		for line := range strings.Lines(section) {
			if cells := strings.Fields(line); len(cells) > 0 && rows[cells[0]] == "" {
				rows[cells[0]] = strings.Join(cells, " ")
			}
		}
		return rows
	}
	// q1: d does not apply; q2: d declined; q3: c not reached, d skipped, b not shown, as a file can say of its own.
	const file = "q1,q2,q3,hours,why\n3,1,3,2.5,2\n1,1,-91,,3\n2,3,-93,7,\n9,-94,,40,\n3,3,2,-1,1\n"
	rows := table(file, "(S)\n")
	for item, want := range map[string]string{
		"item": "item n missing not asked not scored answers M", "q1": "q1 4 0 0 1 ", "−q2": "−q2 4 1 0 0 ", "q3": "q3 2 2 1 0 ",
	} {
		if !strings.HasPrefix(rows[item], want) {
			t.Errorf("%s: got %q, want %q", item, rows[item], want)
		}
	}
	rows = table(file, "Items of no scale\n")
	for item, want := range map[string]string{"item": "item kind n missing not asked answers", "hours": "hours number 3 2 0 ", "why": "why choice 2 0 3 "} {
		if !strings.HasPrefix(rows[item], want) {
			t.Errorf("%s: got %q, want %q", item, rows[item], want)
		}
	}
	if row := table("q1,q2,q3,hours,why\n3,1,,1,1\n2,2,2,1,1\n", "(S)\n")["item"]; !strings.HasPrefix(row, "item n missing answers M") {
		t.Errorf("where everybody was asked: %q", row)
	}
}

func TestScaleScoresAreDescribedBesideTheRawOnes(t *testing.T) {
	in := written(t, "small.yaml", strings.Replace(threePoint, "range: [3, 9]", `range: [3, 9]
    lookup: {source: "Made up", table: {3: 30, 4: 35, 5: 40, 6: 50, 7: 60, 8: 65, 9: 70}}`, 1))
	answers := written(t, "answers.csv", "q1,q2,q3,hours,why\n1,3,1,,\n3,1,3,,\n2,2,2,,\n1,1,,,\n")
	got := results(t, "analyze", in, answers)
	mean, sd := 50.0, 20.0 // of 30, 70 and 50
	got.is("scales/S/scaled/n", 3.0)
	got.near("scales/S/scaled/mean", &mean, closed)
	got.near("scales/S/scaled/sd", &sd, closed)
	stdout, _ := surveyd(t, exitOK, "analyze", in, answers)
	mustContain(t, "stdout", stdout, "Scale score", "n 3, M 50.00 [0.32, 99.68], SD 20.00") // 50 ± 4.3027 * 20 / sqrt(3)
}

// SEM is on the scale's own metric: of a sum it is k times that of the mean of the same answers.
func TestTheStandardErrorOfMeasurementIsOnTheScalesMetric(t *testing.T) {
	answers := written(t, "answers.csv", "A1,A2,A3\n1,2,1\n2,2,3\n4,3,4\n5,4,5\n3,3,1\n2,,2\n")
	sum := results(t, "analyze", fivePoint(t, "A", 3, "", "score: sum, min_answered: 3, range: [3, 15]"), answers)
	mean := results(t, "analyze", fivePoint(t, "A", 3, "", "score: mean, min_answered: 1, range: [1, 5]"), answers)
	pomp := results(t, "analyze", fivePoint(t, "A", 3, "", "score: pomp, min_answered: 1, range: [0, 100]"), answers)
	sem, _ := mean.at("scales/S/sem").(float64)
	three, quarter := 3*sem, 25*sem
	sum.near("scales/S/sem", &three, closed)
	pomp.near("scales/S/sem", &quarter, closed)
}

func TestAnalyzeByAColumnSaysTheSameOfEachGroup(t *testing.T) {
	in := written(t, "small.yaml", threePoint)
	file, alone := "site,q1,q2,q3,hours,why\n", "q1,q2,q3,hours,why\n"
	for i := range 12 {
		q := fmt.Sprintf("%d,%d,%d,,\n", i%3+1, (i+1)%3+1, i/4+1)
		file += "Norte," + q + "Río,3,1,3,,\n"
		alone += q
	}
	got := results(t, "analyze", in, written(t, "answers.csv", file+",1,1,1,,\n"), "--by", "site")
	one := results(t, "analyze", in, written(t, "alone.csv", alone))
	got.is("by/without", 1.0)
	got.is("respondents", 25.0)
	for _, figure := range []string{"mean", "sd", "alpha/raw", "lambda2", "favorable/responses", "items/q1/item_rest", "sem"} {
		want, ok := one.at("scales/S/" + figure).(float64)
		if !ok {
			t.Fatalf("%s does not exist", figure)
		}
		got.near("groups/Norte/scales/S/"+figure, &want, closed)
	}
	got.is("groups/Río/scales/S/alpha/raw", nil)
	if _, ok := got.at("scales/S/between/icc1").(float64); !ok {
		t.Error("there is no ICC")
	}
	single := results(t, "analyze", in, written(t, "one.csv", "site,q1,q2,q3,hours,why\na,1,2,3,,\na,2,2,1,,\n"), "--by", "site")
	single.is("scales/S/between/icc1", nil)
	single.is("scales/S/between/notes/icc1", "one_group")
}

func TestWhatDoesNotExistHasItsReasonAndIsNoFailure(t *testing.T) {
	in := written(t, "small.yaml", threePoint)
	head := "id,g,q1,q2,q3,hours,why\n"
	for name, c := range map[string]struct{ rows, path, why string }{
		"nobody":       {"", "scales/S/notes/mean", "too_few_persons"},
		"one person":   {"a,x,1,2,3,,\n", "scales/S/notes/sd", "too_few_persons"},
		"no variance":  {"a,x,1,2,3,,\nb,x,1,2,3,,\nc,x,1,2,3,,\n", "scales/S/items/q1/notes/item_rest", "no_variance"},
		"one group":    {"a,x,1,2,3,,\nb,x,2,2,3,,\nc,x,1,3,3,,\n", "scales/S/between/notes/icc1", "one_group"},
		"no omega":     {"a,x,1,2,3,,\nb,x,2,2,3,,\nc,x,1,3,3,,\n", "scales/S/omega_total/notes/value", "zero_item"},
		"nothing said": {"a,x,,,,,\nb,x,,,,,\n", "scales/S/favorable/notes/responses", "too_few_persons"},
	} {
		t.Run(name, func(t *testing.T) {
			results(t, "analyze", in, written(t, "answers.csv", head+c.rows), "--by", "g").is(c.path, c.why)
		})
	}
	one := written(t, "one.csv", head+"a,x,1,2,3,,\nb,x,2,2,3,,\n")
	results(t, "dif", in, one, "--group", "g", "--reference", "x").is("scales/S/items/q1/notes/class", "one_group")
	apart := written(t, "apart.csv", head+"c,x,1,2,3,,\n")
	got := results(t, "change", in, one, apart, "--id", "id")
	got.is("scales/S/notes/mean_pre", "too_few_persons")
	got.is("scales/S/n_pairs", 0.0)
	if warnings := fmt.Sprint(got.at("warnings")); !strings.Contains(warnings, `The first has "a", the second "c"`) {
		t.Errorf("warnings: %s", warnings)
	}
	alike := written(t, "alike.csv", head+"a,x,2,2,3,,\nb,x,3,2,3,,\n")
	got = results(t, "change", in, one, alike, "--id", "id")
	got.is("scales/S/diff", 1.0)
	got.is("scales/S/notes/t", "no_variance")
	got.is("scales/S/notes/df", "no_variance")
}

func TestBadInputIsNamed(t *testing.T) {
	in := written(t, "small.yaml", threePoint)
	head := "Población,id,lang,q1,q2,q3,hours,why\n"
	good := written(t, "good.csv", head+"x,a,en,1,2,3,,\ny,b,es,2,2,3,,\n")
	twice := written(t, "twice.csv", head+"x,a,en,1,2,3,,\nx,b,en,1,2,3,,\nx,a,en,1,2,3,,\nx,a,en,1,2,3,,\nx,b,en,1,2,3,,\n")
	three := written(t, "three.csv", head+"x,a,en,1,2,3,,\nx,b,es,1,2,3,,\nx,c,vi,1,2,3,,\n")
	ragged := written(t, "ragged.csv", head+"x,a,en,1,2,3,,\nx,b\nx,c,en,1,8,3,,\n")
	for name, c := range map[string]struct {
		args   []string
		code   int
		stderr string
	}{
		"no column, an accent away": {[]string{"analyze", in, good, "--by", "Poblacion"}, exitFailed, `good.csv:1: no column is called "Poblacion" (the file has "Población")`},
		"no column at all":          {[]string{"analyze", in, good, "--by", "school"}, exitFailed, `no column is called "school"; the file has "Población", "id", "lang"`},
		"no id column":              {[]string{"change", in, good, good, "--id", "ID "}, exitFailed, `no column is called "ID " (the file has "id")`},
		"doubled ids":               {[]string{"change", in, good, twice, "--id", "id"}, exitFailed, `twice.csv: 2 ids stand more than once in column "id": "a" (lines 2, 4, 5), "b" (lines 3, 6)`},
		"a third group":             {[]string{"dif", in, three, "--group", "lang", "--reference", "en"}, exitFailed, `column "lang" has 3 values ("en" 1 times, "es" 1 times, "vi" 1 times)`},
		"no such reference":         {[]string{"dif", in, good, "--group", "lang", "--reference", "EN"}, exitFailed, `column "lang" never has the reference value "EN"; it has "en" 1 times, "es" 1 times`},
		"an item without a column":  {[]string{"analyze", in, written(t, "less.csv", "q1,Q2,q3\n1,1,1\n")}, exitFailed, `no column is called "q2" (the file has "Q2")`},
		"a ragged row, strictly":    {[]string{"analyze", in, ragged, "--strict"}, exitFailed, `ragged.csv:3: the row has 2 fields, the heading 8`},
		"an invalid code, strictly": {[]string{"analyze", in, written(t, "bad.csv", "q1,q2,q3,hours,why\n1,8,1,,\n"), "--strict"}, exitFailed, `bad.csv:2:2: column q2: "8" is no answer`},
		"no file":                   {[]string{"analyze", in, "none.csv"}, exitFailed, "none.csv"},
		"no instrument":             {[]string{"analyze", "no-such-thing", good}, exitFailed, "no-such-thing"},
		"one file":                  {[]string{"change", in, good, "--id", "id"}, exitMisuse, "give an instrument and two files"},
		"no --id":                   {[]string{"change", in, good, good}, exitMisuse, "--id names the column"},
		"no --reference":            {[]string{"dif", in, good, "--group", "lang"}, exitMisuse, "--reference"},
		"another interval":          {[]string{"analyze", in, good, "--alpha-ci", "wald"}, exitMisuse, "take feldt or bonett"},
		"fewer than nobody":         {[]string{"analyze", in, good, "--min-n", "-1"}, exitMisuse, "--min-n"},
	} {
		t.Run(name, func(t *testing.T) {
			var out, errs bytes.Buffer
			if code := run(context.Background(), c.args, noEnv, strings.NewReader(""), &out, &errs); code != c.code || !strings.Contains(errs.String(), c.stderr) || out.Len() > 0 {
				t.Errorf("exit %d, stdout %q, stderr %q; want exit %d with %q", code, out.String(), errs.String(), c.code, c.stderr)
			}
		})
	}
}

func TestFilesAreAnalyzedAsPeopleSaveThem(t *testing.T) {
	in := written(t, "small.yaml", threePoint)
	for name, file := range map[string]string{
		"plain":              "site,q1,q2,q3,hours,why\nRío,3,1,3,2.5,2\nSur,1,1,2,0.5,\nSur,2,3,1,,\n",
		"BOM, CRLF":          "\ufeffsite,q1,q2,q3,hours,why\r\nRío,3,1,3,2.5,2\r\nSur,1,1,2,0.5,\r\nSur,2,3,1,,\r\n",
		"semicolons":         "site;q1;q2;q3;hours;why\nRío;3;1;3;2,5;2\nSur;1;1;2;0,5;\nSur;2;3;1;;\n",
		"a line for Excel":   "sep=;\r\nsite;q1;q2;q3;hours;why\r\nRío;3;1;3;2,5;2\r\nSur;1,0;1;2;0,5;\r\nSur;2;3;1;;\r\n",
		"tabs":               "site\tq1\tq2\tq3\thours\twhy\nRío\t3\t1\t3\t2.5\t2\nSur\t1\t1\t2\t0,5\t\nSur\t2\t3\t1\t\t\n",
		"quotes, 4.0":        "\"site\",\"q1\",\"q2\",\"q3\",\"hours\",\"why\"\n\"Río\",\"3.0\",\"1.0\",3.0,2.50,2.0\nSur,1,1,2,0.5,NA\nSur,2,3,1,NA,-91\n",
		"Windows-1252":       "site,q1,q2,q3,hours,why\nR\xedo,3,1,3,2.5,2\nSur,1,1,2,0.5,\nSur,2,3,1,,\n",
		"accents in two":     "site,q1,q2,q3,hours,why\nRi\u0301o,3,1,3,2.5,2\nSur,1,1,2,0.5,\nSur,2,3,1,,\n",
		"empty at the end":   "site,q1,q2,q3,hours,why,,\nRío,3,1,3,2.5,2,,\nSur,1,1,2,0.5,,,\nSur,2,3,1,,,,\n,,,,,,,\n,,,,,,,\n\n",
		"columns turned":     "why,hours,q3,q2,q1,site\n2,2.5,3,1,3,Río\n,0.5,2,1,1,Sur\n,,1,3,2,Sur\n",
		"a broken row":       "site,q1,q2,q3,hours,why\nRío,3,1,3,2.5,2\n\"Sur\"x,1,1,1,1,1\nSur,1,1,2,0.5,\nSur,2,3,1,,\nNorte,1\n\"Norte,1,1,1,1,1\n",
		"an earlier S score": "site,q1,q2,q3,hours,why,S\nRío,3,1,3,2.5,2,1\nSur,1,1,2,0.5,,1\nSur,2,3,1,,,1\n",
	} {
		t.Run(name, func(t *testing.T) {
			got := results(t, "analyze", in, written(t, "answers.csv", file), "--by", "site")
			// Río 9, Sur 1 + 3 + 2 = 6 and 2 + 1 + 1 = 4: 19 / 3.
			mean, hours := 19.0/3, 1.5
			got.is("respondents", 3.0)
			got.near("scales/S/mean", &mean, closed)
			got.near("other_items/hours/mean", &hours, closed)
			got.is("groups/Río/respondents", 1.0)
			got.is("groups/Sur/respondents", 2.0)
		})
	}
}

func TestInvalidCodesAreNamedAndThenCounted(t *testing.T) {
	in := written(t, "small.yaml", threePoint)
	_, stderr := surveyd(t, exitOK, "analyze", in, written(t, "answers.csv", "q1,q2,q3,hours,why\n"+strings.Repeat("1,7,1,,\n", 25)))
	if n := strings.Count(stderr, `column q2: "7" is no answer to this item`); n != 20 {
		t.Errorf("%d are listed", n)
	}
	mustContain(t, "stderr", stderr, "answers.csv:2:2: column q2", "and 5 more; 25 invalid cells in all")
}

// The reports for a terminal, whole: two waves of simulated data and the two groups.
func TestReportsForATerminal(t *testing.T) {
	waves := fivePoint(t, "Q", 8, "Q1, Q2, -Q3, Q4, Q5, -Q6, Q7, Q8", "score: mean, min_answered: 6, range: [1, 5], favorable: [4, 5], reliability: {minimum: 0.9}")
	groups := fivePoint(t, "D", 6, "", "score: sum, min_answered: 6, range: [6, 30], favorable: [4, 5]")
	for name, args := range map[string][]string{
		"analyze":        {"analyze", waves, statistics + "change_pre.csv"},
		"analyze-by":     {"analyze", groups, statistics + "dif_responses.csv", "--by", "lang", "--alpha-ci", "bonett", "--pairwise"},
		"analyze-hidden": {"analyze", groups, statistics + "dif_responses.csv", "--by", "lang", "--min-n", "500"},
		"analyze-few":    {"analyze", written(t, "small.yaml", threePoint), written(t, "few.csv", "grade,language,q1,q2,q3,hours,why\n6,en,1,1,1,,\n7,es,1,1,2,,\n6,en,1,2,1,3,\n")},
		"change":         {"change", waves, statistics + "change_pre.csv", statistics + "change_post.csv", "--id", "id"},
		"dif":            {"dif", groups, statistics + "dif_responses.csv", "--group", "lang", "--reference", "en"},
	} {
		t.Run(name, func(t *testing.T) {
			got, _ := surveyd(t, exitOK, args...)
			path := filepath.Join("testdata", "report", name+".txt")
			if *updateReports {
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("go test ./cmd/surveyd -run TestReportsForATerminal -update-reports writes it anew:\n%s", got)
			}
		})
	}
}

func TestAPageIsWrittenBesideTheReport(t *testing.T) {
	in, page := written(t, "small.yaml", threePoint), filepath.Join(t.TempDir(), "report.html")
	answers := written(t, "answers.csv", "id,q1,q2,q3,hours,why\n<b>,1,2,3,,\nb,2,2,1,,\nc,3,1,3,,\n")
	for _, args := range [][]string{
		{"analyze", in, answers, "--by", "id", "--html", page}, {"change", in, answers, answers, "--id", "id", "--html", page, "--json"},
		{"dif", in, written(t, "two.csv", "g,q1,q2,q3,hours,why\n<b>,1,2,3,,\nb,2,2,1,,\n"), "--group", "g", "--reference", "<b>", "--html", page},
	} {
		surveyd(t, exitOK, args...)
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		mustContain(t, args[0], string(text), "<!doctype html>", "Small", "</html>")
		for _, bad := range []string{"<b>", "<script", "http://", "https://", "NaN", "ZgotmplZ", "%!"} {
			if strings.Contains(string(text), bad) {
				t.Errorf("%s: the page holds %s", args[0], bad)
			}
		}
	}
}
