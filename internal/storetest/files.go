package storetest

import (
	"bytes"
	"fmt"
	"testing"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
)

var filePromises = []promise{
	{"a file comes back as it was, byte for byte", func(t *testing.T, open func(*testing.T) Store) {
		store, want := open(t), filled[fieldwork.File]()
		want.Bytes = append(bytes.Repeat([]byte{0, 0xff, '\n', 'x'}, 128<<10), 7)
		noError(t, store.PutFile(t.Context(), want))
		wantFile(t, store, want)
	}},
	{"what was not put is not found", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		noError(t, store.PutFile(t.Context(), fieldwork.File{Digest: "aa", Type: "image/png", Bytes: []byte("x")}))
		_, err := store.File(t.Context(), "a")
		wantError(t, err, fault.ErrNotFound)
		_, err = store.File(t.Context(), "")
		wantError(t, err, fault.ErrNotFound)
	}},
	{"a file is kept once, and the first stays", func(t *testing.T, open func(*testing.T) Store) {
		store, first := open(t), fieldwork.File{Digest: "aa", Type: "image/png", Bytes: []byte("x")}
		noError(t, store.PutFile(t.Context(), first))
		noError(t, store.PutFile(t.Context(), fieldwork.File{Digest: "aa", Type: "audio/ogg", Bytes: []byte("y")}))
		wantFile(t, store, first)
	}},
	{"the same file put by many at a time is no conflict", func(t *testing.T, open func(*testing.T) Store) {
		store, f := open(t), fieldwork.File{Digest: "aa", Type: "image/png", Bytes: []byte("x")}
		for _, err := range race(8, func(int) error { return store.PutFile(t.Context(), f) }) {
			noError(t, err)
		}
		wantFile(t, store, f)
	}},
	{"files are there when the store is opened again", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		var all []fieldwork.File
		for i := range 30 { // more than one document of MongoDB holds
			f := fieldwork.File{Digest: fmt.Sprint("digest ", i), Type: "audio/mpeg", Bytes: bytes.Repeat([]byte{byte(i)}, 600<<10)}
			noError(t, store.PutFile(t.Context(), f))
			all = append(all, f)
		}
		noError(t, store.Close())
		again := open(t)
		for _, f := range all {
			wantFile(t, again, f)
		}
	}},
}

func wantFile(t *testing.T, store Store, want fieldwork.File) {
	t.Helper()
	got, err := store.File(t.Context(), want.Digest)
	if err != nil || got.Digest != want.Digest || got.Type != want.Type || !bytes.Equal(got.Bytes, want.Bytes) {
		t.Fatalf("got %s %s of %d bytes, %v; want %s %s of %d", got.Digest, got.Type, len(got.Bytes), err, want.Digest, want.Type, len(want.Bytes))
	}
}
