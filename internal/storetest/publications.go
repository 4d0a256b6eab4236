package storetest

import (
	"bytes"
	"fmt"
	"testing"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

var publicationPromises = []promise{
	{"every field of a publication comes back, by hash and by version", func(t *testing.T, open func(*testing.T) Store) {
		store, want := open(t), filled[fieldwork.PublishedInstrument]()
		want.Source = append(bytes.Repeat([]byte("id: stem-identity # ñ\n"), 20_000), 0, 0xff)
		noError(t, store.Publish(t.Context(), want))
		wantPublished(t, store, want)
	}},
	{"what is not published is not found", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		noError(t, store.Publish(t.Context(), publication("stem", "1.0", "aa", "x")))
		_, err := store.Published(t.Context(), "bb")
		wantError(t, err, fault.ErrNotFound)
		_, err = store.PublishedVersion(t.Context(), "stem", "1.1")
		wantError(t, err, fault.ErrNotFound)
		_, err = store.PublishedVersion(t.Context(), "math", "1.0")
		wantError(t, err, fault.ErrNotFound)
	}},
	{"another content under the same id and version conflicts", func(t *testing.T, open func(*testing.T) Store) {
		store, first := open(t), publication("stem", "1.0", "aa", "x")
		noError(t, store.Publish(t.Context(), first))
		wantError(t, store.Publish(t.Context(), publication("stem", "1.0", "bb", "y")), fault.ErrConflict)
		wantPublished(t, store, first)
		_, err := store.Published(t.Context(), "bb")
		wantError(t, err, fault.ErrNotFound)
	}},
	{"the same content again keeps the first source", func(t *testing.T, open func(*testing.T) Store) {
		store, first := open(t), publication("stem", "1.0", "aa", "x")
		noError(t, store.Publish(t.Context(), first))
		noError(t, store.Publish(t.Context(), publication("stem", "1.0", "aa", "x # with a comment")))
		wantPublished(t, store, first)
	}},
	{"the parts of a battery come back in their order, and an instrument that includes nothing has none", func(t *testing.T, open func(*testing.T) Store) {
		store, battery, plain := open(t), publication("fall", "1.0", "aa", "x"), publication("stem", "1.0", "bb", "y")
		battery.Parts = []string{"ff", "bb", "cc"}
		noError(t, store.Publish(t.Context(), battery))
		noError(t, store.Publish(t.Context(), plain))
		wantPublished(t, store, battery)
		wantPublished(t, store, plain)
	}},
	{"every version of every instrument is kept", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		all := []fieldwork.PublishedInstrument{
			publication("stem", "1.0", "aa", "1"), publication("stem", "1.1", "bb", "2"), publication("math", "1.0", "cc", "3"),
			publication("a/b", "c", "dd", "4"), publication("a", "b/c", "ee", "5"),
		}
		for _, p := range all {
			noError(t, store.Publish(t.Context(), p))
		}
		for _, p := range all {
			wantPublished(t, store, p)
		}
	}},
	{"of different contents published at the same moment one wins", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		contents := make([]fieldwork.PublishedInstrument, 8)
		for i := range contents {
			contents[i] = publication("stem", "1.0", fmt.Sprint("hash ", i), fmt.Sprint("source ", i))
		}
		winner := wantOneWinner(t, race(len(contents), func(i int) error {
			return store.Publish(t.Context(), contents[i])
		}), fault.ErrConflict)
		wantPublished(t, store, contents[winner])
	}},
	{"the same content published at the same moment is no conflict", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		for _, err := range race(8, func(int) error {
			return store.Publish(t.Context(), publication("stem", "1.0", "aa", "x"))
		}) {
			noError(t, err)
		}
		wantPublished(t, store, publication("stem", "1.0", "aa", "x"))
	}},
}

func publication(id, version, hash, source string) fieldwork.PublishedInstrument {
	return fieldwork.PublishedInstrument{
		Ref:    fieldwork.InstrumentRef{ID: instrument.ID(id), Version: version, Hash: hash},
		Digest: "digest of " + source,
		Source: []byte(source),
		At:     response("", "").StartedAt,
	}
}

func wantPublished(t *testing.T, store Store, want fieldwork.PublishedInstrument) {
	t.Helper()
	got, err := store.Published(t.Context(), want.Ref.Hash)
	wantEqual(t, err, got, want)
	got, err = store.PublishedVersion(t.Context(), string(want.Ref.ID), want.Ref.Version)
	wantEqual(t, err, got, want)
}
