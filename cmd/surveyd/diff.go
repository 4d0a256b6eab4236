package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"

	"surveyd/internal/compare"
	"surveyd/internal/config"
	"surveyd/internal/instrument"
)

// runDiff says what changed from one version of an instrument to another. It ends with 0, with 1 when the new version promises
// less than the changes are, and with 2 when it was called wrongly or there is nothing to compare.
func runDiff(_ context.Context, p process, args []string) int {
	fs := flag.NewFlagSet("diff", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	asJSON := fs.Bool("json", false, "print the changes as JSON")
	names, err := config.ParseInterspersed(fs, args)
	if err == nil && len(names) != 2 {
		err = errors.New("name two versions, the old one first: files, or shipped instruments as ID or ID@VERSION, as in surveyd diff stem-identity@1.0.0 stem-identity.yaml")
	}
	if err != nil {
		return p.misuse(fs, err)
	}
	old, ok := instrumentNamed("diff", names[0], p.stderr)
	if !ok {
		return exitMisuse
	}
	in, ok := instrumentNamed("diff", names[1], p.stderr)
	if !ok {
		return exitMisuse
	}
	if old.ID != in.ID {
		return p.misuse(fs, fmt.Errorf("%s and %s are two instruments, not two versions of one: their scores never share a trend line", old.ID, in.ID))
	}
	report := newDiffReport(old, in, names[1])
	if *asJSON {
		err = report.writeJSON(p.stdout)
	} else {
		err = report.write(p.stdout)
	}
	if err != nil {
		return p.fail("diff", err)
	}
	if !report.Enough {
		return exitFailed
	}
	return exitOK
}

// diffReport is what surveyd diff says, and the shape of its JSON.
type diffReport struct {
	ID       instrument.ID `json:"id"`
	Old      string        `json:"old"`
	New      string        `json:"new"`
	Level    string        `json:"level"`    // none, patch, minor or major: what the changes are
	Promised string        `json:"promised"` // what going from old to new promises
	Required string        `json:"required"` // the lowest version that promises enough
	Enough   bool          `json:"enough"`
	Changes  []diffChange  `json:"changes"`
	Trends   []diffTrend   `json:"trends"`

	older bool // the new version is an older one
}

type diffChange struct {
	Level    string               `json:"level"`
	File     string               `json:"file"`
	Line     int                  `json:"line"`
	Column   int                  `json:"column"`
	Message  string               `json:"message"`
	Reason   string               `json:"reason"`
	Language instrument.Lang      `json:"language,omitempty"`
	Old      string               `json:"old,omitempty"`
	New      string               `json:"new,omitempty"`
	Confirm  bool                 `json:"confirm,omitempty"` // a person has to say whether the words still mean the same
	Scales   []instrument.ScaleID `json:"scales,omitempty"`
}

type diffTrend struct {
	Scale  instrument.ScaleID  `json:"scale"`
	Effect compare.Effect      `json:"effect"`
	Old    string              `json:"old,omitempty"`
	New    string              `json:"new,omitempty"`
	Words  []instrument.ItemID `json:"reworded,omitempty"` // the line continues only if these still mean the same
}

func newDiffReport(old, in *instrument.Instrument, file string) diffReport {
	changes := compare.Compare(old, in)
	level := compare.LevelOf(changes)
	required := compare.Required(old.Version, level)
	r := diffReport{
		ID: in.ID, Old: old.Version.String(), New: in.Version.String(), Level: level.String(), Required: required.String(),
		Promised: compare.Promised(old.Version, in.Version).String(), Enough: instrument.CompareVersions(in.Version, required) >= 0,
		Changes: []diffChange{}, Trends: []diffTrend{}, older: instrument.CompareVersions(in.Version, old.Version) < 0,
	}
	for _, c := range changes {
		if !namesFile(file) {
			c.At.File = file
		}
		r.Changes = append(r.Changes, diffChange{
			c.Level.String(), c.At.File, c.At.Line, c.At.Column, c.Message, c.Reason, c.Language, c.Old, c.New, c.Confirm, c.Scales,
		})
	}
	version := in.Version
	if !r.Enough {
		version = required
	}
	for _, t := range compare.Trends(old, in, changes, version) {
		r.Trends = append(r.Trends, diffTrend{t.Scale, t.Effect, t.Old, t.New, t.Words})
	}
	return r
}

func (r diffReport) writeJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
}
