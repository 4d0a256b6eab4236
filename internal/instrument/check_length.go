package instrument

import (
	"fmt"
	"unicode/utf8"
)

// longItem is the longest item text, in characters, that leaves room for its options on a small screen: at 360 pixels a
// line holds about 34 characters of 18 pixels, five options take half of the 740 pixels, and seven lines are left.
const longItem = 240

// checkLength warns of items whose options a student on a phone does not see together with the question.
func (l *loader) checkLength(d *draft) {
	for _, it := range d.itemList {
		if it.text == nil {
			continue
		}
		for _, lang := range d.in.Languages {
			n := it.text.in[lang]
			if count := utf8.RuneCountInString(it.text.text[lang]); n != nil && count > longItem {
				l.warnAt(n, "long-item", fmt.Sprintf("%s has %d characters in %s, more than a small screen shows with its options", nameOf(it), count, lang),
					fmt.Sprintf("keep it under %d; what explains can stand in the page's title or the intro", longItem))
			}
		}
	}
}
