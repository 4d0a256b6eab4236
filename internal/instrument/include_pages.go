package instrument

import (
	"fmt"
	"slices"
	"strings"
)

// takePages copies pages of a part and their items into the battery. The pages get their places and names when all pages of
// the file have been read.
func (l *loader) takePages(d *draft, inc *include, pages []chosen) {
	home := Home{ID: inc.part.in.ID, Version: inc.part.in.Version, Hash: inc.part.in.Hash}
	var again []string
	for _, c := range pages {
		p := &pageDraft{m: &mapping{}, idNode: inc.node, from: inc, Page: &Page{
			ID: c.page.ID, Home: home, Title: c.page.Title.only(d.in.Languages), Layout: c.page.Layout, Shuffle: c.page.Shuffle,
		}}
		for _, item := range c.items {
			if inc.part.items[item.ID] != nil {
				again = append(again, string(item.ID))
				continue
			}
			it := inc.part.take(item, d.in.Languages)
			it.from, it.idNode = inc, inc.node
			it.onPages = append(it.onPages, inc.node)
			p.Items = append(p.Items, it.Item)
			p.itemNodes = append(p.itemNodes, inc.node)
			if l.itemClashes(d, it) {
				inc.part.clash = true
				continue
			}
			d.items.first[strings.ToLower(string(it.ID))] = inc.node
			d.items.listed = append(d.items.listed, string(it.ID))
			d.itemByID[string(it.ID)] = it
			d.itemList = append(d.itemList, it)
		}
		inc.pages = append(inc.pages, p)
	}
	if len(again) > 0 {
		l.errAt(inc.node, "included-twice", fmt.Sprintf("this battery has %s of %s already", strings.Join(again, ", "), inc.part.what()),
			"include each item once; an answer has one question")
	}
}

// itemClashes reports an included item whose id another item of the battery has.
func (l *loader) itemClashes(d *draft, it *itemDraft) bool {
	first := d.items.first[strings.ToLower(string(it.ID))]
	if first == nil {
		return false
	}
	i := slices.IndexFunc(d.itemList, func(other *itemDraft) bool { return strings.EqualFold(string(other.ID), string(it.ID)) })
	l.errAt(it.from.node, "doubled-id", fmt.Sprintf("the item %q%s has the id of the item %q%s, line %d", it.ID, it.from.home(), d.itemList[i].ID, d.homeOf(d.itemList[i].from), first.Line),
		"include another part, or rename one of them in a new version of its home: both would be one column of the export")
	return true
}

// homeOf names where a thing of the battery was written.
func (d *draft) homeOf(inc *include) string {
	if inc == nil {
		return " of this file"
	}
	return inc.home()
}

// take copies an item of a part, with its response set.
func (p *part) take(item *Item, langs []Lang) *itemDraft {
	c := *item
	c.Text = item.Text.only(langs)
	if item.Audio != nil {
		c.Audio = map[Lang]*Asset{}
		for lang, a := range item.Audio {
			if len(langs) == 0 || slices.Contains(langs, lang) {
				c.Audio[lang] = p.takeAsset(a)
			}
		}
	}
	it := &itemDraft{Item: &c, m: &mapping{}, kindOK: true}
	if item.Responses != nil {
		it.set = p.takeSet(item.Responses, langs)
		c.Responses = it.set.ResponseSet
	}
	p.items[item.ID] = it
	return it
}

func (p *part) takeSet(home *ResponseSet, langs []Lang) *setDraft {
	if s := p.sets[home]; s != nil {
		return s
	}
	c := *home
	c.Declined = home.Declined.only(langs)
	c.Options = slices.Clone(home.Options)
	for i := range c.Options {
		o := &c.Options[i]
		o.Label, o.Description = o.Label.only(langs), o.Description.only(langs)
		if o.Image != nil {
			o.Image = p.takeAsset(o.Image)
			o.Picture = o.Image.Path
		}
	}
	s := &setDraft{ResponseSet: &c, used: true}
	p.sets[home] = s
	p.order = append(p.order, &c)
	return s
}

// takeAsset gives a file of a part the path HOME@VERSION/PATH: two parts may have different files under one path.
func (p *part) takeAsset(home *Asset) *Asset {
	if a := p.assets[home]; a != nil {
		return a
	}
	a := *home
	a.Path = fmt.Sprintf("%s@%s/%s", p.in.ID, p.in.Version, home.Path)
	p.assets[home] = &a
	return &a
}

// only gives a text in some of its languages; all of them when none are named.
func (t Text) only(langs []Lang) Text {
	if t == nil || len(langs) == 0 {
		return t
	}
	out := make(Text, len(langs))
	for _, lang := range langs {
		if s, ok := t[lang]; ok {
			out[lang] = s
		}
	}
	return out
}

// nameIncluded gives the pages of an include that has an id of its own their names: the id, or ID_PAGE of several.
func (l *loader) nameIncluded(d *draft, h *pageHead) {
	inc := h.inc
	inc.named = true
	for _, p := range inc.pages {
		id := h.id
		if len(inc.pages) > 1 {
			id += "_" + string(p.ID)
		}
		if !namePattern.MatchString(id) {
			l.errAt(h.idNode, "illegal-id", fmt.Sprintf("a page of %s would be called %s, which has %d characters", inc.part.in.ID, id, len(id)), "write a shorter id: a page's has at most 32")
			continue
		}
		if d.pages.add(l, h.idNode, id) {
			p.ID = PageID(id)
			d.pageByID[id] = p
		}
	}
}

// nameByHome lets the pages of an include without an id keep their home ids. The later of two with one id is called for its
// home as well.
func (l *loader) nameByHome(d *draft, inc *include) {
	for _, p := range inc.pages {
		id := string(p.ID)
		first := d.pages.first[strings.ToLower(id)]
		if first != nil {
			id = pageOfHome(inc.part.in.ID, p.ID)
			if !namePattern.MatchString(id) || d.pages.first[strings.ToLower(id)] != nil {
				l.errAt(inc.node, "doubled-id", fmt.Sprintf("the page %q%s has the id of a page in line %d, and so has %s", p.ID, inc.home(), first.Line, id),
					"give this page an id: its pages are then called by it")
				continue
			}
		}
		d.pages.first[strings.ToLower(id)] = inc.node
		d.pages.listed = append(d.pages.listed, id)
		d.pageByID[id] = p
		p.ID = PageID(id)
	}
}

// maxName is how many characters an id of a page, item or response set has at most.
const maxName = 32

// pageOfHome names a page for its home, e.g. growth_mindset_p1; the home is cut where there is no room for all of it.
func pageOfHome(home ID, page PageID) string {
	prefix := strings.ReplaceAll(string(home), "-", "_")
	if room := max(maxName-1-len(page), 0); len(prefix) > room {
		prefix = strings.TrimRight(prefix[:room], "_")
	}
	return prefix + "_" + string(page)
}

// orderItems puts the items of a battery into the order of its pages; what stands on none comes last.
func (d *draft) orderItems() {
	drafts := make(map[*Item]*itemDraft, len(d.itemList))
	for _, it := range d.itemList {
		drafts[it.Item] = it
	}
	list := make([]*itemDraft, 0, len(d.itemList))
	for _, p := range d.pageList {
		for _, item := range p.Items {
			if it := drafts[item]; it != nil {
				list = append(list, it)
				delete(drafts, item)
			}
		}
	}
	for _, it := range d.itemList {
		if drafts[it.Item] != nil {
			list = append(list, it)
		}
	}
	for i, it := range list {
		it.Index = i
	}
	d.itemList = list
}
