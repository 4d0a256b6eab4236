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
	// Files is the folder in which the pictures and recordings beside the instrument are; nil when they are not looked for.
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
// problem of every file, sorted. An instrument whose own test fails is not loaded.
func Check(files []Source) ([]Loaded, []diag.Diagnostic) {
	loaded := make([]Loaded, len(files))
	var list []diag.Diagnostic
	for i, f := range files {
		in, scored, problems := instrument.Examine(f.Name, f.Bytes, instrument.Options{Files: f.Files})
		list = append(list, problems...)
		if scored != nil {
			list = append(list, scoring.RunTests(scored)...)
		}
		var failing *instrument.Instrument
		if in != nil {
			failed := scoring.RunTests(in)
			list = append(list, failed...)
			if diag.HasError(failed) {
				in, failing = nil, in
			}
		}
		loaded[i] = Loaded{Name: f.Name, Instrument: in, Failing: failing}
	}
	list = append(list, conflicts(loaded)...)
	diag.Sort(list)
	return loaded, list
}

// conflicts reports files that claim one id and version for two contents; the later ones are unloaded. Without that the
// answers given to one could be scored by the other.
func conflicts(loaded []Loaded) []diag.Diagnostic {
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
