package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestNewWritesAFileThatPasses(t *testing.T) {
	t.Chdir(t.TempDir())
	out, _ := surveyd(t, exitOK, "new", "math-identity")
	mustContain(t, "what is said", out, "math-identity.yaml", "surveyd check")
	out, _ = surveyd(t, exitOK, "check", "math-identity.yaml")
	if out != "1 file, 0 errors, 0 warnings\n" {
		t.Errorf("the check says %s", out)
	}
	mustContain(t, "the file", readFile(t, "math-identity.yaml"), "id: math-identity", "languages: [en, es]", "grades: [4, 5, 6, 7, 8]")
	surveyd(t, exitOK, "fmt", "-l", "math-identity.yaml")
}

func TestNewTakesLanguagesAndAudience(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a b.yaml")
	out, _ := surveyd(t, exitOK, "new", "--languages", "es,en", "--grades", "k-2", "--out", file, "tiny")
	mustContain(t, "what is said", out, "'"+file+"'")
	mustContain(t, "the file", readFile(t, file), "id: tiny", "languages: [es, en]", "grades: [K, 1, 2]")
	out, _ = surveyd(t, exitOK, "new", "homes", "--adults", "family", "--languages", "es", "--out", "-")
	mustContain(t, "the file", out, "adults: family", "languages: [es]")
}

func TestNewNeverOverwrites(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.WriteFile("a.yaml", []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, errs := surveyd(t, exitFailed, "new", "a")
	mustContain(t, "the report", errs, "a.yaml is there already")
	if readFile(t, "a.yaml") != "mine" {
		t.Error("it was overwritten")
	}
	surveyd(t, exitFailed, "new", "a", "--out", filepath.Join(dir, "no-folder", "a.yaml"))
}

func TestNewCalledWronglyEndsWithTwo(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, test := range []struct {
		args []string
		says string
	}{
		{[]string{"new"}, "give the new instrument an id"},
		{[]string{"new", "a", "b"}, "give the new instrument an id"},
		{[]string{"new", "My_Survey"}, "my-survey would do"},
		{[]string{"new", "a", "--grades", "5-3"}, "such as 3-5"},
		{[]string{"new", "a", "--languages", "en,de"}, "no starter texts in de"},
		{[]string{"new", "a", "--adults", "teachers"}, "family or staff"},
		{[]string{"new", "a", "--adults", "staff", "--grades", "3"}, "for grades or for adults"},
	} {
		_, errs := surveyd(t, exitMisuse, test.args...)
		mustContain(t, "the report", errs, test.says)
	}
	if left, _ := filepath.Glob("*"); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}
