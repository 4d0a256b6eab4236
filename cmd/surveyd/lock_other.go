//go:build !unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// lockFile is held by the one server of a data directory. Commands do not take it: they work beside a running server.
const lockFile = "server.lock"

// lockData takes the server's lock on a data directory: a file that cannot be made while it is there. After a crash it must
// be removed by hand, and the error says so.
func lockData(dir string) (release func(), err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("data directory: %w", err)
	}
	path := filepath.Join(dir, lockFile)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if os.IsExist(err) {
		return nil, fmt.Errorf("data directory %s is in use by another surveyd server, or one ended without cleaning up; if none runs, delete %s", dir, path)
	}
	if err != nil {
		return nil, fmt.Errorf("lock the data directory: %w", err)
	}
	return func() {
		f.Close()
		os.Remove(path)
	}, nil
}
