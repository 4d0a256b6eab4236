package sqlitestore_test

import (
	"sync"
	"testing"

	"surveyd/internal/sqlitestore"
	"surveyd/internal/storetest"
)

func TestStoreKeepsItsPromises(t *testing.T) {
	storetest.Run(t, opener())
}

// opener gives each test one directory, however often it opens a store.
func opener() func(t *testing.T) storetest.Store {
	var mutex sync.Mutex
	directories := map[*testing.T]string{}
	return func(t *testing.T) storetest.Store {
		t.Helper()
		mutex.Lock()
		defer mutex.Unlock()
		if directories[t] == "" {
			directories[t] = t.TempDir()
		}
		return openIn(t, directories[t])
	}
}

func openIn(t testing.TB, dir string) *sqlitestore.Store {
	t.Helper()
	store, err := sqlitestore.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}
