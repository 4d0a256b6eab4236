package sqlitestore

import (
	"context"
	"fmt"

	"surveyd/internal/fieldwork"
)

const (
	fileQuery = `select digest, type, bytes from files where digest = ?`
	putFile   = `insert into files (digest, type, bytes) values (?, ?, ?) on conflict do nothing`
)

// PutFile stores f unless its digest is there already.
func (s *Store) PutFile(ctx context.Context, f fieldwork.File) error {
	body := append([]byte{}, f.Bytes...)
	err := s.writeOne(ctx, func(on *transaction) error {
		_, err := on.exec(putFile, f.Digest, f.Type, body)
		return err
	})
	if err != nil {
		return fmt.Errorf("put file %s: %w", f.Digest, err)
	}
	return nil
}

// File gives what is stored under a digest; ErrNotFound.
func (s *Store) File(ctx context.Context, digest string) (fieldwork.File, error) {
	f, err := readOne(ctx, s, s.on.file, func(row scanner) (f fieldwork.File, err error) {
		err = row.Scan(&f.Digest, &f.Type, &f.Bytes)
		return f, err
	}, digest)
	if err != nil {
		return fieldwork.File{}, fmt.Errorf("file %s: %w", digest, err)
	}
	return f, nil
}
