package compare

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"

	"surveyd/internal/instrument"
)

// quality compares which flags a submission can raise.
func (d *differ) quality() {
	old, new := d.old.Quality, d.new.Quality
	pageID := func(s *instrument.StraightLine) string {
		if s == nil || s.Page == nil {
			return ""
		}
		return fmt.Sprintf("%s %d", s.Page.ID, s.Run)
	}
	attention := func(list []instrument.Attention) []string {
		var out []string
		for _, a := range list {
			out = append(out, fmt.Sprintf("%s %s", a.Item.ID, a.Expect))
		}
		return out
	}
	for _, flag := range []struct {
		key  string
		same bool
	}{
		{"straight_line", pageID(old.StraightLine) == pageID(new.StraightLine)},
		{"too_fast", reflect.DeepEqual(old.TooFast, new.TooFast)},
		{"missing_share", reflect.DeepEqual(old.MissingShare, new.MissingShare)},
		{"attention", slices.Equal(attention(old.Attention), attention(new.Attention))},
	} {
		if !flag.same {
			d.add(Minor, "quality/"+flag.key, fmt.Sprintf("the flag %s is raised by another rule", flag.key), "no score changes; counts of flags before and after are not of one kind")
		}
	}
}

// tests compares the examples that prove the scoring.
func (d *differ) tests() {
	say := func(list []instrument.Test) []string {
		var out []string
		for _, t := range list {
			answers := slices.Clone(t.Answers)
			slices.SortFunc(answers, func(a, b instrument.TestAnswer) int { return cmp.Compare(a.Item, b.Item) })
			s := fmt.Sprint(t.Name, "|", answers, "|", t.Flags == nil, t.Flags)
			for _, e := range t.Scores {
				s += fmt.Sprint("|", e.Column(), e.Value)
			}
			for _, e := range t.Missing {
				s += fmt.Sprint("|", e.Scale, e.Reason)
			}
			out = append(out, s)
		}
		return out
	}
	before, now := say(d.old.Tests), say(d.new.Tests)
	added, gone := len(missingFrom(now, before)), len(missingFrom(before, now))
	if added > 0 || gone > 0 {
		d.add(Patch, "tests", fmt.Sprintf("tests: %d new or changed, %d gone or changed", added, gone), "they prove the scoring and do not define it")
	}
}
