package catalog

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"surveyd/instruments"
	"surveyd/internal/diag"
	"surveyd/internal/instrument"
)

var update = flag.Bool("update", false, "write golden files anew")

var pointer = regexp.MustCompile(`^(\s*#\s*)\^ (\S+)$`)

// pointed reads the comments of a file that point at its mistakes.
func pointed(src []byte) []string {
	var out []string
	at := 0
	for i, line := range strings.Split(string(src), "\n") {
		if m := pointer.FindStringSubmatch(line); m != nil {
			out = append(out, fmt.Sprintf("%d:%d %s", at, len([]rune(m[1]))+1, m[2]))
		} else {
			at = i + 1
		}
	}
	return out
}

// full are folders with one file full of mistakes each; the files beside it have none.
var full = []struct {
	folder, file string
	least        int // how many mistakes there are at the least
}{
	{"testdata/single", "mistakes.yaml", 38},
	{"testdata/battery", "battery.yaml", 8},
}

func TestAFileFullOfMistakesIsReportedWholeInOneRun(t *testing.T) {
	for _, f := range full {
		src, err := os.ReadFile(filepath.Join(f.folder, f.file))
		if err != nil {
			t.Fatal(err)
		}
		_, list, err := Open(os.DirFS(f.folder))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range list {
			if d.File != f.file {
				t.Errorf("%s: reported elsewhere: %s", f.folder, d)
				continue
			}
			got = append(got, fmt.Sprintf("%d:%d %s", d.Line, d.Column, d.Code))
		}
		want := pointed(src)
		if len(want) < f.least {
			t.Fatalf("%s: only %d mistakes", f.file, len(want))
		}
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("%s: not reported: %s", f.file, w)
			}
		}
		for i, g := range got {
			if !slices.Contains(want, g) {
				t.Errorf("%s: reported beyond: %s", f.file, list[i])
			}
		}
	}
}

func TestTheReportOfThatFileReadsAsWritten(t *testing.T) {
	for _, f := range full {
		files, err := Find(os.DirFS(f.folder), ".")
		if err != nil {
			t.Fatal(err)
		}
		_, list := Check(files)
		var out bytes.Buffer
		if err := diag.Print(&out, list, func(name string) []byte {
			return files[slices.IndexFunc(files, func(s Source) bool { return s.Name == name })].Bytes
		}); err != nil {
			t.Fatal(err)
		}
		golden := f.folder + ".golden"
		if *update {
			if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(out.Bytes(), want) {
			t.Errorf("the report differs from %s; look at it, then run with -update:\n%s", golden, out.String())
		}
	}
}

func TestTheShippedInstrumentsHaveNoError(t *testing.T) {
	names, err := fs.Glob(instruments.FS, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no instrument is shipped: %v", err)
	}
	c, list, err := Open(instruments.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		if d.Severity == diag.Error {
			t.Error(d)
		}
	}
	if len(c.All()) != len(names) {
		t.Errorf("%d of %d instruments are usable", len(c.All()), len(names))
	}
}

const tiny = `format: 1
id: tiny
version: 1.0.0
title: {en: "Tiny"}
languages: [en]
audience: {grades: [6]}
response_sets:
  yes_no: {options: [{code: 1, label: {en: "Yes"}}, {code: 0, label: {en: "No"}}]}
items:
  - {id: q1, text: {en: "Do you like it?"}, responses: yes_no}
pages:
  - {id: p1, items: [q1]}
`

func version(v string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte(strings.Replace(tiny, "1.0.0", v, 1))}
}

func TestTheNewestVersionIsFoundByNumberNotByLetter(t *testing.T) {
	c, list, err := Open(fstest.MapFS{"a.yaml": version("1.9.0"), "deep/er/b.yml": version("1.10.0"), "c.yaml": version("1.2.30"), "d.txt": version("9.0.0"), ".e/f.yaml": version("8.0.0")})
	if err != nil || diag.HasError(list) {
		t.Fatal(err, list)
	}
	in, ok := c.Newest("tiny")
	if !ok || in.Version != (instrument.Version{Major: 1, Minor: 10}) || len(c.All()) != 3 {
		t.Errorf("newest is %v of %d", in.Version, len(c.All()))
	}
	if same, ok := c.ByHash(in.Hash); !ok || same != in {
		t.Error("it is not found by its hash")
	}
	if _, ok := c.Newest("none"); ok {
		t.Error("an instrument that is not there is found")
	}
	if _, ok := c.ByHash("none"); ok {
		t.Error("a hash that is not there is found")
	}
}

func TestOneVersionWithTwoContentsIsAnErrorAtTheSecond(t *testing.T) {
	other := strings.Replace(tiny, "Do you like it?", "Do you love it?", 1)
	loaded, list := Check([]Source{{Name: "a.yaml", Bytes: []byte(tiny)}, {Name: "b.yaml", Bytes: []byte(other)}})
	i := slices.IndexFunc(list, func(d diag.Diagnostic) bool { return d.Code == "version-conflict" })
	if i < 0 || list[i].File != "b.yaml" || list[i].Line != 3 || list[i].Column != 10 {
		t.Fatalf("no conflict at b.yaml:3:10: %v", list)
	}
	if loaded[0].Instrument == nil || loaded[1].Instrument != nil {
		t.Error("the first must stay, the second go")
	}
}

func TestOneVersionInTwoLayoutsIsOneInstrument(t *testing.T) {
	loaded, list := Check([]Source{{Name: "a.yaml", Bytes: []byte(tiny)}, {Name: "b.yaml", Bytes: []byte("# a comment\n" + tiny)}})
	if diag.HasError(list) {
		t.Error(list)
	}
	if got := New(loaded).All(); len(got) != 1 {
		t.Errorf("%d instruments, want 1", len(got))
	}
}

func TestAFailingTestMakesAnInstrumentUnusable(t *testing.T) {
	src := tiny + `scales:
  - {id: s, title: {en: "S"}, items: [q1], score: mean, min_answered: 1, range: [0, 1]}
tests:
  - {name: wrong, answers: {q1: 1}, expect: {scores: {s: 0}}}
`
	loaded, list := Check([]Source{{Name: "a.yaml", Bytes: []byte(src)}})
	if loaded[0].Instrument != nil || !diag.HasError(list) {
		t.Errorf("it is usable: %v", list)
	}
}

func TestPicturesAreLookedForBesideTheirInstrument(t *testing.T) {
	src := strings.Replace(tiny, `{code: 0, label`, `{code: 0, picture: art/no.svg, label`, 1)
	for name, want := range map[string]bool{"deep/art/no.svg": true, "art/no.svg": false} {
		_, list, err := Open(fstest.MapFS{"deep/a.yaml": {Data: []byte(src)}, name: {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>`)}})
		if err != nil {
			t.Fatal(err)
		}
		if found := !diag.HasError(list); found != want {
			t.Errorf("%s: found is %v, want %v", name, found, want)
		}
	}
}
