// Package catalog is the set of instruments that a server or a command works with: it reads instrument files, runs the
// tests that they carry, and finds an instrument by id or by content hash. It refuses to know who is asked, and where
// answers are kept.
package catalog

import (
	"cmp"
	"io/fs"
	"slices"

	"surveyd/internal/diag"
	"surveyd/internal/instrument"
)

// Catalog is a set of usable instruments. It does not change.
type Catalog struct {
	all    []*instrument.Instrument // by id, newest version first
	byHash map[string]*instrument.Instrument
}

// New makes a catalog of the files that were loaded; files with errors are left out, and equal contents stand once.
func New(loaded []Loaded) *Catalog {
	c := &Catalog{byHash: map[string]*instrument.Instrument{}}
	for _, l := range loaded {
		if l.Instrument == nil || c.byHash[l.Instrument.Hash] != nil {
			continue
		}
		c.all = append(c.all, l.Instrument)
		c.byHash[l.Instrument.Hash] = l.Instrument
	}
	slices.SortStableFunc(c.all, func(a, b *instrument.Instrument) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), instrument.CompareVersions(b.Version, a.Version))
	})
	return c
}

// Open reads every *.yaml and *.yml file of a folder and the folders in it. The diagnostics are those of Check; a file with
// an error is left out of the catalog. Errors: a folder or file that cannot be read.
func Open(fsys fs.FS, libraries ...Library) (*Catalog, []diag.Diagnostic, error) {
	files, err := Find(fsys, ".")
	if err != nil {
		return nil, nil, err
	}
	loaded, list := Check(files, libraries...)
	return New(loaded), list, nil
}

// All gives every instrument, by id, of each the newest version first.
func (c *Catalog) All() []*instrument.Instrument { return slices.Clone(c.all) }

// Newest finds the newest version of an instrument by id.
func (c *Catalog) Newest(id instrument.ID) (*instrument.Instrument, bool) {
	for _, in := range c.all {
		if in.ID == id {
			return in, true
		}
	}
	return nil, false
}

// ByHash finds an instrument by its content hash.
func (c *Catalog) ByHash(hash string) (*instrument.Instrument, bool) {
	in, ok := c.byHash[hash]
	return in, ok
}
