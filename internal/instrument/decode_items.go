package instrument

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"
)

// kindKeys are the keys that only items of some kinds have.
var kindKeys = map[string][]ItemKind{
	"responses":  {Choice, Multiple},
	"min":        {Number},
	"max":        {Number},
	"max_length": {FreeText},
}

// maxTextLength bounds the free text of one answer, in characters.
const maxTextLength = 10_000

func (l *loader) readItems(d *draft) {
	n := d.root.value("items")
	nodes := l.items(n, "items")
	readable := n == nil || n.Kind == yaml.SequenceNode
	if n != nil && readable && len(nodes) == 0 && !d.allIncluded {
		l.errAt(n, "empty", "there are no items", "add at least one: {id: q1, text: ..., responses: ...}")
	}
	d.items.lost = len(nodes) == 0 && !(readable && d.allIncluded)
	for i, n := range nodes {
		l.readItem(d, n, i)
	}
}

func (l *loader) readItem(d *draft, n *yaml.Node, i int) {
	what := partName(n, "item", "id", i)
	m := l.mapping(n, what, "id", "kind", "text", "responses", "audio", "show_if", "min", "max", "max_length", "required")
	if len(m.pairs) == 0 {
		if isNull(n) {
			l.errAt(n, "wrong-shape", what+" is empty", "write {id: q1, text: ..., responses: ...}, or take the dash away")
		}
		return
	}
	it := &itemDraft{Item: &Item{Index: len(d.itemList)}, m: m, idNode: m.value("id")}
	path := fmt.Sprintf("items/#%d", i)
	if it.idNode != nil {
		if id, ok := l.name(it.idNode, "the id of an item"); ok {
			path = "items/" + id
			l.columnName(it.idNode, "the id of an item", id)
			if d.items.add(l, it.idNode, id) {
				it.ID = ItemID(id)
				d.itemByID[id] = it
			}
		}
	}
	l.require(m, what, "id", "text")
	it.Text = l.text(d, m, "text", path+"/text", what)
	if n := m.value("text"); n == nil {
		d.textLost = true
	} else if len(d.texts) > 0 && d.texts[len(d.texts)-1].node == n {
		it.text = d.texts[len(d.texts)-1]
	}
	it.Kind, it.kindOK = choice(l, m.value("kind"), "the kind of "+what, Choice, Multiple, Number, FreeText)
	l.readResponses(d, it, what)
	l.readNumber(it, what)
	if v := m.value("max_length"); v != nil {
		it.MaxLength, _ = l.count(v, "max_length of "+what, 1, maxTextLength)
	}
	l.kindKeys(it, what)
	l.readAudio(d, it, what)
	it.Required = l.truth(m.value("required"), "required of "+what)
	d.itemList = append(d.itemList, it)
}

func (l *loader) readResponses(d *draft, it *itemDraft, what string) {
	n := it.m.value("responses")
	if n == nil {
		if it.kindOK && (it.Kind == Choice || it.Kind == Multiple) {
			hint := "add responses: and the id of a response set"
			if it.Kind == Choice {
				hint += ", or kind: number, kind: multiple or kind: text"
			}
			l.errAt(it.m.place("responses"), "missing-key", what+" has no responses", hint)
		}
		return
	}
	id, ok := l.word(n, "responses of "+what)
	if !ok {
		return
	}
	if it.set = d.set(id); it.set == nil {
		d.sets.unknown(l, n, id)
		return
	}
	it.set.used = true
	it.Responses = it.set.ResponseSet
}

func (l *loader) readNumber(it *itemDraft, what string) {
	for _, f := range []struct {
		key string
		to  **float64
	}{{"min", &it.Min}, {"max", &it.Max}} {
		if n := it.m.value(f.key); n != nil {
			if v, ok := l.number(n, f.key+" of "+what); ok {
				*f.to = &v
			}
		}
	}
	if it.Min != nil && it.Max != nil && *it.Min >= *it.Max {
		l.errAt(it.m.value("max"), "out-of-range", fmt.Sprintf("max of %s is not above its min", what), "write the larger number as max")
	}
}

// kindKeys reports keys that say nothing about an item of its kind.
func (l *loader) kindKeys(it *itemDraft, what string) {
	if !it.kindOK {
		return
	}
	for _, p := range it.m.pairs {
		kinds, bound := kindKeys[p.key.Value]
		if bound && !slices.Contains(kinds, it.Kind) && !isNull(p.value) {
			l.errAt(p.key, "misplaced-key", fmt.Sprintf("%s has %s, which a %s item does not", what, p.key.Value, it.Kind),
				fmt.Sprintf("take it away, or write kind: %s", kinds[len(kinds)-1]))
		}
	}
}
