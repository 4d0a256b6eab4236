package compare

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"surveyd/internal/instrument"
)

// differ gathers changes.
type differ struct {
	old, new *instrument.Instrument
	places   *places
	list     []Change
}

// add notes a change at a place of the new file, and gives it so that more can be said of it.
func (d *differ) add(level Level, path, message, reason string) *Change {
	d.list = append(d.list, Change{Level: level, At: d.places.at(path), Message: message, Reason: reason})
	return &d.list[len(d.list)-1]
}

const (
	sameWords    = "wording; a patch if it still means the same"
	seenAnew     = "students see something else than before, and answers may move a little with it"
	addsTo       = "it adds; nothing that was there changes"
	storedBreaks = "answers that are stored cannot be read with this version"
	scoreChanges = "scores before and after are not of one kind"
	noScores     = "it says something about the instrument and touches no score"
)

// text compares a text in every language that both versions have. what names it, as in "the text of q1"; items are those whose
// answers rest on its words.
func (d *differ) text(path, what string, old, new instrument.Text, scales []instrument.ScaleID, items ...instrument.ItemID) {
	switch {
	case len(old) == 0 && len(new) == 0:
		return
	case len(old) == 0:
		d.add(Minor, path, what+" is new", addsTo).Scales = scales
		return
	case len(new) == 0:
		d.add(Minor, path, what+" is gone", seenAnew).Scales = scales
		return
	}
	for _, lang := range d.new.Languages {
		before, now := old.In(lang), new.In(lang)
		if !d.old.HasLanguage(lang) || before == now {
			continue
		}
		c := d.add(Patch, path+"/"+string(lang), fmt.Sprintf("%s in %s", what, lang), sameWords)
		c.Language, c.Old, c.New, c.Scales, c.Items = lang, before, now, scales, items
		c.Confirm = strings.Join(strings.Fields(before), " ") != strings.Join(strings.Fields(now), " ")
		if !c.Confirm {
			c.Reason = "the words are the same, set out in another way"
		}
	}
}

// scalesOf lists the scales of both versions that an item counts in.
func (d *differ) scalesOf(ids ...instrument.ItemID) []instrument.ScaleID {
	var out []instrument.ScaleID
	for _, in := range [...]*instrument.Instrument{d.old, d.new} {
		for _, s := range in.Scales {
			counts := slices.ContainsFunc(s.Items, func(k instrument.Key) bool { return slices.Contains(ids, k.Item.ID) })
			if counts && !slices.Contains(out, s.ID) {
				out = append(out, s.ID)
			}
		}
	}
	return out
}

func sortChanges(list []Change) {
	slices.SortStableFunc(list, func(a, b Change) int {
		return cmp.Or(cmp.Compare(b.Level, a.Level), cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.At.Column, b.At.Column))
	})
}

// listed writes a few words as a person would list them.
func listed[T ~string](words []T) string {
	parts := make([]string, len(words))
	for i, w := range words {
		parts[i] = string(w)
	}
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1]
}

// missingFrom lists what stands in one list and not in the other.
func missingFrom[T comparable](list, other []T) []T {
	var out []T
	for _, v := range list {
		if !slices.Contains(other, v) {
			out = append(out, v)
		}
	}
	return out
}
