package main

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var updateDiff = flag.Bool("update-diff", false, "write the golden file of surveyd diff anew")

const diffOld = `format: 1
id: club
version: 1.0.0
title: {en: "The club", es: "El club"}
languages: [en, es]
audience: {grades: [6, 7, 8], reading_level: 8}
intro:
  en: |
    We ask you.

    You may skip.
  es: |
    Te preguntamos.

    Puedes saltar.
response_sets:
  agree4:
    options:
      - {code: 1, label: {en: "Not at all", es: "Nada"}}
      - {code: 2, label: {en: "A little", es: "Un poco"}}
      - {code: 3, label: {en: "Some", es: "Algo"}}
      - {code: 4, label: {en: "A lot", es: "Mucho"}}
items:
  - {id: c1, text: {en: "I like the club.", es: "Me gusta el club."}, responses: agree4}
  - {id: c2, text: {en: "I have friends there.", es: "Tengo amistades ahí."}, responses: agree4}
  - {id: c3, text: {en: "I learn there.", es: "Ahí aprendo."}, responses: agree4}
  - {id: c4, text: {en: "I ask there.", es: "Ahí pregunto."}, responses: agree4}
  - {id: days, kind: number, text: {en: "Days?", es: "¿Días?"}, min: 0, max: 7}
pages:
  - {id: p1, layout: grid, items: [c1, c2, c3, c4]}
  - {id: p2, items: [days]}
scales:
  - {id: liking, title: {en: "Liking", es: "Gusto"}, items: [c1, c2], score: mean, min_answered: 2, range: [1, 4]}
  - {id: learning, title: {en: "Learning", es: "Aprender"}, items: [c3, c4], score: mean, min_answered: 1, range: [1, 4]}
`

// diffFiles writes two versions; the new one is the old one with parts replaced, given as old and new in turn.
func diffFiles(t *testing.T, edits ...string) (old, new string) {
	t.Helper()
	text := diffOld
	for i := 0; i+1 < len(edits); i += 2 {
		if strings.Count(text, edits[i]) != 1 {
			t.Fatalf("%q stands %d times", edits[i], strings.Count(text, edits[i]))
		}
		text = strings.Replace(text, edits[i], edits[i+1], 1)
	}
	dir := checkFiles(t, map[string]string{"old/club.yaml": diffOld, "new/club.yaml": text})
	return filepath.Join(dir, "old", "club.yaml"), filepath.Join(dir, "new", "club.yaml")
}

func TestDiffTellsAllOfALongChange(t *testing.T) {
	old, new := diffFiles(t, "version: 1.0.0", "version: 1.1.0", "[6, 7, 8]", "[6, 7, 8, 9]", "    You may skip.\n", "    You can skip.\n",
		`"Un poco"`, `"Poquito"`, `"I like the club."`, `"I love the club."`, "items: [c1, c2], score", "items: [c1, -c2], score", "[c1, c2, c3, c4]", "[c1, c2, c4, c3]",
		"  - {id: p2, items: [days]}\n", "  - {id: p2, items: [days, why]}\n", "min: 0, max: 7}\n", "min: 1, max: 7}\n  - {id: why, kind: text, text: {en: \"Why?\", es: \"¿Por qué?\"}}\n")
	out, _ := surveyd(t, exitFailed, "diff", old, new)
	out = strings.ReplaceAll(out, filepath.Dir(filepath.Dir(new))+string(filepath.Separator), "")
	golden := filepath.Join("testdata", "diff.golden")
	if *updateDiff {
		if err := os.WriteFile(golden, []byte(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want := readFile(t, golden); out != want {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
}

func TestDiffFailsUnlessTheVersionPromisesEnough(t *testing.T) {
	for _, test := range []struct {
		name  string
		edits []string
		code  int
		says  string
	}{
		{"nothing changed", nil, exitOK, "nothing has to be promised"},
		{"comments only", []string{"id: club\n", "id: club # here\n"}, exitOK, "nothing changed but"},
		{"a patch under a patch", []string{"1.0.0", "1.0.1", `"Some"`, `"Somewhat"`}, exitOK, "1.0.1 promises enough; 1 text to be confirmed"},
		{"a patch under the same version", []string{`"Some"`, `"Somewhat"`}, exitFailed, "has to be 1.0.1 at least"},
		{"an addition under a patch", []string{"1.0.0", "1.0.1", "[6, 7, 8]", "[6, 7, 8, 9]"}, exitFailed, "1.0.1 promises a patch change, but the changes are minor; it has to be 1.1.0"},
		{"an addition under a minor version", []string{"1.0.0", "1.3.0", "[6, 7, 8]", "[6, 7, 8, 9]"}, exitOK, "1.3.0 promises enough"},
		{"a break under a minor version", []string{"1.0.0", "1.1.0", "min_answered: 2", "min_answered: 1"}, exitFailed, "has to be 2.0.0 at least"},
		{"a break under a major version", []string{"1.0.0", "2.0.0", "min_answered: 2", "min_answered: 1"}, exitOK, "club/1/liking ends and club/2/liking begins"},
		{"a major version for nothing", []string{"1.0.0", "2.0.0", `"Some"`, `"Somewhat"`}, exitOK, "ends every trend line of the instrument; 1.0.1 would be enough"},
		{"an older version", []string{"1.0.0", "0.9.0", `"Some"`, `"Somewhat"`}, exitFailed, "0.9.0 is older than 1.0.0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			old, new := diffFiles(t, test.edits...)
			out, _ := surveyd(t, test.code, "diff", old, new)
			mustContain(t, "the report", out, test.says)
		})
	}
}

func TestDiffPrintsChangesAsData(t *testing.T) {
	old, new := diffFiles(t, `"Un poco"`, `"Poquito"`, "min_answered: 2", "min_answered: 1")
	out, _ := surveyd(t, exitFailed, "diff", "--json", old, new)
	var r diffReport
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	if r.ID != "club" || r.Level != "major" || r.Promised != "none" || r.Required != "2.0.0" || r.Enough || len(r.Changes) != 2 || len(r.Trends) != 2 {
		t.Fatalf("%+v", r)
	}
	if c := r.Changes[1]; c.Language != "es" || c.Old != "Un poco" || c.New != "Poquito" || !c.Confirm || c.File != new || c.Line != 20 || len(c.Scales) != 2 {
		t.Errorf("%+v", c)
	}
	if tr := r.Trends[0]; tr.Effect != "breaks" || tr.Old != "club/1/liking" || tr.New != "club/2/liking" {
		t.Errorf("%+v", tr)
	}
}

func TestDiffOfABatteryNamesThePartThatMoved(t *testing.T) {
	battery := "format: 1\nid: fall\nversion: 1.0.0\ntitle: {en: \"Fall\", es: \"Otoño\"}\nlanguages: [en, es]\naudience: {grades: [6, 7, 8], reading_level: 8}\npages:\n  - {include: club@%}\n"
	part := strings.NewReplacer("version: 1.0.0", "version: 2.0.0", "min_answered: 2", "min_answered: 1").Replace(diffOld)
	dir := checkFiles(t, map[string]string{
		"old/club.yaml": diffOld, "old/fall.yaml": strings.Replace(battery, "%", "1", 1),
		"new/club.yaml": part, "new/fall.yaml": strings.Replace(battery, "%", "2", 1),
	})
	new := filepath.Join(dir, "new", "fall.yaml")
	out, _ := surveyd(t, exitFailed, "diff", filepath.Join(dir, "old", "fall.yaml"), new)
	mustContain(t, "the report", out, new+":8: the part club is 2.0.0, was 1.0.0", new+":8: liking needs 1 answers, needed 2",
		"club/1/liking ends and club/2/liking begins", "has to be 2.0.0 at least")
}

func TestDiffComparesShippedInstrumentsByName(t *testing.T) {
	out, _ := surveyd(t, exitOK, "diff", "stem-identity@1.0.0", "stem-identity")
	mustContain(t, "the report", out, "stem-identity 1.0.0 -> 1.0.0")
	out, _ = surveyd(t, exitOK, "diff", "kphd-fall", "kphd-fall") // its parts have response sets of one name
	mustContain(t, "the report", out, "nothing changed", "continues as growth-mindset/1/math_growth")
}

func TestDiffCalledWronglyEndsWithTwo(t *testing.T) {
	old, new := diffFiles(t, "id: club", "id: other")
	for _, args := range [][]string{{"diff"}, {"diff", old}, {"diff", old, new}, {"diff", old, "no-such-instrument"}, {"diff", old, filepath.Join(t.TempDir(), "x.yaml")}} {
		if _, errs := surveyd(t, exitMisuse, args...); errs == "" {
			t.Errorf("%q says nothing", args)
		}
	}
}
