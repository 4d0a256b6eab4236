package fieldwork

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"time"

	"surveyd/internal/fault"
	"surveyd/internal/instrument"
)

// File is a picture or recording of published instruments, kept by its content: whoever has the digest has the file.
type File struct {
	Digest string // hex SHA-256 of Bytes
	Type   string // media type
	Bytes  []byte
}

// FileRef says under which path an instrument names a file.
type FileRef struct {
	Path   string `json:"path" bson:"path"`
	Digest string `json:"digest" bson:"digest"`
}

// keepFiles stores the files of an instrument, before the instrument that needs them. Those of its parts are kept with them.
func (s *Service) keepFiles(ctx context.Context, in *instrument.Instrument) ([]FileRef, error) {
	var refs []FileRef
	for _, a := range in.OwnAssets() {
		if err := s.store.PutFile(ctx, File{Digest: a.Digest, Type: a.Type, Bytes: a.Bytes}); err != nil {
			return nil, fmt.Errorf("keep %s: %w", a.Path, err)
		}
		refs = append(refs, FileRef{Path: a.Path, Digest: a.Digest})
	}
	return refs, nil
}

// folder reads the files of a published instrument back, as the folder that it was published from.
func (s *Service) folder(ctx context.Context, refs []FileRef) (folder, error) {
	files := folder{}
	for _, ref := range refs {
		f, err := s.store.File(ctx, ref.Digest)
		if err != nil {
			return nil, fmt.Errorf("its file %s: %w", ref.Path, err)
		}
		files[ref.Path] = f.Bytes
	}
	return files, nil
}

// Media gives a picture or recording of a published instrument by its digest; fault.ErrNotFound.
func (s *Service) Media(ctx context.Context, digest string) (File, error) {
	s.library.mu.RLock()
	a := s.library.files[digest]
	s.library.mu.RUnlock()
	if a != nil {
		return File{Digest: a.Digest, Type: a.Type, Bytes: a.Bytes}, nil
	}
	f, err := s.store.File(ctx, digest) // published here, but not compiled by this process yet
	if err != nil {
		return File{}, fmt.Errorf("file %s: %w", digest, err)
	}
	return f, nil
}

// refused says whether other content is published under an instrument's id and version, so that none of its files is stored
// for nothing.
func (s *Service) refused(ctx context.Context, ref InstrumentRef) error {
	there, err := s.store.PublishedVersion(ctx, string(ref.ID), ref.Version)
	switch {
	case errors.Is(err, fault.ErrNotFound):
		return nil
	case err != nil:
		return err
	case there.Ref.Hash != ref.Hash:
		return fault.ErrConflict
	}
	return nil
}

// folder is files in memory by path: what instrument.Options wants to look for files in.
type folder map[string][]byte

// Open implements fs.FS.
func (f folder) Open(name string) (fs.File, error) {
	body, ok := f[name]
	if ok {
		return &openFile{name: name, rest: body, size: int64(len(body))}, nil
	}
	for there := range f {
		for dir := path.Dir(there); dir != "."; dir = path.Dir(dir) {
			if dir == name {
				return &openFile{name: name, mode: fs.ModeDir}, nil
			}
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// openFile is one file of a folder, and what is said about it.
type openFile struct {
	name string
	mode fs.FileMode
	rest []byte
	size int64
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *openFile) Close() error               { return nil }
func (f *openFile) Name() string               { return path.Base(f.name) }
func (f *openFile) Size() int64                { return f.size }
func (f *openFile) Mode() fs.FileMode          { return f.mode | 0o444 }
func (f *openFile) ModTime() time.Time         { return time.Time{} }
func (f *openFile) IsDir() bool                { return f.mode.IsDir() }
func (f *openFile) Sys() any                   { return nil }

func (f *openFile) Read(into []byte) (int, error) {
	if len(f.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(into, f.rest)
	f.rest = f.rest[n:]
	return n, nil
}
