package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"surveyd/internal/answer"
	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/staff"
)

var concurrencyPromises = []promise{
	{"nobody's answers cross over to somebody else", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		const students, saves = 16, 16
		for _, err := range race(students, func(i int) error { return takeSurvey(t, store, fmt.Sprintf("p%02d", i), saves) }) {
			noError(t, err)
		}
		n := 0
		noError(t, store.EachResponse(t.Context(), "fall", func(r fieldwork.Response) error {
			n++
			return onlyOf(r, saves)
		}))
		if n != students {
			t.Fatalf("got %d responses, want %d", n, students)
		}
	}},
	{"one caller's failure is not another's", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		create(t, store, response("fall", "taken"))
		putCodes(t, store, code("fall", "taken", "taken"))
		failures := race(40, func(i int) error {
			switch i % 4 {
			case 0:
				return store.CreateResponse(t.Context(), response("fall", "taken"))
			case 1:
				return store.PutCodes(t.Context(), []fieldwork.Code{code("fall", fmt.Sprint("c", i), fmt.Sprint("c", i)), code("fall", "x", "taken")})
			case 2:
				return store.CreateResponse(t.Context(), response("fall", fmt.Sprint("p", i)))
			}
			return store.PutSession(t.Context(), staff.Session{Digest: fmt.Sprint("s", i)})
		})
		for i, err := range failures {
			if i%4 < 2 {
				wantError(t, err, fault.ErrExists)
			} else {
				noError(t, err)
			}
		}
		for i := range failures {
			switch i % 4 {
			case 1:
				_, err := store.CodeByLookup(t.Context(), fmt.Sprint("c", i))
				wantError(t, err, fault.ErrNotFound)
			case 2:
				wantResponse(t, store, response("fall", fmt.Sprint("p", i)))
			case 3:
				_, err := store.Session(t.Context(), fmt.Sprint("s", i))
				noError(t, err)
			}
		}
	}},
}

// takeSurvey saves a student's answers again and again, and reads each save back.
func takeSurvey(t *testing.T, store Store, participant string, saves int) error {
	current := response("fall", participant)
	current.Answers = nil
	if err := store.CreateResponse(t.Context(), current); err != nil {
		return err
	}
	for save := range saves {
		next := current
		next.Seq++
		next.LastSave = fmt.Sprint(participant, " save ", save)
		next.Answers = append(slices.Clone(current.Answers), answer.Record{Item: "q", State: "answered", Value: next.LastSave})
		if err := store.ReplaceResponse(t.Context(), next, current.Seq); err != nil {
			return err
		}
		got, err := store.Response(t.Context(), current.Key)
		if err != nil {
			return err
		}
		if err := onlyOf(got, save+1); err != nil {
			return err
		}
		current = got
	}
	return nil
}

// onlyOf says whether a response holds exactly the answers that its own participant gave.
func onlyOf(r fieldwork.Response, saves int) error {
	if len(r.Answers) != saves || r.Seq != int64(saves) {
		return fmt.Errorf("%s has %d answers and sequence number %d, want %d", r.Key.Participant, len(r.Answers), r.Seq, saves)
	}
	for save, record := range r.Answers {
		if want := fmt.Sprint(r.Key.Participant, " save ", save); record.Value != want {
			return fmt.Errorf("%s has %q where %q belongs", r.Key.Participant, record.Value, want)
		}
	}
	return nil
}

var contextPromises = []promise{
	{"nothing is written for a caller who has gone", func(t *testing.T, open func(*testing.T) Store) {
		store, gone, r := open(t), cancelled(t), response("fall", "p1")
		for name, err := range map[string]error{
			"CreateResponse":       store.CreateResponse(gone, r),
			"PutParticipants":      store.PutParticipants(gone, []fieldwork.Participant{participant("p1", "1")}),
			"PutCodes":             store.PutCodes(gone, []fieldwork.Code{code("fall", "p1", "l1")}),
			"CreateAdministration": store.CreateAdministration(gone, fieldwork.Administration{ID: "fall"}),
			"CreateAccount":        store.CreateAccount(gone, staff.Account{ID: "ana@example.org"}),
			"Publish":              store.Publish(gone, publication("stem", "1.0", "aa", "x")),
		} {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: got %v, want the context's error", name, err)
			}
		}
		create(t, store, r)
		wantError(t, store.ReplaceResponse(gone, saved(r, "gone"), r.Seq), context.Canceled)
		wantResponse(t, store, r)
		wantRoster(t, store)
		wantCodes(t, store, "fall")
		wantAccounts(t, store)
		if all := mustList(t, store); len(all) != 0 {
			t.Fatalf("got %v", all)
		}
	}},
	{"reading ends with its context", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		create(t, store, response("fall", "p1"))
		_, err := store.Response(cancelled(t), response("fall", "p1").Key)
		wantError(t, err, context.Canceled)
		err = store.EachResponse(cancelled(t), "fall", func(fieldwork.Response) error { return nil })
		wantError(t, err, context.Canceled)
		wantResponse(t, store, response("fall", "p1"))
	}},
	{"a save whose caller goes away in mid-flight is there whole or not at all", func(t *testing.T, open func(*testing.T) Store) {
		store, current := open(t), response("fall", "p1")
		create(t, store, current)
		for i := range 60 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i*20)*time.Microsecond)
			next := saved(current, fmt.Sprint("save ", i))
			err := store.ReplaceResponse(ctx, next, current.Seq)
			cancel()
			if err != nil && !errors.Is(err, context.DeadlineExceeded) {
				t.Fatalf("got %v, want success or the context's error", err)
			}
			current = settled(t, store, current, next, err == nil)
		}
	}},
}

// settled gives what is stored of two versions after a save whose caller may have gone: the next one for sure when it was
// acknowledged. A save in flight may still be on its way, so it is overtaken by another one with the same guard.
func settled(t *testing.T, store Store, before, next fieldwork.Response, acknowledged bool) fieldwork.Response {
	t.Helper()
	if acknowledged {
		wantResponse(t, store, next)
		return next
	}
	overtaking := saved(before, "overtaking "+next.Answers[0].Value)
	switch err := store.ReplaceResponse(t.Context(), overtaking, before.Seq); {
	case err == nil:
		wantResponse(t, store, overtaking)
		return overtaking
	case errors.Is(err, fault.ErrConflict):
		wantResponse(t, store, next)
		return next
	default:
		t.Fatalf("overtaking a save: %v", err)
		return before
	}
}
