package instrument

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// A code in error must not hide what is wrong elsewhere, nor make what is right elsewhere look wrong: whoever writes the codes
// 1, 2, 3, 4, 4 means 5, so that a test may answer 5, yet not 77.

// maxGap bounds how many whole numbers between two codes are taken for what was meant.
const maxGap = 10

// guess finds what codes in error may have been meant to be.
func (s *setDraft) guess() {
	for i, doubt := range s.doubt {
		if !doubt {
			continue
		}
		s.bad = true
		codes, ok := s.meant(i)
		s.lost = s.lost || !ok
		for _, code := range codes {
			if _, taken := s.index[Code(code)]; !taken && !slices.Contains(s.perhaps, code) {
				s.perhaps = append(s.perhaps, code)
			}
		}
	}
	s.bad = s.bad || s.lost
}

// meant gives the codes that an option in error may have been meant to have; ok is false when it could be any.
func (s *setDraft) meant(i int) (codes []string, ok bool) {
	n := s.codes[i]
	if n != nil && isTruthWord(n) {
		return []string{n.Value}, true
	}
	if s.Kind == Nominal || s.Options[i].Missing {
		return nil, false
	}
	if n != nil {
		codes = append(codes, n.Value)
		if octalPattern.MatchString(n.Value) {
			codes = append(codes, strings.TrimLeft(n.Value, "+-0_"))
		} else if v, ok := parseNumber(n.Value); ok {
			codes = append(codes, strconv.FormatFloat(math.Trunc(v), 'f', -1, 64))
		}
	}
	before, after := s.neighbours(i, -1), s.neighbours(i, 1)
	add := func(v float64) { codes = append(codes, strconv.FormatFloat(v, 'f', -1, 64)) }
	switch {
	case len(before) > 0 && len(after) > 0:
		low, high := min(before[0], after[0]), max(before[0], after[0])
		for v := low + 1; v < high && v <= low+maxGap; v++ {
			add(v)
		}
	case len(before) > 0:
		outward(before, add)
	case len(after) > 0:
		outward(after, add)
	}
	return codes, true
}

// outward goes on from the codes at an end of a set, nearest first, as they run.
func outward(codes []float64, add func(float64)) {
	add(codes[0] + 1)
	add(codes[0] - 1)
	if len(codes) > 1 {
		add(codes[0] + codes[0] - codes[1])
	}
}

// neighbours lists the scored codes on one side of an option, nearest first.
func (s *setDraft) neighbours(i, step int) []float64 {
	var out []float64
	for i += step; i >= 0 && i < len(s.Options); i += step {
		if o := s.Options[i]; o.IsNumber && !o.Missing {
			out = append(out, o.Value)
		}
	}
	return out
}

// known lists the options that have a code, each code once.
func (s *setDraft) known() []Option {
	var out []Option
	for i, o := range s.Options {
		if at, ok := s.index[o.Code]; ok && at == i {
			out = append(out, o)
		}
	}
	return out
}
