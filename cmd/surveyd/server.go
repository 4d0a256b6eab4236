package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"time"

	"surveyd/internal/i18n"
	"surveyd/internal/render"
	"surveyd/internal/web"
)

// sweepEvery is how often responses whose time is over are looked for.
const sweepEvery = 30 * time.Second

// newServer wires the pages to opened data.
func newServer(d *data, proxies []netip.Prefix, log *slog.Logger) (*web.Server, error) {
	words, err := i18n.Load()
	if err != nil {
		return nil, fmt.Errorf("interface words: %w", err)
	}
	pages, err := render.New(words)
	if err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	return web.New(web.Config{
		Fieldwork: d.fieldwork, Staff: d.staff, Pages: pages, TrustedProxies: proxies, Log: log, Now: time.Now,
	})
}

// listen opens the server's address, saying what to do when it is taken.
func listen(ctx context.Context, address string) (net.Listener, error) {
	var config net.ListenConfig
	ln, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w; name another address with --listen", address, err)
	}
	return ln, nil
}

// sweep ends responses whose time is over, until ctx ends.
func sweep(ctx context.Context, d *data, log *slog.Logger) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		ended, err := d.fieldwork.FinishExpired(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			log.Error("end responses whose time is over", "error", err)
		case ended > 0:
			log.Info("ended responses whose time is over", "responses", ended)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// serveUntilDone answers on ln until ctx ends and requests under way are finished.
func serveUntilDone(ctx context.Context, server *web.Server, ln net.Listener, d *data, log *slog.Logger) error {
	swept := make(chan struct{})
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		defer close(swept)
		sweep(ctx, d, log)
	}()
	err := server.Serve(ctx, ln)
	cancel()
	<-swept
	return err
}
