// Package ferrettest runs mongostore against FerretDB v1 in its own process: a real wire protocol and real BSON without
// a server to install. FerretDB is no MongoDB: what it cannot show is tested when SURVEYD_TEST_MONGODB_URI names one.
package ferrettest

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/FerretDB/FerretDB/ferretdb"
)

// ferret is the URI of the one server of all tests: to start a second one at the same time is a data race in FerretDB.
var ferret string

func TestMain(m *testing.M) {
	code, err := withFerret(m.Run)
	if err != nil {
		fmt.Fprintln(os.Stderr, "start FerretDB:", err)
		code = 1
	}
	os.Exit(code)
}

func withFerret(run func() int) (code int, err error) {
	dir, err := os.MkdirTemp("", "surveyd-ferretdb-")
	if err != nil {
		return 1, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	server, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{TCP: "127.0.0.1:0"},
		Handler:   "sqlite",
		SQLiteURL: "file:" + dir + "/",
		Logger:    slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return 1, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx) }()
	ferret = server.MongoDBURI()
	code = run()
	cancel()
	return code, <-ended
}

var (
	run       = time.Now().UnixMilli()
	databases atomic.Int64
)

// newDatabase gives uri with a database that no other test has, in this run or another.
func newDatabase(uri string) string {
	return withDatabase(uri, fmt.Sprintf("surveyd_test_%d_%d", run, databases.Add(1)))
}
