package mongostore

import (
	"context"
	"errors"
	"fmt"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
)

// fileDoc is one picture or recording. Each is a document of its own: one document holds 16 MB at most, and an instrument may
// have as many.
type fileDoc struct {
	Digest string `bson:"_id"`
	Type   string `bson:"type"`
	Bytes  []byte `bson:"bytes"`
}

// PutFile stores f unless its digest is there already.
func (s *Store) PutFile(ctx context.Context, f fieldwork.File) error {
	err := s.insertOne(ctx, s.writes.files, fileDoc(f))
	if err != nil && !errors.Is(err, fault.ErrExists) {
		return fmt.Errorf("put file %s: %w", f.Digest, err)
	}
	return nil
}

// File gives what is stored under a digest; ErrNotFound.
func (s *Store) File(ctx context.Context, digest string) (fieldwork.File, error) {
	doc, err := findOne[fileDoc](ctx, s.reads.files, byID(digest))
	if err != nil {
		return fieldwork.File{}, fmt.Errorf("file %s: %w", digest, err)
	}
	return fieldwork.File(doc), nil
}
