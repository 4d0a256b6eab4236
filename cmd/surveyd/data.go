package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"surveyd/internal/config"
	"surveyd/internal/fieldwork"
	"surveyd/internal/mongostore"
	"surveyd/internal/sqlitestore"
	"surveyd/internal/staff"
)

// store is what both databases offer.
type store interface {
	fieldwork.Store
	staff.Store
}

// data is an opened data directory or database, with the use cases on it.
type data struct {
	store     store
	keys      *fieldwork.Keys
	fieldwork *fieldwork.Service
	staff     *staff.Service
}

// openData opens what cfg names, making an empty SQLite data directory where there is none.
func openData(ctx context.Context, cfg config.Config, log *slog.Logger) (*data, error) {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	secret, err := readKeyFile(cfg.KeyFile)
	if err != nil {
		return nil, err
	}
	keys, err := fieldwork.NewKeys(secret, rand.Reader)
	if err != nil {
		return nil, err
	}
	st, err := openStore(ctx, cfg, log)
	if err != nil {
		return nil, err
	}
	d := &data{
		store:     st,
		keys:      keys,
		fieldwork: fieldwork.NewService(st, keys, time.Now),
		staff:     staff.NewService(st, time.Now, rand.Reader),
	}
	if err := d.fieldwork.CheckKey(ctx); err != nil {
		st.Close()
		return nil, err
	}
	return d, nil
}

func openStore(ctx context.Context, cfg config.Config, log *slog.Logger) (store, error) {
	if cfg.MongoDBURI != "" {
		st, err := mongostore.Open(ctx, cfg.MongoDBURI, mongostore.WithLogger(log))
		if err != nil {
			return nil, err
		}
		return st, nil
	}
	st, err := sqlitestore.Open(ctx, cfg.Data)
	if err != nil {
		return nil, err
	}
	return st, nil
}

func (d *data) Close() error { return d.store.Close() }

// quiet is the logger of commands: what they have to say they print.
func quiet(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelWarn}))
}
