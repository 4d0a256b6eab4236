package sqlitestore

import (
	"context"
	"database/sql/driver"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"modernc.org/sqlite"
)

// file is the database file and how patient its connections are with somebody else's lock.
type file struct {
	path string
	busy time.Duration
}

// What a connection is for, as pragmas that are set when it is opened.
var (
	forWriting = []string{"synchronous(full)", "wal_autocheckpoint(2000)", "journal_size_limit(67108864)", "cache_size(-16384)"}
	forReading = []string{"query_only(1)", "cache_size(-8192)"}
)

// create makes the file and its directory. It never opens a file that is there: closing it again would drop the locks
// that another connection of this process has on it.
func (f file) create() error {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return err
	}
	created, err := os.OpenFile(f.path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return created.Close()
}

func (f file) connect(pragmas []string) (driver.Conn, error) {
	query := url.Values{
		"mode":    {"rw"}, // never a new, empty file in the place of one that somebody removed
		"_pragma": {"busy_timeout(" + strconv.FormatInt(f.busy.Milliseconds(), 10) + ")"},
	}
	for _, pragma := range pragmas {
		query.Add("_pragma", pragma)
	}
	source := url.URL{Scheme: "file", Path: f.path, RawQuery: query.Encode()}
	return new(sqlite.Driver).Open(source.String())
}

// readConnector opens connections that cannot write.
type readConnector struct{ file }

func (c readConnector) Connect(context.Context) (driver.Conn, error) { return c.connect(forReading) }
func (c readConnector) Driver() driver.Driver                        { return new(sqlite.Driver) }
