package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"surveyd/internal/config"
	"surveyd/internal/staff"
)

const demoAccount staff.AccountID = "demo@example.org"

func runDemo(ctx context.Context, p process, args []string) int {
	cfg, code, ok := p.configFor("demo", args)
	if !ok {
		return code
	}
	if err := demo(ctx, p, cfg); err != nil {
		return p.fail("demo", err)
	}
	return exitOK
}

func demo(ctx context.Context, p process, cfg config.Config) error {
	if cfg.Data == "" {
		dir, err := os.MkdirTemp("", "surveyd-demo-")
		if err != nil {
			return fmt.Errorf("scratch directory: %w", err)
		}
		cfg = cfg.WithData(dir)
	}
	// The export command that is printed works from any folder.
	var err error
	if cfg.Data, err = filepath.Abs(cfg.Data); err != nil {
		return fmt.Errorf("data directory: %w", err)
	}
	release, err := lockData(cfg.Data)
	if err != nil {
		return err
	}
	defer release()
	ln, err := listen(ctx, cfg.Listen)
	if err != nil {
		return err
	}
	defer ln.Close()
	log := slog.New(slog.NewJSONHandler(p.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	d, err := openData(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer d.Close()
	link, err := prepareDemo(ctx, d)
	if err != nil {
		return err
	}
	sheet, err := d.fieldwork.CodeSheet(ctx, demoSpring)
	if err != nil {
		return err
	}
	server, err := newServer(d, nil, log)
	if err != nil {
		return err
	}
	printDemo(p.stdout, "http://"+ln.Addr().String(), cfg.Data, link, demoCodes(sheet))
	return serveUntilDone(ctx, server, ln, d, log)
}

// prepareDemo seeds a directory that has no demonstration yet, and makes a link to sign in with.
func prepareDemo(ctx context.Context, d *data) (link string, err error) {
	standings, err := d.fieldwork.Standings(ctx)
	if err != nil {
		return "", err
	}
	switch {
	case len(standings) == 0:
		in, err := findInstrument("", demoInstrument)
		if err != nil {
			return "", err
		}
		if err := seedDemo(ctx, d.store, d.keys, in, time.Now()); err != nil {
			return "", fmt.Errorf("seed the demonstration: %w", err)
		}
		if _, err := d.staff.Add(ctx, staff.CommandLine, staff.NewAccount{Email: string(demoAccount), Role: staff.Administrator}); err != nil {
			return "", err
		}
	case !isDemo(standings):
		return "", fmt.Errorf("the data directory holds administrations that are not the demonstration's; name an empty one with --data")
	}
	return d.staff.NewLink(ctx, staff.CommandLine, demoAccount, staff.SignsIn)
}

func printDemo(w io.Writer, address, dir, link string, codes demoCode) {
	fmt.Fprintf(w, `surveyd demonstration: 60 synthetic students, a closed fall and an open spring

Students   %s
             %s   English
             %s   Spanish
             %s   half finished
Staff      %s/staff/link/%s
             signs in once; the students are synthetic, the fall answers made by a program
Data       %s
Export     %s

Stop with Ctrl-C.
`, address, codes.english.Code, codes.spanish.Code, codes.half.Code, address, link, dir, exportCommand(dir))
}

// exportCommand is an export that works as it stands, pasted into another terminal.
func exportCommand(dir string) string {
	return fmt.Sprintf("%s export --administration %s --format csv-wide --data %s", invocation(), demoFall, shellQuote(dir))
}

// invocation is how this program was started: go run leaves a binary in a build directory that is gone afterwards.
func invocation() string {
	path, err := os.Executable()
	if err != nil || strings.Contains(path, string(filepath.Separator)+"go-build") {
		return "go run ./cmd/surveyd"
	}
	return shellQuote(path)
}

// shellQuote quotes a word for a POSIX shell where it needs it.
func shellQuote(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-+:@", r)
	}
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !plain(r) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
