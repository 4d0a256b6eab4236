package storetest

import (
	"fmt"
	"testing"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
)

var codeRacePromises = []promise{
	{"of many reissues of the same code exactly one wins", func(t *testing.T, open func(*testing.T) Store) {
		store, old := open(t), code("fall", "p1", "l1")
		putCodes(t, store, old)
		winner := wantOneWinner(t, race(12, func(i int) error {
			return store.ReplaceCode(t.Context(), old, code("fall", "p1", fmt.Sprint("new ", i)))
		}), fault.ErrConflict)
		wantOnly(t, store, code("fall", "p1", fmt.Sprint("new ", winner)))
	}},
	{"of many first codes of the same participants exactly one list wins", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		list := func(i int) []fieldwork.Code {
			return []fieldwork.Code{
				code("fall", "p1", fmt.Sprint("a", i)), code("fall", "p2", fmt.Sprint("b", i)), code("fall", "p3", fmt.Sprint("c", i)),
			}
		}
		winner := wantOneWinner(t, race(6, func(i int) error { return store.PutCodes(t.Context(), list(i)) }), fault.ErrExists)
		wantCodes(t, store, "fall", list(winner)...)
		for i := range 6 {
			_, err := store.CodeByLookup(t.Context(), fmt.Sprint("b", i))
			if i == winner {
				noError(t, err)
			} else {
				wantError(t, err, fault.ErrNotFound)
			}
		}
	}},
	{"of many participants with the same lookup exactly one wins", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		winner := wantOneWinner(t, race(6, func(i int) error {
			return store.PutCodes(t.Context(), []fieldwork.Code{code("fall", fmt.Sprint("p", i), "same")})
		}), fault.ErrExists)
		wantOnly(t, store, code("fall", fmt.Sprint("p", winner), "same"))
	}},
}
