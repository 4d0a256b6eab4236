package web

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"
)

func TestTheStoreIsAskedOnceASecondWhetherItIsReady(t *testing.T) {
	now := time.Unix(1e9, 0)
	var r readiness
	asked := 0
	away := errors.New("away")
	answer := away
	ask := func(context.Context) error {
		asked++
		return answer
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if err := r.of(t.Context(), func() time.Time { return now }, ask); !errors.Is(err, away) {
				t.Errorf("got %v", err)
			}
		})
	}
	all.Wait()
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	answer = nil
	now = now.Add(time.Second)
	if err := r.of(t.Context(), func() time.Time { return now }, ask); err != nil || asked != 2 {
		t.Errorf("a second later: %v, asked %d times", err, asked)
	}
}
