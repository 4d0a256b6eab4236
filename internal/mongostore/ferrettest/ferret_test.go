// Package ferrettest runs mongostore against FerretDB v1 in its own process: a real wire protocol and real BSON without
// a server to install. FerretDB is no MongoDB: what it cannot show is tested when SURVEYD_TEST_MONGODB_URI names one.
package ferrettest

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/FerretDB/FerretDB/ferretdb"
)

// startFerret starts a server with its files in dir and gives its URI.
func startFerret(t testing.TB, dir string) (uri string, stop func()) {
	t.Helper()
	server, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{TCP: "127.0.0.1:0"},
		Handler:   "sqlite",
		SQLiteURL: "file:" + filepath.Clean(dir) + "/",
		Logger:    slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx) }()
	stop = func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	return server.MongoDBURI(), stop
}
