package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// formFile writes an XLSForm of sheets, each a list of rows with cells divided by bars.
func formFile(t *testing.T, sheets map[string][]string) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for name, rows := range sheets {
		if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, line := range rows {
			var cells []any
			for cell := range strings.SplitSeq(line, "|") {
				cells = append(cells, strings.TrimSpace(cell))
			}
			at, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := book.SetSheetRow(name, at, &cells); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := book.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "mood.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

var moodForm = map[string][]string{
	"survey": {
		"type | name | label::English (en) | label::Español (es) | relevant",
		"select_one agree | m1 | I woke up glad. | Me desperté con alegría.",
		"select_one agree | m2 | I could have cried. | Tenía ganas de llorar.",
		"integer | naps | How many naps did you take? | ¿Cuántas siestas tomaste? | ${m1} = 1 or ${m1} = 2",
		"geopoint | where | Where are you? | ¿Dónde estás?",
	},
	"choices": {
		"list_name | name | label::English (en) | label::Español (es)",
		"agree | 1 | No | No", "agree | 2 | In part | En parte", "agree | 3 | Yes | Sí",
	},
	"settings": {"form_title | form_title::Español (es) | form_id", "My day | Mi día | my_day"},
}

func TestAnImportedFormWithAScaleOfItsAuthorScoresAnswers(t *testing.T) {
	form := formFile(t, moodForm)
	out := filepath.Join(t.TempDir(), "mood.yaml")
	stdout, stderr := surveyd(t, exitOK, "import", "xlsform", form, "--out", out, "--grades", "4-6")
	if stdout != "" {
		t.Errorf("stdout %q", stdout)
	}
	for _, want := range []string{
		form + ": survey row 5, column type: \"where\" was left out: there is no item of the type \"geopoint\"",
		"3 items in en and es; surveyd check says:", "1 file, 0 errors", "the form has no scales",
	} {
		if !strings.Contains(stderr, want) {
			t.Errorf("stderr does not say %q:\n%s", want, stderr)
		}
	}
	yaml, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	scale := `scales:
  - {id: mood, title: {en: "Mood", es: "Ánimo"}, items: [m1, -m2], score: mean, min_answered: 2, range: [1, 3]}
tests:
  - {name: both, answers: {m1: 3, m2: 1}, expect: {scores: {mood: 3}}}
`
	if err := os.WriteFile(out, append(yaml, scale...), 0o600); err != nil {
		t.Fatal(err)
	}
	surveyd(t, exitOK, "check", out)
	answers := filepath.Join(t.TempDir(), "answers.csv")
	if err := os.WriteFile(answers, []byte("id,m1,m2,naps\nx,3,2,\ny,1,1,2\nz,2,,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	scored, _ := surveyd(t, exitOK, "score", out, answers)
	rows, err := csv.NewReader(strings.NewReader(scored)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	// x: (3 + (4 - 2)) / 2 = 2.5; y: (1 + (4 - 1)) / 2 = 2; z: one of two is too few.
	for i, want := range []string{"2.5", "2", ""} {
		if got := rows[i+1][4]; got != want {
			t.Errorf("row %d has the score %q, want %q", i+1, got, want)
		}
	}
	script, _ := surveyd(t, exitOK, "keys", out)
	if !strings.Contains(script, `mood = c("m1", "-m2")`) {
		t.Errorf("no key in\n%s", script)
	}
}

func TestADictionaryGoesToStandardOutput(t *testing.T) {
	dictionary := filepath.Join(t.TempDir(), "day.csv")
	src := "\"Variable / Field Name\",\"Form Name\",\"Field Type\",\"Field Label\",\"Choices, Calculations, OR Slider Labels\",Identifier?\n" +
		"glad,day,yesno,¿Despertaste con alegría?,,\nname,day,text,¿Cómo te llamas?,,y\n"
	if err := os.WriteFile(dictionary, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	stdout, stderr := surveyd(t, exitOK, "import", "redcap", dictionary, "--language", "es", "--id", "mi-dia", "--adults", "family")
	for _, want := range []string{"id: mi-dia\n", "audience: {adults: family}", `label: {es: "Sí"}`, "languages: [es]"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("no %q in\n%s", want, stdout)
		}
	}
	if !strings.Contains(stderr, `line 3, column Identifier?: IDENTIFIER: "name" identifies a person`) {
		t.Errorf("stderr %s", stderr)
	}
}

func TestAnImportNeverOverwritesUnlessForced(t *testing.T) {
	form := formFile(t, moodForm)
	out := filepath.Join(t.TempDir(), "there.yaml")
	if err := os.WriteFile(out, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, stderr := surveyd(t, exitFailed, "import", "xlsform", form, "--out", out); !strings.Contains(stderr, "--force") {
		t.Errorf("stderr %q", stderr)
	}
	if kept, _ := os.ReadFile(out); string(kept) != "mine" {
		t.Fatalf("it was overwritten: %s", kept)
	}
	surveyd(t, exitOK, "import", "xlsform", form, "--out", out, "--force")
	if now, _ := os.ReadFile(out); !strings.Contains(string(now), "format: 1") {
		t.Errorf("it was not written: %s", now)
	}
}

func TestAnImportThatCarriesNothingFailsWithItsReasons(t *testing.T) {
	form := formFile(t, map[string][]string{"survey": {"type | name | label", "image | photo | A photo of you"}})
	out := filepath.Join(t.TempDir(), "none.yaml")
	_, stderr := surveyd(t, exitFailed, "import", "xlsform", form, "--out", out)
	if !strings.Contains(stderr, `"photo" was left out`) || !strings.Contains(stderr, "no question of the form can be carried") {
		t.Errorf("stderr %s", stderr)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a file was written")
	}
}

func TestAWrongImportIsMisuse(t *testing.T) {
	form := formFile(t, moodForm)
	for _, args := range [][]string{
		{}, {"xslform", form}, {"xlsform"}, {"xlsform", form, "another"}, {"xlsform", form, "--id", "My Day"}, {"xlsform", form, "--language", "english"},
		{"xlsform", form, "--grades", "13"}, {"xlsform", form, "--grades", "8-6"}, {"xlsform", form, "--adults", "teachers"}, {"xlsform", form, "--adults", "staff", "--grades", "4"},
	} {
		_, stderr := surveyd(t, exitMisuse, append([]string{"import"}, args...)...)
		if stderr == "" {
			t.Errorf("%v: nothing is said", args)
		}
	}
	surveyd(t, exitFailed, "import", "xlsform", filepath.Join(t.TempDir(), "none.xlsx"))
}
