package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"surveyd/internal/catalog"
	"surveyd/internal/diag"
	"surveyd/internal/instrument"
)

// instrumentNamed gives the instrument in the file called name or, where name is no file's, the shipped one with that ID or
// ID@VERSION. What is wrong goes to stderr under the command's name; warnings are left to check.
func instrumentNamed(command, name string, stderr io.Writer) (*instrument.Instrument, bool) {
	if !namesFile(name) {
		in, err := findInstrument("", name)
		if err != nil {
			fmt.Fprintf(stderr, "surveyd %s: %v; a file is named with its ending, as in %s.yaml\n", command, err, name)
		}
		return in, err == nil
	}
	source, err := sourceAt(name)
	if err != nil {
		fmt.Fprintf(stderr, "surveyd %s: %v\n", command, err)
		return nil, false
	}
	loaded, problems := catalog.Check([]catalog.Source{source}, shipped)
	if in := loaded[0].Instrument; in != nil {
		return in, true
	}
	wrong := slices.DeleteFunc(problems, func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
	if err := diag.Print(stderr, wrong, func(string) []byte { return source.Bytes }); err != nil {
		fmt.Fprintf(stderr, "surveyd %s: %v\n", command, err)
	}
	return nil, false
}

// namesFile says whether name is a file's: it has a file's ending or a folder, or there is such a file.
func namesFile(name string) bool {
	if ext := filepath.Ext(name); ext == ".yaml" || ext == ".yml" || filepath.Base(name) != name {
		return true
	}
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}
