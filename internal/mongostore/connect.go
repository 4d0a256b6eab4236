package mongostore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"

	"surveyd/internal/fault"
)

// The waits between attempts to reach the server grow from the first to the last.
const (
	firstWait = 250 * time.Millisecond
	lastWait  = 4 * time.Second
)

// connect tries to reach the server until it does or its patience ends.
func connect(ctx context.Context, to address, set settings) (*Store, error) {
	trying, cancel := context.WithTimeout(ctx, set.patience)
	defer cancel()
	for attempt, wait := 1, firstWait; ; attempt, wait = attempt+1, min(2*wait, lastWait) {
		store, err := attemptConnect(trying, to, set)
		if err == nil {
			if attempt > 1 {
				set.logger.Info("MongoDB reached", slog.String("hosts", to.hosts), slog.Int("attempt", attempt))
			}
			return store, nil
		}
		var unusable unusableError
		if errors.As(err, &unusable) {
			return nil, err
		}
		set.logger.Warn("MongoDB not reached", slog.String("hosts", to.hosts), slog.Int("attempt", attempt),
			slog.String("error", to.safe(err).Error()))
		select {
		case <-trying.Done():
		case <-time.After(wait):
		}
		if ctx.Err() != nil {
			return nil, errors.Join(ctx.Err(), err)
		}
		if trying.Err() != nil {
			return nil, fault.Unavailable(
				fmt.Errorf("no server that takes writes within %s, %d attempts: %w", set.patience, attempt, err))
		}
	}
}

// unusableError is a configuration that no server can answer to.
type unusableError struct{ cause error }

func (e unusableError) Error() string { return e.cause.Error() }
func (e unusableError) Unwrap() error { return e.cause }

func attemptConnect(ctx context.Context, to address, set settings) (*Store, error) {
	store := &Store{}
	var err error
	if store.client, err = newClient(to, 0); err != nil {
		return nil, err
	}
	store.writing = store.client
	if set.singleWriteConnection {
		store.turn = make(chan struct{}, 1)
		if store.writing, err = newClient(to, 1); err != nil {
			return nil, errors.Join(err, store.Close())
		}
	}
	store.reads = collectionsOf(store.client.Database(to.database))
	store.writes = collectionsOf(store.writing.Database(to.database))
	err = store.client.Ping(ctx, readpref.Primary())
	if err == nil {
		err = store.createIndexes(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// newClient makes a client with at most so many connections; 0 means the URI's or the driver's number.
// What makes a save durable is not for the URI to weaken.
func newClient(to address, connections uint64) (*mongo.Client, error) {
	journaled := true
	opts := options.Client().ApplyURI(to.uri).
		SetAppName("surveyd").
		SetRegistry(registry()).
		SetWriteConcern(&writeconcern.WriteConcern{W: "majority", Journal: &journaled}).
		SetReadConcern(readconcern.Majority()).
		SetReadPreference(readpref.Primary()).
		SetServerSelectionTimeout(selectionTimeout).
		SetConnectTimeout(selectionTimeout)
	if connections > 0 {
		opts.SetMaxPoolSize(connections)
	}
	client, err := mongo.Connect(opts)
	if err != nil && !strings.HasPrefix(to.uri, "mongodb+srv://") { // which asks the DNS, and that may be away
		return nil, unusableError{err}
	}
	return client, err
}
