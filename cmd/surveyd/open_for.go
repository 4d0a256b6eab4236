package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"surveyd/internal/config"
	"surveyd/internal/diag"
	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/sqlitestore"
)

// openFor parses the flags of a command that works on data, and opens them. The positional arguments, exactly want of them,
// are fs.Args afterwards. Without data the command ends with the given code.
func openFor(ctx context.Context, p process, fs *flag.FlagSet, args []string, want int) (*data, int) {
	return openWith(ctx, p, fs, args, want, dataExist)
}

// openOrMake is openFor for the commands that a new server begins with: it makes data where there are none.
func openOrMake(ctx context.Context, p process, fs *flag.FlagSet, args []string, want int) (*data, int) {
	return openWith(ctx, p, fs, args, want, func(config.Config) error { return nil })
}

func openWith(ctx context.Context, p process, fs *flag.FlagSet, args []string, want int, usable func(config.Config) error) (*data, int) {
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
	if err := usable(cfg); err != nil {
		return nil, p.fail(fs.Name(), err)
	}
	d, err := openData(ctx, cfg, quiet(p.stderr))
	if err != nil {
		return nil, p.fail(fs.Name(), err)
	}
	return d, exitOK
}

// dataExist keeps a mistyped directory from being taken for an empty one.
func dataExist(cfg config.Config) error {
	if cfg.MongoDBURI != "" || sqlitestore.Exists(cfg.Data) {
		return nil
	}
	return fmt.Errorf("there are no data in %s; name the server's directory with --data", cfg.Data)
}

// findAdministration finds an administration by the id that a command was given.
func findAdministration(ctx context.Context, d *data, id string) (fieldwork.Administration, error) {
	a, err := d.fieldwork.Administration(ctx, fieldwork.AdministrationID(id))
	if !errors.Is(err, fault.ErrNotFound) {
		return a, err
	}
	list, err := d.store.Administrations(ctx)
	if err != nil {
		return a, err
	}
	var ids []string
	for _, other := range list {
		ids = append(ids, string(other.ID))
	}
	switch near, ok := diag.Nearest(id, ids); {
	case len(ids) == 0:
		return a, fmt.Errorf("there is no administration %q: there are none yet; create one with surveyd administration create", id)
	case ok:
		return a, fmt.Errorf("there is no administration %q; did you mean %s?", id, near)
	}
	return a, fmt.Errorf("there is no administration %q; there are %s", id, strings.Join(ids, ", "))
}
