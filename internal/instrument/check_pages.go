package instrument

import (
	"fmt"
)

// checkPages holds every item to stand on exactly one page, and a page's layout to fit its items.
func (l *loader) checkPages(d *draft) {
	for _, it := range d.itemList {
		if it.from == nil && it.Required {
			l.warnAt(it.m.value("required"), "required-item", fmt.Sprintf("%s is required", nameOf(it)),
				"take required away: students may skip any question, and an answer that was forced says little")
		}
		if it.ID == "" {
			continue
		}
		if len(it.onPages) == 0 && !it.perhapsHere && !d.pagesLost {
			l.errAt(it.idNode, "item-on-no-page", fmt.Sprintf("the item %q is on no page", it.ID), "add it to the items of a page, or take it away")
		}
		for i := 1; i < len(it.onPages); i++ {
			l.errAt(it.onPages[i], "item-on-two-pages", fmt.Sprintf("the item %q stands on a page already, in line %d", it.ID, it.onPages[0].Line),
				"keep one place; an answer has one question")
		}
	}
	for _, p := range d.pageList {
		if p.from != nil {
			continue // it was checked at home
		}
		if p.Layout == Grid {
			l.checkGrid(d, p)
		}
		if p.Shuffle {
			l.checkShuffle(d, p)
		}
	}
}

func nameOf(it *itemDraft) string {
	if it.ID == "" {
		return "the item"
	}
	return fmt.Sprintf("the item %q", it.ID)
}

// checkGrid holds the items of a grid to share one response set: its options are the columns.
func (l *loader) checkGrid(d *draft, p *pageDraft) {
	var first *Item
	for i, item := range p.Items {
		if it := d.item(string(item.ID)); it == nil || !it.kindOK || it.Kind == Choice && it.set == nil {
			continue
		}
		if item.Kind != Choice {
			l.errAt(p.itemNodes[i], "grid-mixed", fmt.Sprintf("%s is a %s item, which has no place in a grid", item.ID, item.Kind), "move it to a page of its own, or write layout: list")
			continue
		}
		if first == nil {
			first = item
		}
		if item.Responses != first.Responses {
			l.errAt(p.itemNodes[i], "grid-mixed", fmt.Sprintf("%s has the responses %s, but the grid begins with %s", item.ID, item.Responses.ID, first.Responses.ID),
				"give a grid items of one response set, or write layout: list")
		}
	}
}

// checkShuffle warns of a condition between items whose order is drawn by lot.
func (l *loader) checkShuffle(d *draft, p *pageDraft) {
	for _, item := range p.Items {
		it := d.item(string(item.ID))
		if it == nil {
			continue
		}
		if n := it.m.value("show_if"); n != nil {
			l.warnAt(p.m.value("shuffle"), "shuffled-condition", fmt.Sprintf("%s has a condition and stands on a shuffled page", item.ID),
				"take shuffle away, or give the item a page of its own; it may come up above what it depends on")
			return
		}
	}
}
