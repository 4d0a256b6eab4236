package main

import (
	"context"
	"flag"
	"io"

	"surveyd/internal/analysis"
	"surveyd/internal/report"
)

// runAnalyze describes the scales and items of a file of answers.
func runAnalyze(ctx context.Context, p process, args []string) int {
	var c analysisCommand
	fs := flag.NewFlagSet("analyze", flag.ContinueOnError)
	by := fs.String("by", "", "the same for each value of `COLUMN` too, and how much of the differences lies between these groups")
	fs.BoolVar(&c.flags.pairwise, "pairwise", false, "alpha from the persons who answered both of each pair of items, instead of those who answered all")
	paths, code, ok := p.begin(&c, fs, args, 1, func() error { return nil },
		"an instrument and a file of answers: surveyd analyze INSTRUMENT.yaml ANSWERS.csv [--by COLUMN] [--json] [--html FILE]")
	if !ok {
		return code
	}
	wanted := analysis.Wanted{IfThere: []string{"grade", "language"}}
	if *by != "" {
		wanted.Columns = []string{*by}
	}
	data, err := c.read(ctx, paths[0], wanted)
	if err != nil {
		return p.fail(c.name, err)
	}
	a := analysis.Analyze(data, *by, c.options)
	return c.write(writers{
		json: func(w io.Writer) error { return report.AnalysisJSON(w, a) },
		text: func(w io.Writer) error { return report.AnalysisText(w, a) },
		html: func(w io.Writer) error { return report.AnalysisHTML(w, a) },
	})
}
