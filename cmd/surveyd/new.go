package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"surveyd/internal/config"
	"surveyd/internal/instrument"
	"surveyd/internal/starter"
)

// runNew writes the first file of a new instrument. A file that is there already stays as it is.
func runNew(_ context.Context, p process, args []string) int {
	flags := flag.NewFlagSet("new", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	var languages list
	flags.Var(&languages, "languages", "`LANGUAGES` with commas, the source language first: en and es (default en,es)")
	grades := flags.String("grades", "", "`GRADES` of the students, such as 3-5, K-2 or 6,7,8 (default 4-8)")
	adults := flags.String("adults", "", "`WHO` answers in place of students: family or staff")
	out := flags.String("out", "", "`FILE` to write, - for standard output (default ID.yaml)")
	words, err := config.ParseInterspersed(flags, args)
	if err == nil && len(words) != 1 {
		err = errors.New("give the new instrument an id, as in surveyd new math-identity --grades 4-8")
	}
	if err != nil {
		return p.misuse(flags, err)
	}
	wish := starter.Wish{ID: instrument.ID(words[0]), Languages: typed[instrument.Lang](languages), Adults: *adults, Date: time.Now()}
	if *grades != "" {
		if wish.Grades, err = starter.ParseGrades(*grades); err != nil {
			return p.misuse(flags, err)
		}
	}
	text, err := starter.Make(wish)
	if err != nil {
		return p.misuse(flags, err)
	}
	path := *out
	switch path {
	case "-":
		if _, err := p.stdout.Write(text); err != nil {
			return p.fail("new", err)
		}
		return exitOK
	case "":
		path = words[0] + ".yaml"
	}
	if err := writeNew(path, text); err != nil {
		return p.fail("new", err)
	}
	fmt.Fprintf(p.stdout, "%s is written, and passes surveyd check %s\nsee it as students will with surveyd preview %s\n", path, shellQuote(path), shellQuote(path))
	return exitOK
}

// writeNew writes a file that must not be there yet.
func writeNew(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already and stays as it is; take another id, or name another file with --out", path)
	}
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	_, err = f.Write(text)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", path, err), os.Remove(path))
	}
	return nil
}
