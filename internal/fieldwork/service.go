package fieldwork

import (
	"context"
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

// Ready says whether the store can be used now.
func (s *Service) Ready(ctx context.Context) error { return s.store.Ready(ctx) }
