package main

import (
	"context"
	"errors"
	"flag"
	"io"

	"surveyd/internal/config"
	"surveyd/internal/schema"
)

// runSchema writes the JSON Schema of instrument files, for editors.
func runSchema(_ context.Context, p process, args []string) int {
	fs := flag.NewFlagSet("schema", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	out := fs.String("out", "", "write to this `FILE` instead of standard output")
	rest, err := config.ParseInterspersed(fs, args)
	if err == nil && len(rest) > 0 {
		err = errors.New("it takes no arguments; to write to a file give --out FILE")
	}
	if err != nil {
		return p.misuse(fs, err)
	}
	if err := writeOut(*out, p.stdout, schema.Write); err != nil {
		return p.fail("schema", err)
	}
	return exitOK
}
