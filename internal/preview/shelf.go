package preview

import (
	"maps"
	"slices"
	"sync"

	"surveyd/internal/catalog"
	"surveyd/internal/diag"
)

// shelf holds the documents of the root, as they were last read, and tells whoever listens that something has changed.
type shelf struct {
	reader reader

	reading sync.Mutex // one refresh at a time

	mu        sync.RWMutex
	documents []*document // by name
	rev       int         // grows with every change of any document
	trouble   error       // the folder cannot be read
	listeners map[chan struct{}]bool
}

func newShelf(r reader) *shelf { return &shelf{reader: r, listeners: map[chan struct{}]bool{}} }

// all gives every document by name, the number of the latest change, and what keeps the folder from being read.
func (s *shelf) all() (documents []*document, rev int, trouble error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.documents, s.rev, s.trouble
}

// find gives a document by its key; nil when there is none.
func (s *shelf) find(key documentKey) *document {
	documents, _, _ := s.all()
	for _, d := range documents {
		if d.key == key {
			return d
		}
	}
	return nil
}

// refresh reads again what has changed: the files of which changed holds the absolute path, and those that are in another
// state than when they were read.
func (s *shelf) refresh(changed map[string]bool) {
	s.reading.Lock()
	defer s.reading.Unlock()
	before, rev, _ := s.all()
	old := make(map[string]*document, len(before))
	for _, d := range before {
		old[d.name] = d
	}
	names, err := s.reader.at.names()
	if err != nil {
		if s.trouble == nil || s.trouble.Error() != err.Error() {
			s.publish(before, rev+1, err)
		}
		return
	}
	next := make([]*document, len(names))
	moved := len(names) != len(before)
	for i, name := range names {
		was := old[name]
		if was != nil && !was.rests.stale(changed) {
			next[i] = was
			continue
		}
		next[i] = s.reader.read(name, was, nil)
		moved = true
	}
	for i, d := range next {
		if moved && d.includes != nil { // batteries after what they may include
			next[i] = s.reader.read(d.name, old[d.name], next)
		}
	}
	if !moved && s.trouble == nil {
		return
	}
	s.conflicts(next)
	for _, d := range next {
		if was := old[d.name]; was == nil || was != d && !was.looksLike(d) {
			d.rev = rev + 1
			if was == nil || was.shown != d.shown {
				d.since = d.rev
			}
		} else if was != d {
			d.rev, d.since = was.rev, was.since
		}
	}
	if slices.Equal(revisions(before), revisions(next)) && s.trouble == nil {
		s.mu.Lock()
		s.documents = next // the same to look at, with the new stamps
		s.mu.Unlock()
		return
	}
	s.publish(next, rev+1, nil)
}

// conflicts gives each document its problems: its own, and those that it has together with others.
func (s *shelf) conflicts(documents []*document) {
	loaded := make([]catalog.Loaded, len(documents))
	for i, d := range documents {
		loaded[i] = catalog.Loaded{Name: d.name, Instrument: d.read}
	}
	shared := map[string][]diag.Diagnostic{}
	for _, problem := range catalog.Conflicts(loaded) {
		shared[problem.File] = append(shared[problem.File], problem)
	}
	for i, d := range documents {
		list := slices.Concat(d.own, shared[d.name])
		diag.Sort(list)
		if slices.Equal(list, d.problems) {
			continue
		}
		if d.problems != nil || d.rev > 0 { // it may be in use: a copy takes its place
			copied := *d
			d = &copied
		}
		d.problems = list
		documents[i] = d
	}
}

// seen is what tells two looks at a document apart.
type seen struct {
	name string
	rev  int
}

func revisions(documents []*document) []seen {
	list := make([]seen, len(documents))
	for i, d := range documents {
		list[i] = seen{d.name, d.rev}
	}
	return list
}

func (s *shelf) publish(documents []*document, rev int, trouble error) {
	s.mu.Lock()
	s.documents, s.rev, s.trouble = documents, rev, trouble
	listeners := slices.Collect(maps.Keys(s.listeners))
	s.mu.Unlock()
	for _, listener := range listeners {
		select {
		case listener <- struct{}{}:
		default: // it has not looked yet since the last change, and will see both
		}
	}
}

// listen gives a channel that holds a token whenever something has changed since it was last emptied. Whoever listens must
// call the function in the end.
func (s *shelf) listen() (news <-chan struct{}, done func()) {
	listener := make(chan struct{}, 1)
	s.mu.Lock()
	s.listeners[listener] = true
	s.mu.Unlock()
	return listener, func() {
		s.mu.Lock()
		delete(s.listeners, listener)
		s.mu.Unlock()
	}
}
