package web

import (
	"encoding/binary"
	"net/netip"
	"testing"
	"time"
)

func TestTheTableOfGuessersDoesNotGrowWithoutEnd(t *testing.T) {
	now := time.Unix(1e9, 0)
	g := newGuesses(func() time.Time { return now })
	worst := from(netip.MustParseAddr("2001:db8::1"))
	for range guessBudget {
		g.fail(worst)
	}
	for i := range uint32(3 * guessersKept) {
		var a [16]byte
		binary.BigEndian.PutUint32(a[4:], i+1)
		g.fail(from(netip.AddrFrom16(a)))
	}
	if len(g.of) > guessersKept {
		t.Errorf("%d entries", len(g.of))
	}
	for range guessBurst {
		g.turn(worst)
	}
	if wait, _ := g.turn(worst); wait == 0 {
		t.Error("many others wash a guesser's failures away")
	}
}

func TestWhoUsedTheBudgetUpIsSlowedAndNotRefused(t *testing.T) {
	now := time.Unix(1e9, 0)
	g := newGuesses(func() time.Time { return now })
	school := from(netip.MustParseAddr("192.0.2.1"))
	for i := range 2 * guessBudget {
		if over := g.fail(school); over != (i == guessBudget-1) {
			t.Fatalf("failure %d: the budget is used up: %v", i+1, over)
		}
		if wait, ok := g.turn(school); i+1 < guessBudget && (wait > 0 || !ok) {
			t.Fatalf("after %d failures: %s, %v", i+1, wait, ok)
		}
	}
	now = now.Add(time.Minute)
	let := 0
	for wait, ok := g.turn(school); ok; wait, ok = g.turn(school) {
		if want := max(0, time.Duration(let-guessBurst+1)*guessPace); wait != want {
			t.Fatalf("lookup %d waits %s, not %s", let+1, wait, want)
		}
		let++
	}
	if want := guessBurst + int(guessWait/guessPace); let != want {
		t.Errorf("%d lookups at once were given a turn, want %d", let, want)
	}
	if wait, ok := g.turn(school); ok || wait > guessWait+guessPace {
		t.Errorf("who has no turn: come again in %s, %v", wait, ok)
	}
	for range 100 {
		now = now.Add(guessPace)
		if _, ok := g.turn(school); !ok {
			t.Fatal("who comes at the pace is refused")
		}
	}
	if wait, ok := g.turn(from(netip.MustParseAddr("192.0.2.2"))); wait > 0 || !ok {
		t.Error("another address is slowed")
	}
	now = now.Add(guessWindow)
	if wait, ok := g.turn(school); wait > 0 || !ok {
		t.Error("a new window begins slowed")
	}
	if g.fail(school) {
		t.Error("a new window begins without a budget")
	}
}

func TestAnIPv6HouseholdCountsAsOne(t *testing.T) {
	for _, pair := range []struct {
		a, b string
		same bool
	}{
		{"2001:db8::1", "2001:db8::ffff:1", true}, {"2001:db8:0:1::1", "2001:db8:0:2::1", false},
		{"192.0.2.1", "192.0.2.2", false}, {"192.0.2.1", "192.0.2.1", true},
	} {
		if got := from(netip.MustParseAddr(pair.a)) == from(netip.MustParseAddr(pair.b)); got != pair.same {
			t.Errorf("%s and %s: %v", pair.a, pair.b, got)
		}
	}
}
