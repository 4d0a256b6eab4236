package instrument

import (
	"fmt"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

func (l *loader) readPages(d *draft) {
	n := d.root.value("pages")
	nodes := l.items(n, "pages")
	if n != nil && n.Kind == yaml.SequenceNode && len(nodes) == 0 {
		l.errAt(n, "empty", "there are no pages", "add at least one: {id: p1, items: [...]}")
	}
	d.pages.lost = len(nodes) == 0
	d.pagesLost = d.pages.lost
	for i, n := range nodes {
		l.readPage(d, n, i)
	}
}

func (l *loader) readPage(d *draft, n *yaml.Node, i int) {
	what := partName(n, "page", "id", i)
	m := l.mapping(n, what, "id", "title", "layout", "items", "shuffle", "include")
	if len(m.pairs) == 0 {
		if isNull(n) {
			l.errAt(n, "wrong-shape", what+" is empty", "write {id: p1, items: [...]}, or take the dash away")
		}
		return
	}
	p := &pageDraft{Page: &Page{Index: len(d.pageList)}, m: m, idNode: m.value("id")}
	path := fmt.Sprintf("pages/#%d", i)
	if p.idNode != nil {
		if id, ok := l.name(p.idNode, "the id of a page"); ok {
			path = "pages/" + id
			if d.pages.add(l, p.idNode, id) {
				p.ID = PageID(id)
				d.pageByID[id] = p
			}
		}
	}
	l.unsupported(m, what, "include")
	if m.value("include") == nil {
		l.require(m, what, "id", "items")
	}
	p.Title = l.text(d, m, "title", path+"/title", "the title of "+what)
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
