package instrument

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"go.yaml.in/yaml/v3"
)

// normDraft is where a norm group stands in the file.
type normDraft struct {
	m    *mapping
	when *yaml.Node
	rows []*yaml.Node // by row of the table as written

	inError bool // a row could not be read, so that nothing can be said of the table as a whole
}

// normAttributes are what a person is known by when norms are chosen: the columns of every file of answers.
var normAttributes = []string{"grade", "language"}

func (l *loader) readNorms(s *scaleDraft, what string) {
	n := s.m.value("norms")
	if n == nil {
		return
	}
	m := l.mapping(n, "norms of "+what, "source", "groups")
	l.require(m, "norms of "+what, "groups")
	s.Norms = &Norms{}
	if v := m.value("source"); v != nil {
		s.Norms.Source, _ = l.word(v, "the source of norms")
	}
	list := m.value("groups")
	for i, g := range l.items(list, "the groups of norms of "+what) {
		l.readNormGroup(s, g, fmt.Sprintf("norm group %d of %s", i+1, what))
	}
	if list != nil && list.Kind == yaml.SequenceNode && len(list.Content) == 0 {
		l.errAt(list, "empty", "norms of "+what+" have no groups", "add one: {when: {grade: [4, 5]}, mean: ..., sd: ..., n: ...}")
	}
}

func (l *loader) readNormGroup(s *scaleDraft, n *yaml.Node, what string) {
	m := l.mapping(n, what, "when", "mean", "sd", "n", "table")
	if len(m.pairs) == 0 {
		l.errAt(n, "wrong-shape", what+" is empty", "write {when: {...}, mean: ..., sd: ..., n: ...}")
		return
	}
	group, draft := NormGroup{}, normDraft{m: m, when: m.value("when")}
	for _, p := range l.mapping(draft.when, "when of "+what, normAttributes...).pairs {
		group.When = append(group.When, NormCondition{Attribute: p.key.Value, Values: l.normValues(p)})
	}
	slices.SortFunc(group.When, func(a, b NormCondition) int { return cmp.Compare(a.Attribute, b.Attribute) })
	if v := m.value("n"); v != nil {
		group.N, _ = l.count(v, "n of "+what, 1, 100_000_000)
	}
	if m.value("table") != nil {
		for _, key := range []string{"mean", "sd"} {
			if m.value(key) != nil {
				l.errAt(m.key(key), "misplaced-key", fmt.Sprintf("%s has a table and %s", what, key), "keep one: the table, or mean and sd")
			}
		}
		l.readNormTable(&group, &draft, what)
	} else {
		l.require(m, what, "mean", "sd")
		if v := m.value("mean"); v != nil {
			group.Mean, _ = l.number(v, "the mean of "+what)
		}
		if v := m.value("sd"); v != nil {
			group.SD = l.positive(v, "the sd of "+what, "write the standard deviation of the norm sample, above 0", 1)
		}
	}
	s.Norms.Groups = append(s.Norms.Groups, group)
	s.norms = append(s.norms, draft)
}

// normValues reads the values of an attribute: one, or a list.
func (l *loader) normValues(p pair) []string {
	nodes := []*yaml.Node{p.value}
	if p.value.Kind == yaml.SequenceNode {
		nodes = p.value.Content
	}
	var values []string
	for _, n := range nodes {
		value, ok := l.word(n, p.key.Value+" of a norm group")
		if !ok {
			continue
		}
		if _, known := Grade(value).Rank(); p.key.Value == "grade" && !known {
			l.errAt(n, "unknown-grade", fmt.Sprintf("there is no grade %q", value), "write TK, K or 1 to 12, one by one: [4, 5]")
			continue
		}
		values = append(values, value)
	}
	slices.Sort(values)
	return values
}

// readNormTable reads rows of {score, n}, the counts of the norm sample, or of {score, percentile, t}, a published table.
func (l *loader) readNormTable(group *NormGroup, draft *normDraft, what string) {
	const right = "write a row for each score: {score: 8, n: 3}, or {score: 8, percentile: 2.5, t: 31}"
	list := draft.m.value("table")
	switch {
	case list.Kind != yaml.SequenceNode:
		l.errAt(list, "wrong-shape", fmt.Sprintf("the table of %s must be a list of rows, not %s", what, shapeOf(list)), right)
		return
	case len(list.Content) == 0:
		l.errAt(list, "empty", "the table of "+what+" is empty", right)
	}
	first := map[float64]*yaml.Node{}
	counted, before := 0, l.errors()
	defer func() { draft.inError = l.errors() > before }()
	for _, n := range list.Content {
		if n.Kind != yaml.MappingNode {
			l.errAt(n, "wrong-shape", fmt.Sprintf("a row of %s must be keys with values, not %s", what, shapeOf(n)), right)
			return // the others are like it
		}
		m := l.mapping(n, "a row of "+what, "score", "n", "percentile", "t")
		score := m.value("score")
		if score == nil {
			l.normRowLacks(m, "score", "a row of "+what+" has no score", "add score: 8")
			continue
		}
		row := NormRow{}
		var ok bool
		if row.Score, ok = l.number(score, "a score of "+what); !ok {
			continue
		}
		if other := first[row.Score]; other != nil {
			l.errAt(score, "doubled-key", fmt.Sprintf("the score %s stands in the table already, in line %d", score.Value, other.Line), "keep one")
			continue
		}
		first[row.Score] = score
		l.readNormRow(&row, m, what)
		if m.value("n") != nil {
			counted++
		}
		group.Table = append(group.Table, row)
		draft.rows = append(draft.rows, score)
	}
	if counted > 0 && counted < len(group.Table) {
		if l.errors() > before {
			return // a row in error may be why
		}
		l.errAt(list, "norms-mixed", fmt.Sprintf("%d of %d rows of %s have counts, the others not", counted, len(group.Table), what), "give every row n, or every row percentile")
		return
	}
	slices.SortFunc(group.Table, func(a, b NormRow) int { return cmp.Compare(a.Score, b.Score) })
	if counted > 0 {
		group.moments()
	}
}

// normRowLacks reports what a row does not say, at the value of key if it is there. A key that a row may not have is why, and has
// been reported.
func (l *loader) normRowLacks(m *mapping, key, message, hint string) {
	if len(m.unknown) == 0 {
		l.errAt(m.place(key), "missing-key", message, hint)
	}
}

func (l *loader) readNormRow(row *NormRow, m *mapping, what string) {
	count, percentile, t := m.value("n"), m.value("percentile"), m.value("t")
	switch {
	case count != nil && (percentile != nil || t != nil):
		l.errAt(m.key("n"), "norms-mixed", "a row of "+what+" has a count and a percentile", "keep one: n, from which percentiles are computed, or percentile and t")
	case count == nil && percentile == nil:
		l.normRowLacks(m, "score", "a row of "+what+" has neither n nor percentile", "add n: how many of the sample have this score, or percentile")
	}
	if count != nil {
		row.Count, _ = l.count(count, "n of a row of "+what, 0, 100_000_000)
	}
	if percentile != nil {
		if v, ok := l.number(percentile, "a percentile of "+what); ok && (v < 0 || v > 100) {
			l.errAt(percentile, "out-of-range", fmt.Sprintf("a percentile of %s is %s", what, percentile.Value), "write a number from 0 to 100")
		} else if ok {
			row.Percentile = &v
		}
	}
	if t != nil {
		if v, ok := l.number(t, "a T score of "+what); ok {
			row.T = &v
		}
	}
}

// moments computes the mean and the standard deviation (denominator n - 1) of a table of counts.
func (g *NormGroup) moments() {
	n, sum := 0, 0.0
	for _, row := range g.Table {
		n += row.Count
		sum += float64(float64(row.Count) * row.Score)
	}
	if n < 2 {
		return
	}
	mean, squares := sum/float64(n), 0.0
	for _, row := range g.Table {
		squares += float64(float64(row.Count) * float64((row.Score-mean)*(row.Score-mean)))
	}
	g.Mean, g.SD = mean, math.Sqrt(squares/float64(n-1))
}
