package instrument

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// checkLookup holds a table to have the scale score of every sum that answers can lead to.
func (l *loader) checkLookup(s *scaleDraft) {
	if s.Lookup == nil {
		return
	}
	key := s.m.key("lookup")
	if s.Score != Sum && s.Score != ProratedSum {
		l.errAt(key, "misplaced-key", fmt.Sprintf("lookup converts raw sums, but the score of %s is %s", nameOfScale(s), s.Score), "write score: sum or score: prorated_sum, or take lookup away")
		return
	}
	if len(s.Lookup.Table) == 0 || len(s.lacking) > 0 || s.MinAnswered == 0 {
		return
	}
	if s.Score == ProratedSum && s.Rounding == RoundNone && s.MinAnswered < len(s.Items) {
		at := s.m.placeOr("rounding", s.m.value("score"))
		l.errAt(at, "lookup-unrounded", fmt.Sprintf("a prorated sum of %s can have a fraction, which no table has", nameOfScale(s)),
			"declare the rounding that the table's authors mean: rounding: half_up, half_even or up")
		return
	}
	if scores, known := s.attainable(); known {
		l.checkLookupRows(s, scores)
	}
	l.checkLookupOrder(s)
}

func (l *loader) checkLookupRows(s *scaleDraft, scores []float64) {
	var lacking []string
	for _, score := range scores {
		if !slices.ContainsFunc(s.Lookup.Table, func(row LookupRow) bool { return near(row.Raw, score) }) {
			lacking = append(lacking, fmt.Sprintf("%g", score))
		}
	}
	if len(lacking) > 0 {
		count := len(lacking)
		if count > 8 {
			lacking = append(lacking[:8], "...")
		}
		message := fmt.Sprintf("the raw sum %s has no scale score", lacking[0])
		if count > 1 {
			message = fmt.Sprintf("%d raw sums have no scale score: %s", count, strings.Join(lacking, ", "))
		}
		l.errAt(s.m.key("lookup"), "lookup-gap", message, "complete the table; a person with such a sum would have no scale score")
	}
	for _, p := range s.lookupRows {
		if raw, ok := parseNumber(p.key.Value); ok && !slices.ContainsFunc(scores, func(score float64) bool { return near(raw, score) }) {
			l.warnAt(p.key, "lookup-unreachable", fmt.Sprintf("no answers to %s give the raw sum %s", nameOfScale(s), p.key.Value),
				fmt.Sprintf("sums run from %g to %g; is it the table of another form of the instrument?", scores[0], scores[len(scores)-1]))
		}
	}
}

// checkLookupOrder warns where scale scores turn back: nearly always a slip of the typist.
func (l *loader) checkLookupOrder(s *scaleDraft) {
	rising, falling := 0, 0
	for i := 1; i < len(s.Lookup.Table); i++ {
		switch before, here := s.Lookup.Table[i-1].Scaled, s.Lookup.Table[i].Scaled; {
		case here > before:
			rising++
		case here < before:
			falling++
		}
	}
	if rising == 0 || falling == 0 {
		return
	}
	rows := map[float64]pair{}
	for _, p := range s.lookupRows {
		raw, _ := parseNumber(p.key.Value)
		rows[raw] = p
	}
	for i := 1; i < len(s.Lookup.Table); i++ {
		before, here := s.Lookup.Table[i-1], s.Lookup.Table[i]
		if rising >= falling && here.Scaled >= before.Scaled || rising < falling && here.Scaled <= before.Scaled {
			continue
		}
		l.warnAt(rows[here.Raw].value, "lookup-order", fmt.Sprintf("the raw sum %g has the scale score %g, but %g has %g", here.Raw, here.Scaled, before.Raw, before.Scaled),
			"compare the row with the published table")
	}
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a)) }
