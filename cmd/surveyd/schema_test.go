package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"surveyd/internal/explain"
)

func schemaOf(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(t.Context(), append([]string{"schema"}, args...), func(string) (string, bool) { return "", false }, strings.NewReader(""), &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

func TestSchemaWritesTheSameToTheTerminalAndToAFile(t *testing.T) {
	code, printed, errs := schemaOf(t)
	if code != exitOK {
		t.Fatalf("ended with %d: %s", code, errs)
	}
	var doc struct {
		Dialect    string                     `json:"$schema"`
		Properties map[string]json.RawMessage `json:"properties"`
	}
	if err := json.Unmarshal([]byte(printed), &doc); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(doc.Dialect, "draft-07") || doc.Properties["scales"] == nil {
		t.Errorf("it is not the schema of an instrument: %s", printed[:200])
	}
	file := filepath.Join(t.TempDir(), "instrument.schema.json")
	if code, out, errs := schemaOf(t, "--out", file); code != exitOK || out != "" {
		t.Fatalf("ended with %d: %s%s", code, out, errs)
	}
	written, err := os.ReadFile(file)
	if err != nil || string(written) != printed {
		t.Errorf("the file differs from what is printed: %v", err)
	}
}

func TestSchemaCalledWronglyEndsWithTwo(t *testing.T) {
	if code, out, errs := schemaOf(t, "instrument.json"); code != exitMisuse || out != "" || !strings.Contains(errs, "--out FILE") {
		t.Errorf("ended with %d: %s%s", code, out, errs)
	}
	if code, _, errs := schemaOf(t, "--out", filepath.Join(t.TempDir(), "no", "folder.json")); code != exitFailed || errs == "" {
		t.Errorf("ended with %d: %s", code, errs)
	}
}

func TestTheModelineOfAnEditorIsACommentToCheck(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "editors.md"))
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "# yaml-language-server:") && !strings.HasPrefix(line, "# $schema:") {
			continue
		}
		lines++
		dir := checkFiles(t, map[string]string{"a.yaml": line + explain.Bases()[0]})
		if code, out, errs := checked(t, dir, "a.yaml"); code != exitOK || out != "1 file, 0 errors, 0 warnings\n" {
			t.Errorf("%s ended with %d: %s%s", line, code, out, errs)
		}
	}
	if lines == 0 {
		t.Error("docs/editors.md shows no modeline")
	}
}
