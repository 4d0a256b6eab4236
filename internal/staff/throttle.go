package staff

import (
	"crypto/sha256"
	"sync"
	"time"
)

// A guesser gets slower with every failure: the first tries cost nothing, then the wait doubles. It holds for one
// account at one address, so that nobody elsewhere can lock its owner out. What an address does over all accounts, such
// as trying one password on many, only ever waits a little: a school's staff share one address with its students.
var (
	pairLimit    = limit{free: 5, first: 2 * time.Second, longest: 15 * time.Minute}
	addressLimit = limit{free: 100, first: time.Second, longest: 8 * time.Second}
)

const (
	// forgetAfter is how long somebody must stay away to begin anew.
	forgetAfter = 15 * time.Minute
	// throttleSize bounds memory: about 100 bytes for each.
	throttleSize = 20000
)

// limit is how fast tries get slower.
type limit struct {
	free    int
	first   time.Duration
	longest time.Duration
}

func (l limit) after(failures int) time.Duration {
	switch over := failures - l.free - 1; {
	case over < 0:
		return 0
	case over > 16:
		return l.longest
	default:
		return min(l.first<<over, l.longest)
	}
}

type throttleKey [16]byte

type tries struct {
	n    int
	next time.Time // no try is let in before
}

type throttle struct {
	now  func() time.Time
	mu   sync.Mutex
	each map[throttleKey]*tries
}

func newThrottle(now func() time.Time) *throttle {
	return &throttle{now: now, each: make(map[throttleKey]*tries)}
}

// attempt is one try that was let in.
type attempt struct{ pair, address throttleKey }

func keyOf(parts ...string) throttleKey {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	var k throttleKey
	copy(k[:], h.Sum(nil))
	return k
}

// begin lets a try in and counts it as failed until it is forgiven or cleared, so that many at once gain nothing; or it
// says how long to wait.
func (t *throttle) begin(id AccountID, from string) (attempt, time.Duration) {
	a := attempt{pair: keyOf("pair", string(id), from), address: keyOf("address", from)}
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	t.makeRoom(now)
	pair, address := t.at(a.pair), t.at(a.address)
	if wait := max(pair.next.Sub(now), address.next.Sub(now)); wait > 0 {
		return attempt{}, wait
	}
	pair.fail(now, pairLimit)
	address.fail(now, addressLimit)
	return a, 0
}

func (t *throttle) at(k throttleKey) *tries {
	if t.each[k] == nil {
		t.each[k] = &tries{}
	}
	return t.each[k]
}

func (s *tries) fail(now time.Time, l limit) {
	if s.n > 0 && now.Sub(s.next) > forgetAfter {
		s.n = 0
	}
	s.n++
	s.next = now.Add(l.after(s.n))
}

// forgive takes back a try that came to no result.
func (t *throttle) forgive(a attempt) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, k := range []throttleKey{a.pair, a.address} {
		if s := t.each[k]; s != nil && s.n > 0 {
			s.n--
			s.next = t.now()
		}
	}
}

// clear forgets the failures of an account at an address after a success there. The address's own failures stay but for
// this try: signing in to an account of one's own must not buy more guesses at others.
func (t *throttle) clear(a attempt) {
	t.forgive(a)
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.each, a.pair)
}

// makeRoom drops what has no effect any more when the table is full; when all of it has, the tries that wait least.
func (t *throttle) makeRoom(now time.Time) {
	if len(t.each) < throttleSize {
		return
	}
	for k, s := range t.each {
		if now.Sub(s.next) > forgetAfter {
			delete(t.each, k)
		}
	}
	for k, s := range t.each {
		if len(t.each) < throttleSize*3/4 {
			return
		}
		if !s.next.After(now) {
			delete(t.each, k)
		}
	}
	for k := range t.each {
		if len(t.each) < throttleSize*3/4 {
			return
		}
		delete(t.each, k)
	}
}
