package storetest

import (
	"testing"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
)

var codePromises = []promise{
	{"every field of a code comes back, by lookup and by participant", func(t *testing.T, open func(*testing.T) Store) {
		store, want := open(t), filled[fieldwork.Code]()
		want.Dead = false
		want.Sealed = []byte{0, 0xff, 1, '"'}
		putCodes(t, store, want)
		got, err := store.CodeByLookup(t.Context(), want.Lookup)
		wantEqual(t, err, got, want)
		got, err = store.CodeOf(t.Context(), keyOf(want))
		wantEqual(t, err, got, want)
		wantCodes(t, store, string(want.Administration), want)
	}},
	{"a code that is not there is not found", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		putCodes(t, store, code("fall", "p1", "l1"))
		_, err := store.CodeByLookup(t.Context(), "l2")
		wantError(t, err, fault.ErrNotFound)
		_, err = store.CodeOf(t.Context(), fieldwork.ResponseKey{Administration: "fall", Participant: "p2"})
		wantError(t, err, fault.ErrNotFound)
		_, err = store.CodeOf(t.Context(), fieldwork.ResponseKey{Administration: "spring", Participant: "p1"})
		wantError(t, err, fault.ErrNotFound)
		wantCodes(t, store, "spring")
	}},
	{"codes come ordered by participant and from their administration alone", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		a, b, c := code("fall", "p1", "l3"), code("fall", "p10", "l1"), code("fall", "p2", "l2")
		spring := code("spring", "p1", "l4")
		putCodes(t, store, c, a)
		putCodes(t, store, spring, b)
		wantCodes(t, store, "fall", a, b, c)
		wantCodes(t, store, "spring", spring)
	}},
	{"a taken lookup exists and none is written", func(t *testing.T, open func(*testing.T) Store) {
		store, taken := open(t), code("fall", "p1", "l1")
		putCodes(t, store, taken)
		wantError(t, store.PutCodes(t.Context(), []fieldwork.Code{code("fall", "p2", "l2"), code("fall", "p3", "l1"), code("fall", "p4", "l4")}),
			fault.ErrExists)
		wantOnly(t, store, taken, "l2", "l4")
		putCodes(t, store, code("fall", "p2", "l2"))
	}},
	{"a living code of the same participant exists and none is written", func(t *testing.T, open func(*testing.T) Store) {
		store, living := open(t), code("fall", "p1", "l1")
		putCodes(t, store, living)
		wantError(t, store.PutCodes(t.Context(), []fieldwork.Code{code("fall", "p2", "l2"), code("fall", "p1", "l3"), code("fall", "p4", "l4")}),
			fault.ErrExists)
		wantOnly(t, store, living, "l2", "l3", "l4")
		putCodes(t, store, code("fall", "p2", "l2"), code("fall", "p4", "l4"), code("spring", "p1", "l3"))
	}},
	{"a list that collides with itself exists and none is written", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		wantError(t, store.PutCodes(t.Context(), []fieldwork.Code{code("fall", "p1", "l1"), code("fall", "p2", "l1")}), fault.ErrExists)
		wantError(t, store.PutCodes(t.Context(), []fieldwork.Code{code("fall", "p1", "l1"), code("fall", "p1", "l2")}), fault.ErrExists)
		wantCodes(t, store, "fall")
	}},
	{"a reissued code lives and the old one is dead", func(t *testing.T, open func(*testing.T) Store) {
		store, old := open(t), code("fall", "p1", "l1")
		other := code("fall", "p2", "l9")
		putCodes(t, store, old, other)
		reissued := code("fall", "p1", "l2")
		reissued.Generation, reissued.Sealed = 2, []byte("other")
		noError(t, store.ReplaceCode(t.Context(), old, reissued))
		got, err := store.CodeByLookup(t.Context(), "l2")
		wantEqual(t, err, got, reissued)
		got, err = store.CodeOf(t.Context(), keyOf(old))
		wantEqual(t, err, got, reissued)
		dead := old
		dead.Dead = true
		got, err = store.CodeByLookup(t.Context(), "l1")
		wantEqual(t, err, got, dead)
		wantCodes(t, store, "fall", reissued, other)
	}},
	{"a dead code cannot be reissued", func(t *testing.T, open func(*testing.T) Store) {
		store, first := open(t), code("fall", "p1", "l1")
		putCodes(t, store, first)
		second, third := code("fall", "p1", "l2"), code("fall", "p1", "l3")
		noError(t, store.ReplaceCode(t.Context(), first, second))
		wantError(t, store.ReplaceCode(t.Context(), first, third), fault.ErrConflict)
		wantOnly(t, store, second)
		noError(t, store.ReplaceCode(t.Context(), second, third))
		wantOnly(t, store, third)
	}},
	{"a code reissued with a taken lookup exists, and the old one lives on", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		p1, p2 := code("fall", "p1", "l1"), code("fall", "p2", "l2")
		putCodes(t, store, p1, p2)
		wantError(t, store.ReplaceCode(t.Context(), p1, code("fall", "p1", "l2")), fault.ErrExists)
		got, err := store.CodeByLookup(t.Context(), "l1")
		wantEqual(t, err, got, p1)
		wantCodes(t, store, "fall", p1, p2)
	}},
	{"a lookup that a dead code had stays taken", func(t *testing.T, open func(*testing.T) Store) {
		store, first := open(t), code("fall", "p1", "l1")
		putCodes(t, store, first)
		noError(t, store.ReplaceCode(t.Context(), first, code("fall", "p1", "l2")))
		wantError(t, store.PutCodes(t.Context(), []fieldwork.Code{code("fall", "p2", "l1")}), fault.ErrExists)
	}},
}

func code(administration, participant, lookup string) fieldwork.Code {
	return fieldwork.Code{
		Lookup: lookup, Administration: fieldwork.AdministrationID(administration),
		Participant: fieldwork.ParticipantID(participant), Sealed: []byte("sealed " + lookup), Generation: 1,
	}
}

func keyOf(c fieldwork.Code) fieldwork.ResponseKey {
	return fieldwork.ResponseKey{Administration: c.Administration, Participant: c.Participant}
}

func putCodes(t *testing.T, store Store, codes ...fieldwork.Code) {
	t.Helper()
	noError(t, store.PutCodes(t.Context(), codes))
}

func wantCodes(t *testing.T, store Store, administration string, want ...fieldwork.Code) {
	t.Helper()
	got, err := store.CodesOf(t.Context(), fieldwork.AdministrationID(administration))
	if len(got)+len(want) > 0 {
		wantEqual(t, err, got, want)
	}
	noError(t, err)
}

// wantOnly looks for one living code in administration "fall" and for lookups that nobody has.
func wantOnly(t *testing.T, store Store, living fieldwork.Code, free ...string) {
	t.Helper()
	wantCodes(t, store, "fall", living)
	for _, lookup := range free {
		_, err := store.CodeByLookup(t.Context(), lookup)
		wantError(t, err, fault.ErrNotFound)
	}
}
