package storetest

import (
	"errors"
	"testing"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/staff"
)

var durabilityPromises = []promise{
	{"everything is there when the store is opened again", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		r, living := filled[fieldwork.Response](), code("fall", "p1", "l1")
		create(t, store, r)
		putParticipants(t, store, participant("p1", "1"))
		putCodes(t, store, living)
		noError(t, store.Publish(t.Context(), publication("stem", "1.0", "aa", "x")))
		noError(t, store.CreateAdministration(t.Context(), fieldwork.Administration{ID: "fall"}))
		noError(t, store.CreateAccount(t.Context(), staff.Account{ID: "ana@example.org"}))
		noError(t, store.PutLink(t.Context(), staff.Link{Digest: "d"}))
		noError(t, store.PutSession(t.Context(), staff.Session{Digest: "s"}))
		noError(t, store.AppendEvent(t.Context(), staff.Event{Action: "act"}))
		noError(t, store.Close())

		again := open(t)
		wantResponse(t, again, r)
		wantRoster(t, again, participant("p1", "1"))
		wantOnly(t, again, living)
		wantPublished(t, again, publication("stem", "1.0", "aa", "x"))
		_, err := again.Administration(t.Context(), "fall")
		noError(t, err)
		wantAccounts(t, again, staff.Account{ID: "ana@example.org"})
		_, err = again.TakeLink(t.Context(), "d")
		noError(t, err)
		_, err = again.Session(t.Context(), "s")
		noError(t, err)
		events, err := again.Events(t.Context(), 2)
		wantEqual(t, err, len(events), 1)
	}},
	{"an open store is ready and a closed one is unavailable", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		noError(t, store.Ready(t.Context()))
		create(t, store, response("fall", "p1"))
		noError(t, store.Close())
		wantError(t, store.Ready(t.Context()), fault.ErrUnavailable)
		wantError(t, store.CreateResponse(t.Context(), response("fall", "p2")), fault.ErrUnavailable)
		_, err := store.Response(t.Context(), response("fall", "p1").Key)
		wantError(t, err, fault.ErrUnavailable)
	}},
	{"a store that is closed answers everybody who waits", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		closed := make(chan error, 1)
		failures := race(40, func(i int) error {
			if i == 20 {
				closed <- store.Close()
				return nil
			}
			r := response("fall", string(rune('A'+i)))
			if err := store.CreateResponse(t.Context(), r); !errors.Is(err, fault.ErrUnavailable) {
				return err
			}
			return nil
		})
		noError(t, <-closed)
		for _, err := range failures {
			noError(t, err)
		}
	}},
}
