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

// runDIF looks for items that function differently in two groups.
func runDIF(ctx context.Context, p process, args []string) int {
	var c analysisCommand
	fs := flag.NewFlagSet("dif", flag.ContinueOnError)
	group := fs.String("group", "", "the `COLUMN` that holds the two groups, such as language")
	reference := fs.String("reference", "", "the `VALUE` of the reference group; the other value is the focal group")
	paths, code, ok := p.begin(&c, fs, args, 1, func() error {
		if *group == "" || *reference == "" {
			return errors.New("--group names a column with two values and --reference one of them, as in --group language --reference en")
		}
		return nil
	}, "an instrument and a file of answers: surveyd dif INSTRUMENT.yaml ANSWERS.csv --group COLUMN --reference VALUE [--json] [--html FILE]")
	if !ok {
		return code
	}
	data, err := c.read(ctx, paths[0], analysis.Wanted{Columns: []string{*group}})
	if err != nil {
		return p.fail(c.name, err)
	}
	f, err := analysis.DIF(data, *group, *reference, c.options)
	if err != nil {
		return p.fail(c.name, fmt.Errorf("%s: %w", paths[0], err))
	}
	return c.write(writers{
		json: func(w io.Writer) error { return report.DIFJSON(w, f) },
		text: func(w io.Writer) error { return report.DIFText(w, f) },
		html: func(w io.Writer) error { return report.DIFHTML(w, f) },
	})
}
