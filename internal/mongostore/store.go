// Package mongostore keeps what fieldwork and staff keep in MongoDB, so that any number of surveyd processes can stand
// behind one address. It refuses to know what the values mean: it checks no rule of fieldwork beyond what its interfaces
// promise.
//
// Every document has a natural _id, so that uniqueness and compare-and-set rest on single documents, which MongoDB
// changes atomically on any deployment: no multi-document transaction is used. Lists that must be written all or none
// become visible by one insert into the collection "batches" (see batch.go). Writes are acknowledged by a majority with
// their journal; reads go to the primary and see what a majority has.
//
// What the store asks of the server stays within what FerretDB v1 can do as well, which is the server of its tests. That
// one does not update atomically: WithSingleWriteConnection is for it.
package mongostore

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"

	"surveyd/internal/fieldwork"
	"surveyd/internal/staff"
)

// DefaultDatabase is the database when the URI names none.
const DefaultDatabase = "surveyd"

// How long the store waits before it counts as unavailable. A student should hear quickly that a save must be repeated.
const (
	selectionTimeout = 3 * time.Second  // for a server that takes writes
	readTimeout      = 10 * time.Second // for one answer of the server
	writeTimeout     = 10 * time.Second // for one acknowledgement by a majority
	bulkTimeout      = time.Minute      // for one of the steps of writing a long list
)

// Store is a fieldwork.Store and a staff.Store on one MongoDB database. It is safe for concurrent use, also by several
// processes.
type Store struct {
	client  *mongo.Client
	writing *mongo.Client // the same as client unless writes have a connection of their own
	reads   collections
	writes  collections
	batches batchStates
	turn    chan struct{} // holds one while a write is under way; nil when writes need not wait for each other
}

var (
	_ fieldwork.Store = (*Store)(nil)
	_ staff.Store     = (*Store)(nil)
)

// Option changes how a store is opened.
type Option func(*settings)

type settings struct {
	logger                *slog.Logger
	patience              time.Duration
	singleWriteConnection bool
}

// WithLogger says where attempts to reach the server are logged; nowhere by default.
func WithLogger(logger *slog.Logger) Option { return func(s *settings) { s.logger = logger } }

// WithPatience says how long Open goes on trying to reach the server; 30 seconds by default.
func WithPatience(patience time.Duration) Option { return func(s *settings) { s.patience = patience } }

// WithSingleWriteConnection sends all writes over one connection, one after the other, because the server does not
// change a document atomically. It makes a store safe on FerretDB v1 as long as one process uses it.
func WithSingleWriteConnection() Option { return func(s *settings) { s.singleWriteConnection = true } }

// Open connects to the server that uri names, waits for it within the patience given, and makes the indexes.
// An error names the hosts and never the password. ErrUnavailable when the server did not come in time.
func Open(ctx context.Context, uri string, opts ...Option) (*Store, error) {
	set := settings{logger: slog.New(slog.DiscardHandler), patience: 30 * time.Second}
	for _, option := range opts {
		option(&set)
	}
	address, err := parseURI(uri)
	if err != nil {
		return nil, fmt.Errorf("open MongoDB: %w", err)
	}
	store, err := connect(ctx, address, set)
	if err != nil {
		return nil, fmt.Errorf("open MongoDB at %s: %w", address.hosts, address.safe(err))
	}
	return store, nil
}

// Ready says whether there is a server that takes writes.
func (s *Store) Ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	if err := s.client.Ping(ctx, readpref.Primary()); err != nil {
		return fmt.Errorf("ping MongoDB: %w", kindOf(ctx, err))
	}
	return nil
}

// Close ends all connections, after the operations that are under way.
func (s *Store) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), writeTimeout)
	defer cancel()
	clients := []*mongo.Client{s.client}
	if s.writing != s.client {
		clients = append(clients, s.writing)
	}
	for _, client := range clients {
		if err := client.Disconnect(ctx); err != nil && !disconnected(err) {
			return fmt.Errorf("close MongoDB: %w", err)
		}
	}
	return nil
}

// collections are the collections of the database as one client sees them.
type collections struct {
	participants, instruments, administrations *mongo.Collection
	codes, livingCodes, batches                *mongo.Collection
	responses, marks, files                    *mongo.Collection
	accounts, links, sessions, events          *mongo.Collection
}

func collectionsOf(database *mongo.Database) collections {
	return collections{
		participants:    database.Collection("participants"),
		instruments:     database.Collection("instruments"),
		administrations: database.Collection("administrations"),
		codes:           database.Collection("codes"),
		livingCodes:     database.Collection("living_codes"),
		batches:         database.Collection("batches"),
		responses:       database.Collection("responses"),
		marks:           database.Collection("marks"),
		files:           database.Collection("files"),
		accounts:        database.Collection("accounts"),
		links:           database.Collection("links"),
		sessions:        database.Collection("sessions"),
		events:          database.Collection("events"),
	}
}

// createIndexes makes the indexes that are not there. All other searches are by _id.
func (s *Store) createIndexes(ctx context.Context) error {
	for _, index := range []struct {
		collection *mongo.Collection
		keys       bson.D
		unique     bool
	}{
		{s.writes.instruments, bson.D{{Key: "hash", Value: 1}}, true},
		{s.writes.livingCodes, bson.D{{Key: "administration", Value: 1}, {Key: "participant", Value: 1}}, false},
		{s.writes.responses, bson.D{{Key: "administration", Value: 1}, {Key: "participant", Value: 1}}, false},
		{s.writes.responses, bson.D{{Key: "administration", Value: 1}, {Key: "status", Value: 1}, {Key: "site", Value: 1}, {Key: "group", Value: 1}}, false},
		{s.writes.events, bson.D{{Key: "at", Value: -1}}, false},
	} {
		model := mongo.IndexModel{Keys: index.keys}
		if index.unique {
			model.Options = options.Index().SetUnique(true)
		}
		if _, err := index.collection.Indexes().CreateOne(ctx, model); err != nil {
			return fmt.Errorf("index on %s: %w", index.collection.Name(), err)
		}
	}
	return nil
}
