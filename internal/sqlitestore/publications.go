package sqlitestore

import (
	"context"
	"fmt"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
)

const (
	publishedQuery        = `select id, version, hash, digest, source, files, parts, at from instruments where hash = ?`
	publishedVersionQuery = `select id, version, hash, digest, source, files, parts, at from instruments where id = ? and version = ?`
	publishedHash         = `select 1 from instruments where hash = ?`
	publish               = `insert into instruments (id, version, hash, digest, source, files, parts, at) values (?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (id, version) do nothing`
)

// Publish stores p unless its hash is there already (the first stored source stays). ErrConflict when another
// content is published under the same id and version.
func (s *Store) Publish(ctx context.Context, p fieldwork.PublishedInstrument) error {
	id, version, hash, at := string(p.Ref.ID), p.Ref.Version, p.Ref.Hash, millis(p.At)
	source := append([]byte{}, p.Source...)
	files, err := encode(p.Files)
	if err != nil {
		return fmt.Errorf("publish %s %s: %w", p.Ref.ID, p.Ref.Version, err)
	}
	parts, err := encode(p.Parts)
	if err != nil {
		return fmt.Errorf("publish %s %s: %w", p.Ref.ID, p.Ref.Version, err)
	}
	err = s.write(ctx, func(on *transaction) error {
		if _, found, err := on.row(publishedHash, hash); err != nil || found {
			return err
		}
		changed, err := on.exec(publish, id, version, hash, p.Digest, source, files, parts, at)
		if err == nil && changed == 0 {
			return fault.ErrConflict
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("publish %s %s: %w", p.Ref.ID, p.Ref.Version, err)
	}
	return nil
}

// Published gives what is stored under a content hash; ErrNotFound.
func (s *Store) Published(ctx context.Context, hash string) (fieldwork.PublishedInstrument, error) {
	published, err := readOne(ctx, s, s.on.published, scanPublished, hash)
	if err != nil {
		return fieldwork.PublishedInstrument{}, fmt.Errorf("instrument with hash %s: %w", hash, err)
	}
	return published, nil
}

// PublishedVersion gives what is stored under an id and version; ErrNotFound.
func (s *Store) PublishedVersion(ctx context.Context, id, version string) (fieldwork.PublishedInstrument, error) {
	published, err := readOne(ctx, s, s.on.publishedVersion, scanPublished, id, version)
	if err != nil {
		return fieldwork.PublishedInstrument{}, fmt.Errorf("instrument %s %s: %w", id, version, err)
	}
	return published, nil
}

func scanPublished(row scanner) (fieldwork.PublishedInstrument, error) {
	var p fieldwork.PublishedInstrument
	var files, parts string
	var at int64
	if err := row.Scan(&p.Ref.ID, &p.Ref.Version, &p.Ref.Hash, &p.Digest, &p.Source, &files, &parts, &at); err != nil {
		return fieldwork.PublishedInstrument{}, err
	}
	var err error
	if p.Files, err = decode[[]fieldwork.FileRef]([]byte(files)); err != nil {
		return fieldwork.PublishedInstrument{}, err
	}
	if p.Parts, err = decode[[]string]([]byte(parts)); err != nil {
		return fieldwork.PublishedInstrument{}, err
	}
	p.At = timeOf(at)
	return p, nil
}
