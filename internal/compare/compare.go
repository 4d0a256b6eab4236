// Package compare says what changed between two versions of an instrument, how much each change may do to the scores and the
// stored answers, and what becomes of the trend lines. It refuses to know files, versions' history and who publishes what.
package compare

import (
	"surveyd/internal/diag"
	"surveyd/internal/instrument"
)

// Level is which part of the version a change has to raise.
type Level int

// The levels. None is that of two files that say the same.
const (
	None  Level = iota
	Patch       // wording that keeps its meaning
	Minor       // something is added, or set out in another way
	Major       // scores mean something else, or stored answers cannot be read
)

// String writes a level as the format calls it.
func (l Level) String() string {
	return [...]string{"none", "patch", "minor", "major"}[l]
}

// Change is one thing that is not as it was.
type Change struct {
	Level    Level
	At       diag.Span // in the new file; of what is gone the place where it was listed
	Message  string
	Reason   string               // why it has its level
	Language instrument.Lang      // of a text; empty for all else
	Old, New string               // of a text: its words
	Confirm  bool                 // whether the words still mean the same only a person can say
	Scales   []instrument.ScaleID // whose scores it touches
	Items    []instrument.ItemID  // of a text: whose answers rest on its words
}

// Compare lists what changed from one version of an instrument to another, the largest changes first, those of one level in the
// order of the new file. It is empty when both say the same.
func Compare(old, new *instrument.Instrument) []Change {
	d := &differ{old: old, new: new, places: locate(new)}
	d.header()
	d.parts()
	d.sets()
	d.items()
	d.pages()
	d.scales()
	d.quality()
	d.tests()
	if len(d.list) == 0 && old.Hash != new.Hash {
		d.add(Patch, "version", "the file says the same in another way", "an order of a list, a number written with other digits, or a file beside it is not as it was")
	}
	sortChanges(d.list)
	return d.list
}

// LevelOf is the level of the largest change.
func LevelOf(changes []Change) Level {
	level := None
	for _, c := range changes {
		level = max(level, c.Level)
	}
	return level
}

// Required is the lowest version that promises what changes of a level do to an instrument of some version.
func Required(old instrument.Version, level Level) instrument.Version {
	switch level {
	case Major:
		return instrument.Version{Major: old.Major + 1}
	case Minor:
		return instrument.Version{Major: old.Major, Minor: old.Minor + 1}
	case Patch:
		return instrument.Version{Major: old.Major, Minor: old.Minor, Patch: old.Patch + 1}
	}
	return old
}

// Promised is the level that going from one version to another promises; None when it is no later one.
func Promised(old, new instrument.Version) Level {
	switch {
	case instrument.CompareVersions(new, old) <= 0:
		return None
	case new.Major != old.Major:
		return Major
	case new.Minor != old.Minor:
		return Minor
	}
	return Patch
}
