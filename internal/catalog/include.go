package catalog

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"surveyd/internal/diag"
	"surveyd/internal/instrument"
)

// Library gives further instruments that batteries may include, such as the shipped ones. It is asked only when neither the
// files of the run nor those beside the battery hold what is included.
type Library func() ([]*instrument.Instrument, error)

// shelf is where the instruments that batteries include are looked for: among the files of the run, then in the battery's own
// folder, then in the libraries. The first of these places that has a version that fits decides; of its versions the newest.
type shelf struct {
	run       []*candidate
	folders   map[string][]*candidate // by the folder's path
	libraries []Library
	beyond    []*candidate
	asked     bool // the libraries have been asked
}

// candidate is an instrument that may be included.
type candidate struct {
	file     string // empty of one in a library
	id       instrument.ID
	version  instrument.Version
	known    bool // its version can be read
	includes []string
	in       *instrument.Instrument // nil when it has errors, or has not been examined
	source   *Source                // of a file beside the battery, until it is examined
}

func candidateOf(file *instrument.File, name string) *candidate {
	c := &candidate{file: name, id: file.ID(), includes: file.Includes()}
	c.version, c.known = file.Version()
	return c
}

// include finds an instrument for a battery.
func (s *shelf) include(battery *Source, ref instrument.Ref) (*instrument.Instrument, error) {
	if c := newest(s.run, ref); c != nil {
		return c.get(ref)
	}
	beside, err := s.beside(battery)
	if err != nil {
		return nil, err
	}
	if c := newest(beside, ref); c != nil {
		return only(c, beside, ref)
	}
	if err := s.askLibraries(); err != nil {
		return nil, err
	}
	if c := newest(s.beyond, ref); c != nil {
		return c.get(ref)
	}
	return nil, unknown(ref, slices.Concat(s.run, beside, s.beyond))
}

// newest finds the newest version that fits; of one version in two places the first.
func newest(list []*candidate, ref instrument.Ref) *candidate {
	var found *candidate
	for _, c := range list {
		switch {
		case c.id != ref.ID:
		case !c.known: // it may be what is meant
			if found == nil {
				found = c
			}
		case !ref.Fits(c.id, c.version):
		case found == nil, !found.known, instrument.CompareVersions(c.version, found.version) > 0:
			found = c
		}
	}
	return found
}

// only gives a candidate, unless another file beside the battery claims its id and version for other contents: which of the two
// students would read then hangs on how the files are called.
func only(c *candidate, beside []*candidate, ref instrument.Ref) (*instrument.Instrument, error) {
	in, err := c.get(ref)
	for _, other := range beside {
		if other == c || !c.known || !other.known || other.id != c.id || instrument.CompareVersions(other.version, c.version) != 0 {
			continue
		}
		if rival, _ := other.get(ref); in != nil && rival != nil && rival.Hash == in.Hash {
			continue
		}
		return nil, &instrument.IncludeError{
			Code: "version-conflict", Message: fmt.Sprintf("%s %s is one instrument in %s, another in %s", c.id, c.version, c.file, other.file),
			Hint: "raise the version of one, or take one file away: a version once published never changes",
		}
	}
	return in, err
}

// get gives a candidate that can be included.
func (c *candidate) get(ref instrument.Ref) (*instrument.Instrument, error) {
	if c.includes != nil {
		return nil, instrument.NestedInclude(ref, c.includes)
	}
	if c.source != nil {
		loaded, _ := examine(instrument.Parse(c.file, c.source.Bytes), *c.source, nil)
		c.in, c.source = loaded.Instrument, nil
	}
	if c.in == nil {
		return nil, &instrument.IncludeError{
			Code: "include-has-errors", Message: fmt.Sprintf("%s, which is %s, has errors", c.file, ref),
			Hint: fmt.Sprintf("correct them first: surveyd check %s shows all of them", c.file),
		}
	}
	return c.in, nil
}

// beside gives the other instrument files in a battery's folder.
func (s *shelf) beside(battery *Source) ([]*candidate, error) {
	if battery.Files == nil {
		return nil, nil
	}
	folder := filepath.Dir(battery.Name)
	if list, ok := s.folders[folder]; ok {
		return list, nil
	}
	entries, err := fs.ReadDir(battery.Files, ".")
	if err != nil {
		return nil, fmt.Errorf("list the files beside %s: %w", battery.Name, err)
	}
	list := []*candidate{}
	for _, entry := range entries {
		if !isInstrument(entry.Name()) || !isFile(battery.Files, entry.Name()) || strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		name := filepath.Join(folder, entry.Name())
		if name == filepath.Clean(battery.Name) || slices.ContainsFunc(s.run, func(c *candidate) bool { return filepath.Clean(c.file) == name }) {
			continue
		}
		source, err := Read(battery.Files, entry.Name())
		if errors.Is(err, fs.ErrNotExist) {
			continue // it went away
		}
		if err != nil {
			return nil, err
		}
		source.Name = name
		c := candidateOf(instrument.Parse(name, source.Bytes), name)
		c.source = &source
		list = append(list, c)
	}
	if s.folders == nil {
		s.folders = map[string][]*candidate{}
	}
	s.folders[folder] = list
	return list, nil
}

func (s *shelf) askLibraries() error {
	if s.asked {
		return nil
	}
	for _, library := range s.libraries {
		list, err := library()
		if err != nil {
			return err
		}
		for _, in := range list {
			c := &candidate{id: in.ID, version: in.Version, known: true, in: in}
			for _, part := range in.Parts {
				c.includes = append(c.includes, fmt.Sprintf("%s@%d", part.ID, part.Version.Major))
			}
			s.beyond = append(s.beyond, c)
		}
	}
	s.asked = true
	return nil
}

// unknown says what there is in the place of what there is not.
func unknown(ref instrument.Ref, list []*candidate) error {
	var ids, versions []string
	for _, c := range list {
		if c.id == ref.ID && c.known && !slices.Contains(versions, c.version.String()) {
			versions = append(versions, c.version.String())
		}
		if c.id != "" && !slices.Contains(ids, string(c.id)) {
			ids = append(ids, string(c.id))
		}
	}
	if len(versions) > 0 {
		return &instrument.IncludeError{
			Code: "unknown-version", Message: fmt.Sprintf("no version of %s fits %s", ref.ID, ref),
			Hint: "there is " + strings.Join(versions, ", "),
		}
	}
	slices.Sort(ids)
	return &instrument.IncludeError{
		Code: "unknown-instrument", Message: fmt.Sprintf("there is no instrument %s: not among the files that are read, nor beside this one, nor among those that come with surveyd", ref.ID),
		Hint: diag.DidYouMean(string(ref.ID), ids, "put its file beside this one; there are "+strings.Join(ids, ", ")),
	}
}
