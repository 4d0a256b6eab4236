package instrument

import (
	"cmp"
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"
)

// readLookup reads the table from raw sums to scale scores.
func (l *loader) readLookup(s *scaleDraft, what string) {
	n := s.m.value("lookup")
	if n == nil {
		return
	}
	m := l.mapping(n, "lookup of "+what, "source", "table")
	l.require(m, "lookup of "+what, "table")
	lookup := &Lookup{}
	if v := m.value("source"); v != nil {
		lookup.Source, _ = l.word(v, "the source of lookup")
	}
	const right = "write each raw sum with its scale score: {7: 7, 8: 9.51}"
	t := m.value("table")
	if t == nil {
		s.Lookup = lookup
		return
	}
	if t.Kind != yaml.MappingNode {
		l.errAt(t, "wrong-shape", fmt.Sprintf("the table of %s must be keys with values, not %s", what, shapeOf(t)), right)
		s.Lookup = lookup
		return
	}
	pairs := l.mapping(t, "the table of "+what).pairs
	if len(t.Content) == 0 {
		l.errAt(t, "empty", "the table of "+what+" is empty", right)
	}
	first := map[float64]*yaml.Node{}
	for _, p := range pairs {
		raw, ok1 := l.number(p.key, "a raw sum of "+what)
		if isNull(p.value) {
			l.errAt(p.key, "empty", fmt.Sprintf("the scale score of the raw sum %s is empty", p.key.Value), "write it: {"+p.key.Value+": ...}")
			continue
		}
		scaled, ok2 := l.number(p.value, "the scale score of "+p.key.Value)
		if !ok1 || !ok2 {
			continue
		}
		if other := first[raw]; other != nil {
			l.errAt(p.key, "doubled-key", fmt.Sprintf("the raw sum %s stands in the table already, in line %d", p.key.Value, other.Line), "keep one")
			continue
		}
		first[raw] = p.key
		lookup.Table = append(lookup.Table, LookupRow{Raw: raw, Scaled: scaled})
		s.lookupRows = append(s.lookupRows, p)
	}
	slices.SortFunc(lookup.Table, func(a, b LookupRow) int { return cmp.Compare(a.Raw, b.Raw) })
	s.Lookup = lookup
}
