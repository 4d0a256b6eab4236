package ferrettest

import (
	"cmp"
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"surveyd/internal/mongostore"
	"surveyd/internal/storetest"
)

// mongoDBVariable names a real MongoDB to run the suite against as well, e.g. mongodb://localhost/?replicaSet=rs0.
// Each test makes a database on it, named surveyd_test_..., and drops it.
const mongoDBVariable = "SURVEYD_TEST_MONGODB_URI"

func TestStoreKeepsItsPromisesOnFerretDB(t *testing.T) {
	storetest.Run(t, opener(ferret, mongostore.WithSingleWriteConnection()))
}

func TestStoreKeepsItsPromisesOnMongoDB(t *testing.T) {
	uri := os.Getenv(mongoDBVariable)
	if uri == "" {
		t.Skip(mongoDBVariable + " is not set: the suite ran against FerretDB alone. Majority writes, elections and " +
			"writes of many connections at a time were not tested.")
	}
	storetest.Run(t, opener(uri))
}

// opener gives each test a database of its own, however often it opens a store.
func opener(uri string, opts ...mongostore.Option) func(t *testing.T) storetest.Store {
	var mutex sync.Mutex
	uris := map[*testing.T]string{}
	return func(t *testing.T) storetest.Store {
		t.Helper()
		mutex.Lock()
		defer mutex.Unlock()
		if uris[t] == "" {
			uris[t] = newDatabase(uri)
			t.Cleanup(func() { dropDatabase(t, uris[t]) })
		}
		return openStore(t, uris[t], opts...)
	}
}

// withDatabase gives uri with another database. Who signs in still does so where the URI said.
func withDatabase(uri, database string) string {
	scheme, rest, _ := strings.Cut(uri, "://")
	rest, query, _ := strings.Cut(rest, "?")
	authority, before, _ := strings.Cut(rest, "/")
	if strings.Contains(authority, "@") && !strings.Contains(query, "authSource=") {
		query = strings.TrimPrefix(query+"&authSource="+cmp.Or(before, "admin"), "&")
	}
	uri = scheme + "://" + authority + "/" + database
	if query != "" {
		uri += "?" + query
	}
	return uri
}

func dropDatabase(t *testing.T, uri string) {
	client, err := mongo.Connect(options.Client().ApplyURI(uri))
	if err != nil {
		t.Fatal(err)
	}
	err = client.Database(databaseOf(uri)).Drop(context.Background())
	if err := errors.Join(err, client.Disconnect(context.Background())); err != nil {
		t.Error(err)
	}
}

func databaseOf(uri string) string {
	uri, _, _ = strings.Cut(uri, "?")
	return uri[strings.LastIndex(uri, "/")+1:]
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
