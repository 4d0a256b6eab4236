package instrument

import (
	"fmt"
	"slices"
	"strings"
)

// checkScales verifies that a scale's items can be scored together, and that what it declares follows from them.
func (l *loader) checkScales(d *draft) {
	for _, s := range d.scaleList {
		if s.from != nil {
			continue // it was checked at home
		}
		before := l.errors()
		l.checkKeys(d, s)
		l.checkCutOrder(s)
		l.checkScore(s)
		l.checkNorms(d, s)
		s.wrong = s.wrong || l.errors() > before
	}
}

// checkScore verifies what a scale declares of its score.
func (l *loader) checkScore(s *scaleDraft) {
	if s.broken || len(s.items) == 0 || !l.checkScorable(s) {
		return
	}
	sound := s.byModel() || l.checkRange(s)
	before := l.errors()
	l.checkIRT(s)
	l.checkLookup(s)
	s.canScore = sound && l.errors() == before && len(s.lacking) == 0 && !s.restsOnDoubt() && !s.untested
	if len(s.lacking) == 0 || s.Score != POMP {
		l.checkFavorable(s)
	}
}

// restsOnDoubt says whether codes in error decide about the scores of answers with other codes: they are the ends from which
// an item is reversed, and between which pomp stretches it.
func (s *scaleDraft) restsOnDoubt() bool {
	for i, it := range s.items {
		if it.set != nil && it.set.bad && (s.Items[i].Reversed || s.Score == POMP) {
			return true
		}
	}
	return false
}

// inDoubt says whether an item of the scale has a code in error.
func (s *scaleDraft) inDoubt() bool {
	return slices.ContainsFunc(s.items, func(it *itemDraft) bool { return it.set != nil && it.set.bad })
}

// checkKeys verifies each item of a scale by itself.
func (l *loader) checkKeys(d *draft, s *scaleDraft) {
	first := map[ItemID]int{}
	for i, key := range s.Items {
		n, it := s.keyNodes[i], s.items[i]
		if at, double := first[it.ID]; double {
			l.errAt(n, "doubled-id", fmt.Sprintf("%s stands twice in %s, first in line %d", it.ID, nameOfScale(s), s.keyNodes[at].Line), "keep one; give it a weight to count it more")
			s.untested = true
			continue
		}
		first[it.ID] = i
		if it.m.value("show_if") != nil || it.ShowIf != nil {
			l.warnAt(n, "scale-item-hidden", fmt.Sprintf("a condition can hide %s, an item of %s", it.ID, nameOfScale(s)),
				"students who do not see it are scored on fewer items; leave it out of the scale if that is not meant")
		}
		if key.Reversed {
			l.reversed(d, s, i)
		}
	}
}

func (l *loader) reversed(d *draft, s *scaleDraft, i int) {
	var why []string
	for _, g := range d.in.Audience.Grades {
		if rank, _ := g.Rank(); rank < 6 {
			why = append(why, "by students below grade 6")
			break
		}
	}
	if len(d.in.Languages) > 1 {
		why = append(why, "in translation")
	}
	if len(why) == 0 {
		return
	}
	l.warnAt(s.keyNodes[i], "reverse-keyed", fmt.Sprintf("%s is reverse-keyed, which is often misread %s", s.items[i].ID, strings.Join(why, " and ")),
		"word it toward more of the construct, or show that it works in these groups")
}

func nameOfScale(s *scaleDraft) string {
	if s.ID == "" {
		return "the scale"
	}
	return fmt.Sprintf("the scale %q", s.ID)
}

// checkScorable verifies that every item has a lowest and a highest score. Where it cannot be known since the item itself
// is in error, nothing more is said.
func (l *loader) checkScorable(s *scaleDraft) bool {
	ok := true
	refuse := func(i int, message, hint string) {
		l.errAt(s.keyNodes[i], "not-scorable", message, hint)
		ok = false
	}
	for i, it := range s.items {
		switch {
		case !it.kindOK:
			ok = false
		case it.Kind == Number:
			if it.Min == nil || it.Max == nil {
				refuse(i, fmt.Sprintf("%s is a number without both min and max", it.ID), "give it both, so that the scale has a lowest and a highest score")
			}
		case it.Kind != Choice:
			refuse(i, fmt.Sprintf("%s is a %s item, which has no score", it.ID, it.Kind), "leave it out of the scale")
		case it.set == nil, it.set.unread():
			ok = false
		case it.set.Kind == Nominal:
			refuse(i, fmt.Sprintf("the responses of %s are nominal: their codes have no order", it.ID), "leave it out of the scale, or write kind: ordinal if they are ordered")
		case it.set.Min == it.set.Max:
			refuse(i, fmt.Sprintf("the responses of %s have fewer than two scored codes", it.ID), "add options that are not missing: true")
		}
	}
	return ok
}

// unread says whether nothing follows from the set, since its options could not be read.
func (s *setDraft) unread() bool { return s.lost || len(s.Options) == 0 }

// checkFavorable holds favorable to name scored codes, as they are after reversal.
func (l *loader) checkFavorable(s *scaleDraft) {
	var codes, perhaps []string
	for _, it := range s.items {
		if it.set == nil {
			continue
		}
		for _, o := range it.set.Options {
			if o.Code != "" && !o.Missing && !slices.Contains(codes, string(o.Code)) {
				codes = append(codes, string(o.Code))
			}
		}
		perhaps = append(perhaps, it.set.perhaps...)
	}
	n := s.m.value("favorable")
	seen := map[Code]bool{}
	for i, code := range s.Favorable {
		at := n.Content[i]
		switch {
		case code == "", slices.Contains(perhaps, string(code)):
		case octalPattern.MatchString(string(code)):
			l.octal(at, "a favorable code")
		case len(codes) == 0 && len(s.items) > 0:
			l.errAt(at, "unknown-code", fmt.Sprintf("%s has no code %s: its items are numbers", nameOfScale(s), code), "favorable speaks of codes, and its items have none; take it away")
			return
		case !slices.Contains(codes, string(code)):
			l.errAt(at, "unknown-code", fmt.Sprintf("%s is not a scored code of %s", code, nameOfScale(s)), "its codes, as they are after reversal, are "+strings.Join(codes, ", "))
		case seen[code]:
			l.errAt(at, "doubled-code", fmt.Sprintf("the code %s stands twice in favorable", code), "keep one; another code may be meant")
		}
		seen[code] = true
	}
}
