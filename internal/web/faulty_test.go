package web_test

import (
	"context"
	"errors"
	"sync/atomic"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/sqlitestore"
)

// faulty is a store that can go away, and one whose list of responses can break off.
type faulty struct {
	*sqlitestore.Store
	away       atomic.Bool
	breakAfter atomic.Int64 // responses; 0 never breaks
	repeats    atomic.Int64 // how often each response comes, to make a long list
	panics     atomic.Bool
}

var errAway = errors.New("dial tcp 10.0.0.9:27017: connection refused")

func (f *faulty) Ready(ctx context.Context) error {
	if f.away.Load() {
		return fault.Unavailable(errAway)
	}
	return f.Store.Ready(ctx)
}

func (f *faulty) CodeByLookup(ctx context.Context, lookup string) (fieldwork.Code, error) {
	if f.away.Load() {
		return fieldwork.Code{}, fault.Unavailable(errAway)
	}
	return f.Store.CodeByLookup(ctx, lookup)
}

func (f *faulty) CodeOf(ctx context.Context, key fieldwork.ResponseKey) (fieldwork.Code, error) {
	if f.panics.Load() {
		panic("a panic with an answer in it: I am sad")
	}
	if f.away.Load() {
		return fieldwork.Code{}, fault.Unavailable(errAway)
	}
	return f.Store.CodeOf(ctx, key)
}

func (f *faulty) EachResponse(ctx context.Context, id fieldwork.AdministrationID, each func(fieldwork.Response) error) error {
	n := int64(0)
	return f.Store.EachResponse(ctx, id, func(r fieldwork.Response) error {
		if n++; f.breakAfter.Load() > 0 && n > f.breakAfter.Load() {
			return errors.New("cursor lost")
		}
		for range max(1, f.repeats.Load()) {
			if err := each(r); err != nil {
				return err
			}
		}
		return nil
	})
}
