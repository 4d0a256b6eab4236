package instrument

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

// pageHead is a page of the file: one of the battery's or instrument's own, or one that includes others.
type pageHead struct {
	what   string
	path   string // of its texts
	id     string // empty when it has none, or one in error
	idNode *yaml.Node
	m      *mapping
	inc    *include // nil when it includes nothing, or what it includes cannot be had
}

func (h *pageHead) includes() bool { return h.m.value("include") != nil }

// readPages reads what is included before the rest, so that every page can be held against all items and ids.
func (l *loader) readPages(d *draft) {
	n := d.root.value("pages")
	nodes := l.items(n, "pages")
	if n != nil && n.Kind == yaml.SequenceNode && len(nodes) == 0 {
		l.errAt(n, "empty", "there are no pages", "add at least one: {id: p1, items: [...]}")
	}
	d.pages.lost = len(nodes) == 0
	d.pagesLost = d.pages.lost
	var heads []*pageHead
	for i, n := range nodes {
		if h := l.readPageHead(d, n, i); h != nil {
			heads = append(heads, h)
		}
	}
	for _, h := range heads {
		switch {
		case !h.includes():
			l.readPage(d, h)
		case h.inc != nil:
			l.placeIncluded(d, h.inc)
		}
	}
	if len(d.parts) > 0 {
		d.orderItems()
	}
}

func (l *loader) readPageHead(d *draft, n *yaml.Node, i int) *pageHead {
	h := &pageHead{what: partName(n, "page", "id", i), path: fmt.Sprintf("pages/#%d", i)}
	h.m = l.mapping(n, h.what, "id", "title", "layout", "items", "shuffle", "include")
	if len(h.m.pairs) == 0 {
		if isNull(n) {
			l.errAt(n, "wrong-shape", h.what+" is empty", "write {id: p1, items: [...]}, or take the dash away")
		}
		return nil
	}
	if h.idNode = h.m.value("id"); h.idNode != nil {
		if id, ok := l.name(h.idNode, "the id of a page"); ok {
			h.id, h.path = id, "pages/"+id
		}
	}
	switch {
	case h.includes():
		if h.inc = l.readInclude(d, h.m, h.what); h.inc == nil {
			d.includeLost = true
			d.items.lost, d.pages.lost, d.scales.lost, d.settings.lost = true, true, true, true
		} else if h.id != "" {
			l.nameIncluded(d, h)
		}
	case h.id != "" && !d.pages.add(l, h.idNode, h.id):
		h.id = ""
	}
	return h
}

// placeIncluded puts the pages of an include at their place in the battery.
func (l *loader) placeIncluded(d *draft, inc *include) {
	if !inc.named {
		l.nameByHome(d, inc)
	}
	for _, p := range inc.pages {
		p.Index = len(d.pageList)
		for _, it := range p.Items {
			it.Page = p.Index
		}
		d.pageList = append(d.pageList, p)
	}
}

func (l *loader) readPage(d *draft, h *pageHead) {
	m, what := h.m, h.what
	p := &pageDraft{Page: &Page{Index: len(d.pageList), ID: PageID(h.id)}, m: m, idNode: h.idNode}
	if h.id != "" {
		d.pageByID[h.id] = p
	}
	l.require(m, what, "id", "items")
	p.Title = l.text(d, m, "title", h.path+"/title", "the title of "+what)
	p.Layout, _ = choice(l, m.value("layout"), "the layout of "+what, List, Grid, Cards)
	p.Shuffle = l.truth(m.value("shuffle"), "shuffle of "+what)
	list := m.value("items")
	for _, item := range l.items(list, "the items of "+what) {
		l.readPageItem(d, p, item, what)
	}
	if list != nil && list.Kind == yaml.SequenceNode && len(list.Content) == 0 {
		l.errAt(list, "empty", "the items of "+what+" are empty", "name at least one, or take the page away")
	}
	d.pagesLost = d.pagesLost || list == nil || list.Kind != yaml.SequenceNode
	d.pageList = append(d.pageList, p)
}

func (l *loader) readPageItem(d *draft, p *pageDraft, n *yaml.Node, what string) {
	id, ok := l.word(n, "an item of "+what)
	if !ok && id == "" {
		return
	}
	it := d.item(id)
	if it == nil {
		d.items.unknown(l, n, id)
		p.unknown = true
		if l.full() {
			return
		}
		if near, ok := diag.Nearest(id, d.items.listed); ok {
			d.item(near).perhapsHere = true
		}
		return
	}
	it.onPages = append(it.onPages, n)
	if len(it.onPages) > 1 {
		return
	}
	it.Page = p.Index
	p.Items = append(p.Items, it.Item)
	p.itemNodes = append(p.itemNodes, n)
}

// includesOthers says whether a page of the file includes another instrument, and whether all of them do.
func includesOthers(root *yaml.Node) (any, all bool) {
	pages := child(root, "pages")
	if pages == nil || pages.Kind != yaml.SequenceNode || len(pages.Content) == 0 {
		return false, false
	}
	includes := func(n *yaml.Node) bool { return !isNull(child(n, "include")) }
	return slices.ContainsFunc(pages.Content, includes), !slices.ContainsFunc(pages.Content, func(n *yaml.Node) bool { return !includes(n) })
}

// child gives the value of a key of a mapping that nothing is reported of; nil when it is left out.
func child(n *yaml.Node, key string) *yaml.Node {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}
