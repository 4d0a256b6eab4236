package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"surveyd/internal/fieldwork"
)

var errEnough = errors.New("enough")

var listingPromises = []promise{
	{"responses come ordered by participant and from their administration alone", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		for _, participant := range []string{"p3", "é", "p10", "P1", "p1", "z", "日本", "p2"} {
			create(t, store, response("fall", participant), response("spring", participant+"x"))
		}
		var got []fieldwork.Response
		err := store.EachResponse(t.Context(), "fall", func(r fieldwork.Response) error {
			got = append(got, r)
			return nil
		})
		var want []fieldwork.Response
		for _, participant := range []string{"P1", "p1", "p10", "p2", "p3", "z", "é", "日本"} {
			want = append(want, response("fall", participant))
		}
		wantEqual(t, err, got, want)
	}},
	{"a long listing gives every response once", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		const writers, each = 10, 33
		const n = writers * each
		for _, err := range race(writers, func(i int) error {
			for j := range each {
				if err := store.CreateResponse(t.Context(), response("fall", fmt.Sprintf("p%02d %02d", j, i))); err != nil {
					return err
				}
			}
			return nil
		}) {
			noError(t, err)
		}
		var got []string
		err := store.EachResponse(t.Context(), "fall", func(r fieldwork.Response) error {
			got = append(got, string(r.Key.Participant))
			return nil
		})
		noError(t, err)
		if len(got) != n || !slices.IsSorted(got) || len(slices.Compact(got)) != n {
			t.Fatalf("got %d responses, sorted %v", len(got), slices.IsSorted(got))
		}
	}},
	{"a listing ends with the error that its reader gives", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		create(t, store, response("fall", "p1"), response("fall", "p2"), response("fall", "p3"))
		calls := 0
		err := store.EachResponse(t.Context(), "fall", func(fieldwork.Response) error {
			calls++
			if calls == 2 {
				return errEnough
			}
			return nil
		})
		wantError(t, err, errEnough)
		if calls != 2 {
			t.Fatalf("the reader was called %d times, want 2", calls)
		}
	}},
	{"who reads a listing may use the store", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		create(t, store, response("fall", "p1"), response("fall", "p2"), response("fall", "p3"))
		for _, err := range race(12, func(int) error {
			return store.EachResponse(t.Context(), "fall", func(r fieldwork.Response) error {
				_, err := store.Response(t.Context(), r.Key)
				return err
			})
		}) {
			noError(t, err)
		}
		err := store.EachResponse(t.Context(), "fall", func(r fieldwork.Response) error {
			return store.ReplaceResponse(t.Context(), saved(r, "closed"), r.Seq)
		})
		noError(t, err)
		wantResponse(t, store, saved(response("fall", "p2"), "closed"))
	}},
	{"an administration without responses lists nothing", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		noError(t, store.EachResponse(t.Context(), "fall", func(fieldwork.Response) error { return errEnough }))
		standings, err := store.ResponseStandings(t.Context(), "fall")
		noError(t, err)
		keys, err := store.UnfinishedResponses(t.Context(), "fall")
		noError(t, err)
		if len(standings)+len(keys) != 0 {
			t.Fatalf("got %v and %v", standings, keys)
		}
	}},
	{"standings say where each response began and how far it has come", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		want := []fieldwork.ResponseStanding{
			{Participant: "p1", Site: "Cielo", Group: "5A", Status: fieldwork.Started},
			{Participant: "p2", Site: "Cielo", Group: "5B", Status: fieldwork.Submitted},
			{Participant: "p3", Site: "Luz", Group: "5A", Status: fieldwork.Declined},
			{Participant: "p4", Site: "Luz", Group: "", Status: fieldwork.Partial},
		}
		for i := range want {
			at := want[len(want)-1-i]
			r := response("fall", string(at.Participant))
			r.Site, r.Group, r.Status = at.Site, at.Group, at.Status
			create(t, store, r)
		}
		create(t, store, response("spring", "p5"))
		got, err := store.ResponseStandings(t.Context(), "fall")
		wantEqual(t, err, got, want)
	}},
	{"standings and unfinished responses follow a replacement", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		p1, p2 := response("fall", "p1"), response("fall", "p2")
		create(t, store, p2, p1, response("spring", "p3"))
		keys, err := store.UnfinishedResponses(t.Context(), "fall")
		slices.SortFunc(keys, byParticipant)
		wantEqual(t, err, keys, []fieldwork.ResponseKey{p1.Key, p2.Key})

		done := saved(p1, "done")
		done.Status, done.Group = fieldwork.Submitted, "5B"
		noError(t, store.ReplaceResponse(t.Context(), done, p1.Seq))
		keys, err = store.UnfinishedResponses(t.Context(), "fall")
		wantEqual(t, err, keys, []fieldwork.ResponseKey{p2.Key})
		standings, err := store.ResponseStandings(t.Context(), "fall")
		wantEqual(t, err, standings, []fieldwork.ResponseStanding{
			{Participant: "p1", Site: "Cielo", Group: "5B", Status: fieldwork.Submitted},
			{Participant: "p2", Site: "Cielo", Group: "5A", Status: fieldwork.Started},
		})
	}},
}

func byParticipant(a, b fieldwork.ResponseKey) int {
	if a.Participant < b.Participant {
		return -1
	}
	return 1
}
