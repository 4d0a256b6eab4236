package i18n_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
	"surveyd/locales"
)

func load(t *testing.T) *i18n.Bundle {
	t.Helper()
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	return bundle
}

// entry is one message as the files write it.
type entry struct {
	Description, One, Many, Other string
}

func entries(t *testing.T, lang instrument.Lang) map[string]entry {
	t.Helper()
	source, err := fs.ReadFile(locales.FS, "active."+string(lang)+".yaml")
	if err != nil {
		t.Fatal(err)
	}
	var found map[string]entry
	if err := yaml.Unmarshal(source, &found); err != nil {
		t.Fatal(err)
	}
	return found
}

var placeholder = regexp.MustCompile(`\{\{\.\w+\}\}|\{\w+\}`)

func placeholders(text string) string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return strings.Join(slices.Compact(found), " ")
}

func TestEveryLanguageSaysTheSameThings(t *testing.T) {
	bundle := load(t)
	source := entries(t, i18n.Source)
	for _, lang := range bundle.Languages() {
		if !slices.Equal(neededIn(bundle.IDs(lang)), neededIn(bundle.IDs(i18n.Source))) {
			t.Errorf("%s and %s do not have the same messages", lang, i18n.Source)
		}
		for id, message := range entries(t, lang) {
			if message.Other == "" || message.Description == "" {
				t.Errorf("%s: %s has no words, or no description for translators", lang, id)
			}
			base, _ := i18n.BaseID(id)
			// The single form may write its number out.
			if id != "date.moment.label" && placeholders(message.Other) != placeholders(source[base].Other) {
				t.Errorf("%s: %s fills %s, the source language %s", lang, id, placeholders(message.Other), placeholders(source[base].Other))
			}
			if (message.One == "") != (source[base].One == "") {
				t.Errorf("%s: %s counts in one language and not in the other", lang, id)
			}
			if lang == "es" && message.One != "" && message.Many == "" {
				t.Errorf("es: %s lacks the form for millions", id)
			}
		}
	}
}

// neededIn leaves out of a language's ids those that another one need not have: formal words, for a language may say you to
// everybody. Every variant must have its base.
func neededIn(ids []string) []string {
	var needed []string
	for _, id := range ids {
		base, register := i18n.BaseID(id)
		if register != i18n.Formal || !slices.Contains(ids, base) {
			needed = append(needed, id)
		}
	}
	return needed
}

// used matches a message's id as Go and templates write it.
var used = regexp.MustCompile("[\"`](" + `(?:language|page|date|entry|assent|survey|answer|thanks|problem|staff|preview|codebook|packet|condition)(?:\.[a-z0-9_]+)+` + ")[\"`]")

var fileName = regexp.MustCompile(`\.(js|css|html|go|yaml|csv|db|key)$`)

func TestEveryMessageThatIsUsedExistsAndNoneIsUnused(t *testing.T) {
	bundle := load(t)
	seen := map[string]bool{}
	for _, root := range []string{"../render", "../preview", "../codebook", "../web", "../../cmd"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if ext := filepath.Ext(path); strings.HasSuffix(path, "_test.go") || strings.Contains(path, "testdata") || (ext != ".go" && ext != ".html") {
				return nil
			}
			source, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, m := range used.FindAllStringSubmatch(string(source), -1) {
				id := m[1]
				if fileName.MatchString(id) {
					continue
				}
				seen[id] = true
				if root == "../render" && !slices.Contains(bundle.IDs(i18n.Source), id) {
					t.Errorf("%s uses %q, which no language has", path, id)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, lang := range bundle.Languages() {
		for _, id := range bundle.IDs(lang) {
			if base, _ := i18n.BaseID(id); !seen[base] {
				t.Errorf("nothing uses %q", id)
			}
		}
	}
}

func TestWordsCount(t *testing.T) {
	bundle := load(t)
	for _, c := range []struct {
		lang  instrument.Lang
		count int
		want  string
	}{{"en", 1, "1 question"}, {"en", 2, "2 questions"}, {"es", 1, "1 pregunta"}, {"es", 0, "0 preguntas"}, {"es", 2, "2 preguntas"}} {
		if got := bundle.Words(c.lang).T("assent.questions.label", i18n.Data{"Count": c.count}); got != c.want {
			t.Errorf("%s %d: %q, want %q", c.lang, c.count, got, c.want)
		}
	}
}

func TestAMissingMessageIsSeenAndNeverAnotherLanguages(t *testing.T) {
	bundle, err := i18n.LoadFS(fstest.MapFS{
		"active.en.yaml": {Data: []byte("a.b: {other: English}")},
		"active.es.yaml": {Data: []byte("c.d: {other: Español}")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := bundle.Words("es").T("a.b", nil); got != "[a.b]" {
		t.Errorf("a message that Spanish lacks reads %q", got)
	}
	if _, err := bundle.Words("es").Say("a.b", nil); err == nil {
		t.Error("a message that Spanish lacks is no error")
	}
	if got := bundle.Words("fr").Lang(); got != i18n.Source {
		t.Errorf("for a language that the interface does not speak the words are in %q", got)
	}
}

func TestNegotiate(t *testing.T) {
	both := []instrument.Lang{"en", "es"}
	for _, c := range []struct {
		why     string
		offered []instrument.Lang
		header  string
		asked   []instrument.Lang
		want    instrument.Lang
	}{
		{"what was asked for comes first", both, "en", []instrument.Lang{"", "es"}, "es"},
		{"a region is its language", both, "es-MX,es;q=0.9,en;q=0.8", nil, "es"},
		{"the browser's weights count", both, "en;q=0.4, es-419;q=0.9", nil, "es"},
		{"a language that is not offered gives the first", both, "zh-Hans", nil, "en"},
		{"what is asked for but not offered does not count", both, "es", []instrument.Lang{"fr"}, "es"},
		{"a broken header gives the first", both, ";;;q=", nil, "en"},
		{"no header gives the first", []instrument.Lang{"es", "en"}, "", nil, "es"},
		{"nothing offered gives the source", nil, "es", nil, "en"},
	} {
		if got := i18n.Negotiate(c.offered, c.header, c.asked...); got != c.want {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
}
