package layout

import (
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// isBelow says whether a value that begins at a column goes on in lines of its own, with a dash or key each.
func (n *node) isBelow(column int) bool {
	if !n.isCollection() {
		return false
	}
	if _, ok := n.brackets(column); ok {
		return false
	}
	return !n.fills()
}

// fills says whether a collection that is too long for one line goes on in the next one, in the same brackets.
func (n *node) fills() bool { return n.shape.fill && !n.commented() && !n.holdsLines() }

// brackets writes a collection on one line; ok is false when it does not belong there.
func (n *node) brackets(column int) (s string, ok bool) {
	if len(n.entries) == 0 {
		return n.oneLine(), len(n.foots) == 0
	}
	if n.commented() || n.shape.style == below || n.shape.style == asWritten && !isFlow(n.y) || n.holdsLines() {
		return "", false
	}
	s = n.oneLine()
	width := joinWidth
	if isFlow(n.y) && !(n.shape.fill && n.isBroken()) {
		width = lineWidth
	}
	return s, column+utf8.RuneCountInString(s) <= width
}

// holdsLines says whether something in a node cannot stand in brackets, or was written below its key and may stay there.
func (n *node) holdsLines() bool {
	return isBlockText(n.y) || slices.ContainsFunc(n.entries, func(e *entry) bool {
		v := e.value
		return v.holdsLines() || v.deep() && v.shape.style == asWritten || len(v.entries) > 0 && v.shape.style == below
	})
}

// oneLine writes a node on one line.
func (n *node) oneLine() string {
	if !n.isCollection() {
		return scalar(n, true, false)
	}
	open, shut := n.signs()
	return open + strings.Join(n.parts(), ", ") + shut
}

func (n *node) signs() (open, shut string) {
	if n.y.Kind == yaml.MappingNode {
		return "{", "}"
	}
	return "[", "]"
}

// parts writes each entry of a collection in brackets.
func (n *node) parts() []string {
	parts := make([]string, len(n.entries))
	for i, e := range n.entries {
		s := e.value.oneLine()
		switch {
		case e.key != nil:
			s = keyText(e.key, n.shape.quoted) + ": " + s
		case s == "":
			s = "null" // brackets cannot hold nothing
		}
		parts[i] = s
	}
	return parts
}

// filled writes a collection in brackets over several lines. Lines that the author began stay: they may group what belongs together.
func (p *printer) filled(e *entry, indent int, line string) {
	open, shut := e.value.signs()
	parts := e.value.parts()
	width := joinWidth
	if e.value.isBroken() {
		width = lineWidth
	}
	line += " " + open
	for i, part := range parts {
		if i == len(parts)-1 {
			part += shut
		} else {
			part += ","
		}
		if e.value.entries[i].broken || i > 0 && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(part) > width {
			p.lines = append(p.lines, line)
			line = strings.Repeat(" ", indent+2) + part
			continue
		}
		if i > 0 {
			line += " "
		}
		line += part
	}
	p.beside(e, line)
}
