package catalog

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"surveyd/internal/diag"
	"surveyd/internal/instrument"
)

// tinyBattery includes tiny, and says so of itself.
func tinyBattery(includes ...string) *fstest.MapFile {
	src := strings.NewReplacer("id: tiny", "id: fall").Replace(tiny[:strings.Index(tiny, "response_sets")]) + "pages:\n"
	for _, s := range includes {
		src += "  - {include: " + s + "}\n"
	}
	return &fstest.MapFile{Data: []byte(src)}
}

func tinyOf(t *testing.T, fsys fstest.MapFS, libraries ...Library) (*instrument.Instrument, []diag.Diagnostic) {
	t.Helper()
	source, err := Read(fsys, "fall.yaml")
	if err != nil {
		t.Fatal(err)
	}
	loaded, list := Check([]Source{source}, libraries...)
	if loaded[0].Instrument == nil {
		return nil, list
	}
	return loaded[0].Instrument, list
}

func library(t *testing.T, files ...*fstest.MapFile) Library {
	t.Helper()
	fsys := fstest.MapFS{}
	for i, f := range files {
		fsys[fmt.Sprintf("%d.yaml", i)] = f
	}
	return func() ([]*instrument.Instrument, error) {
		c, list, err := Open(fsys)
		if err != nil || diag.HasError(list) {
			t.Fatal(err, list)
		}
		return c.All(), nil
	}
}

func TestTheNewestVersionThatFitsIsIncluded(t *testing.T) {
	folder := fstest.MapFS{"a.yaml": version("1.9.0"), "b.yaml": version("1.10.0"), "c.yaml": version("2.0.0"), "deep/d.yaml": version("1.11.0")}
	for include, want := range map[string]string{"tiny@1": "1.10.0", "tiny@1.9": "1.9.0", "tiny@2": "2.0.0", "tiny@1.9.0/p1": "1.9.0"} {
		folder["fall.yaml"] = tinyBattery(include)
		in, list := tinyOf(t, folder)
		if in == nil {
			t.Fatal(list)
		}
		if got := in.Parts[0].Version.String(); got != want {
			t.Errorf("%s: %s, want %s", include, got, want)
		}
	}
}

func TestTheRunComesBeforeTheFolderAndTheFolderBeforeTheLibraries(t *testing.T) {
	shipped := library(t, version("1.3.0"))
	folder := fstest.MapFS{"fall.yaml": tinyBattery("tiny@1"), "a.yaml": version("1.2.0")}
	in, list := tinyOf(t, folder, shipped)
	if in == nil || in.Parts[0].Version.Minor != 2 {
		t.Errorf("not from the folder: %v", list)
	}
	delete(folder, "a.yaml")
	if in, list = tinyOf(t, folder, shipped); in == nil || in.Parts[0].Version.Minor != 3 {
		t.Errorf("not from the library: %v", list)
	}
	folder["a.yaml"] = version("1.2.0")
	files, err := Find(folder, ".")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, Source{Name: "elsewhere/x.yaml", Bytes: version("1.1.0").Data})
	files = slices.DeleteFunc(files, func(f Source) bool { return f.Name == "a.yaml" })
	loaded, list := Check(files, shipped)
	if loaded[0].Instrument == nil || loaded[0].Instrument.Parts[0].Version.Minor != 1 {
		t.Errorf("not from the run: %v", list)
	}
	// The battery may stand before what it includes.
	c, list, err := Open(fstest.MapFS{"a.yaml": tinyBattery("tiny@1"), "b.yaml": version("1.0.0")})
	if err != nil || diag.HasError(list) || len(c.All()) != 2 {
		t.Error(list, err)
	}
}

func TestAnIncludeThatLeadsNowhereSaysWhatThereIs(t *testing.T) {
	folder := fstest.MapFS{"a.yaml": version("1.9.0"), "b.yaml": version("1.10.0")}
	for include, want := range map[string][2]string{
		"tinny@1": {"unknown-instrument", `did you mean "tiny"?`},
		"other@1": {"unknown-instrument", "there are fall, shipped, tiny"},
		"tiny@3":  {"unknown-version", "there is 1.9.0, 1.10.0"},
	} {
		folder["fall.yaml"] = tinyBattery(include)
		_, list := tinyOf(t, folder, library(t, &fstest.MapFile{Data: []byte(strings.Replace(tiny, "id: tiny", "id: shipped", 1))}))
		if !slices.ContainsFunc(list, func(d diag.Diagnostic) bool {
			return d.Code == want[0] && strings.Contains(d.Hint, want[1]) && d.Line == 8
		}) {
			t.Errorf("%s: %v", include, list)
		}
	}
}

func TestAFileWithErrorsIsNotIncludedAndNamed(t *testing.T) {
	broken := map[string]string{
		"an error":       strings.Replace(tiny, "responses: yes_no", "responses: no_yes", 1),
		"no YAML":        tiny + "  - {id: p2, items: [q1}\n",
		"a failing test": tiny + "scales: [{id: s, title: {en: S}, items: [q1], score: mean, min_answered: 1, range: [0, 1]}]\ntests: [{name: wrong, answers: {q1: 1}, expect: {scores: {s: 0}}}]\n",
	}
	for what, src := range broken {
		for _, together := range []bool{true, false} {
			folder := fstest.MapFS{"fall.yaml": tinyBattery("tiny@1"), "broken.yaml": {Data: []byte(src)}}
			_, list := tinyOf(t, folder)
			if together {
				var err error
				if _, list, err = Open(folder); err != nil {
					t.Fatal(err)
				}
			}
			i := slices.IndexFunc(list, func(d diag.Diagnostic) bool { return d.File == "fall.yaml" && d.Code == "include-has-errors" })
			if i < 0 || !strings.Contains(list[i].Message, "broken.yaml") {
				t.Errorf("%s: %v", what, list)
			}
		}
	}
}

func TestABatteryIsNotIncludedWhereverItStands(t *testing.T) {
	year := &fstest.MapFile{Data: []byte(strings.Replace(string(tinyBattery("autumn@1").Data), "id: fall", "id: year", 1))}
	autumn := &fstest.MapFile{Data: []byte(strings.Replace(string(tinyBattery("tiny@1").Data), "id: fall", "id: autumn", 1))}
	check := func(where string, list []diag.Diagnostic) {
		t.Helper()
		i := slices.IndexFunc(list, func(d diag.Diagnostic) bool { return d.Code == "nested-include" })
		if i < 0 || !strings.Contains(list[i].Hint, "tiny@1") {
			t.Errorf("in %s: %v", where, list)
		}
	}
	_, list, err := Open(fstest.MapFS{"a.yaml": year, "b.yaml": autumn, "c.yaml": version("1.0.0")})
	if err != nil {
		t.Fatal(err)
	}
	check("the run", list)
	_, list = tinyOf(t, fstest.MapFS{"fall.yaml": year, "b.yaml": autumn, "c.yaml": version("1.0.0")})
	check("the folder", list)
	_, list = tinyOf(t, fstest.MapFS{"fall.yaml": year}, library(t, autumn, version("1.0.0")))
	check("a library", list)
	cycle := &fstest.MapFile{Data: []byte(strings.Replace(string(tinyBattery("year@1").Data), "id: fall", "id: autumn", 1))}
	if _, list, err = Open(fstest.MapFS{"a.yaml": year, "b.yaml": cycle}); err != nil || !diag.HasError(list) {
		t.Errorf("two that include each other: %v, %v", list, err)
	}
}

func TestALibraryThatCannotBeReadIsSaid(t *testing.T) {
	_, list := tinyOf(t, fstest.MapFS{"fall.yaml": tinyBattery("tiny@1")}, func() ([]*instrument.Instrument, error) { return nil, errors.New("the disk is gone") })
	if !slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return strings.Contains(d.Message, "the disk is gone") }) {
		t.Error(list)
	}
	asked := false
	if in, list := tinyOf(t, fstest.MapFS{"fall.yaml": version("1.0.0")}, func() ([]*instrument.Instrument, error) { asked = true; return nil, nil }); in == nil || asked {
		t.Errorf("a library is asked without need: %v", list)
	}
}

func TestTwoFilesBesideABatteryThatAreOneVersionAreAConflict(t *testing.T) {
	src := string(version("1.0.0").Data)
	other := &fstest.MapFile{Data: []byte(strings.Replace(src, "en: Yes", "en: Certainly", 1))}
	if string(other.Data) == src {
		other.Data = []byte(strings.Replace(src, "en: ", "en: Really ", 1))
	}
	conflict := func(list []diag.Diagnostic) int {
		return slices.IndexFunc(list, func(d diag.Diagnostic) bool { return d.Code == "version-conflict" })
	}
	in, list := tinyOf(t, fstest.MapFS{"fall.yaml": tinyBattery("tiny@1"), "tiny copy.yaml": other, "tiny.yaml": version("1.0.0")})
	if i := conflict(list); in != nil || i < 0 || list[i].File != "fall.yaml" || list[i].Line != 8 ||
		!strings.Contains(list[i].Message, "tiny copy.yaml") || !strings.Contains(list[i].Message, "tiny.yaml") {
		t.Errorf("used in silence: %v", list)
	}
	// One that is newer decides, and one that says the same does no harm.
	in, list = tinyOf(t, fstest.MapFS{"fall.yaml": tinyBattery("tiny@1"), "a.yaml": other, "b.yaml": version("1.0.0"), "c.yaml": version("1.1.0")})
	if in == nil || conflict(list) >= 0 {
		t.Errorf("the newest is one file: %v", list)
	}
	same := &fstest.MapFile{Data: []byte("# a note\n" + src)}
	in, list = tinyOf(t, fstest.MapFS{"fall.yaml": tinyBattery("tiny@1"), "a.yaml": same, "b.yaml": version("1.0.0")})
	if in == nil || conflict(list) >= 0 {
		t.Errorf("the same but for a comment: %v", list)
	}
}
