package web

import (
	"net/netip"
	"sync"
	"time"
)

// A whole school comes from one address, so what is limited is failed guesses, not students. A code has 30^7 values, of
// which some 10^4 are alive: 200 failures in ten minutes find one in about half a year, and are more than a school makes by
// accident, since a typing mistake fails its check character 29 times out of 30 and does not count.
const (
	guessBudget = 200
	guessWindow = 10 * time.Minute
	// guessersKept bounds memory: about 100 bytes for each.
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

// begin counts a guess as failed until it is taken back, so that many at once gain nothing. It says how long to wait when
// the budget is used up.
func (g *guesses) begin(addr netip.Addr) (wait time.Duration) {
	key := from(addr)
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	who := g.of[key]
	if who == nil || !now.Before(who.ends) {
		g.makeRoom(now)
		who = &guesser{ends: now.Add(guessWindow)}
		g.of[key] = who
	}
	if who.failed >= guessBudget {
		return who.ends.Sub(now)
	}
	who.failed++
	return 0
}

// takeBack uncounts a guess that did not fail.
func (g *guesses) takeBack(addr netip.Addr) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if who := g.of[from(addr)]; who != nil && who.failed > 0 {
		who.failed--
	}
}

// makeRoom drops windows that are over when the table is full, and then those with the fewest failures.
func (g *guesses) makeRoom(now time.Time) {
	if len(g.of) < guessersKept {
		return
	}
	for key, who := range g.of {
		if !now.Before(who.ends) {
			delete(g.of, key)
		}
	}
	for most := 1; len(g.of) >= guessersKept*3/4; most *= 2 {
		for key, who := range g.of {
			if who.failed < most {
				delete(g.of, key)
			}
		}
	}
}
