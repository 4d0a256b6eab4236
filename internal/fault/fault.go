// Package fault is the kinds of error that cross package borders: stores and use cases give them, pages and exit codes
// are chosen by them. Test with errors.Is.
package fault

import (
	"errors"
	"fmt"
)

// The kinds.
var (
	ErrNotFound    = errors.New("not found")
	ErrExists      = errors.New("already exists")
	ErrConflict    = errors.New("changed meanwhile")
	ErrUnavailable = errors.New("store unavailable") // away for now: trying again may help
)

// Unavailable marks err as a store's being away for now.
func Unavailable(err error) error { return fmt.Errorf("%w: %w", ErrUnavailable, err) }
