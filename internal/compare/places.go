package compare

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
	"surveyd/internal/instrument"
)

// places finds the parts of a file by their path, such as items/q1/text/en.
type places struct {
	file     string
	first    diag.Span
	byPath   map[string]diag.Span
	includes []*yaml.Node // what the pages of a battery include, in their order
}

// locate reads where everything in an instrument's file stands. What a battery includes stands where it is included.
func locate(in *instrument.Instrument) *places {
	p := &places{file: in.VersionAt().File, first: in.VersionAt(), byPath: map[string]diag.Span{}}
	var doc yaml.Node
	if yaml.Unmarshal(in.Source, &doc) != nil || len(doc.Content) == 0 {
		return p // an instrument that was compiled has a source that can be read; without one all stands at the version
	}
	p.read("", doc.Content[0])
	p.includes = includesOf(doc.Content[0])
	for _, it := range in.Items {
		p.include("items/"+string(it.ID), it.Home, in)
	}
	for _, page := range in.Pages {
		p.include("pages/"+string(page.ID), page.Home, in)
	}
	for _, s := range in.Scales {
		p.include("scales/"+string(s.ID), s.Home, in)
	}
	return p
}

func (p *places) read(path string, n *yaml.Node) {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			inner := join(path, key.Value)
			p.byPath[inner] = p.span(key)
			if value.Kind == yaml.ScalarNode && value.Value != "" {
				p.byPath[inner] = p.span(value)
			}
			p.read(inner, value)
		}
	case yaml.SequenceNode:
		for i, element := range n.Content {
			name, at := nameOf(element)
			if name == "" {
				name = strconv.Itoa(i)
			}
			p.byPath[join(path, name)] = p.span(at)
			p.read(join(path, name), element)
		}
	}
}

// nameOf gives what tells an element of a list from the others, and where it stands.
func nameOf(n *yaml.Node) (string, *yaml.Node) {
	if n.Kind == yaml.MappingNode {
		for _, key := range [...]string{"id", "include", "code", "name"} {
			if value := valueOf(n, key); value != nil && value.Kind == yaml.ScalarNode {
				return value.Value, value
			}
		}
	}
	return "", n
}

func (p *places) span(n *yaml.Node) diag.Span {
	return diag.Span{File: p.file, Line: n.Line, Column: n.Column, Length: max(1, utf8.RuneCountInString(n.Value))}
}

// include gives what comes from another instrument the place of the page that includes it.
func (p *places) include(path string, home instrument.Home, in *instrument.Instrument) {
	if home.ID == in.ID {
		return
	}
	if at, ok := p.part(home.ID); ok {
		p.byPath[path] = at
	}
}

// part is where a battery first includes something of an instrument.
func (p *places) part(id instrument.ID) (at diag.Span, ok bool) {
	for _, n := range p.includes {
		if strings.HasPrefix(n.Value, string(id)+"@") {
			return p.span(n), true
		}
	}
	return diag.Span{}, false
}

// includesOf lists what the pages of a file include.
func includesOf(root *yaml.Node) []*yaml.Node {
	var list []*yaml.Node
	pages := valueOf(root, "pages")
	if pages == nil {
		return nil
	}
	for _, page := range pages.Content {
		if n := valueOf(page, "include"); n != nil {
			list = append(list, n)
		}
	}
	return list
}

// valueOf is the value of a key; nil where it is not there.
func valueOf(n *yaml.Node, key string) *yaml.Node {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// at is the place of a path, or of the nearest thing that holds it.
func (p *places) at(path string) diag.Span {
	for path != "" {
		if at, ok := p.byPath[path]; ok {
			return at
		}
		i := strings.LastIndexByte(path, '/')
		if i < 0 {
			break
		}
		path = path[:i]
	}
	return p.first
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "/" + name
}
