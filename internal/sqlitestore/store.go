// Package sqlitestore keeps what fieldwork and staff keep in one SQLite file, so that a laptop or a single school needs
// no database server. It refuses to know what the values mean: it checks no rule of fieldwork beyond what its
// interfaces promise.
//
// Writes of many callers share commits: one goroutine runs whatever is waiting inside one transaction, commits once and
// then answers everybody. A write is acknowledged only after its commit reached the disk (WAL, synchronous=FULL).
//
// Other processes may use the same directory at the same time, such as a command beside a running server. To back a
// running store up use SQLite's own means (`sqlite3 surveyd.db ".backup copy.db"` or `VACUUM INTO`); copying the files
// is safe only while no process has the store open, and then surveyd.db-wal must be copied with surveyd.db if it is
// there. The directory must be on a local disk: WAL does not work over a network file system.
package sqlitestore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/staff"
)

// FileName is the name of the database in its directory. SQLite keeps two more files beside it while it is open.
const FileName = "surveyd.db"

// Exists says whether dir holds a store.
func Exists(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, FileName))
	return err == nil && info.Mode().IsRegular()
}

// busyTimeout is how long a statement waits for another process's lock before the store counts as unavailable.
const busyTimeout = 5 * time.Second

// Store is a fieldwork.Store and a staff.Store on one SQLite file. It is safe for concurrent use.
type Store struct {
	reads  *sql.DB
	on     statements
	writer *writer
}

var (
	_ fieldwork.Store = (*Store)(nil)
	_ staff.Store     = (*Store)(nil)
)

// Open opens the store in dir; directory, file and schema are made or brought up to date when they are not.
// The directory is created with mode 0700 and the file with 0600. ErrUnavailable when another process holds the file
// locked for longer than a few seconds; any other error names the file and will not go away by itself.
func Open(ctx context.Context, dir string) (*Store, error) {
	path, err := filepath.Abs(filepath.Join(dir, FileName))
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	store, err := open(ctx, file{path, busyTimeout})
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, kindOf(err))
	}
	return store, nil
}

func open(ctx context.Context, f file) (*Store, error) {
	if err := f.create(); err != nil {
		return nil, err
	}
	if err := f.prepare(ctx); err != nil {
		return nil, err
	}
	writer, err := startWriter(func() (driver.Conn, error) { return f.connect(forWriting) })
	if err != nil {
		return nil, err
	}
	reads := sql.OpenDB(readConnector{f})
	connections := max(4, 2*runtime.GOMAXPROCS(0))
	reads.SetMaxOpenConns(connections)
	reads.SetMaxIdleConns(connections)
	store := &Store{reads: reads, writer: writer}
	if store.on, err = prepareStatements(ctx, reads); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// Ready says whether the store can be read and its write lock be had.
func (s *Store) Ready(ctx context.Context) error {
	var version int
	if err := s.reads.QueryRowContext(ctx, "pragma user_version").Scan(&version); err != nil {
		return fmt.Errorf("read from store: %w", s.readError(err))
	}
	if err := s.write(ctx, func(*transaction) error { return nil }); err != nil {
		return fmt.Errorf("write to store: %w", err)
	}
	return nil
}

// Close finishes the writes that are under way and closes the file. Writes that come later give ErrUnavailable.
func (s *Store) Close() error {
	return errors.Join(s.writer.close(), s.reads.Close())
}

// kindOf marks an error of SQLite or database/sql that may go away by itself as fault.ErrUnavailable.
func kindOf(err error) error {
	if err != nil && unavailable(err) && !errors.Is(err, fault.ErrUnavailable) {
		return fault.Unavailable(err)
	}
	return err
}
