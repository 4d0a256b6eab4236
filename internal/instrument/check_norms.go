package instrument

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// checkNorms holds norm groups to be apart, sound in themselves and, as far as it can be known, to cover the audience.
func (l *loader) checkNorms(d *draft, s *scaleDraft) {
	if s.Norms == nil {
		return
	}
	for i := range s.norms {
		l.checkNormTable(s, i)
		l.checkNormMetric(s, i)
		for j := range i {
			if s.Norms.Groups[j].overlaps(s.Norms.Groups[i]) {
				at := s.norms[i].m.placeOr("when", s.norms[i].m.node)
				l.errAt(at, "norms-overlap", fmt.Sprintf("norm groups %d and %d of %s could both hold for one person", j+1, i+1, nameOfScale(s)),
					"narrow one: a person must belong to one group at most")
				break
			}
		}
	}
	l.checkNormGrades(d, s)
}

// overlaps says whether a person can belong to both groups.
func (g NormGroup) overlaps(other NormGroup) bool {
	for _, a := range g.When {
		for _, b := range other.When {
			if a.Attribute != b.Attribute {
				continue
			}
			if !slices.ContainsFunc(a.Values, func(v string) bool { return slices.Contains(b.Values, v) }) {
				return false
			}
		}
	}
	return true
}

// holds says whether grade belongs to the group as far as grades go.
func (g NormGroup) holds(grade Grade) bool {
	for _, c := range g.When {
		if c.Attribute == "grade" && !slices.Contains(c.Values, string(grade)) {
			return false
		}
	}
	return true
}

func (l *loader) checkNormGrades(d *draft, s *scaleDraft) {
	var bare []string
	for _, grade := range d.in.Audience.Grades {
		if !slices.ContainsFunc(s.Norms.Groups, func(g NormGroup) bool { return g.holds(grade) }) {
			bare = append(bare, string(grade))
		}
	}
	if len(bare) > 0 && len(s.Norms.Groups) > 0 {
		l.warnAt(s.m.key("norms"), "norms-gap", fmt.Sprintf("no norm group of %s holds for grade %s", nameOfScale(s), strings.Join(bare, ", ")), "add the groups of the norm sample, or narrow the audience; such students get no T score")
	}
}

func (l *loader) checkNormTable(s *scaleDraft, i int) {
	g, draft := &s.Norms.Groups[i], s.norms[i]
	if len(g.Table) == 0 || len(draft.rows) != len(g.Table) {
		return
	}
	if g.Table[0].Percentile != nil {
		l.checkPercentiles(s, g, draft)
		return
	}
	total := 0
	for _, row := range g.Table {
		total += row.Count
	}
	if g.N != 0 && g.N != total && !draft.inError {
		l.errAt(draft.m.value("n"), "norms-count", fmt.Sprintf("n is %d, but the counts of the table add up to %d", g.N, total), "correct the one that is wrong, or take n away")
	}
	g.N = total
	if g.SD == 0 && !draft.inError {
		l.errAt(draft.m.key("table"), "norms-count", "the counts of the table have no spread", "a norm sample has at least two persons with different scores")
	}
}

// checkPercentiles holds percentiles to rise with the scores, and warns of scores without a row.
func (l *loader) checkPercentiles(s *scaleDraft, g *NormGroup, draft normDraft) {
	at := func(score float64) int {
		return slices.IndexFunc(draft.rows, func(n *yaml.Node) bool { v, _ := parseNumber(n.Value); return v == score })
	}
	for j := 1; j < len(g.Table); j++ {
		before, here := g.Table[j-1], g.Table[j]
		if before.Percentile != nil && here.Percentile != nil && *here.Percentile < *before.Percentile {
			l.errAt(draft.rows[at(here.Score)], "norms-order", fmt.Sprintf("the score %g has the percentile %g, below that of %g, %g", here.Score, *here.Percentile, before.Score, *before.Percentile),
				"compare the row with the published table")
		}
	}
	scores, known := s.comparedScores()
	if !known {
		return
	}
	metric := ""
	if s.Lookup != nil {
		metric = " of the lookup"
	}
	var lacking []string
	for _, score := range scores {
		if !slices.ContainsFunc(g.Table, func(row NormRow) bool { return near(row.Score, score) }) {
			lacking = append(lacking, fmt.Sprintf("%.6g", score))
		}
	}
	if count := len(lacking); count > 0 {
		if count > 6 {
			lacking = append(lacking[:6], "...")
		}
		l.warnAt(draft.m.key("table"), "norms-gap", fmt.Sprintf("%d possible scores%s have no row: %s", count, metric, strings.Join(lacking, ", ")), "add them; a person with such a score gets no percentile")
	}
}
