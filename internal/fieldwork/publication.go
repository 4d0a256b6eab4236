package fieldwork

import (
	"context"
	"fmt"

	"surveyd/internal/instrument"
)

// Instrument gives a published instrument, compiled from the very sources that were stored when it was published: its own, and
// of a battery those of its parts.
func (s *Service) Instrument(ctx context.Context, ref InstrumentRef) (*instrument.Instrument, error) {
	in, err := s.compiled(ctx, ref.Hash)
	if err != nil {
		return nil, fmt.Errorf("instrument %s %s: %w", ref.ID, ref.Version, err)
	}
	return in, nil
}

// compiled gives what is published under a content hash.
func (s *Service) compiled(ctx context.Context, hash string) (*instrument.Instrument, error) {
	s.library.mu.RLock()
	in := s.library.byHash[hash]
	s.library.mu.RUnlock()
	if in != nil {
		return in, nil
	}
	p, err := s.store.Published(ctx, hash)
	if err != nil {
		return nil, err
	}
	in, err = s.compile(ctx, p)
	if err != nil {
		return nil, err
	}
	s.library.add(in)
	return in, nil
}

func (s *Service) compile(ctx context.Context, p PublishedInstrument) (*instrument.Instrument, error) {
	files, err := s.folder(ctx, p.Files)
	if err != nil {
		return nil, err
	}
	parts := make([]*instrument.Instrument, len(p.Parts))
	for i, hash := range p.Parts {
		if parts[i], err = s.compiled(ctx, hash); err != nil {
			return nil, fmt.Errorf("its part with hash %s: %w", hash, err)
		}
	}
	// A battery names its parts by the beginning of a version. What fitted when it was published is what it has for ever.
	include := func(ref instrument.Ref) (*instrument.Instrument, error) {
		for _, part := range parts {
			if ref.Fits(part.ID, part.Version) {
				return part, nil
			}
		}
		return nil, fmt.Errorf("no part that it was published with is %s", ref)
	}
	in, problems := instrument.Load(string(p.Ref.ID)+".yaml", p.Source, instrument.Options{Files: files, Include: include})
	if in == nil {
		return nil, fmt.Errorf("it no longer compiles: %v", problems)
	}
	if in.Hash != p.Ref.Hash {
		return nil, fmt.Errorf("its content hash is %s, it was published under %s", in.Hash, p.Ref.Hash)
	}
	return in, nil
}

func (l *library) add(in *instrument.Instrument) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.byHash == nil {
		l.byHash = make(map[string]*instrument.Instrument)
		l.files = make(map[string]*instrument.Asset)
	}
	l.byHash[in.Hash] = in
	for _, a := range in.Assets {
		l.files[a.Digest] = a
	}
}

// Publish keeps the exact source of an instrument, the files beside it and the instruments that it includes, for ever. Publishing
// the same content again does nothing; fault.ErrConflict when other content is published under the same id and version, of the
// instrument or of a part.
func (s *Service) Publish(ctx context.Context, in *instrument.Instrument) (InstrumentRef, error) {
	ref := InstrumentRef{ID: in.ID, Version: in.Version.String(), Hash: in.Hash}
	fail := func(err error) (InstrumentRef, error) {
		return InstrumentRef{}, fmt.Errorf("publish %s %s: %w", ref.ID, ref.Version, err)
	}
	p := PublishedInstrument{Ref: ref, Digest: in.Digest, Source: in.Source, At: s.now()}
	if len(in.Assets)+len(in.Parts) > 0 {
		if err := s.refused(ctx, ref); err != nil {
			return fail(err)
		}
	}
	for _, part := range in.Parts {
		if _, err := s.Publish(ctx, part); err != nil {
			return fail(err)
		}
		p.Parts = append(p.Parts, part.Hash)
	}
	var err error
	if p.Files, err = s.keepFiles(ctx, in); err != nil {
		return fail(err)
	}
	if err := s.store.Publish(ctx, p); err != nil {
		return fail(err)
	}
	return ref, nil
}
