package starter

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"surveyd/internal/catalog"
	"surveyd/internal/instrument"
	"surveyd/internal/layout"
)

var day = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// sound makes a file and holds that the check has nothing to say of it.
func sound(t *testing.T, w Wish) string {
	t.Helper()
	w.Date = day
	out, err := Make(w)
	if err != nil {
		t.Fatalf("%+v: %v", w, err)
	}
	checkSound(t, fmt.Sprintf("%+v", w), string(out))
	again, problems, err := layout.Format("a.yaml", out)
	if err != nil || len(problems) > 0 || string(again.Text) != string(out) {
		t.Errorf("%+v: it is not laid out", w)
	}
	return string(out)
}

func checkSound(t *testing.T, what, src string) {
	t.Helper()
	loaded, problems := catalog.Check([]catalog.Source{{Name: "a.yaml", Bytes: []byte(src)}})
	if len(problems) > 0 || loaded[0].Instrument == nil {
		t.Fatalf("%s: %v\n%s", what, problems, src)
	}
}

func TestEveryStarterFilePassesWithoutAWarning(t *testing.T) {
	for _, languages := range [][]instrument.Lang{{"en"}, {"es"}, {"en", "es"}, {"es", "en"}} {
		for _, adults := range []string{"family", "staff"} {
			sound(t, Wish{ID: "my-survey", Languages: languages, Adults: adults})
		}
		sound(t, Wish{ID: "my-survey", Languages: languages})
		for from := range grades {
			for _, to := range []int{from, max(from, slices.Index(grades, "5")), len(grades) - 1} { // below grade 6, across it, above it
				sound(t, Wish{ID: "my-survey", Languages: languages, Grades: grades[from : to+1]})
			}
		}
	}
}

func TestAnyLegalIDGivesASoundFile(t *testing.T) {
	for _, id := range []string{"a", "str", "str-1", "x1", "a-1", "if", "in", "s-t-r", "math-identity", "a--b", "a-", "grade", strings.Repeat("long-", 12) + "id"} {
		sound(t, Wish{ID: instrument.ID(id), Languages: []instrument.Lang{"en"}})
	}
}

func TestTheExamplesInCommentsAreSoundToo(t *testing.T) {
	for _, adults := range []string{"", "family", "staff"} {
		src := sound(t, Wish{ID: "my-survey", Adults: adults})
		example := regexp.MustCompile(`(?m)^( *)# ((?:- \{id: ms_|- \{id: p_ms_more| *- \{code: [a-z]|clubs:|  kind: nominal|  options:|declined:).*)$`)
		if n := len(example.FindAllString(src, -1)); n != 11 {
			t.Fatalf("%d lines of examples", n)
		}
		src = example.ReplaceAllString(src, "$1$2")
		in, problems := instrument.Load("a.yaml", []byte(src), instrument.Options{})
		if in == nil || len(in.Items) != 7 {
			t.Fatalf("%v\n%s", problems, src)
		}
		for _, p := range problems { // the texts are other ones now
			if p.Code != "translation-stale" {
				t.Errorf("%s", p)
			}
		}
	}
}

func TestEveryKeyOfTheFormatIsThere(t *testing.T) {
	src := sound(t, Wish{ID: "my-survey"})
	for _, key := range []string{
		"format", "id", "version", "title", "languages", "audience", "minutes", "provenance", "authors", "license", "citations", "evidence", "translation", "consent",
		"protected_topics", "intro", "closing", "settings", "response_sets", "declined", "items", "show_if", "max_length", "pages", "scales", "higher_means", "favorable",
		"reliability", "quality", "straight_line", "too_fast", "missing_share", "tests",
	} {
		if !strings.Contains(src, key+":") {
			t.Errorf("nothing is said of %s", key)
		}
	}
}

func TestAWishThatCannotBeMetIsRefusedInWords(t *testing.T) {
	for _, test := range []struct {
		wish Wish
		says string
	}{
		{Wish{ID: "My Survey"}, "my-survey would do"},
		{Wish{ID: "math_identity"}, "math-identity would do"},
		{Wish{ID: "2nd-survey"}, "nd-survey would do"},
		{Wish{ID: "¿?"}, "begins with a small letter"},
		{Wish{ID: ""}, "begins with a small letter"},
		{Wish{ID: instrument.ID(strings.Repeat("a", 65))}, strings.Repeat("a", 64) + " would do"},
		{Wish{ID: "a", Languages: []instrument.Lang{"en", "fr"}}, "no starter texts in fr"},
		{Wish{ID: "a", Languages: []instrument.Lang{"en", "en"}}, "twice"},
		{Wish{ID: "a", Adults: "teachers"}, "family or staff"},
		{Wish{ID: "a", Adults: "staff", Grades: []instrument.Grade{"4"}}, "for grades or for adults"},
	} {
		out, err := Make(test.wish)
		if err == nil || !strings.Contains(err.Error(), test.says) || out != nil {
			t.Errorf("%+v: %v", test.wish, err)
		}
	}
}

func TestGradesAreReadAsAuthorsWriteThem(t *testing.T) {
	for s, want := range map[string]string{"3-5": "3, 4, 5", "k-2": "K, 1, 2", "TK": "TK", "6, 4": "4, 6", "K,3-4": "K, 3, 4", "6-12": "6, 7, 8, 9, 10, 11, 12"} {
		if got, err := ParseGrades(s); err != nil || joined(got) != want {
			t.Errorf("%s: %v %v", s, got, err)
		}
	}
	for _, s := range []string{"", "5-3", "13", "3-", "a", "3,3", "2-4,3"} {
		if got, err := ParseGrades(s); err == nil {
			t.Errorf("%s: %v", s, got)
		}
	}
}
