package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"slices"

	"surveyd/internal/export"
	"surveyd/internal/staff"
)

func runExport(ctx context.Context, p process, args []string) int {
	fs := flag.NewFlagSet("export", flag.ContinueOnError)
	id := fs.String("administration", "", "`ID` of the administration")
	format := fs.String("format", string(export.CSVWide), "`FORMAT`: csv-wide (a row for each student), csv-long (a row for each answer) or scores")
	out := fs.String("out", "", "`FILE` to write instead of standard output")
	var attributes list
	fs.Var(&attributes, "attribute", "further roster column `NAME` as attribute_NAME; several with commas or by repeating")
	bom := fs.Bool("bom", false, "begin with a byte order mark, for Excel")
	d, code := openFor(ctx, p, fs, args, 0)
	if d == nil {
		return code
	}
	defer d.Close()
	if *id == "" {
		return p.misuse(fs, fmt.Errorf("name an administration with --administration ID; surveyd administration list shows them"))
	}
	if !slices.Contains(export.Formats(), export.Format(*format)) {
		return p.misuse(fs, fmt.Errorf("there is no format %q; --format takes %v", *format, export.Formats()))
	}
	a, err := findAdministration(ctx, d, *id)
	if err != nil {
		return p.fail(fs.Name(), err)
	}
	event := staff.Event{Who: staff.CommandLine, Action: "export.answers", Object: *id, Detail: *format}
	if err := d.staff.Audit(ctx, event); err != nil {
		return p.fail(fs.Name(), err)
	}
	n := 0
	err = writeOut(*out, p.stdout, func(w io.Writer) (err error) {
		n, err = export.Administration(ctx, d.fieldwork, a.ID, export.Format(*format), nil, export.Options{BOM: *bom, Attributes: attributes}, w)
		return err
	})
	if err != nil {
		return p.fail(fs.Name(), err)
	}
	if *out != "" {
		fmt.Fprintf(p.stdout, "%s written to %s\n", plural(n, "student"), *out)
	}
	return exitOK
}
