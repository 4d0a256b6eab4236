package mongostore

import (
	"context"
	"errors"
	"time"

	"surveyd/internal/fault"
)

// errNoTurn is why a write was not begun where writes go one after the other.
var errNoTurn = errors.New("other writes took too long")

// beginWrite gives a write a time of its own, and its turn where writes go one after the other. A caller who goes away
// must not tear a write in half, so only one who has gone before keeps it from starting. Call done when it is over.
func (s *Store) beginWrite(ctx context.Context, timeout time.Duration) (own context.Context, done func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	if s.turn != nil {
		select {
		case s.turn <- struct{}{}:
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		case <-time.After(timeout):
			return nil, nil, fault.Unavailable(errNoTurn)
		}
	}
	own, cancel := context.WithTimeout(context.WithoutCancel(ctx), timeout)
	return own, func() {
		cancel()
		if s.turn != nil {
			<-s.turn
		}
	}, nil
}
