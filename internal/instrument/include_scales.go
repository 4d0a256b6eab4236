package instrument

import (
	"fmt"
	"slices"
	"strings"
)

// includeScales brings the scales of the parts whose items have all come, before those of the battery itself.
func (l *loader) includeScales(d *draft) {
	var list []*scaleDraft
	for _, p := range d.parts {
		for _, home := range p.in.Scales {
			if s := l.includeScale(d, p, home); s != nil {
				list = append(list, s)
			}
		}
	}
	d.scaleList = append(list, d.scaleList...)
	for i, s := range d.scaleList {
		s.Index = i
	}
}

func (l *loader) includeScale(d *draft, p *part, home *Scale) *scaleDraft {
	s := &scaleDraft{m: &mapping{}, canScore: !p.clash}
	c := *home
	s.Scale = &c
	c.Items = make([]Key, 0, len(home.Items))
	var lacking []string
	for _, key := range home.Items {
		it := p.items[key.Item.ID]
		if it == nil {
			lacking = append(lacking, string(key.Item.ID))
			continue
		}
		if s.from == nil {
			s.from, s.idNode = it.from, it.from.node
		}
		key.Item = it.Item
		c.Items = append(c.Items, key)
		s.items = append(s.items, it)
	}
	switch {
	case s.from == nil:
		return nil
	case len(lacking) > 0:
		l.warnAt(s.idNode, "scale-incomplete", fmt.Sprintf("the scale %q of %s is not scored here: %s not included", home.ID, p.what(), isOrAre(lacking)),
			fmt.Sprintf("include all of it, as %s@%d/scales/%s, if it is wanted", p.in.ID, p.in.Version.Major, home.ID))
		return nil
	case l.scaleClashes(d, s):
		return nil
	}
	langs := d.in.Languages
	c.Title, c.HigherMeans = home.Title.only(langs), home.HigherMeans.only(langs)
	if home.Bands != nil {
		bands := *home.Bands
		bands.Cuts = slices.Clone(home.Bands.Cuts)
		for i := range bands.Cuts {
			bands.Cuts[i].Label = bands.Cuts[i].Label.only(langs)
		}
		c.Bands = &bands
	}
	c.Home = Home{ID: p.in.ID, Version: p.in.Version, Hash: p.in.Hash}
	d.scales.first[strings.ToLower(string(c.ID))] = s.idNode
	d.scales.listed = append(d.scales.listed, string(c.ID))
	d.scaleByID[string(c.ID)] = s
	return s
}

// scaleClashes reports an included scale whose id another scale of the battery has.
func (l *loader) scaleClashes(d *draft, s *scaleDraft) bool {
	first := d.scales.first[strings.ToLower(string(s.ID))]
	if first == nil {
		return false
	}
	name, other := first.Value, " of this file"
	for id, o := range d.scaleByID {
		if strings.EqualFold(id, string(s.ID)) {
			name, other = id, d.homeOf(o.from)
		}
	}
	l.errAt(s.idNode, "doubled-id", fmt.Sprintf("the scale %q%s has the id of the scale %q%s, line %d", s.ID, s.from.home(), name, other, first.Line),
		"include another part, or rename one of them in a new version of its home: both would be one column of the export")
	return true
}

func isOrAre(ids []string) string {
	if len(ids) == 1 {
		return ids[0] + " is"
	}
	return strings.Join(ids, ", ") + " are"
}

// includeQuality carries over what the parts know of attention items that have come. All else about quality is the battery's.
func (l *loader) includeQuality(d *draft) {
	q := &d.in.Quality
	for _, p := range d.parts {
		for _, a := range p.in.Quality.Attention {
			it := p.items[a.Item.ID]
			if it == nil || slices.ContainsFunc(q.Attention, func(own Attention) bool { return own.Item == it.Item }) {
				continue
			}
			q.Attention = append(q.Attention, Attention{Item: it.Item, Expect: a.Expect})
		}
	}
}
