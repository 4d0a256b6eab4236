package catalog

import (
	"fmt"
	"io/fs"

	"surveyd/internal/diag"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// Source is one instrument file: its name as reports show it, its bytes, and where the files beside it are found.
type Source struct {
	Name  string
	Bytes []byte
	// Files is the folder of the instrument: the pictures and recordings beside it are there, and the instruments that a battery
	// includes if they are not read in the same run. Nil when they are not looked for.
	Files fs.FS
}

// Loaded is one file after its check. Instrument is nil when the file has an error.
type Loaded struct {
	Name       string
	Instrument *instrument.Instrument
	// Failing is the instrument of a file whose only errors are tests that fail: for showing why, never for respondents.
	Failing *instrument.Instrument
}

// Check reads every file and runs the tests in it. It gives one Loaded for each file, in the order given, and every
// problem of every file, sorted. An instrument whose own test fails is not loaded. What batteries include is looked for among
// the files, then in the battery's own folder, then in the libraries.
func Check(files []Source, libraries ...Library) ([]Loaded, []diag.Diagnostic) {
	loaded := make([]Loaded, len(files))
	var list []diag.Diagnostic
	shelf := &shelf{libraries: libraries}
	batteries := map[int]*instrument.File{} // read after what they include
	for i, f := range files {
		file := instrument.Parse(f.Name, f.Bytes)
		c := candidateOf(file, f.Name)
		shelf.run = append(shelf.run, c)
		if c.includes != nil {
			batteries[i] = file
			continue
		}
		var problems []diag.Diagnostic
		loaded[i], problems = examine(file, f, nil)
		list = append(list, problems...)
		c.in = loaded[i].Instrument
	}
	for i := range files {
		if file := batteries[i]; file != nil {
			var problems []diag.Diagnostic
			loaded[i], problems = examine(file, files[i], func(ref instrument.Ref) (*instrument.Instrument, error) { return shelf.include(&files[i], ref) })
			list = append(list, problems...)
		}
	}
	list = append(list, Conflicts(loaded)...)
	diag.Sort(list)
	return loaded, list
}

// examine checks one file and runs its tests.
func examine(file *instrument.File, f Source, include func(instrument.Ref) (*instrument.Instrument, error)) (Loaded, []diag.Diagnostic) {
	in, scored, list := file.Examine(instrument.Options{Files: f.Files, Include: include})
	loaded := Loaded{Name: f.Name, Instrument: in}
	switch {
	case scored != nil:
		list = append(list, scoring.RunTests(scored)...)
	case in != nil:
		failed := scoring.RunTests(in)
		list = append(list, failed...)
		if diag.HasError(failed) {
			loaded.Instrument, loaded.Failing = nil, in
		}
	}
	return loaded, list
}

// Conflicts reports files that claim one id and version for two contents; the later ones are unloaded. Without that the
// answers given to one could be scored by the other.
func Conflicts(loaded []Loaded) []diag.Diagnostic {
	var list []diag.Diagnostic
	first := map[string]Loaded{}
	for i, l := range loaded {
		if l.Instrument == nil {
			continue
		}
		key := fmt.Sprintf("%s %s", l.Instrument.ID, l.Instrument.Version)
		other, ok := first[key]
		if !ok {
			first[key] = l
			continue
		}
		if other.Instrument.Hash == l.Instrument.Hash {
			continue
		}
		list = append(list, diag.Diagnostic{
			Span: l.Instrument.VersionAt(), Severity: diag.Error, Code: "version-conflict",
			Message: fmt.Sprintf("%s %s is another instrument in %s", l.Instrument.ID, l.Instrument.Version, other.Name),
			Hint:    "raise the version, or take one file away: a version once published never changes",
		})
		loaded[i].Instrument = nil
	}
	return list
}
