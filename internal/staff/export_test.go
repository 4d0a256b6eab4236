package staff

// HashCheaply lets a test sign in often.
func (s *Service) HashCheaply() {
	s.hasher = newHasher(s.random, cost{passes: 1, memory: 64, threads: 1})
}

// TakeTheTurn keeps every password from being hashed until release is called.
func (s *Service) TakeTheTurn() (release func()) {
	s.hasher.turn <- struct{}{}
	return func() { <-s.hasher.turn }
}
