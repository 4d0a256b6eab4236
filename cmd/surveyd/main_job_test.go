package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A newcomer's whole way, without JavaScript: roster, administration, codes, a survey in Spanish, export, and the same
// scores again from the exported file.
func TestAnInstrumentFileBecomesScoredExportedAnswers(t *testing.T) {
	dir, codes := newData(t, "stem-identity")
	address := startServer(t, dir)

	b := newBrowser(t, address)
	b.get("/").on("/")
	b.post("", "code", codes["s2"], "lang", "es").on("/assent")
	mustContain(t, "the assent in the roster's language", b.body, `lang="es"`, "Tú decides")
	b.post("assent", "decision", "start", "lang", "es").on("/survey")
	// Recognition: 5 4 3 4 5, mean 4.2. Interest: four of five answered, 2 2 3 3, mean 2.5. Competence: one answered, too few.
	answers := map[string]string{
		"srec1": "5", "srec2": "4", "srec3": "3", "srec4": "4", "srec5": "5",
		"sint1": "2", "sint2": "2", "sint3": "3", "sint4": "3", "scom1": "5",
	}
	fields := append(fieldsOf(answers), "lang", "es", "action", "submit")
	b.post("survey", fields...).on("/survey")
	mustContain(t, "the page that points out unanswered questions", b.body, `name="confirmed"`, `value="1"`)
	b.post("survey", append(fields, "confirmed", "1")...).on("/thanks")
	receipt := b.receipt()

	again := newBrowser(t, address)
	again.post("", "code", strings.ToLower(codes["s2"]), "lang", "es").on("/thanks")
	if got := again.receipt(); got != receipt {
		t.Errorf("typing the code again shows receipt %s, the first was %s", got, receipt)
	}
	for _, word := range []string{"srec1", "checked"} {
		if strings.Contains(again.body, word) {
			t.Errorf("the thank-you page holds %q", word)
		}
	}

	no := newBrowser(t, address)
	no.post("", "code", codes["s1"], "lang", "en").on("/assent")
	no.post("assent", "decision", "decline", "lang", "en").on("/thanks")

	wide := filepath.Join(t.TempDir(), "wide.csv")
	surveyd(t, exitOK, "export", "--administration", "fall", "--format", "csv-wide", "--data", dir, "--out", wide)
	exported := read(t, wide)
	for _, secret := range append([]string{"Luis", "s2"}, codes["s2"]) {
		if strings.Contains(exported, secret) {
			t.Errorf("the de-identified export holds %q", secret)
		}
	}
	statuses := map[string]int{}
	for _, row := range table(t, exported) {
		statuses[row["status"]]++
		if row["status"] != "submitted" {
			continue
		}
		want := map[string]string{
			"language": "es", "grade": "7", "site": "North", "srec1": "5", "sint5": "",
			"stem_recognition": "4.2", "stem_interest": "2.5", "stem_interest_answered": "4",
			"stem_competence": "", "stem_competence_missing": "too_few_answered",
			"stem_recognition_favorable": "0.8", // 5 4 4 5 of five
		}
		for column, value := range want {
			if row[column] != value {
				t.Errorf("%s is %q, want %q", column, row[column], value)
			}
		}
	}
	if statuses["submitted"] != 1 || statuses["declined"] != 1 || statuses["not_started"] != 2 {
		t.Errorf("statuses are %v", statuses)
	}
	rescored := filepath.Join(t.TempDir(), "rescored.csv")
	surveyd(t, exitOK, "score", "../../instruments/stem-identity.yaml", wide, "--out", rescored)
	if read(t, rescored) != exported {
		t.Errorf("scoring the export again changes it:\n%s\n%s", exported, read(t, rescored))
	}
	scores, _ := surveyd(t, exitOK, "export", "--administration", "fall", "--format", "scores", "--attribute", "enrolled", "--data", dir)
	for _, row := range table(t, scores) {
		if row["status"] == "submitted" && (row["attribute_enrolled"] != "yes" || row["stem_recognition"] != "4.2") {
			t.Errorf("scores with an attribute: %v", row)
		}
	}
	long, _ := surveyd(t, exitOK, "export", "--administration", "fall", "--format", "csv-long", "--data", dir)
	mustContain(t, "the long export", long, "srec1", "skipped", "answered")
	staffPages(t, dir, address, exported)
}

// staffPages signs in by link, sees the counts and downloads the same file.
func staffPages(t *testing.T, dir, address, exported string) {
	out, _ := surveyd(t, exitOK, "staff", "add", "pat@example.org", "--role", "researcher", "--address", address, "--data", dir)
	link := strings.Fields(out[strings.Index(out, "http"):])[0]
	b := newBrowser(t, address)
	b.get(link)
	b.post(link, "password", "correct horse battery", "password_again", "correct horse battery").on("/staff")
	mustContain(t, "the staff page", b.body, "fall")
	b.get("/staff/administrations/fall/export?format=csv-wide")
	if got := strings.TrimPrefix(b.body, "\ufeff"); got != exported {
		t.Errorf("the download differs from the command's export:\n%s", got)
	}
	other := newBrowser(t, address)
	other.get(link)
	other.post(link, "password", "correct horse battery", "password_again", "correct horse battery")
	if strings.HasSuffix(other.at.Path, "/staff") && other.status == 200 {
		t.Errorf("a one-time link signed in twice")
	}
	if other.get("/staff/administrations/fall/export?format=csv-wide"); strings.Contains(other.body, "pseudonym") {
		t.Errorf("a stranger downloads answers")
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
