package storetest

import (
	"fmt"
	"testing"
	"time"

	"surveyd/internal/fault"
	"surveyd/internal/staff"
)

var accountPromises = []promise{
	{"every field of an account comes back", func(t *testing.T, open func(*testing.T) Store) {
		store, want := open(t), filled[staff.Account]()
		noError(t, store.CreateAccount(t.Context(), want))
		wantAccounts(t, store, want)
		bare := staff.Account{ID: want.ID, Created: want.Created}
		noError(t, store.ReplaceAccount(t.Context(), bare))
		wantAccounts(t, store, bare)
		noError(t, store.ReplaceAccount(t.Context(), want))
		wantAccounts(t, store, want)
	}},
	{"an account that is not there is not found", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		_, err := store.Account(t.Context(), "ana@example.org")
		wantError(t, err, fault.ErrNotFound)
		wantError(t, store.ReplaceAccount(t.Context(), staff.Account{ID: "ana@example.org"}), fault.ErrNotFound)
		wantAccounts(t, store)
	}},
	{"an account with a taken address exists, and the first stays", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		first := staff.Account{ID: "ana@example.org", Role: staff.Researcher, Sites: []string{}}
		noError(t, store.CreateAccount(t.Context(), first))
		wantError(t, store.CreateAccount(t.Context(), staff.Account{ID: first.ID, Role: staff.Administrator}), fault.ErrExists)
		wantAccounts(t, store, first)
	}},
	{"accounts come ordered by address", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		ana, beto, zoe := staff.Account{ID: "ana@b.org"}, staff.Account{ID: "beto@a.org"}, staff.Account{ID: "zoe@a.org"}
		for _, account := range []staff.Account{zoe, ana, beto} {
			noError(t, store.CreateAccount(t.Context(), account))
		}
		wantAccounts(t, store, ana, beto, zoe)
	}},
}

var signInPromises = []promise{
	{"every field of a link comes back, once", func(t *testing.T, open func(*testing.T) Store) {
		store, want := open(t), filled[staff.Link]()
		noError(t, store.PutLink(t.Context(), want))
		for range 2 {
			got, err := store.Link(t.Context(), want.Digest)
			wantEqual(t, err, got, want)
		}
		got, err := store.TakeLink(t.Context(), want.Digest)
		wantEqual(t, err, got, want)
		_, err = store.TakeLink(t.Context(), want.Digest)
		wantError(t, err, fault.ErrNotFound)
		_, err = store.Link(t.Context(), want.Digest)
		wantError(t, err, fault.ErrNotFound)
	}},
	{"taking a link leaves the other ones", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		noError(t, store.PutLink(t.Context(), staff.Link{Digest: "d1", Account: "ana@example.org"}))
		noError(t, store.PutLink(t.Context(), staff.Link{Digest: "d2", Account: "ana@example.org"}))
		_, err := store.TakeLink(t.Context(), "d1")
		noError(t, err)
		got, err := store.TakeLink(t.Context(), "d2")
		wantEqual(t, err, got, staff.Link{Digest: "d2", Account: "ana@example.org"})
	}},
	{"of many who take a link exactly one gets it", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		for round := range 5 {
			digest := fmt.Sprint("digest ", round)
			noError(t, store.PutLink(t.Context(), staff.Link{Digest: digest, Account: "ana@example.org"}))
			wantOneWinner(t, race(16, func(int) error {
				_, err := store.TakeLink(t.Context(), digest)
				return err
			}), fault.ErrNotFound)
		}
	}},
	{"every field of a session comes back until it is ended", func(t *testing.T, open func(*testing.T) Store) {
		store, want := open(t), filled[staff.Session]()
		other := staff.Session{Digest: "other", Account: "beto@example.org"}
		noError(t, store.PutSession(t.Context(), want))
		noError(t, store.PutSession(t.Context(), other))
		got, err := store.Session(t.Context(), want.Digest)
		wantEqual(t, err, got, want)
		for range 2 {
			noError(t, store.EndSession(t.Context(), want.Digest))
			_, err = store.Session(t.Context(), want.Digest)
			wantError(t, err, fault.ErrNotFound)
		}
		got, err = store.Session(t.Context(), "other")
		wantEqual(t, err, got, other)
	}},
	{"links and sessions that have expired are dropped, and no others", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		at := time.Date(2026, 10, 5, 12, 0, 0, 0, time.UTC)
		for digest, expires := range map[string]time.Time{"old": at.Add(-time.Millisecond), "new": at} {
			noError(t, store.PutLink(t.Context(), staff.Link{Digest: digest, Account: "ana@example.org", Expires: expires}))
			noError(t, store.PutSession(t.Context(), staff.Session{Digest: digest, Account: "ana@example.org", Expires: expires}))
		}
		for range 2 {
			noError(t, store.DropExpired(t.Context(), at))
			_, err := store.Link(t.Context(), "old")
			wantError(t, err, fault.ErrNotFound)
			_, err = store.Session(t.Context(), "old")
			wantError(t, err, fault.ErrNotFound)
			_, err = store.Link(t.Context(), "new")
			noError(t, err)
			_, err = store.Session(t.Context(), "new")
			noError(t, err)
		}
	}},
	{"a session stored again is prolonged", func(t *testing.T, open func(*testing.T) Store) {
		store, session := open(t), filled[staff.Session]()
		noError(t, store.PutSession(t.Context(), session))
		session.Expires = session.Expires.Add(time.Hour)
		noError(t, store.PutSession(t.Context(), session))
		got, err := store.Session(t.Context(), session.Digest)
		wantEqual(t, err, got, session)
	}},
}

var auditPromises = []promise{
	{"every field of an event comes back", func(t *testing.T, open func(*testing.T) Store) {
		store, want := open(t), filled[staff.Event]()
		noError(t, store.AppendEvent(t.Context(), want))
		got, err := store.Events(t.Context(), 10)
		wantEqual(t, err, got, []staff.Event{want})
	}},
	{"the newest events come first, and no more than asked for", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		at := time.Date(2026, 10, 5, 12, 0, 0, 0, time.UTC)
		for i := range 6 {
			noError(t, store.AppendEvent(t.Context(), staff.Event{At: at.Add(time.Duration(i/2) * time.Second), Action: fmt.Sprint("act ", i)}))
		}
		for n, want := range map[int][]string{0: {}, 3: {"act 5", "act 4", "act 3"}, 100: {"act 5", "act 4", "act 3", "act 2", "act 1", "act 0"}} {
			events, err := store.Events(t.Context(), n)
			noError(t, err)
			got := []string{}
			for _, event := range events {
				got = append(got, event.Action)
			}
			wantEqual(t, nil, got, want)
		}
	}},
	{"of many events at the same moment none is lost", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		for _, err := range race(40, func(i int) error {
			return store.AppendEvent(t.Context(), staff.Event{At: response("", "").StartedAt, Action: fmt.Sprint("act ", i)})
		}) {
			noError(t, err)
		}
		events, err := store.Events(t.Context(), 1_000)
		noError(t, err)
		seen := map[string]bool{}
		for _, event := range events {
			seen[event.Action] = true
		}
		if len(events) != 40 || len(seen) != 40 {
			t.Fatalf("got %d events, %d different ones, want 40", len(events), len(seen))
		}
	}},
}

func wantAccounts(t *testing.T, store Store, want ...staff.Account) {
	t.Helper()
	got, err := store.Accounts(t.Context())
	if len(got)+len(want) > 0 {
		wantEqual(t, err, got, want)
	}
	noError(t, err)
	for _, account := range want {
		got, err := store.Account(t.Context(), account.ID)
		wantEqual(t, err, got, account)
	}
}
