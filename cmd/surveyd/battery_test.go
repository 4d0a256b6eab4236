package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const ownPart = `format: 1
id: our-clubs
version: 1.0.0
title: {en: "Clubs", es: "Clubes"}
languages: [en, es]
audience: {grades: [6, 7, 8]}
response_sets:
  yes_no: {options: [{code: 1, label: {en: "Yes", es: "Sí"}}, {code: 0, label: {en: "No", es: "No"}}]}
items:
  - {id: club, text: {en: "Are you in a club?", es: "¿Vas a un club?"}, responses: yes_no}
pages:
  - {id: p1, items: [club]}
scales:
  - {id: clubs, title: {en: "Clubs", es: "Clubes"}, items: [club], score: sum, min_answered: 1, range: [0, 1]}
`

const ownBattery = `format: 1
id: our-fall
version: 1.0.0
title: {en: "Fall", es: "Otoño"}
languages: [en, es]
audience: {grades: [6, 7, 8]}
pages:
  - {include: our-clubs@1}
  - {include: stem-identity@1/scales/stem_interest}
`

// batteryFolder holds a battery, and one of the two instruments that it includes; the other is shipped.
func batteryFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, src := range map[string]string{"our-clubs.yaml": ownPart, "our-fall.yaml": ownBattery} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestABatteryIsCheckedAndScoredAloneOrBesideItsParts(t *testing.T) {
	dir := batteryFolder(t)
	fall := filepath.Join(dir, "our-fall.yaml")
	out, _ := surveyd(t, exitOK, "check", fall)
	mustContain(t, "the check of one file", out, "1 file, 0 errors")
	out, _ = surveyd(t, exitOK, "check", dir)
	mustContain(t, "the check of the folder", out, "2 files, 0 errors")
	answers := filepath.Join(dir, "answers.csv")
	if err := os.WriteFile(answers, []byte("club,sint1,sint2,sint3,sint4,sint5\n1,2,2,3,3,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _ = surveyd(t, exitOK, "score", fall, answers)
	if row := table(t, out)[0]; row["clubs"] != "1" || row["stem_interest"] != "2.5" {
		t.Errorf("scores are %v", row)
	}
	if err := os.WriteFile(filepath.Join(dir, "our-clubs.yaml"), []byte(strings.Replace(ownPart, "responses: yes_no", "responses: yes", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _ = surveyd(t, exitFailed, "check", fall)
	mustContain(t, "the check of a battery with a broken part", out, "include-has-errors", filepath.Join(dir, "our-clubs.yaml"), "our-fall.yaml:8:15")
	surveyd(t, exitFailed, "score", fall, answers)
}

// A battery is given from a folder that then changes and goes away: what students answer stays what was published.
func TestABatteryIsGivenAsItWasPublished(t *testing.T) {
	dir := batteryFolder(t)
	data := filepath.Join(t.TempDir(), "data")
	roster := filepath.Join(t.TempDir(), "roster.csv")
	if err := os.WriteFile(roster, []byte(testRoster), 0o600); err != nil {
		t.Fatal(err)
	}
	surveyd(t, exitOK, "roster", "import", roster, "--data", data)
	surveyd(t, exitOK, "administration", "create", "--instrument", "our-fall", "--wave", "fall", "--id", "fall", "--data", data, "--instruments", dir)
	newer := strings.NewReplacer("version: 1.0.0", "version: 1.1.0", "Are you in a club?", "Do you go to a club?").Replace(ownPart)
	if err := os.WriteFile(filepath.Join(dir, "our-clubs.yaml"), []byte(newer), 0o600); err != nil {
		t.Fatal(err)
	}
	// The same battery file would be another instrument now.
	_, errs := surveyd(t, exitFailed, "administration", "create", "--instrument", "our-fall", "--wave", "spring", "--instruments", dir, "--data", data)
	mustContain(t, "giving the changed battery under its old version", errs, "our-fall 1.0.0")
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	out, _ := surveyd(t, exitOK, "codes", "--administration", "fall", "--data", data)
	code := ""
	for _, row := range table(t, out) {
		if row["student_id"] == "s1" {
			code = row["code"]
		}
	}
	b := newBrowser(t, startServer(t, data))
	b.get("/").on("/")
	b.post("", "code", code, "lang", "en").on("/assent")
	b.post("assent", "decision", "start", "lang", "en").on("/survey")
	mustContain(t, "the survey", b.body, "Are you in a club?")
	b.post("survey", "club", "1", "sint1", "2", "sint2", "2", "sint3", "3", "sint4", "3", "lang", "en", "action", "submit", "confirmed", "1").on("/thanks")
	if r := stored(t, data, "fall", code); r.Scores == nil || r.Scores.Scales[0].Identity != "our-clubs/1/clubs" || r.Scores.Scales[1].Identity != "stem-identity/1/stem_interest" {
		t.Errorf("the record names no homes: %+v", r.Scores)
	}
	out, _ = surveyd(t, exitOK, "export", "--administration", "fall", "--format", "scores", "--data", data)
	for _, row := range table(t, out) {
		if row["stem_interest_home"] != "stem-identity/1/stem_interest" || row["status"] == "submitted" && row["stem_interest"] != "2.5" {
			t.Errorf("scores: %v", row)
		}
	}
}
