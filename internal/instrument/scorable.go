package instrument

import (
	"slices"
	"strings"

	"surveyd/internal/condition"
)

// scorable puts together what of a draft with errors can be scored: sound items, the scales made of them, and the tests of
// those scales. An author then sees a failing test in the same run as a missing translation. It is nil when nothing is left.
func scorable(d *draft) *Instrument {
	in := &Instrument{ID: d.in.ID, Languages: d.in.Languages, itemIndex: map[ItemID]int{}, scaleIndex: map[ScaleID]int{}}
	for _, it := range d.itemList {
		if it.sound(in) {
			item := *it.Item
			item.Index, item.Page = len(in.Items), 0
			in.itemIndex[item.ID] = item.Index
			in.Items = append(in.Items, &item)
		}
	}
	for _, s := range d.scaleList {
		if scale, ok := s.sound(in); ok {
			in.scaleIndex[scale.ID] = len(in.Scales)
			in.Scales = append(in.Scales, scale)
		}
	}
	for i, t := range d.in.Tests {
		if !d.badTests[i] {
			if t, ok := t.restricted(d, in); ok {
				in.Tests = append(in.Tests, t)
			}
		}
	}
	if len(in.Tests) == 0 {
		return nil
	}
	return in
}

// sound says whether an item's answers can be read and its condition evaluated with the items found sound before it.
func (it *itemDraft) sound(in *Instrument) bool {
	if it.ID == "" || !it.kindOK {
		return false
	}
	if (it.Kind == Choice || it.Kind == Multiple) && (it.set == nil || it.set.unread()) {
		return false
	}
	if it.m.value("show_if") == nil && it.ShowIf == nil {
		return true
	}
	return it.ShowIf != nil && !slices.ContainsFunc(condition.Items(it.ShowIf), func(id string) bool {
		_, ok := in.Item(ItemID(id))
		return !ok
	})
}

// sound gives a scale whose items are all sound and whose rule was read without an error.
func (s *scaleDraft) sound(in *Instrument) (*Scale, bool) {
	if s.ID == "" || !s.canScore || s.MinAnswered < 1 || s.MinAnswered > len(s.Items) {
		return nil, false
	}
	scale := *s.Scale
	scale.Index, scale.Items, scale.Bands = len(in.Scales), nil, nil
	for _, key := range s.Items {
		item, ok := in.Item(key.Item.ID)
		if !ok {
			return nil, false
		}
		scale.Items = append(scale.Items, Key{Item: item, Reversed: key.Reversed, Weight: key.Weight})
	}
	return &scale, true
}

// restricted gives what of a test is about sound scales; none, when it gives an answer whose code is in error.
func (t Test) restricted(d *draft, in *Instrument) (Test, bool) {
	known := func(id ScaleID) bool { _, ok := in.Scale(id); return ok }
	out := Test{Name: t.Name}
	for _, a := range t.Answers {
		if _, ok := in.Item(a.Item); ok {
			if d.item(string(a.Item)).doubtful(a.Cell) {
				return out, false
			}
			out.Answers = append(out.Answers, a)
		}
	}
	for _, e := range t.Scores {
		if known(e.Scale) {
			out.Scores = append(out.Scores, e)
		}
	}
	for _, e := range t.Missing {
		if known(e.Scale) {
			out.Missing = append(out.Missing, e)
		}
	}
	return out, len(out.Scores)+len(out.Missing) > 0
}

// doubtful says whether a cell may hold a code that is in error.
func (it *itemDraft) doubtful(cell string) bool {
	if it.set == nil || !it.set.bad || cell == "" || isStateCode(cell) {
		return false
	}
	for code := range strings.SplitSeq(cell, ";") {
		if it.set.Option(Code(strings.TrimSpace(code))) < 0 {
			return true
		}
	}
	return false
}
