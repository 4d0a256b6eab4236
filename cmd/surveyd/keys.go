package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"

	"surveyd/internal/config"
	"surveyd/internal/interchange"
)

// runKeys writes an instrument's scoring key for R.
func runKeys(_ context.Context, p process, args []string) int {
	fs := flag.NewFlagSet("keys", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	format := fs.String("format", string(interchange.Psych), "`FORMAT`: psych (an R script that scores answers as surveyd does) or lavaan (factor models of the scales)")
	out := fs.String("out", "", "write to `FILE` instead of standard output")
	files, err := config.ParseInterspersed(fs, args)
	if err == nil && len(files) != 1 {
		err = errors.New("give one instrument: surveyd keys INSTRUMENT.yaml --format psych|lavaan [--out FILE]")
	}
	if err == nil && !slices.Contains(interchange.KeysFormats(), interchange.KeysFormat(*format)) {
		err = fmt.Errorf("there is no format %q; --format takes %v", *format, interchange.KeysFormats())
	}
	if err != nil {
		return p.misuse(fs, err)
	}
	in, ok := instrumentNamed("keys", files[0], p.stderr)
	if !ok {
		return exitFailed
	}
	script, err := interchange.Keys(in, interchange.KeysFormat(*format))
	if err != nil {
		return p.fail("keys", fmt.Errorf("%s: %w", files[0], err))
	}
	if err := writeOut(*out, p.stdout, func(w io.Writer) error { _, err := w.Write(script); return err }); err != nil {
		return p.fail("keys", err)
	}
	return exitOK
}
