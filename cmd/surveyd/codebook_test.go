package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"surveyd/internal/codebook"
)

const studyFile = "../../internal/codebook/testdata/study.yaml"

func TestACodebookOfAShippedInstrumentIsFoundByItsID(t *testing.T) {
	page, _ := surveyd(t, exitOK, "codebook", "stem-identity")
	mustContain(t, "the page", page, "<!doctype html>", `id="v-srec1"`, `id="v-stem_interest_missing"`, "Mi familia piensa")
	again, _ := surveyd(t, exitOK, "codebook", "stem-identity@1.0.0", "--language", "es")
	mustContain(t, "the page in Spanish", again, `<html lang="es">`, "Mi familia piensa")
	if strings.Contains(again, "My family thinks") {
		t.Error("one language was asked for, two were given")
	}
}

func TestACodebookIsWrittenInEveryFormat(t *testing.T) {
	out := filepath.Join(t.TempDir(), "codebook")
	surveyd(t, exitOK, "codebook", studyFile, "--format", "csv", "--out", out)
	file, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) < 20 || rows[0][0] != "variable" || rows[1][0] != "mi1" {
		t.Errorf("the table is %v, %v", rows, err)
	}
	marked, _ := surveyd(t, exitOK, "codebook", studyFile, "--format", "csv", "--bom")
	if !strings.HasPrefix(marked, "\ufeffvariable,") {
		t.Errorf("--bom: the file begins with %q", marked[:20])
	}
	text, _ := surveyd(t, exitOK, "codebook", studyFile, "--format", "json")
	var book codebook.Book
	if err := json.Unmarshal([]byte(text), &book); err != nil || book.Instrument.ID != "study" || len(book.Scales) != 4 {
		t.Errorf("the book is %v, %v", book.Instrument, err)
	}
}

func TestWhatACodebookCannotBeIsSaid(t *testing.T) {
	for _, c := range []struct {
		code int
		want string
		args []string
	}{
		{exitMisuse, "name one instrument", nil},
		{exitMisuse, `no format "pdf"`, []string{studyFile, "--format", "pdf"}},
		{exitMisuse, `no texts in "fr"; it has en, es`, []string{studyFile, "--language", "fr"}},
		{exitMisuse, "json always holds every language", []string{studyFile, "--format", "json", "--language", "es"}},
		{exitMisuse, "--bom is for --format csv", []string{studyFile, "--bom"}},
		{exitFailed, "did you mean stem-identity?", []string{"stem-identty"}},
		{exitFailed, "no such file", []string{"nowhere.yaml"}},
	} {
		_, stderr := surveyd(t, c.code, append([]string{"codebook"}, c.args...)...)
		mustContain(t, strings.Join(c.args, " "), stderr, c.want)
	}
	broken := filepath.Join(t.TempDir(), "broken.yaml")
	if err := os.WriteFile(broken, []byte("format: 1\nid: broken\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, stderr := surveyd(t, exitFailed, "codebook", broken)
	mustContain(t, "a file with errors", stderr, "broken.yaml:", "error")
	help, _ := surveyd(t, exitOK, "codebook", "--help")
	mustContain(t, "the help", help, "-format", "-language", "-out", "-bom")
}
