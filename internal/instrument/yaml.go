package instrument

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

// parse reads the file as YAML and gives its root mapping; nil when there is none.
func (l *loader) parse(body []byte) *yaml.Node {
	if l.cleanInvisible() {
		body = []byte(strings.Join(l.src.lines, "\n"))
	}
	before := l.errors()
	l.checkTabs()
	dec := yaml.NewDecoder(bytes.NewReader(body))
	var doc yaml.Node
	err := dec.Decode(&doc)
	switch {
	case errors.Is(err, io.EOF):
		l.errAt(nil, "empty", "the file is empty", "begin with format: 1")
		return nil
	case err != nil:
		if strings.Contains(err.Error(), "tab character") {
			l.checkBlankTabs()
		}
		if l.errors() == before {
			l.syntaxError(err)
		}
		return nil
	}
	l.checkOneDocument(dec)
	root := doc.Content[0]
	if isNull(root) {
		l.errAt(nil, "empty", "the file is empty", "begin with format: 1")
		return nil
	}
	if root.Kind != yaml.MappingNode {
		l.errAt(root, "wrong-shape", "the file is "+shapeOf(root), "begin with format: 1 and go on with one key a line")
		return nil
	}
	if !l.checkPlainYAML(root) {
		return nil
	}
	return root
}

func (l *loader) checkOneDocument(dec *yaml.Decoder) {
	var more yaml.Node
	err := dec.Decode(&more)
	if errors.Is(err, io.EOF) {
		return
	}
	line := more.Line
	for i, text := range l.src.lines {
		if i > 0 && strings.HasPrefix(text, "---") && (more.Line == 0 || i+1 <= more.Line) {
			line = i + 1
			break
		}
	}
	if line == 0 {
		l.syntaxError(err)
		return
	}
	l.report(diag.Error, l.src.span(line, 1, 3), "several-documents", "a second YAML document begins here", "keep one instrument in a file, and take the --- away")
}

// checkPlainYAML refuses what YAML can do and an instrument must not: a reviewer has to see in a diff what a student
// will read. Reading can go on past an anchor or a tag, which change nothing that stands there; ok is false where it cannot.
func (l *loader) checkPlainYAML(root *yaml.Node) (ok bool) {
	ok = true
	var visit func(n *yaml.Node, depth int)
	visit = func(n *yaml.Node, depth int) {
		if depth > 20 {
			l.errAt(n, "wrong-shape", "the file is nested more than 20 deep", "nothing in the format is; a bracket may be doubled")
			ok = false
			return
		}
		if n.Kind == yaml.AliasNode {
			l.report(diag.Error, l.src.span(n.Line, n.Column, len(n.Value)+1), "yaml-alias", fmt.Sprintf("*%s stands for another part of the file", n.Value),
				"write that part out, so that a diff shows what changed; a text that begins with * needs quotes")
			ok = false
			return
		}
		if n.Anchor != "" {
			l.report(diag.Error, l.src.span(n.Line, n.Column, len(n.Anchor)+1), "yaml-alias", fmt.Sprintf("&%s names a part of the file for later use", n.Anchor),
				"take it away and write the part out where it is used; a text that begins with & needs quotes")
		}
		if n.Style&yaml.TaggedStyle != 0 {
			l.report(diag.Error, l.src.span(n.Line, n.Column, len(n.Tag)), "yaml-tag", fmt.Sprintf("%s forces a type on the value", n.Tag),
				"take it away; a text that begins with ! needs quotes")
		}
		if n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 {
			l.passProperties(n)
		}
		for i, c := range n.Content {
			if n.Kind == yaml.MappingNode && i%2 == 0 && c.Tag == "!!merge" {
				l.errAt(c, "yaml-alias", "<< merges another part of the file into this one", "write the keys out, so that a diff shows what changed")
				ok = false
				continue
			}
			visit(c, depth+1)
		}
	}
	visit(root, 0)
	return ok
}

// passProperties moves a node from its anchor and tag to the value behind them, where the other reports about it point.
func (l *loader) passProperties(n *yaml.Node) {
	line := l.src.line(n.Line)
	at := runeIndex(line, n.Column)
	for at < len(line) && (line[at] == '&' || line[at] == '!') {
		end := strings.IndexAny(line[at:], " \t,]}")
		if end < 0 {
			return // the value is on a line below
		}
		at += end
		at += len(line[at:]) - len(strings.TrimLeft(line[at:], " \t"))
	}
	if at < len(line) && line[at] != '#' {
		n.Column = utf8.RuneCountInString(line[:at]) + 1
	}
	n.Anchor, n.Style = "", n.Style&^yaml.TaggedStyle
}

// checkTabs reports tabs that indent. YAML allows none there, and an editor shows them as any number of spaces.
func (l *loader) checkTabs() {
	for i, line := range l.src.lines {
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		at := strings.IndexByte(indent, '\t')
		if at < 0 || len(indent) == len(line) || line[len(indent)] == '#' {
			continue
		}
		l.report(diag.Error, l.src.span(i+1, at+1, 1), "yaml-tab", "a tab indents this line", "indent with spaces; YAML allows no tab there")
	}
}

// checkBlankTabs reports tabs in lines that hold nothing else. In most places they do no harm.
func (l *loader) checkBlankTabs() {
	for i, line := range l.src.lines {
		if at := strings.IndexByte(line, '\t'); at >= 0 && strings.TrimSpace(line) == "" {
			l.report(diag.Error, l.src.span(i+1, at+1, 1), "yaml-tab", "a tab stands in this blank line", "delete it; YAML takes it for indentation")
		}
	}
}
