package explain_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"surveyd/internal/catalog"
	"surveyd/internal/diag"
	"surveyd/internal/explain"
)

func all(t *testing.T) []explain.Entry {
	t.Helper()
	entries, err := explain.All()
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

// check runs an example through the check, as a folder of files.
func check(t *testing.T, e explain.Example) (list []diag.Diagnostic, want []explain.Mark, files []explain.File) {
	t.Helper()
	files, marks := e.Complete()
	folder := fstest.MapFS{}
	for _, f := range files {
		folder[f.Name] = &fstest.MapFile{Data: f.Bytes}
	}
	_, list, err := catalog.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	return list, marks, files
}

// passedOver are warnings that the completion of a fragment gives rise to.
func passedOver(e explain.Entry, code string) bool {
	return code != e.Code && (slices.Contains(e.Also, code) || slices.Contains([]string{"no-tests", "few-tests", "unused", "translation-stale"}, code))
}

func whole(files []explain.File) string {
	var b strings.Builder
	for _, f := range files {
		if len(f.Bytes) > 10_000 {
			continue
		}
		fmt.Fprintf(&b, "\n--- %s", f.Name)
		for i, line := range strings.Split(string(f.Bytes), "\n") {
			fmt.Fprintf(&b, "\n%3d %s", i+1, line)
		}
	}
	return b.String()
}

func TestEveryBadExampleHasItsCodeAtTheCaretsAndNothingElse(t *testing.T) {
	for _, e := range all(t) {
		for i, bad := range e.Bad {
			list, marks, files := check(t, bad)
			if len(marks) == 0 {
				t.Errorf("%s: bad example %d has no carets", e.Code, i+1)
			}
			var want, got []string
			for _, m := range marks {
				want = append(want, fmt.Sprintf("%s:%d:%d of %d", files[m.File].Name, m.Line, m.Column, m.Length))
			}
			for _, d := range list {
				if d.Code == e.Code {
					got = append(got, fmt.Sprintf("%s:%d:%d of %d", d.File, d.Line, d.Column, d.Length))
					if !strings.Contains(e.Severity, string(d.Severity)) {
						t.Errorf("%s is reported as %s: %s", e.Code, d.Severity, d)
					}
				} else if !passedOver(e, d.Code) {
					t.Errorf("%s: bad example %d is wrong in another way: %s", e.Code, i+1, d)
				}
			}
			if slices.Sort(want); !slices.Equal(got, want) {
				t.Errorf("%s: bad example %d is reported at %q, its carets point at %q\n%v%s", e.Code, i+1, got, want, list, whole(files))
			}
		}
	}
}

func TestTheBasesHaveNothingToReport(t *testing.T) {
	for _, base := range explain.Bases() {
		_, list := catalog.Check([]catalog.Source{{Name: "base.yaml", Bytes: []byte(base)}})
		for _, d := range list {
			t.Error(d)
		}
	}
}

func TestNothingIsToBeSaidOfAGoodExample(t *testing.T) {
	for _, e := range all(t) {
		for i, good := range e.Good {
			list, marks, files := check(t, good)
			if len(marks) > 0 {
				t.Errorf("%s: good example %d has carets", e.Code, i+1)
			}
			for _, d := range list {
				if d.Severity == diag.Error || !passedOver(e, d.Code) {
					t.Errorf("%s: good example %d: %s%s", e.Code, i+1, d, whole(files))
				}
			}
		}
	}
}
