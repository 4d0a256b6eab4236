package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"surveyd/internal/config"
	"surveyd/internal/i18n"
	"surveyd/internal/preview"
	"surveyd/internal/render"
)

// previewAddress is fixed, so that a page that is open goes on when the command is started again.
const previewAddress = "127.0.0.1:8090"

// runPreview shows the workbench of an instrument file, or of every one in a folder, until it is stopped.
func runPreview(ctx context.Context, p process, args []string) int {
	fs := flag.NewFlagSet("preview", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	address := fs.String("listen", previewAddress, "`ADDR`, as host:port, under which the page is shown; port 0 takes a free one.\n"+
		"Other machines can open the page only if this address lets them in, as 0.0.0.0:8090 does")
	paths, err := config.ParseInterspersed(fs, args)
	if err == nil && len(paths) != 1 {
		err = errors.New("give one instrument file or folder, as in surveyd preview my-survey.yaml")
	}
	if err != nil {
		return p.misuse(fs, err)
	}
	if err := showPreview(ctx, p, paths[0], *address); err != nil {
		return p.fail("preview", err)
	}
	return exitOK
}

func showPreview(ctx context.Context, p process, path, address string) error {
	words, err := i18n.Load()
	if err != nil {
		return fmt.Errorf("interface words: %w", err)
	}
	pages, err := render.New(words)
	if err != nil {
		return fmt.Errorf("pages: %w", err)
	}
	ln, err := listen(ctx, address)
	if err != nil {
		return err
	}
	defer ln.Close()
	bench, err := preview.Open(path, pages, shipped)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "surveyd preview of %s\n\n  http://%s\n\nThe page follows the file as you save it. Nothing that is answered there is stored.\nStop with Ctrl-C.\n", path, ln.Addr())
	return bench.Serve(ctx, ln, address)
}
