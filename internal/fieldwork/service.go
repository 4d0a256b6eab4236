package fieldwork

import (
	"context"
	"fmt"
	"sync"
	"time"

	"surveyd/internal/instrument"
)

// Service is fieldwork's use cases over a store. Clock and randomness come in here, at the rim.
type Service struct {
	store   Store
	keys    *Keys
	now     func() time.Time
	library library
}

// NewService puts the use cases on a store.
func NewService(store Store, keys *Keys, now func() time.Time) *Service {
	return &Service{store: store, keys: keys, now: func() time.Time { return now().UTC().Truncate(time.Millisecond) }}
}

// library holds the published instruments that were compiled, by content hash. A published instrument never changes, so
// nothing is ever taken out.
type library struct {
	mu     sync.RWMutex
	byHash map[string]*instrument.Instrument
	files  map[string]*instrument.Asset // their pictures and recordings, by digest
}

// Instrument gives a published instrument, compiled from the very source that was stored when it was published.
func (s *Service) Instrument(ctx context.Context, ref InstrumentRef) (*instrument.Instrument, error) {
	s.library.mu.RLock()
	in := s.library.byHash[ref.Hash]
	s.library.mu.RUnlock()
	if in != nil {
		return in, nil
	}
	p, err := s.store.Published(ctx, ref.Hash)
	if err != nil {
		return nil, fmt.Errorf("instrument %s %s: %w", ref.ID, ref.Version, err)
	}
	files, err := s.folder(ctx, p.Files)
	if err != nil {
		return nil, fmt.Errorf("instrument %s %s: %w", ref.ID, ref.Version, err)
	}
	in, problems := instrument.Load(string(ref.ID)+".yaml", p.Source, instrument.Options{Files: files})
	if in == nil {
		return nil, fmt.Errorf("instrument %s %s no longer compiles: %v", ref.ID, ref.Version, problems)
	}
	if in.Hash != ref.Hash {
		return nil, fmt.Errorf("instrument %s %s: content hash is %s, published under %s", ref.ID, ref.Version, in.Hash, ref.Hash)
	}
	s.library.mu.Lock()
	defer s.library.mu.Unlock()
	if s.library.byHash == nil {
		s.library.byHash = make(map[string]*instrument.Instrument)
		s.library.files = make(map[string]*instrument.Asset)
	}
	s.library.byHash[ref.Hash] = in
	for _, a := range in.Assets {
		s.library.files[a.Digest] = a
	}
	return in, nil
}

// Publish keeps the exact source of an instrument, and the files beside it, for ever. Publishing the same content again does nothing;
// fault.ErrConflict when other content is published under the same id and version.
func (s *Service) Publish(ctx context.Context, in *instrument.Instrument) (InstrumentRef, error) {
	ref := InstrumentRef{ID: in.ID, Version: in.Version.String(), Hash: in.Hash}
	fail := func(err error) (InstrumentRef, error) {
		return InstrumentRef{}, fmt.Errorf("publish %s %s: %w", ref.ID, ref.Version, err)
	}
	p := PublishedInstrument{Ref: ref, Digest: in.Digest, Source: in.Source, At: s.now()}
	if len(in.Assets) > 0 {
		if err := s.refused(ctx, ref); err != nil {
			return fail(err)
		}
		var err error
		if p.Files, err = s.keepFiles(ctx, in); err != nil {
			return fail(err)
		}
	}
	if err := s.store.Publish(ctx, p); err != nil {
		return fail(err)
	}
	return ref, nil
}

// Ready says whether the store can be used now.
func (s *Service) Ready(ctx context.Context) error { return s.store.Ready(ctx) }
