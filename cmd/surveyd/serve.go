package main

import (
	"context"
	"fmt"
	"log/slog"

	"surveyd/internal/config"
)

func runServe(ctx context.Context, p process, args []string) int {
	cfg, code, ok := p.configFor("serve", args)
	if !ok {
		return code
	}
	log := slog.New(slog.NewJSONHandler(p.stderr, &slog.HandlerOptions{Level: cfg.LogLevel}))
	if err := serve(ctx, cfg, log); err != nil {
		log.Error("surveyd ends", "error", err.Error())
		return exitFailed
	}
	return exitOK
}

func serve(ctx context.Context, cfg config.Config, log *slog.Logger) error {
	if cfg.MongoDBURI == "" {
		release, err := lockData(cfg.Data)
		if err != nil {
			return err
		}
		defer release()
	}
	// The address is bound before anything is opened: a second server on it ends here, having touched nothing.
	ln, err := listen(ctx, cfg.Listen)
	if err != nil {
		return err
	}
	defer ln.Close()
	own, err := loadOwn(cfg.Instruments)
	if err != nil {
		return err
	}
	d, err := openData(ctx, cfg, log)
	if err != nil {
		return err
	}
	defer d.Close()
	for _, in := range own {
		if _, err := d.fieldwork.Publish(ctx, in); err != nil {
			return fmt.Errorf("%w; a published version never changes: give the new text a new version", err)
		}
	}
	server, err := newServer(d, cfg.TrustedProxies, log)
	if err != nil {
		return err
	}
	log.Info("surveyd serves", "address", ln.Addr().String(), "config", cfg)
	err = serveUntilDone(ctx, server, ln, d, log)
	log.Info("surveyd stopped")
	return err
}
