package scoring

import (
	"math"
	"slices"
	"strconv"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
)

// flags appends the quality flags that the answers raise, always in the same order. They look at raw, unreversed answers.
func (s *Scorer) flags(dst []Flag, set answer.Set, who Respondent) []Flag {
	q := &s.in.Quality
	if q.StraightLine != nil && longestRun(s.in, q.StraightLine.Page, set, who.Order) >= q.StraightLine.Run {
		dst = append(dst, FlagStraightLine)
	}
	if q.TooFast != nil && s.tooFast(q.TooFast, set, who) {
		dst = append(dst, FlagTooFast)
	}
	if q.MissingShare != nil && missingShare(set) >= *q.MissingShare {
		dst = append(dst, FlagMissingShare)
	}
	if slices.ContainsFunc(q.Attention, func(a instrument.Attention) bool { return wrong(a, set) }) {
		dst = append(dst, FlagAttention)
	}
	return dst
}

// longestRun is the length of the longest run of one code on a page, in the order presented. A hidden item was not
// presented and is passed over; an item without a valid answer, and one that is not a choice, breaks the run.
func longestRun(in *instrument.Instrument, page *instrument.Page, set answer.Set, orders [][]int) int {
	var order []int
	if page.Index < len(orders) && IsOrder(page, orders[page.Index]) {
		order = orders[page.Index]
	}
	longest, run := 0, 0
	var last instrument.Code
	for i, item := range page.Items {
		if order != nil {
			if i == len(order) {
				break
			}
			item = in.Items[order[i]]
		}
		a := &set[item.Index]
		if a.State == answer.NotShown {
			continue
		}
		if !a.Valid() || item.Kind != instrument.Choice {
			run = 0
			continue
		}
		code := item.Responses.Options[a.Option].Code
		if run > 0 && code == last {
			run++
		} else {
			run = 1
		}
		last = code
		longest = max(longest, run)
	}
	return longest
}

// IsOrder says whether order is one in which items of the page can have been presented: the page is shuffled, and order is
// item indexes of the page, none twice. An order that is not counts as unknown, and the file's order takes its place.
func IsOrder(page *instrument.Page, order []int) bool {
	if !page.Shuffle {
		return false
	}
	for i, index := range order {
		if slices.Contains(order[:i], index) || !slices.ContainsFunc(page.Items, func(item *instrument.Item) bool { return item.Index == index }) {
			return false
		}
	}
	return len(order) > 0
}

// tooFast says whether at least the share of the pages whose time is known took less than the grade's seconds per shown
// item. With an unknown grade, or no page with a known time, nothing is judged.
func (s *Scorer) tooFast(rule *instrument.TooFast, set answer.Set, who Respondent) bool {
	limit, ok := secondsFor(rule, who.Grade)
	if !ok {
		return false
	}
	judged, fast := 0, 0
	for i, page := range s.in.Pages {
		if i >= len(who.Seconds) {
			break
		}
		seconds := who.Seconds[i]
		shown := 0
		for _, item := range page.Items {
			if set[item.Index].State != answer.NotShown {
				shown++
			}
		}
		if shown == 0 || !KnownSeconds(seconds) {
			continue
		}
		judged++
		if seconds/float64(shown) < limit {
			fast++
		}
	}
	return judged > 0 && float64(fast)/float64(judged) >= rule.Share
}

// KnownSeconds says whether a time can be judged: finite and not negative.
func KnownSeconds(seconds float64) bool { return seconds >= 0 && !math.IsInf(seconds, 1) }

func secondsFor(rule *instrument.TooFast, grade instrument.Grade) (float64, bool) {
	rank, ok := grade.Rank()
	if !ok {
		return 0, false
	}
	for _, g := range rule.Seconds {
		from, fromOK := g.From.Rank()
		to, toOK := g.To.Rank()
		if fromOK && toOK && rank >= from && rank <= to {
			return g.Seconds, true
		}
	}
	return 0, false
}

// missingShare is the share of shown items that have no valid answer; -1, below every threshold, when none was shown.
func missingShare(set answer.Set) float64 {
	shown, missing := 0, 0
	for i := range set {
		if set[i].State == answer.NotShown {
			continue
		}
		shown++
		if !set[i].Valid() {
			missing++
		}
	}
	if shown == 0 {
		return -1
	}
	return float64(missing) / float64(shown)
}

// wrong says whether an attention item was answered otherwise than it asks for. No valid answer is not a wrong answer:
// missing_share speaks of that.
func wrong(check instrument.Attention, set answer.Set) bool {
	a := &set[check.Item.Index]
	if !a.Valid() {
		return false
	}
	switch check.Item.Kind {
	case instrument.Multiple:
		return len(a.Options) != 1 || check.Item.Responses.Options[a.Options[0]].Code != check.Expect
	case instrument.Number:
		expect, err := strconv.ParseFloat(string(check.Expect), 64)
		return err != nil || a.Number != expect
	case instrument.FreeText:
		return a.Text != string(check.Expect)
	default:
		return check.Item.Responses.Options[a.Option].Code != check.Expect
	}
}
