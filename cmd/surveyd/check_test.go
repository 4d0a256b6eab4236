package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"surveyd/internal/diag"
	"surveyd/internal/explain"
)

const checkable = `format: 1
id: small
version: 1.0.0
title: {en: "Small"}
languages: [en]
audience: {grades: [6]}
response_sets:
  yes_no: {options: [{code: 1, label: {en: "Yes"}}, {code: 0, label: {en: "No"}}]}
items:
  - {id: q1, text: {en: "Do you like it?"}, responses: yes_no}
pages:
  - {id: p1, items: [q1]}
scales:
  - {id: s, title: {en: "S"}, items: [q1], score: mean, min_answered: 1, range: [0, 1]}
tests:
  - {name: yes, answers: {q1: 1}, expect: {scores: {s: 1}}}
`

func checkFiles(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestCheckEndsWithOneWhenAnyFileHasAnError(t *testing.T) {
	dir := checkFiles(t, map[string]string{
		"a.yaml":     strings.Replace(checkable, "name: yes", `name: "yes"`, 1),
		"sub/b.yml":  strings.NewReplacer("name: yes", `name: "yes"`, "{s: 1}", "{s: 0.5}", "id: small", "id: other").Replace(checkable),
		"notes.txt":  "nothing",
		".git/c.yml": "nothing",
	})
	var out, errs bytes.Buffer
	if code := runCheck(t.Context(), []string{dir}, &out, &errs); code != exitFailed {
		t.Errorf("ended with %d, want %d: %s%s", code, exitFailed, out.String(), errs.String())
	}
	want := filepath.Join(dir, "sub", "b.yml") + `:16:58: error test-failed: test "yes": s is expected to be 0.5, got 1; `
	if !strings.Contains(out.String(), want) {
		t.Errorf("no line begins with %s in\n%s", want, out.String())
	}
	if !strings.Contains(out.String(), "\n2 files, 1 error, ") {
		t.Errorf("the last line does not sum up:\n%s", out.String())
	}
	out.Reset()
	if code := runCheck(t.Context(), []string{filepath.Join(dir, "a.yaml")}, &out, &errs); code != exitOK {
		t.Errorf("a file without an error ended with %d: %s%s", code, out.String(), errs.String())
	}
}

func TestCheckPrintsProblemsAsData(t *testing.T) {
	dir := checkFiles(t, map[string]string{"a.yaml": checkable})
	var out, errs bytes.Buffer
	if code := runCheck(t.Context(), []string{dir, "--json"}, &out, &errs); code != exitFailed {
		t.Errorf("ended with %d: %s", code, errs.String())
	}
	var list []diag.Diagnostic
	if err := json.Unmarshal(out.Bytes(), &list); err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		if d.Code == "yaml-truth-value" && d.Line == 16 && d.Column == 12 && d.Length == 3 && d.Severity == diag.Error && d.Hint != "" {
			return
		}
	}
	t.Errorf("the unquoted yes is not at 16:12: %s", out.String())
}

func TestCheckOfTheSameFileTwiceReadsItOnce(t *testing.T) {
	dir := checkFiles(t, map[string]string{"a.yaml": checkable})
	var out, errs bytes.Buffer
	runCheck(t.Context(), []string{dir, filepath.Join(dir, "a.yaml")}, &out, &errs)
	if !strings.Contains(out.String(), "\n1 file, ") {
		t.Errorf("not one file:\n%s", out.String())
	}
}

func TestCheckCalledWronglyEndsWithTwo(t *testing.T) {
	empty := t.TempDir()
	for _, args := range [][]string{{}, {"--what", empty}, {empty}, {filepath.Join(empty, "none.yaml")}} {
		var out, errs bytes.Buffer
		if code := runCheck(t.Context(), args, &out, &errs); code != exitMisuse || errs.Len() == 0 {
			t.Errorf("check %q ended with %d and said %q", args, code, errs.String())
		}
	}
}

// checked runs check in a folder.
func checked(t *testing.T, dir string, args ...string) (code int, out, errs string) {
	t.Helper()
	t.Chdir(dir)
	var stdout, stderr bytes.Buffer
	code = runCheck(t.Context(), args, &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

func TestCheckAnnotatesForAWorkflow(t *testing.T) {
	dir := checkFiles(t, map[string]string{"instruments/a.yaml": checkable})
	code, out, errs := checked(t, dir, "--format", "github", filepath.Join(dir, "instruments"))
	if code != exitFailed {
		t.Errorf("ended with %d: %s", code, errs)
	}
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if want := "::error file=instruments/a.yaml,line=16,endLine=16,col=12,endColumn=14,title=yaml-truth-value::"; !strings.Contains(out, want) {
		t.Errorf("no line begins with %s in\n%s", want, out)
	}
	if !strings.Contains(out, "::warning file=instruments/a.yaml,") {
		t.Errorf("the warnings are not annotated:\n%s", out)
	}
	if last := lines[len(lines)-1]; !strings.HasPrefix(last, "1 file, 1 error, ") {
		t.Errorf("the last line does not sum up: %s", last)
	}
	for _, line := range lines[:len(lines)-1] {
		if !strings.HasPrefix(line, "::error file=") && !strings.HasPrefix(line, "::warning file=") {
			t.Errorf("a line is no annotation: %s", line)
		}
	}
}

func TestCheckAnnotatesAFileElsewhereByThePathItWasGiven(t *testing.T) {
	dir := checkFiles(t, map[string]string{"a.yaml": checkable})
	if _, out, _ := checked(t, t.TempDir(), "--format=github", dir); !strings.Contains(out, "::error file="+filepath.ToSlash(filepath.Join(dir, "a.yaml"))+",line=") {
		t.Errorf("the path is not as given:\n%s", out)
	}
}

func TestCheckSaysWhereMoreIsToldOfAProblem(t *testing.T) {
	dir := checkFiles(t, map[string]string{"a.yaml": checkable})
	_, out, _ := checked(t, dir, "a.yaml")
	if !strings.HasSuffix(out, "\nsurveyd explain CODE tells more of each, as in surveyd explain yaml-truth-value\n") {
		t.Errorf("the report ends with\n%s", out)
	}
	for _, format := range []string{"json", "github"} {
		if _, out, _ := checked(t, dir, "a.yaml", "--format", format); strings.Contains(out, "surveyd explain") {
			t.Errorf("--format %s says it too:\n%s", format, out)
		}
	}
}

func TestCheckOfASoundFileSaysNothingMoreThanThat(t *testing.T) {
	bases := explain.Bases()
	dir := checkFiles(t, map[string]string{"a.yaml": bases[0]})
	if code, out, errs := checked(t, dir, "a.yaml"); code != exitOK || out != "1 file, 0 errors, 0 warnings\n" {
		t.Errorf("ended with %d: %s%s", code, out, errs)
	}
}

func TestCheckPrintsOneFormat(t *testing.T) {
	dir := checkFiles(t, map[string]string{"a.yaml": checkable})
	_, short, _ := checked(t, dir, "a.yaml", "--json")
	_, long, _ := checked(t, dir, "a.yaml", "--format", "json")
	if short != long || !strings.HasPrefix(long, "[") {
		t.Errorf("--json and --format json differ:\n%s\n%s", short, long)
	}
	for _, args := range [][]string{{"a.yaml", "--format", "xml"}, {"a.yaml", "--json", "--format", "github"}} {
		if code, out, errs := checked(t, dir, args...); code != exitMisuse || out != "" || errs == "" {
			t.Errorf("check %q ended with %d and said %q", args, code, errs)
		}
	}
}
