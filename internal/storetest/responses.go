package storetest

import (
	"errors"
	"fmt"
	"testing"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
)

var responsePromises = []promise{
	{"every field of a response comes back", func(t *testing.T, open func(*testing.T) Store) {
		store, want := open(t), filled[fieldwork.Response]()
		create(t, store, want)
		wantResponse(t, store, want)
	}},
	{"every field of a replacement comes back", func(t *testing.T, open func(*testing.T) Store) {
		store, want := open(t), filled[fieldwork.Response]()
		create(t, store, fieldwork.Response{Key: want.Key, Seq: 7, Status: fieldwork.Started})
		noError(t, store.ReplaceResponse(t.Context(), want, 7))
		wantResponse(t, store, want)
	}},
	{"a replacement leaves nothing of what it replaces", func(t *testing.T, open func(*testing.T) Store) {
		store, before := open(t), filled[fieldwork.Response]()
		create(t, store, before)
		want := fieldwork.Response{Key: before.Key, Seq: before.Seq + 1, Status: fieldwork.Declined}
		noError(t, store.ReplaceResponse(t.Context(), want, before.Seq))
		wantResponse(t, store, want)
	}},
	{"a response that is not there is not found", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		create(t, store, response("fall", "p1"))
		_, err := store.Response(t.Context(), response("fall", "p2").Key)
		wantError(t, err, fault.ErrNotFound)
		_, err = store.Response(t.Context(), response("spring", "p1").Key)
		wantError(t, err, fault.ErrNotFound)
	}},
	{"a second response of the same participant exists, and the first stays", func(t *testing.T, open func(*testing.T) Store) {
		store, first := open(t), response("fall", "p1")
		create(t, store, first)
		wantError(t, store.CreateResponse(t.Context(), saved(first, "second")), fault.ErrExists)
		wantResponse(t, store, first)
	}},
	{"a participant has a response in every administration", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		fall, spring := response("fall", "p1"), saved(response("spring", "p1"), "later")
		create(t, store, fall, spring)
		wantResponse(t, store, fall)
		wantResponse(t, store, spring)
	}},
	{"keys that look alike when put together stay apart", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		all := []fieldwork.Response{
			response("a/b", "c"), response("a", "b/c"), response("a%2Fb", "c"), response("a", "b%2Fc"),
			response("a.b", "$c"), response("a:b", "c"), response("A", "b"), response("a", "b"),
		}
		create(t, store, all...)
		for _, want := range all {
			wantResponse(t, store, want)
		}
	}},
	{"a replacement of nothing is not found", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		wantError(t, store.ReplaceResponse(t.Context(), response("fall", "p1"), 0), fault.ErrNotFound)
		_, err := store.Response(t.Context(), response("fall", "p1").Key)
		wantError(t, err, fault.ErrNotFound)
	}},
	{"a late save conflicts and undoes nothing", func(t *testing.T, open func(*testing.T) Store) {
		store, first := open(t), response("fall", "p1")
		create(t, store, first)
		second := saved(first, "second")
		noError(t, store.ReplaceResponse(t.Context(), second, first.Seq))
		wantError(t, store.ReplaceResponse(t.Context(), saved(first, "late"), first.Seq), fault.ErrConflict)
		wantError(t, store.ReplaceResponse(t.Context(), saved(second, "early"), second.Seq+1), fault.ErrConflict)
		wantResponse(t, store, second)
	}},
	{"of many first saves at the same moment exactly one wins", func(t *testing.T, open func(*testing.T) Store) {
		store, first := open(t), response("fall", "p1")
		winner := wantOneWinner(t, race(24, func(i int) error {
			return store.CreateResponse(t.Context(), saved(first, fmt.Sprint("racer ", i)))
		}), fault.ErrExists)
		wantResponse(t, store, saved(first, fmt.Sprint("racer ", winner)))
	}},
	{"of many saves with the same sequence number exactly one wins", func(t *testing.T, open func(*testing.T) Store) {
		store, current := open(t), response("fall", "p1")
		create(t, store, current)
		for round := range 8 {
			winner := wantOneWinner(t, race(24, func(i int) error {
				return store.ReplaceResponse(t.Context(), saved(current, fmt.Sprint("round ", round, " racer ", i)), current.Seq)
			}), fault.ErrConflict)
			current = saved(current, fmt.Sprint("round ", round, " racer ", winner))
			wantResponse(t, store, current)
		}
	}},
	{"a save built on the one before is never lost", func(t *testing.T, open func(*testing.T) Store) {
		store, first := open(t), response("fall", "p1")
		first.Reached = 0
		create(t, store, first)
		const writers, each = 8, 10
		for _, err := range race(writers, func(int) error {
			for range each {
				if err := reachOneMore(t, store, first.Key); err != nil {
					return err
				}
			}
			return nil
		}) {
			noError(t, err)
		}
		got, err := store.Response(t.Context(), first.Key)
		noError(t, err)
		if got.Reached != writers*each || got.Seq != writers*each {
			t.Fatalf("after %d saves the response reached %d with sequence number %d", writers*each, got.Reached, got.Seq)
		}
	}},
}

// reachOneMore reads a response and saves it with one page more, until no other save comes between.
func reachOneMore(t *testing.T, store Store, key fieldwork.ResponseKey) error {
	for {
		current, err := store.Response(t.Context(), key)
		if err != nil {
			return err
		}
		next := current
		next.Seq++
		next.Reached++
		if err := store.ReplaceResponse(t.Context(), next, current.Seq); !errors.Is(err, fault.ErrConflict) {
			return err
		}
	}
}
