package layout

import (
	"cmp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// comment is one comment, from its # to the end of its line.
type comment struct {
	text   string
	at     int  // where it begins
	column int  // characters before it in its line
	own    bool // nothing stands before it in its line
	blank  bool // a blank line is kept above it
}

// comments finds every comment of a file that has been measured: each # that no text holds begins one.
func (f *file) comments() []comment {
	texts := f.texts()
	var out []comment
	for at := 0; at < len(f.text); {
		if len(texts) > 0 && at >= texts[0].from {
			at = max(at, texts[0].to)
			texts = texts[1:]
			continue
		}
		if f.text[at] != '#' {
			at++
			continue
		}
		rest := f.lineRest(at)
		own := strings.TrimSpace(f.before(at)) == ""
		out = append(out, comment{text: strings.TrimRight(rest, " \t"), at: at, column: f.column(at), own: own, blank: own && f.blankAbove(at)})
		at += len(rest)
	}
	return out
}

// texts are the parts of the file in which a # is a character like others, in order.
func (f *file) texts() []span {
	var out []span
	for n, s := range f.spans {
		if n.Kind != yaml.ScalarNode || s.to == s.from {
			continue
		}
		if isBlockText(n) {
			if s.from = f.headerEnd(s.from); s.from == s.to {
				continue // it is empty
			}
			s.from += len(f.lineRest(s.from))
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	return out
}

// place gives a comment to the part of a collection that it speaks of. owner is the entry whose value the collection is; nil of
// the whole file.
func (f *file) place(owner *entry, n *node, c comment) {
	i := 0
	for i < len(n.entries) && n.entries[i].from < c.at {
		i++
	}
	if i == 0 {
		f.placeFirst(owner, n, c)
		return
	}
	before := n.entries[i-1]
	v := before.value
	beside := !c.own && f.line(c.at) == f.line(before.to)
	within := v.deep() && c.column > f.column(f.spans[n.y].from) && f.column(f.spans[v.y].from) <= c.column
	switch {
	case c.at < before.to && !v.isCollection(), c.at < before.to && isFlow(v.y) && c.at < f.spans[v.y].from:
		before.take(c)
	case c.at < before.to, beside && v.deep():
		f.place(before, v, c)
	case beside:
		before.take(c)
	case within && !isFlow(n.y):
		f.place(before, v, c)
	case i < len(n.entries):
		n.entries[i].heads = append(n.entries[i].heads, c)
	default:
		n.foots = append(n.foots, c)
	}
}

// placeFirst places a comment before the first entry of a collection.
func (f *file) placeFirst(owner *entry, n *node, c comment) {
	opening := f.spans[n.y].from
	if owner != nil && !isFlow(n.y) {
		opening = owner.from
	}
	switch {
	case owner != nil && (len(n.entries) == 0 || !c.own && f.line(opening) == f.line(c.at)):
		owner.take(c)
	case len(n.entries) == 0:
		n.foots = append(n.foots, c)
	default:
		n.entries[0].heads = append(n.entries[0].heads, c)
	}
}

// take puts a comment beside an entry, or above it when it has a line of its own.
func (e *entry) take(c comment) {
	if c.own {
		e.heads = append(e.heads, c)
	} else {
		e.line = append(e.line, c)
	}
}
