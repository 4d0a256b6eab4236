package compare

import (
	"fmt"
	"reflect"
	"slices"

	"surveyd/internal/instrument"
)

func (d *differ) scales() {
	for _, now := range d.new.Scales {
		before, ok := d.old.Scale(now.ID)
		if !ok {
			d.add(Minor, "scales/"+string(now.ID), fmt.Sprintf("the scale %s is new", now.ID), addsTo).Scales = []instrument.ScaleID{now.ID}
			continue
		}
		s := scaleDiffer{d, before, now, "scales/" + string(now.ID)}
		s.compare()
	}
	for _, before := range d.old.Scales {
		if _, ok := d.new.Scale(before.ID); !ok {
			d.add(Major, "scales", fmt.Sprintf("the scale %s is gone", before.ID), "its trend line ends").Scales = []instrument.ScaleID{before.ID}
		}
	}
}

// scaleDiffer compares a scale with itself.
type scaleDiffer struct {
	*differ
	before, now *instrument.Scale
	path        string
}

func (s scaleDiffer) say(level Level, key, message, reason string) {
	s.add(level, s.path+"/"+key, message, reason).Scales = []instrument.ScaleID{s.now.ID}
}

func (s scaleDiffer) compare() {
	id := s.now.ID
	only := []instrument.ScaleID{id}
	if s.before.Home.ID != s.now.Home.ID {
		s.say(Major, "id", fmt.Sprintf("%s is a scale of %s, was one of %s", id, s.now.Home.ID, s.before.Home.ID), "it has another identity, and another trend line")
	} else if s.now.Home.ID != s.new.ID && s.before.Home.Version.Major != s.now.Home.Version.Major {
		s.say(Major, "id", fmt.Sprintf("%s is that of %s %s, was that of %s", id, s.now.Home.ID, s.now.Home.Version, s.before.Home.Version), "its home has a new major version, which begins another trend line")
	}
	s.text(s.path+"/title", fmt.Sprintf("the title of the scale %s", id), s.before.Title, s.now.Title, only)
	s.text(s.path+"/higher_means", fmt.Sprintf("higher_means of %s", id), s.before.HigherMeans, s.now.HigherMeans, only)
	s.keys()
	s.rules()
	s.favorable()
	s.bands()
	s.tables()
	if !reflect.DeepEqual(s.before.Reliability, s.now.Reliability) {
		s.say(Patch, "reliability", fmt.Sprintf("the reliability that %s has to reach: %s, was %s", id, numberOf(s.now.Reliability), numberOf(s.before.Reliability)), "scores are the same; reports warn at another line")
	}
}

func keyOf(s *instrument.Scale, id instrument.ItemID) (instrument.Key, bool) {
	for _, k := range s.Items {
		if k.Item.ID == id {
			return k, true
		}
	}
	return instrument.Key{}, false
}

func itemsOf(s *instrument.Scale) []instrument.ItemID {
	out := make([]instrument.ItemID, len(s.Items))
	for i, k := range s.Items {
		out[i] = k.Item.ID
	}
	return out
}

// keys compares which items a scale has, how they are keyed and what they weigh.
func (s scaleDiffer) keys() {
	id := s.now.ID
	before, now := itemsOf(s.before), itemsOf(s.now)
	added, gone := missingFrom(now, before), missingFrom(before, now)
	if len(added) > 0 {
		s.say(Major, "items", fmt.Sprintf("%s counts %s too", id, listed(added)), scoreChanges)
	}
	if len(gone) > 0 {
		s.say(Major, "items", fmt.Sprintf("%s counts %s no more", id, listed(gone)), scoreChanges)
	}
	for _, k := range s.now.Items {
		old, ok := keyOf(s.before, k.Item.ID)
		if !ok {
			continue
		}
		if old.Reversed != k.Reversed {
			word := map[bool]string{true: "reverse-keyed", false: "keyed straight"}
			s.say(Major, "items", fmt.Sprintf("%s is %s in %s, was %s", k.Item.ID, word[k.Reversed], id, word[old.Reversed]), scoreChanges)
		}
		if old.Weight != k.Weight {
			s.say(Major, "weights/"+string(k.Item.ID), fmt.Sprintf("%s weighs %g in %s, weighed %g", k.Item.ID, k.Weight, id, old.Weight), scoreChanges)
		}
	}
	if len(added) == 0 && len(gone) == 0 && !slices.Equal(before, now) {
		s.say(Patch, "items", fmt.Sprintf("the items of %s are listed in another order", id), "the score is the same")
	}
}

// rules compares how a scale is scored.
func (s scaleDiffer) rules() {
	id := s.now.ID
	if s.before.Score != s.now.Score {
		s.say(Major, "score", fmt.Sprintf("the score of %s: %s, was %s", id, s.now.Score, s.before.Score), scoreChanges)
	}
	if s.before.Rounding != s.now.Rounding {
		s.say(Major, "rounding", fmt.Sprintf("the rounding of %s: %s, was %s", id, s.now.Rounding, s.before.Rounding), scoreChanges)
	}
	if s.before.MinAnswered != s.now.MinAnswered {
		s.say(Major, "min_answered", fmt.Sprintf("%s needs %d answers, needed %d", id, s.now.MinAnswered, s.before.MinAnswered), "other students have a score than would have had one")
	}
	if !reflect.DeepEqual(s.before.Range, s.now.Range) {
		s.say(Major, "range", fmt.Sprintf("the range of %s: %s, was %s", id, rangeOf(s.now), rangeOf(s.before)), scoreChanges)
	}
}

func rangeOf(s *instrument.Scale) string {
	if s.Range == nil {
		return "none"
	}
	return fmt.Sprintf("%g to %g", s.Range.Min, s.Range.Max)
}

func (s scaleDiffer) favorable() {
	before, now := slices.Sorted(slices.Values(s.before.Favorable)), slices.Sorted(slices.Values(s.now.Favorable))
	switch {
	case slices.Equal(before, now):
	case len(before) == 0:
		s.say(Minor, "favorable", fmt.Sprintf("favorable codes of %s are named", s.now.ID), addsTo)
	default:
		s.say(Major, "favorable", fmt.Sprintf("the favorable codes of %s: %s, were %s", s.now.ID, orNone(listed(now)), listed(before)), "the share of favorable answers is another measure")
	}
}

func (s scaleDiffer) bands() {
	before, now := s.before.Bands, s.now.Bands
	id := s.now.ID
	cuts := func(b *instrument.Bands) []float64 {
		var out []float64
		for _, c := range b.Cuts {
			out = append(out, c.From)
		}
		return out
	}
	switch {
	case before == nil && now == nil:
	case before == nil:
		s.say(Minor, "bands", fmt.Sprintf("%s has bands", id), addsTo)
	case now == nil:
		s.say(Major, "bands", fmt.Sprintf("%s has no bands any more", id), "shares of students in each band end")
	case !slices.Equal(cuts(before), cuts(now)):
		s.say(Major, "bands/cuts", fmt.Sprintf("the bands of %s begin at %v, began at %v", id, cuts(now), cuts(before)), "the same score falls into another band")
	default:
		for i, cut := range now.Cuts {
			s.text(fmt.Sprintf("%s/bands/cuts/%d/label", s.path, i), fmt.Sprintf("the label of the band from %g of %s", cut.From, id), before.Cuts[i].Label, cut.Label, []instrument.ScaleID{id})
		}
		if before.Source != now.Source {
			s.say(Patch, "bands/source", fmt.Sprintf("the source of the bands of %s changed", id), noScores)
		}
	}
}

// tables compares what a scale takes from publications: norms, a lookup table, an item response model.
func (s scaleDiffer) tables() {
	id := s.now.ID
	same := len(missingFrom(itemsOf(s.now), itemsOf(s.before))) == 0 && len(missingFrom(itemsOf(s.before), itemsOf(s.now))) == 0
	if before, now := s.before.Lookup, s.now.Lookup; before != nil && now != nil && reflect.DeepEqual(before.Table, now.Table) {
		if before.Source != now.Source {
			s.say(Patch, "lookup/source", fmt.Sprintf("the source of the lookup of %s changed", id), noScores)
		}
	} else if before != nil || now != nil {
		level := Major
		if before == nil && s.before.Bands == nil {
			level = Minor
		}
		s.table(level, "lookup", before != nil, now != nil, "the same raw score becomes another scale score")
	}
	if before, now := s.before.Norms, s.now.Norms; before != nil && now != nil && reflect.DeepEqual(before.Groups, now.Groups) {
		if before.Source != now.Source {
			s.say(Patch, "norms/source", fmt.Sprintf("the source of the norms of %s changed", id), noScores)
		}
	} else if before != nil || now != nil {
		level := Major
		if before == nil {
			level = Minor
		}
		s.table(level, "norms", before != nil, now != nil, "the same score has another rank")
	}
	if before, now := s.before.IRT, s.now.IRT; same && !s.sameModel(before, now) {
		s.table(Major, "irt", before != nil, now != nil, "the same answers give another score")
	}
}

// table reports a table that is new, gone or another.
func (s scaleDiffer) table(level Level, key string, before, now bool, reason string) {
	switch {
	case !before:
		if level == Minor {
			reason = addsTo
		}
		s.say(level, key, fmt.Sprintf("%s has %s", s.now.ID, key), reason)
	case !now:
		s.say(level, key, fmt.Sprintf("%s has no %s any more", s.now.ID, key), "what was computed from it ends")
	default:
		s.say(level, key, fmt.Sprintf("%s of %s changed", key, s.now.ID), reason)
	}
}

// sameModel compares item response models of the same items, in whatever order.
func (s scaleDiffer) sameModel(before, now *instrument.IRT) bool {
	if before == nil || now == nil {
		return before == now
	}
	a, b := *before, *now
	parameters := func(sc *instrument.Scale, m *instrument.IRT) map[instrument.ItemID]instrument.IRTItem {
		out := map[instrument.ItemID]instrument.IRTItem{}
		for i, it := range m.Items {
			out[sc.Items[i].Item.ID] = it
		}
		return out
	}
	if !reflect.DeepEqual(parameters(s.before, before), parameters(s.now, now)) {
		return false
	}
	a.Items, b.Items = nil, nil
	return reflect.DeepEqual(a, b)
}
