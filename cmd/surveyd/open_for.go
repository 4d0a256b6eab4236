package main

import (
	"context"
	"flag"
	"fmt"
	"io"

	"surveyd/internal/config"
)

// openFor parses the flags of a command that works on data and opens them. The positional arguments, exactly want of them,
// are fs.Args afterwards. Without data the command ends with the given code.
func openFor(ctx context.Context, p process, fs *flag.FlagSet, args []string, want int) (*data, int) {
	fs.SetOutput(io.Discard)
	options := config.For(fs.Name())
	options.Register(fs)
	words, err := config.ParseInterspersed(fs, args)
	if err != nil {
		return nil, p.misuse(fs, err)
	}
	if len(words) != want {
		return nil, p.misuse(fs, fmt.Errorf("takes %s, got %d", plural(want, "argument"), len(words)))
	}
	cfg, err := options.Resolve(p.env)
	if err != nil {
		return nil, p.misuse(fs, err)
	}
	// The flags are known: parsing what remains leaves the positional arguments in fs.Args.
	if err := fs.Parse(append([]string{"--"}, words...)); err != nil {
		return nil, p.misuse(fs, err)
	}
	d, err := openData(ctx, cfg, quiet(p.stderr))
	if err != nil {
		return nil, p.fail(fs.Name(), err)
	}
	return d, exitOK
}
