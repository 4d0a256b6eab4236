package staff

import "time"

// UseClock replaces the clock.
func (s *Service) UseClock(now func() time.Time) { s.now = now }

// AwaitQueue waits until so many wait for their turn or have it.
func (s *Service) AwaitQueue(n int) {
	for len(s.hasher.places) < n {
		time.Sleep(time.Millisecond)
	}
}

// Digest is what the store knows of a token.
func Digest(token string) string { return digest(token) }

// HashCheaply lets a test sign in often.
func (s *Service) HashCheaply() {
	s.hasher = newHasher(s.random, cost{passes: 1, memory: 64, threads: 1})
}

// TakeTheTurn keeps every password from being hashed until release is called.
func (s *Service) TakeTheTurn() (release func()) {
	s.hasher.turn <- struct{}{}
	return func() { <-s.hasher.turn }
}
