package ferrettest

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"surveyd/internal/mongostore"
	"surveyd/internal/storetest"
)

// mongoDBVariable names a real MongoDB to run the suite against as well, e.g. mongodb://localhost/?replicaSet=rs0.
// Databases are made on it, named surveyd_test_..., and left there.
const mongoDBVariable = "SURVEYD_TEST_MONGODB_URI"

func TestStoreKeepsItsPromisesOnFerretDB(t *testing.T) {
	uri, stop := startFerret(t, t.TempDir())
	t.Cleanup(stop)
	storetest.Run(t, opener(uri, mongostore.WithSingleWriteConnection()))
}

func TestStoreKeepsItsPromisesOnMongoDB(t *testing.T) {
	uri := os.Getenv(mongoDBVariable)
	if uri == "" {
		message := mongoDBVariable + " is not set: the suite ran against FerretDB alone. Majority writes, elections and " +
			"writes of many connections at a time were not tested."
		t.Log(message)
		fmt.Fprintln(os.Stderr, "mongostore: "+message)
		return
	}
	storetest.Run(t, opener(uri))
}

// opener gives each test a database of its own, however often it opens a store.
func opener(uri string, opts ...mongostore.Option) func(t *testing.T) storetest.Store {
	var mutex sync.Mutex
	databases := map[*testing.T]string{}
	run := time.Now().UnixMilli()
	return func(t *testing.T) storetest.Store {
		t.Helper()
		mutex.Lock()
		defer mutex.Unlock()
		if databases[t] == "" {
			databases[t] = fmt.Sprintf("surveyd_test_%d_%d", run, len(databases))
		}
		return openStore(t, withDatabase(uri, databases[t]), opts...)
	}
}

// withDatabase gives uri with another database.
func withDatabase(uri, database string) string {
	scheme, rest, _ := strings.Cut(uri, "://")
	rest, query, hasQuery := strings.Cut(rest, "?")
	authority, _, _ := strings.Cut(rest, "/")
	uri = scheme + "://" + authority + "/" + database
	if hasQuery {
		uri += "?" + query
	}
	return uri
}

func openStore(t testing.TB, uri string, opts ...mongostore.Option) *mongostore.Store {
	t.Helper()
	store, err := mongostore.Open(t.Context(), uri, opts...)
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
