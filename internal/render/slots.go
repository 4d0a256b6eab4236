package render

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// slotKind is what differs between a fresh page and a resumed one.
type slotKind uint8

const (
	slotSeq          slotKind = iota // number of the last save, in an attribute of the form and in a field of it
	slotReached                      // pages seen, in an attribute
	slotSeconds                      // seconds on a page so far, in an attribute
	slotChecked                      // " checked" of an option
	slotDeclined                     // " checked" of the declined choice
	slotValue                        // a number as given, in an attribute
	slotText                         // a text as given, in a textarea
	slotSummary                      // what is wrong or unanswered, on top
	slotItemClass                    // further classes of an item
	slotItemProblem                  // what is wrong with an item
	slotConfirmed                    // the field that says that unanswered questions were pointed out
	slotControlState                 // aria-invalid of an item's own field
)

// slot is one place in a page. Item, option and page are positions in the instrument.
type slot struct {
	kind   slotKind
	item   int
	option int
	page   int
}

// Markers stand for slots while html/template writes the page; private-use characters pass every escaper unchanged.
const (
	markOpen  = "\uE000"
	markClose = "\uE001"
)

type slots struct{ issued []slot }

// mark reserves a slot and gives the marker that the template must write exactly once.
func (s *slots) mark(new slot) string {
	s.issued = append(s.issued, new)
	return markOpen + strconv.Itoa(len(s.issued)-1) + markClose
}

// cut takes a written page apart at its markers: fixed[i] comes before slots[i], and the last of fixed after them all.
// Errors: a marker that is missing, doubled or not ours, as from an instrument whose texts hold one.
func (s *slots) cut(page string) (fixed [][]byte, ordered []slot, err error) {
	seen := make([]bool, len(s.issued))
	for {
		before, rest, found := strings.Cut(page, markOpen)
		fixed = append(fixed, []byte(before))
		if !found {
			break
		}
		digits, after, closed := strings.Cut(rest, markClose)
		n, parseErr := strconv.Atoi(digits)
		if !closed || parseErr != nil || n < 0 || n >= len(seen) || seen[n] {
			return nil, nil, errors.New("a text of the instrument holds a private-use character that pages are cut at")
		}
		seen[n] = true
		ordered = append(ordered, s.issued[n])
		page = after
	}
	for n, was := range seen {
		if !was {
			return nil, nil, fmt.Errorf("the template leaves out slot %d (%+v)", n, s.issued[n])
		}
	}
	return fixed, ordered, nil
}
