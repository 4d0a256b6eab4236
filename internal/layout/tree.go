package layout

import (
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// node is a part of a file as it is laid out.
type node struct {
	y       *yaml.Node
	shape   *shape
	entries []*entry  // of a mapping or list
	title   []comment // of the file: above everything in it
	parted  bool      // a blank line is kept below the title
	foots   []comment // below the last entry
	folded  []string  // of a text below a > : its lines as written, without their common indent
}

// entry is a key with its value, or an element of a list.
type entry struct {
	key      *yaml.Node // nil in a list
	value    *node
	from, to int
	heads    []comment // above it
	line     []comment // beside it
	blank    bool      // a blank line is kept above it, below heads if there are any
	broken   bool      // in brackets: it begins a line
}

func (n *node) isCollection() bool { return n.y.Kind != yaml.ScalarNode }

// deep says whether a node stands in lines below its key.
func (n *node) deep() bool { return n.isCollection() && !isFlow(n.y) && len(n.entries) > 0 }

// isBroken says whether a collection in brackets was written over several lines.
func (n *node) isBroken() bool {
	return slices.ContainsFunc(n.entries, func(e *entry) bool { return e.broken })
}

// commented says whether there are comments in a node.
func (n *node) commented() bool {
	return len(n.foots) > 0 || slices.ContainsFunc(n.entries, func(e *entry) bool {
		return len(e.heads) > 0 || len(e.line) > 0 || e.value.commented()
	})
}

// tree takes a file that has been measured apart and puts it into order.
func (f *file) tree(root *yaml.Node) *node {
	n := f.node(root, fileShape)
	for _, c := range f.comments() {
		f.place(nil, n, c)
	}
	n.rise()
	arrange(n, languagesOf(root))
	return n
}

func (f *file) node(y *yaml.Node, s *shape) *node {
	n := &node{y: y, shape: s}
	switch {
	case y.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(y.Content); i += 2 {
			key := y.Content[i]
			n.add(f, key, f.node(y.Content[i+1], s.of(key.Value)))
		}
	case y.Kind == yaml.SequenceNode:
		for _, c := range y.Content {
			n.add(f, nil, f.node(c, s.of("")))
		}
	case y.Style&yaml.FoldedStyle != 0:
		n.folded = f.foldedLines(y)
	}
	return n
}

func (n *node) add(f *file, key *yaml.Node, value *node) {
	e := &entry{key: key, value: value, from: f.spans[value.y].from, to: f.spans[value.y].to}
	if key != nil {
		e.from, e.to = f.spans[key].from, max(e.to, f.spans[key].to)
	}
	begins := strings.Trim(f.before(e.from), " -") == "" // it is the first thing in its line
	e.blank = begins && f.blankAbove(e.from)
	behind := f.spans[n.y].from
	if i := len(n.entries); i > 0 {
		behind = n.entries[i-1].to
	}
	e.broken = isFlow(n.y) && f.line(behind) < f.line(e.from)
	n.entries = append(n.entries, e)
}

// foldedLines are the lines of a text below a > as they were written, without the indent of the text.
func (f *file) foldedLines(y *yaml.Node) []string {
	s := f.spans[y]
	first, last := f.line(s.from)+1, f.line(max(s.to-1, s.from))
	var lines []string
	indent := -1
	for n := first; n <= last; n++ {
		line := f.lineText(n)
		text := strings.TrimLeft(line, " ")
		if indent < 0 && strings.TrimSpace(text) != "" {
			value := strings.TrimLeft(y.Value, "\n")
			deeper := len(value) - len(strings.TrimLeft(value, " "))
			indent = max(len(line)-len(text)-deeper, 0)
		}
		lines = append(lines, line)
	}
	for i, line := range lines {
		lines[i] = strings.TrimRightFunc(line[min(max(indent, 0), len(line)):], unicode.IsSpace)
	}
	return lines
}

// rise makes what stands above the first entry the title of the file: it stays on top whatever comes first then.
func (n *node) rise() {
	if len(n.entries) == 0 || len(n.entries[0].heads) == 0 {
		return
	}
	first := n.entries[0]
	n.title, n.parted = first.heads, first.blank
	first.heads, first.blank = nil, false
}

// arrange puts the keys of mappings into the order of the format. Keys that it does not know stay behind the others.
func arrange(n *node, languages []string) {
	rank := n.shape.ranks(languages)
	if n.y.Kind == yaml.MappingNode && rank != nil {
		slices.SortStableFunc(n.entries, func(a, b *entry) int { return rank(a.key.Value) - rank(b.key.Value) })
	}
	for _, e := range n.entries {
		arrange(e.value, languages)
	}
}

// languagesOf lists the languages that a file names, its source language first.
func languagesOf(root *yaml.Node) []string {
	var out []string
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value == "languages" && root.Content[i+1].Kind == yaml.SequenceNode {
			for _, c := range root.Content[i+1].Content {
				out = append(out, c.Value)
			}
		}
	}
	return out
}
