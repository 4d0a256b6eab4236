package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"surveyd/internal/analysis"
	"surveyd/internal/report"
)

// runChange compares two waves of the same persons.
func runChange(ctx context.Context, p process, args []string) int {
	var c analysisCommand
	fs := flag.NewFlagSet("change", flag.ContinueOnError)
	id := fs.String("id", "", "the `COLUMN` of both files that says who a row is of")
	paths, code, ok := p.begin(&c, fs, args, 2, func() error {
		if *id == "" {
			return errors.New("--id names the column that says who a row is of, as in --id pseudonym")
		}
		return nil
	}, "an instrument and two files of answers: surveyd change INSTRUMENT.yaml PRE.csv POST.csv --id COLUMN [--json] [--html FILE]")
	if !ok {
		return code
	}
	wanted := analysis.Wanted{Columns: []string{*id}}
	var waves [2]*analysis.Data
	for i, path := range paths {
		data, err := c.read(ctx, path, wanted)
		if err != nil {
			return p.fail(c.name, err)
		}
		if _, _, err := data.IDs(*id); err != nil {
			return p.fail(c.name, fmt.Errorf("%s: %w", path, err))
		}
		waves[i] = data
	}
	change, err := analysis.Change(waves[0], waves[1], *id, c.options)
	if err != nil {
		return p.fail(c.name, err)
	}
	return c.write(writers{
		json: func(w io.Writer) error { return report.ChangeJSON(w, change) },
		text: func(w io.Writer) error { return report.ChangeText(w, change) },
		html: func(w io.Writer) error { return report.ChangeHTML(w, change) },
	})
}
