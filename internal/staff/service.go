package staff

import (
	"io"
	"time"
)

// Service is the use cases of staff over a store. Clock and randomness come in here, at the rim.
type Service struct {
	store    Store
	now      func() time.Time
	random   io.Reader
	hasher   *hasher
	throttle *throttle
}

// NewService puts the use cases on a store; random serves tokens and salts.
func NewService(store Store, now func() time.Time, random io.Reader) *Service {
	clock := func() time.Time { return now().UTC().Truncate(time.Millisecond) }
	return &Service{
		store:    store,
		now:      clock,
		random:   random,
		hasher:   newHasher(random, hashCost),
		throttle: newThrottle(clock),
	}
}
