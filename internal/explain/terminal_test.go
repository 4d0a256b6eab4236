package explain_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"surveyd/internal/explain"
)

func TestAnEntryOnTheTerminalShowsItsExamplesAsTheyAreWritten(t *testing.T) {
	entries := all(t)
	e, _, ok := explain.Find(entries, "unknown-key")
	if !ok {
		t.Fatal("there is no entry")
	}
	said := e.Terminal()
	for _, want := range []string{
		"unknown-key (error): there is no such key here.\n",
		"\nWrong:\n\n    items:\n      - {id: q1, txet: {en: \"I like math.\"}, responses: agree3}\n                 ^^^^\n",
		"\nRight:\n\n    items:\n      - {id: q1, text: {en: \"I like math.\"}, responses: agree3}\n",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q:\n%s", want, said)
		}
	}
	if strings.Contains(said, "`") || strings.Contains(said, "```") {
		t.Errorf("it shows marks of Markdown:\n%s", said)
	}
	for _, e := range entries {
		for _, line := range strings.Split(e.Terminal(), "\n")[1:] {
			if !strings.HasPrefix(line, "    ") && utf8.RuneCountInString(line) > 80 {
				t.Errorf("%s: a line of text is longer than a terminal: %s", e.Code, line)
			}
		}
	}
}

func TestTheListNamesEveryCodeWithWhatItMeans(t *testing.T) {
	entries := all(t)
	list := explain.List(entries)
	for _, e := range entries {
		if !strings.Contains(list, "\n  "+e.Code+" ") {
			t.Errorf("%s is not listed", e.Code)
		}
	}
}

func TestAMistypedCodeIsGuessed(t *testing.T) {
	entries := all(t)
	for typed, want := range map[string]string{"unknwon-key": "unknown-key", "Wrong-Range": "wrong-range", "zebra": ""} {
		if _, near, ok := explain.Find(entries, typed); ok || near != want {
			t.Errorf("%s: %q, %v, want %q", typed, near, ok, want)
		}
	}
}
