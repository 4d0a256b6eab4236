// Package preview is the workbench of a researcher who writes an instrument: the pages as students get them, live while
// the file is saved, beside its problems, tests, reading levels, and the arithmetic of its scores. Answers that are tried
// out live in memory and nowhere else. It refuses to know respondents, accounts and stores, and never writes a file.
package preview

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"surveyd/internal/catalog"
	"surveyd/internal/render"
)

// Workbench shows one instrument file, or every one in a folder.
type Workbench struct {
	pages  *render.Renderer
	root   root
	shelf  *shelf
	trials *trials
	desk   *desk // the workbench's own pages
}

// Open reads what is at path: an instrument file or a folder of them. Neither needs to exist yet. What batteries include is
// looked for in the folder, then in the libraries. Errors: a path that
// cannot be made absolute, or words or templates that do not fit each other, which is a fault of the build.
func Open(path string, pages *render.Renderer, libraries ...catalog.Library) (*Workbench, error) {
	at, err := newRoot(path)
	if err != nil {
		return nil, fmt.Errorf("preview %s: %w", path, err)
	}
	desk, err := newDesk(pages)
	if err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	w := &Workbench{pages: pages, root: at, shelf: newShelf(reader{at, pages, libraries}), trials: newTrials(), desk: desk}
	w.Look()
	return w, nil
}

// Look reads again what has changed since the last look. Serve does so by itself.
func (w *Workbench) Look() { w.shelf.refresh(nil) }

// closing bounds how long requests under way may take once the workbench is asked to end.
const closing = 2 * time.Second

// Serve answers on ln, and follows the files, until ctx ends. The address that ln was asked for decides which names the
// workbench answers to: see Handler. Errors: a listener that fails, or a watcher that cannot be made.
func (w *Workbench) Serve(ctx context.Context, ln net.Listener, address string) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	watched := make(chan error, 1)
	go func() { watched <- w.watch(ctx) }()
	server := &http.Server{
		Handler:           w.Handler(address),
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx }, // so that event streams end with the workbench
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(ln) }()
	var err error
	select {
	case <-ctx.Done():
	case err = <-watched:
	case err = <-served:
	}
	cancel()
	stopping, stop := context.WithTimeout(context.Background(), closing)
	defer stop()
	if server.Shutdown(stopping) != nil {
		_ = server.Close() // whoever has not finished by now is a browser that does not read
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
