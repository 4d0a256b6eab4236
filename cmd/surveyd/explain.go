package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"surveyd/internal/config"
	"surveyd/internal/explain"
)

const explainHelp = `Usage of surveyd explain:
  surveyd explain CODE
    	what the code of a problem means, why it matters to a study, and an example that is wrong and one that is right
  surveyd explain
    	every code that surveyd check reports, with what it means
`

// runExplain prints what the catalogue of diagnostics says of a code, or lists every code. A code that is not in it is a
// failure.
func runExplain(_ context.Context, p process, args []string) int {
	fs := flag.NewFlagSet("explain", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	codes, err := config.ParseInterspersed(fs, args)
	if err == nil && len(codes) > 1 {
		err = errors.New("give one code, as in surveyd explain unknown-key, or none for a list of all")
	}
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(p.stdout, explainHelp)
		return exitOK
	}
	if err != nil {
		return p.misuse(fs, err)
	}
	entries, err := explain.All()
	if err != nil {
		return p.fail("explain", err)
	}
	text := explain.List(entries)
	if len(codes) == 1 {
		e, near, ok := explain.Find(entries, codes[0])
		if !ok {
			return p.fail("explain", unknownDiagnostic(codes[0], near))
		}
		text = e.Terminal()
	}
	if _, err := io.WriteString(p.stdout, text); err != nil {
		return p.fail("explain", err)
	}
	return exitOK
}

func unknownDiagnostic(code, near string) error {
	if near != "" {
		return fmt.Errorf("there is no code %q; did you mean %s?", code, near)
	}
	return fmt.Errorf("there is no code %q; surveyd explain lists every code", code)
}
