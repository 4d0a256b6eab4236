package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"surveyd/instruments"
	"surveyd/internal/catalog"
	"surveyd/internal/diag"
	"surveyd/internal/instrument"
)

// loadOwn gives the instruments of a site's own folder; none when dir is empty. An error there stops the server: better now
// than when a class is waiting.
func loadOwn(dir string) ([]*instrument.Instrument, error) {
	if dir == "" {
		return nil, nil
	}
	return loadFolder(os.DirFS(dir), dir, shipped)
}

// shipped gives the instruments that come with surveyd. Batteries may include them, wherever they stand.
func shipped() ([]*instrument.Instrument, error) {
	return loadFolder(instruments.FS, "the shipped instruments")
}

func loadFolder(fsys fs.FS, dir string, libraries ...catalog.Library) ([]*instrument.Instrument, error) {
	c, problems, err := catalog.Open(fsys, libraries...)
	if err != nil {
		return nil, err
	}
	if diag.HasError(problems) {
		return nil, fmt.Errorf("the instruments in %s have errors; surveyd check %s shows all of them; the first: %s", dir, dir, firstError(problems))
	}
	return c.All(), nil
}

func firstError(problems []diag.Diagnostic) string {
	for _, p := range problems {
		if p.Severity == diag.Error {
			return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
		}
	}
	return ""
}

// findInstrument finds an instrument by ID or ID@VERSION among a site's own and the shipped ones; a site's own come first.
func findInstrument(dir, name string) (*instrument.Instrument, error) {
	own, err := loadOwn(dir)
	if err != nil {
		return nil, err
	}
	others, err := shipped()
	if err != nil {
		return nil, err
	}
	id, version, _ := strings.Cut(name, "@")
	var ids, names []string
	for _, in := range append(own, others...) {
		if string(in.ID) == id && (version == "" || in.Version.String() == version) {
			return in, nil
		}
		ids = append(ids, string(in.ID))
		names = append(names, string(in.ID)+"@"+in.Version.String())
	}
	problem := fmt.Sprintf("there is no instrument %s", name)
	if near, ok := diag.Nearest(id, ids); ok {
		problem += "; did you mean " + near + "?"
	}
	return nil, errors.New(problem + " (instruments: " + strings.Join(names, ", ") + ")")
}
