package internal_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// names may stand in a template: they are the same in every language.
var names = []string{"surveyd"}

// TestNoInterfaceWordStandsInATemplate: words live in locales/, in every language; a template names their ids.
func TestNoInterfaceWordStandsInATemplate(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && entry.Name() == "testdata" {
			return fs.SkipDir
		}
		switch filepath.Ext(path) {
		case ".html", ".gohtml", ".tmpl":
		default:
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, found := range bareWords(string(text)) {
			t.Errorf("%s:%s: words belong in locales/", path, found)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var (
	// notRead is what nobody reads as words: actions, comments, scripts, and commands, which are the same in every language.
	notRead = regexp.MustCompile(`(?s)\{\{.*?\}\}|<!--.*?-->|<(?:script|style|code)\b.*?</(?:script|style|code)>`)
	// readAloud are the attributes that a person reads or hears.
	readAloud = regexp.MustCompile(`(?s)\s(?:alt|aria-label|aria-description|aria-roledescription|label|placeholder|title)\s*=\s*("[^"]*"|'[^']*')`)
	tag       = regexp.MustCompile(`(?s)<[^>]*>`)
)

// bareWords gives "line: words" for each run of words of a template that a person would read or hear.
func bareWords(template string) []string {
	template = notRead.ReplaceAllStringFunc(template, blank)
	var found []string
	for _, at := range readAloud.FindAllStringSubmatchIndex(template, -1) {
		found = append(found, wordsAt(template, at[2], at[3])...)
	}
	text := tag.ReplaceAllStringFunc(template, blank)
	offset := 0
	for line := range strings.Lines(text) {
		found = append(found, wordsAt(text, offset, offset+len(line))...)
		offset += len(line)
	}
	return found
}

// blank keeps the lines and the length, so that places stay where they were.
func blank(text string) string {
	kept := []byte(text)
	for i, b := range kept {
		if b != '\n' {
			kept[i] = ' '
		}
	}
	return string(kept)
}

func wordsAt(text string, from, to int) []string {
	words := strings.Trim(strings.TrimSpace(text[from:to]), `"'`)
	for _, name := range names {
		words = strings.ReplaceAll(words, name, "")
	}
	if !strings.ContainsFunc(regexp.MustCompile(`&#?\w+;`).ReplaceAllString(words, ""), unicode.IsLetter) {
		return nil
	}
	return []string{fmt.Sprintf("%d: %q", 1+strings.Count(text[:from], "\n"), strings.TrimSpace(words))}
}

func TestABareWordIsFound(t *testing.T) {
	for template, want := range map[string]string{
		"<p>{{t .Words \"survey.submit.label\"}}</p>\n":               "",
		"<!doctype html>\n<!-- why -->{{/* why */}}<br>&nbsp;1 / 2 ·": "",
		"<title>surveyd</title>":                                      "",
		"<li><code>surveyd roster import FILE</code></li>":            "",
		"<style>p { color: red }</style><script>let x</script>":       "",
		"<a class=\"label title\" data-title=\"x\" href=\"/go\"></a>": "",
		"<input placeholder=\"{{.Words.Code}}\">":                     "",
		"<p>\n  Send my answers\n</p>":                                `2: "Send my answers"`,
		"<p>{{.Count}} preguntas</p>":                                 `1: "preguntas"`,
		"<img alt=\"A face\">":                                        `1: "A face"`,
		"<button\n aria-label='Close'></button>":                      `2: "Close"`,
	} {
		if got := strings.Join(bareWords(template), "; "); got != want {
			t.Errorf("got %s, want %s from\n%s", got, want, template)
		}
	}
}
