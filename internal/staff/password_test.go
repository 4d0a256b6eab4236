package staff

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"
	"time"
)

func TestAStoredHashThatIsNoneIsAnErrorAndNoMatch(t *testing.T) {
	h := newHasher(rand.Reader, hashCost)
	for _, hash := range []string{
		"x", "$argon2i$v=19$m=65536,t=3,p=4$AAAA$AAAA", "$argon2id$v=18$m=65536,t=3,p=4$AAAA$AAAA", "$argon2id$v=19$m=65536,t=0,p=4$AAAA$AAAA",
		"$argon2id$v=19$m=65536,t=3,p=4$AAAA$", "$argon2id$v=19$m=4294967295,t=3,p=4$AAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=65536,t=3,p=4$AAAA$not base 64 at all....",
	} {
		if ok, err := h.matches(context.Background(), "password", hash); ok || err == nil {
			t.Errorf("%s: got %v, %v", hash, ok, err)
		}
	}
}

// The PHC string of password "password", salt "somesalt" at t=2, m=64 MiB, p=1: from the test vectors of the reference
// implementation of Argon2 (phc-winner-argon2, src/test.c).
func TestAHashOfTheReferenceImplementationMatches(t *testing.T) {
	const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	h := newHasher(rand.Reader, hashCost)
	for password, want := range map[string]bool{"password": true, "Password": false} {
		if got, err := h.matches(context.Background(), password, reference); err != nil || got != want {
			t.Errorf("%s: got %v, %v", password, got, err)
		}
	}
}

func TestWhoeverWaitsForATurnGivesUpWithTheirRequest(t *testing.T) {
	h := newHasher(rand.Reader, hashCost)
	h.turn <- struct{}{}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if _, err := h.matches(ctx, "password", ""); err == nil {
		t.Error("there was no turn to have")
	}
}

func TestWhoeverFindsTheQueueFullIsToldSoAtOnce(t *testing.T) {
	h := newHasher(rand.Reader, cost{passes: 1, memory: 64, threads: 1})
	h.turn <- struct{}{}
	results := make(chan error, hashQueue+5)
	for range cap(results) {
		go func() {
			_, err := h.matches(context.Background(), "password", "")
			results <- err
		}()
	}
	for range cap(results) - hashQueue - 1 {
		var wait *WaitError
		if err := <-results; !errors.As(err, &wait) || wait.For != queueWait {
			t.Errorf("while the queue is full: %v", err)
		}
	}
	<-h.turn
	for range hashQueue + 1 {
		if err := <-results; err != nil {
			t.Errorf("who waited: %v", err)
		}
	}
}

func TestTheThrottleDoesNotGrowWithoutEnd(t *testing.T) {
	now := time.Unix(1e9, 0)
	th := newThrottle(func() time.Time { return now })
	for i := range 3 * throttleSize {
		th.begin(AccountID(time.Duration(i).String()), time.Duration(i%1000).String())
	}
	if len(th.each) > throttleSize+1 {
		t.Errorf("%d entries", len(th.each))
	}
}

func TestNobodysHashCostsWhatEveryHashCosts(t *testing.T) {
	c, salt, key, err := decodeHash(newHasher(rand.Reader, hashCost).nobody)
	if err != nil || c != hashCost || len(salt) != saltSize || len(key) != hashSize {
		t.Errorf("got %v, %d, %d, %v", c, len(salt), len(key), err)
	}
}
