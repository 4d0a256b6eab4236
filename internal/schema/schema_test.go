package schema_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"surveyd/instruments"
	"surveyd/internal/explain"
	"surveyd/internal/schema"
)

func TestEveryShippedInstrumentIsAccepted(t *testing.T) {
	s := compiled(t)
	names, err := fs.Glob(instruments.FS, "*.yaml")
	if err != nil || len(names) < 5 {
		t.Fatalf("%d instruments: %v", len(names), err)
	}
	for _, name := range names {
		src, err := fs.ReadFile(instruments.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		value, ok := inEditor(t, src)
		if !ok {
			t.Fatalf("%s is no YAML", name)
		}
		if err := s.Validate(value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOnlyABatteryMayHaveNoItemsOfItsOwn(t *testing.T) {
	const head = "format: 1\nid: fall\nversion: 1.0.0\ntitle: {en: Fall}\nlanguages: [en]\naudience: {grades: [6]}\nitems: []\n"
	s := compiled(t)
	for pages, want := range map[string]bool{"pages: [{include: mind@1}]": true, "pages: [{include: mind@1}, {id: p1, items: [q1]}]": false} {
		value, ok := inEditor(t, []byte(head+pages))
		if !ok {
			t.Fatal("no YAML")
		}
		if err := s.Validate(value); (err == nil) != want {
			t.Errorf("%s: %v", pages, err)
		}
	}
}

func entries(t *testing.T) []explain.Entry {
	t.Helper()
	list, err := explain.All()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestEveryGoodExampleIsAccepted(t *testing.T) {
	s := compiled(t)
	for _, e := range entries(t) {
		for _, good := range e.Good {
			files, _ := good.Complete()
			for _, f := range files {
				if !strings.HasSuffix(f.Name, ".yaml") {
					continue
				}
				value, ok := inEditor(t, f.Bytes)
				if !ok {
					t.Errorf("%s: a good example is no YAML", e.Code)
				} else if err := s.Validate(value); err != nil {
					t.Errorf("%s: %v", e.Code, err)
				}
			}
		}
	}
}

// shown are the codes that an editor underlines with this schema: every bad example of them is rejected. Of partly some are;
// the others need to know more than the shape of the file. Nothing else may be rejected, or an editor would call wrong what
// surveyd check takes.
var (
	shown = []string{
		"empty", "illegal-code", "illegal-date", "illegal-id", "illegal-include", "illegal-language", "illegal-version", "misplaced-key",
		"missing-key", "norms-mixed", "not-a-number", "not-a-truth-value", "reserved-code", "text-without-language", "unknown-grade",
		"unknown-key", "unknown-picture", "unknown-recording", "unknown-word", "unquoted-comma", "unsupported-format", "wrong-audience",
		"wrong-shape", "yaml-number",
	}
	partly = []string{"missing-text", "out-of-range", "yaml-truth-value"}
)

func TestTheSchemaShowsWhatTheTableSaysAndNothingElse(t *testing.T) {
	s := compiled(t)
	for _, e := range entries(t) {
		rejected, judged := 0, 0
		for _, bad := range e.Bad {
			files, marks := bad.Complete()
			for i, f := range files {
				if !slices.ContainsFunc(marks, func(m explain.Mark) bool { return m.File == i }) {
					continue
				}
				value, ok := inEditor(t, f.Bytes)
				if !ok {
					continue // the editor itself says that it is no YAML
				}
				judged++
				if s.Validate(value) != nil {
					rejected++
				}
			}
		}
		switch {
		case slices.Contains(shown, e.Code):
			if rejected < judged || judged == 0 {
				t.Errorf("%s: %d of %d bad examples are rejected, want all", e.Code, rejected, judged)
			}
		case slices.Contains(partly, e.Code):
			if rejected == 0 || rejected == judged {
				t.Errorf("%s: %d of %d bad examples are rejected, want some", e.Code, rejected, judged)
			}
		case rejected > 0:
			t.Errorf("%s: %d of %d bad examples are rejected, but the table does not say so", e.Code, rejected, judged)
		}
	}
}

func TestTheDocsNameTheCodesThatAnEditorShows(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "editors.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		heading string
		codes   []string
	}{{"Underlined while you type", shown}, {"Underlined in part", partly}} {
		_, rest, ok := strings.Cut(string(text), "**"+c.heading+":**")
		if !ok {
			t.Fatalf("docs/editors.md has no %s", c.heading)
		}
		paragraph, _, _ := strings.Cut(rest, "\n\n")
		var named []string
		for _, m := range regexp.MustCompile("`([a-z-]+)`").FindAllStringSubmatch(paragraph, -1) {
			named = append(named, m[1])
		}
		if !slices.Equal(named, c.codes) {
			t.Errorf("docs/editors.md, %s: %q, want %q", c.heading, named, c.codes)
		}
	}
}

// each visits every schema within one, with the way to it.
func each(at string, s *schema.Schema, visit func(at string, s *schema.Schema)) {
	if s == nil {
		return
	}
	visit(at, s)
	for key, of := range s.Properties {
		each(at+"/"+key, of, visit)
	}
	each(at+"/*", s.AdditionalProperties, visit)
	each(at+"/[]", s.Items, visit)
	for _, of := range s.AnyOf {
		each(at+"/?", of, visit)
	}
}

func TestEveryKeyHasATitleAndADescription(t *testing.T) {
	each("", schema.Instrument(), func(at string, s *schema.Schema) {
		for key, of := range s.Properties {
			if of.Title == "" || of.Description == "" || !strings.HasSuffix(of.Description, ".") {
				t.Errorf("%s/%s: %q: %q", at, key, of.Title, of.Description)
			}
		}
	})
}

func TestEveryPatternSaysWhatWouldBeRight(t *testing.T) {
	each("", schema.Instrument(), func(at string, s *schema.Schema) {
		for _, of := range []*schema.Schema{s, s.PropertyNames} {
			if of != nil && of.Pattern != "" && of.PatternWords == "" {
				t.Errorf("%s: nothing explains the pattern %s", at, of.Pattern)
			}
		}
	})
}

// Places of a snippet: alone in their quotes, and within a text or key.
var (
	quotedPlace = regexp.MustCompile(`"\$\{[0-9]+:([^}]*)\}"`)
	place       = regexp.MustCompile(`\$\{[0-9]+:([^}]*)\}`)
)

func TestASnippetIsAcceptedWhereItIsOffered(t *testing.T) {
	found := 0
	each("", schema.Instrument(), func(at string, s *schema.Schema) {
		for _, snippet := range s.Snippets {
			found++
			written := quotedPlace.ReplaceAllStringFunc(string(snippet.Body), func(p string) string {
				in := quotedPlace.FindStringSubmatch(p)[1]
				if _, err := strconv.ParseFloat(in, 64); err == nil {
					return in // an editor writes it without quotes
				}
				return `"` + in + `"`
			})
			written = place.ReplaceAllString(written, "$1")
			var value any
			if err := json.Unmarshal([]byte(written), &value); err != nil {
				t.Errorf("%s, %s: %v: %s", at, snippet.Label, err, written)
				continue
			}
			if err := compile(t, s).Validate(value); err != nil {
				t.Errorf("%s, %s: %v", at, snippet.Label, err)
			}
		}
	})
	if found < 10 {
		t.Errorf("only %d snippets", found)
	}
}
