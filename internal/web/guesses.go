package web

import (
	"context"
	"net/netip"
	"sync"
	"time"
)

// A whole school comes from one address, so what counts is failed guesses, not students: a typing mistake fails its check
// character 29 times out of 30 and does not count, so that a school does not make 200 failures in ten minutes by accident.
//
// One child can make them on purpose, and must not lock the school out. So who has used the budget up is slowed, not
// refused: ten lookups a second let a class of thirty in within three seconds. Of 30^7 codes 10^4 to 10^5 are alive, so that
// at that pace unbroken guessing finds one in two and a half days, or in six hours at worst, with a warning in the log every
// ten minutes. Who would wait longer than a child does is told to come back a little later.
const (
	guessBudget = 200
	guessWindow = 10 * time.Minute
	guessPace   = time.Second / 10 // between lookups, once the budget is used up
	guessBurst  = 10               // lookups that need not wait after a quiet while
	guessWait   = 5 * time.Second  // the longest that a lookup waits for its turn
	// guessersKept bounds memory: about 150 bytes for each.
	guessersKept = 50000
)

// guesses counts failed guesses at codes by the address that they come from.
type guesses struct {
	now func() time.Time
	mu  sync.Mutex
	of  map[netip.Prefix]*guesser
}

type guesser struct {
	failed int
	ends   time.Time // of the window
	next   time.Time // the turn of the next lookup, once the budget is used up
}

func newGuesses(now func() time.Time) *guesses {
	return &guesses{now: now, of: map[netip.Prefix]*guesser{}}
}

// from is who counts as one: an IPv4 address, or the /64 that one IPv6 household has.
func from(addr netip.Addr) netip.Prefix {
	bits := addr.BitLen()
	if addr.Is6() {
		bits = 64
	}
	p, err := addr.Prefix(bits)
	if err != nil {
		return netip.Prefix{} // what has no address counts together
	}
	return p
}

// turn says how long a lookup must wait for its turn. When that would be too long it has none: then wait is when to come
// again.
func (g *guesses) turn(who netip.Prefix) (wait time.Duration, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	one := g.of[who]
	if one == nil || !now.Before(one.ends) || one.failed < guessBudget {
		return 0, true
	}
	if earliest := now.Add(-(guessBurst - 1) * guessPace); one.next.Before(earliest) {
		one.next = earliest
	}
	if wait = max(0, one.next.Sub(now)); wait > guessWait {
		return wait, false
	}
	one.next = one.next.Add(guessPace)
	return wait, true
}

// fail counts a guess that found nothing. It says whether this one used the budget up.
func (g *guesses) fail(who netip.Prefix) (over bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	one := g.of[who]
	if one == nil || !now.Before(one.ends) {
		g.makeRoom(now)
		one = &guesser{ends: now.Add(guessWindow)}
		g.of[who] = one
	}
	one.failed++
	return one.failed == guessBudget
}

// makeRoom drops windows that are over when the table is full, and then those with the fewest failures.
func (g *guesses) makeRoom(now time.Time) {
	if len(g.of) < guessersKept {
		return
	}
	for key, one := range g.of {
		if !now.Before(one.ends) {
			delete(g.of, key)
		}
	}
	for most := 2; len(g.of) >= guessersKept*3/4; most *= 2 {
		for key, one := range g.of {
			if one.failed < most {
				delete(g.of, key)
			}
		}
	}
}

// sleep waits; an error when the request ends before.
func sleep(ctx context.Context, wait time.Duration) error {
	if wait <= 0 {
		return nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
