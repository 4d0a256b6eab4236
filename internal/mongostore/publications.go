package mongostore

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

// instrumentDoc is a published instrument. Its _id is id and version; its hash is unique by an index.
type instrumentDoc struct {
	Key     string              `bson:"_id"`
	ID      instrument.ID       `bson:"id"`
	Version string              `bson:"version"`
	Hash    string              `bson:"hash"`
	Digest  string              `bson:"digest"`
	Source  []byte              `bson:"source"`
	Files   []fieldwork.FileRef `bson:"files,omitempty"`
	Parts   []string            `bson:"parts,omitempty"`
	At      bson.DateTime       `bson:"at"`
}

// Publish stores p unless its hash is there already (the first stored source stays). ErrConflict when another
// content is published under the same id and version.
func (s *Store) Publish(ctx context.Context, p fieldwork.PublishedInstrument) error {
	err := s.insertOne(ctx, s.writes.instruments, instrumentDoc{
		Key: joinKey(string(p.Ref.ID), p.Ref.Version),
		ID:  p.Ref.ID, Version: p.Ref.Version, Hash: p.Ref.Hash, Digest: p.Digest, Source: p.Source, Files: p.Files, Parts: p.Parts, At: utc(p.At),
	})
	if errors.Is(err, fault.ErrExists) {
		_, err = s.Published(ctx, p.Ref.Hash)
		if errors.Is(err, fault.ErrNotFound) {
			err = fault.ErrConflict
		}
	}
	if err != nil {
		return fmt.Errorf("publish %s %s: %w", p.Ref.ID, p.Ref.Version, err)
	}
	return nil
}

// Published gives what is stored under a content hash; ErrNotFound.
func (s *Store) Published(ctx context.Context, hash string) (fieldwork.PublishedInstrument, error) {
	doc, err := findOne[instrumentDoc](ctx, s.reads.instruments, bson.D{{Key: "hash", Value: hash}})
	if err != nil {
		return fieldwork.PublishedInstrument{}, fmt.Errorf("instrument with hash %s: %w", hash, err)
	}
	return doc.published(), nil
}

// PublishedVersion gives what is stored under an id and version; ErrNotFound.
func (s *Store) PublishedVersion(ctx context.Context, id, version string) (fieldwork.PublishedInstrument, error) {
	doc, err := findOne[instrumentDoc](ctx, s.reads.instruments, byID(joinKey(id, version)))
	if err != nil {
		return fieldwork.PublishedInstrument{}, fmt.Errorf("instrument %s %s: %w", id, version, err)
	}
	return doc.published(), nil
}

func (d instrumentDoc) published() fieldwork.PublishedInstrument {
	return fieldwork.PublishedInstrument{
		Ref:    fieldwork.InstrumentRef{ID: d.ID, Version: d.Version, Hash: d.Hash},
		Digest: d.Digest, Source: d.Source, Files: d.Files, Parts: d.Parts, At: timeOf(d.At),
	}
}
