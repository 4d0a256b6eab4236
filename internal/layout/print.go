package layout

import (
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	joinWidth = 150 // what stands in several lines is put on one up to here, in characters
	lineWidth = 210 // what stands on one line stays there up to here: a question in two languages
	gap       = 3   // blanks between a line and its comment, unless the author put it further right
	maxGap    = 48  // and not further than this
)

// printer gathers lines.
type printer struct{ lines []string }

// render writes a file.
func render(root *node) string {
	p := &printer{}
	p.comments(root.title, 0, true)
	if root.parted {
		p.blank()
	}
	if len(root.entries) == 0 {
		p.lines = append(p.lines, "{}")
	}
	began := false // the first section that the file has, of intro and closing, begins after a blank line
	for i, e := range root.entries {
		section := slices.Contains(sections, e.key.Value) || e.key.Value == "closing" && !began
		began = began || e.key.Value == "intro" || e.key.Value == "closing"
		if section && i > 0 {
			e.parts()
		}
		p.entry(e, 0, i == 0 && len(root.title) == 0, root.sign(e))
	}
	p.comments(root.foots, 0, false)
	return strings.Join(p.lines, "\n") + "\n"
}

// parts puts a blank line above an entry and what is said of it.
func (e *entry) parts() {
	if len(e.heads) > 0 {
		e.heads[0].blank = true
	} else {
		e.blank = true
	}
}

func (p *printer) blank() {
	if n := len(p.lines); n > 0 && p.lines[n-1] != "" {
		p.lines = append(p.lines, "")
	}
}

// comments writes comments on lines of their own. first says that they begin what they stand in, where no blank line is kept.
func (p *printer) comments(list []comment, indent int, first bool) {
	for i, c := range list {
		if c.blank && !(first && i == 0) {
			p.blank()
		}
		p.lines = append(p.lines, strings.Repeat(" ", indent)+c.text)
	}
}

// entry writes an entry behind its sign: a key with its colon, or the dash of a list.
func (p *printer) entry(e *entry, indent int, first bool, sign string) {
	e.settle(indent, sign)
	p.comments(e.heads, indent, first)
	if e.blank && !(first && len(e.heads) == 0) {
		p.blank()
	}
	p.value(e, indent, strings.Repeat(" ", indent)+sign)
}

// settle moves what cannot stand where it was: beside a dash whose entry goes on below there is no place for a comment, nor
// between the dash and its first key, nor is there one for two comments beside anything.
func (e *entry) settle(indent int, sign string) {
	above := e.line
	if e.key != nil || !e.value.isBelow(indent+len(sign)+1) {
		above = above[:max(len(above)-1, 0)]
	}
	e.line = e.line[len(above):]
	if e.key == nil && e.value.isBelow(indent+len(sign)+1) {
		first := e.value.entries[0]
		first.settle(indent+2, e.value.sign(first))
		above = append(slices.Clone(above), first.heads...)
		first.heads, first.blank = nil, false
	}
	if len(above) > 0 {
		above = slices.Clone(above)
		for i := range above {
			above[i].blank = above[i].blank && i > 0
		}
		above[0].blank, e.blank = e.blank, false
		e.heads = append(e.heads, above...)
	}
}

// value writes what stands behind a sign.
func (p *printer) value(e *entry, indent int, line string) {
	n := e.value
	if !n.isCollection() {
		p.scalar(e, indent, line)
		return
	}
	if s, ok := n.brackets(utf8.RuneCountInString(line) + 1); ok {
		p.beside(e, line+" "+s)
		return
	}
	if n.fills() {
		p.filled(e, indent, line)
		return
	}
	if e.key != nil {
		p.beside(e, line)
		p.below(n, indent+2)
		return
	}
	// The first key of an element stands on the line of its dash.
	at := len(p.lines)
	p.below(n, indent+2)
	p.lines[at] = line + " " + strings.TrimLeft(p.lines[at], " ")
}

// below writes the entries of a collection, each on lines of its own.
func (p *printer) below(n *node, indent int) {
	for i, e := range n.entries {
		p.entry(e, indent, i == 0, n.sign(e))
	}
	p.comments(n.foots, indent, false)
}

// sign is what an entry of a collection begins with: its key and a colon, or a dash.
func (n *node) sign(e *entry) string {
	if e.key == nil {
		return "-"
	}
	return keyText(e.key, n.shape.quoted) + ":"
}

// scalar writes a single value.
func (p *printer) scalar(e *entry, indent int, line string) {
	if isBlockText(e.value.y) {
		if sign, lines, ok := blockText(e.value); ok {
			p.beside(e, line+" "+sign)
			for _, text := range lines {
				if text != "" {
					text = strings.Repeat(" ", indent+2) + text
				}
				p.lines = append(p.lines, text)
			}
			return
		}
	}
	if s := scalar(e.value, false, cut(e)); s != "" {
		line += " " + s
	}
	p.beside(e, line)
}

// cut says whether a comment beside a value may have been meant as a part of it, which check tells.
func cut(e *entry) bool {
	return slices.ContainsFunc(e.line, func(c comment) bool { return len(c.text) > 1 && c.text[1] != ' ' })
}

// beside writes a line with its comment. An author lines comments up, so one stays in its column when there is room before it.
func (p *printer) beside(e *entry, line string) {
	if len(e.line) == 0 {
		p.lines = append(p.lines, line)
		return
	}
	c := e.line[0]
	width := utf8.RuneCountInString(line)
	room := c.column - width
	if room < 2 || room > maxGap {
		room = gap
	}
	p.lines = append(p.lines, line+strings.Repeat(" ", room)+c.text)
}
