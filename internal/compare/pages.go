package compare

import (
	"fmt"
	"slices"

	"surveyd/internal/instrument"
)

func (d *differ) pages() {
	for _, now := range d.new.Pages {
		path := "pages/" + string(now.ID)
		before := pageOf(d.old, now.ID)
		if before == nil {
			d.add(Minor, path, fmt.Sprintf("the page %s is new", now.ID), seenAnew)
			continue
		}
		d.text(path+"/title", fmt.Sprintf("the title of the page %s", now.ID), before.Title, now.Title, nil)
		if before.Layout != now.Layout {
			d.add(Minor, path+"/layout", fmt.Sprintf("the page %s is a %s, was a %s", now.ID, now.Layout, before.Layout), seenAnew)
		}
		if before.Shuffle != now.Shuffle {
			d.add(Minor, path+"/shuffle", fmt.Sprintf("shuffle of the page %s: %t, was %t", now.ID, now.Shuffle, before.Shuffle), seenAnew)
		}
	}
	for _, before := range d.old.Pages {
		if pageOf(d.new, before.ID) == nil {
			d.add(Minor, "pages", fmt.Sprintf("the page %s is gone", before.ID), "the time that was spent on it has no counterpart; its items are told by themselves")
		}
	}
	d.order()
}

func pageOf(in *instrument.Instrument, id instrument.PageID) *instrument.Page {
	for _, p := range in.Pages {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// order compares on which page, and in which order, the items stand that both versions have.
func (d *differ) order() {
	for _, now := range d.new.Items {
		before, ok := d.old.Item(now.ID)
		if !ok {
			continue
		}
		from, to := d.old.Pages[before.Page].ID, d.new.Pages[now.Page].ID
		if from != to && pageOf(d.new, from) != nil {
			d.add(Minor, "pages/"+string(to), fmt.Sprintf("%s stands on the page %s, stood on %s", now.ID, to, from), seenAnew).Scales = d.scalesOf(now.ID)
		}
	}
	before, now := shown(d.old, d.new), shown(d.new, d.old)
	if !slices.Equal(before, now) {
		d.add(Minor, "pages", "the items come in another order", "what was asked before a question colors its answer a little")
	}
	if slices.Equal(before, now) && !slices.Equal(listOf(d.old, d.new), listOf(d.new, d.old)) {
		d.add(Patch, "items", "the items are listed in another order", "students see the same; columns of exports change places")
	}
}

// shown lists the items of a version that the other has too, as students meet them.
func shown(in, other *instrument.Instrument) []instrument.ItemID {
	var out []instrument.ItemID
	for _, p := range in.Pages {
		for _, it := range p.Items {
			if _, ok := other.Item(it.ID); ok {
				out = append(out, it.ID)
			}
		}
	}
	return out
}

// listOf lists the items of a version that the other has too, as the file lists them.
func listOf(in, other *instrument.Instrument) []instrument.ItemID {
	var out []instrument.ItemID
	for _, it := range in.Items {
		if _, ok := other.Item(it.ID); ok {
			out = append(out, it.ID)
		}
	}
	return out
}
