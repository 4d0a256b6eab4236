package compare

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"surveyd/internal/condition"
	"surveyd/internal/instrument"
)

func (d *differ) items() {
	var added []*instrument.Item
	for _, it := range d.new.Items {
		if _, ok := d.old.Item(it.ID); !ok {
			added = append(added, it)
		}
	}
	renamed := map[instrument.ItemID]bool{}
	for _, before := range d.old.Items {
		now, ok := d.new.Item(before.ID)
		if ok {
			d.item(before, now)
			continue
		}
		message, reason := fmt.Sprintf("the item %s is gone", before.ID), "it is not asked any more, and "+storedBreaks
		path := "items"
		for _, it := range added {
			if !renamed[it.ID] && maps.Equal(it.Text, before.Text) {
				renamed[it.ID] = true
				message, reason = fmt.Sprintf("the item %s is called %s", before.ID, it.ID), "answers are stored under the old id; give it back, or they are two items"
				path = "items/" + string(it.ID)
				break
			}
		}
		d.add(Major, path, message, reason).Scales = d.scalesOf(before.ID)
	}
	for _, it := range added {
		if !renamed[it.ID] {
			d.add(Minor, "items/"+string(it.ID), fmt.Sprintf("the item %s is new", it.ID), addsTo)
		}
	}
}

// item compares an item with itself.
func (d *differ) item(before, now *instrument.Item) {
	id := before.ID
	path, scales := "items/"+string(id), d.scalesOf(id)
	if before.Home.ID != now.Home.ID {
		d.add(Minor, path, fmt.Sprintf("the item %s is that of %s, was that of %s", id, now.Home.ID, before.Home.ID), "whether it is the same question its text and responses tell").Scales = scales
	}
	if before.Kind != now.Kind {
		d.add(Major, path+"/kind", fmt.Sprintf("the item %s takes a %s, took a %s", id, now.Kind, before.Kind), storedBreaks).Scales = scales
	}
	d.text(path+"/text", fmt.Sprintf("the text of %s", id), before.Text, now.Text, scales, id)
	d.bounds(before, now, scales)
	if before.MaxLength != now.MaxLength {
		d.add(Minor, path+"/max_length", fmt.Sprintf("max_length of %s: %s, was %s", id, lengthOf(now), lengthOf(before)), "answers from now on may be longer or shorter than those before")
	}
	if before.Required != now.Required {
		d.add(Minor, path+"/required", fmt.Sprintf("required of %s: %t, was %t", id, now.Required, before.Required), "others than before may leave it blank").Scales = scales
	}
	if !sameCondition(before.ShowIf, now.ShowIf) {
		d.add(Major, path+"/show_if", fmt.Sprintf("%s is shown %s, was shown %s", id, when(now), when(before)), "other students are asked").Scales = scales
	} else if before.ShowIfSrc != now.ShowIfSrc {
		d.add(Patch, path+"/show_if", fmt.Sprintf("the condition of %s is written in another way", id), "it means the same")
	}
	d.audio(before, now)
}

func lengthOf(it *instrument.Item) string {
	if it.MaxLength == 0 {
		return "none"
	}
	return fmt.Sprint(it.MaxLength)
}

func when(it *instrument.Item) string {
	if it.ShowIf == nil {
		return "always"
	}
	return "if " + it.ShowIfSrc
}

// sameCondition compares what conditions say, not where in the source it stands.
func sameCondition(a, b *condition.Node) bool {
	if a == nil || b == nil {
		return a == b
	}
	same := func(a, b condition.Literal) bool { return a.Text == b.Text && a.IsNumber == b.IsNumber }
	return a.Kind == b.Kind && a.Item == b.Item && a.Op == b.Op && slices.EqualFunc(a.Values, b.Values, same) && slices.EqualFunc(a.Args, b.Args, sameCondition)
}

// bounds compares min and max of a number.
func (d *differ) bounds(before, now *instrument.Item, scales []instrument.ScaleID) {
	for _, end := range []struct {
		key      string
		old, new *float64
		narrower bool
	}{
		{"min", before.Min, now.Min, now.Min != nil && (before.Min == nil || *now.Min > *before.Min)},
		{"max", before.Max, now.Max, now.Max != nil && (before.Max == nil || *now.Max < *before.Max)},
	} {
		if reflect.DeepEqual(end.old, end.new) || before.Kind != now.Kind {
			continue
		}
		level, reason := Minor, "answers that were refused are taken from now on"
		switch {
		case len(scales) > 0:
			level, reason = Major, "the range of its scales moves with it: "+scoreChanges
		case end.narrower:
			level, reason = Major, "stored answers may lie outside of it, and cannot be read then"
		}
		d.add(level, "items/"+string(now.ID)+"/"+end.key, fmt.Sprintf("%s of %s: %s, was %s", end.key, now.ID, numberOf(end.new), numberOf(end.old)), reason).Scales = scales
	}
}

func numberOf(v *float64) string {
	if v == nil {
		return "none"
	}
	return fmt.Sprintf("%g", *v)
}

func (d *differ) audio(before, now *instrument.Item) {
	digest := func(a *instrument.Asset) string {
		if a == nil {
			return ""
		}
		return a.Digest
	}
	for _, lang := range d.new.Languages {
		if digest(before.Audio[lang]) != digest(now.Audio[lang]) && d.old.HasLanguage(lang) {
			c := d.add(Patch, "items/"+string(now.ID)+"/audio", fmt.Sprintf("the recording of %s in %s is another", now.ID, lang), "a patch if the same words are read")
			c.Language, c.Scales = lang, d.scalesOf(now.ID)
		}
	}
}
