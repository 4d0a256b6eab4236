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
	worst := netip.MustParseAddr("2001:db8::1")
	for range guessBudget {
		g.begin(worst)
	}
	for i := range uint32(3 * guessersKept) {
		var a [16]byte
		binary.BigEndian.PutUint32(a[4:], i+1)
		g.begin(netip.AddrFrom16(a))
	}
	if len(g.of) > guessersKept {
		t.Errorf("%d entries", len(g.of))
	}
	if g.begin(worst) == 0 {
		t.Error("many others wash a guesser's failures away")
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
