package instrument

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

// File is an instrument file that was read as YAML. What it says of itself is known before anything in it is checked, so that
// batteries can be put after the files that they include.
type File struct {
	name string
	src  []byte
	text *source
	root *yaml.Node // nil when it is no YAML, or no mapping
	list []diag.Diagnostic
	tally
}

// Parse reads a file as YAML.
func Parse(name string, src []byte) *File {
	f := &File{name: name, src: src}
	text, body, list, ok := newSource(name, src)
	if !ok {
		f.list = list
		return f
	}
	l := &loader{src: text}
	f.text, f.root = text, l.parse(body)
	f.list, f.tally = l.list, l.tally
	return f
}

var idLine = regexp.MustCompile(`(?m)^id:[ \t]*["']?([a-z][a-z0-9-]*)["']?[ \t]*(?:#.*)?\r?$`)

// ID is the id that the file claims, of a file that is not YAML too if a line of it can be read; empty when there is none.
func (f *File) ID() ID {
	if f.root != nil {
		if n := child(f.root, "id"); n != nil {
			return ID(n.Value)
		}
		return ""
	}
	if m := idLine.FindSubmatch(f.src); m != nil {
		return ID(m[1])
	}
	return ""
}

// Version is the version that the file claims; ok is false when it cannot be read.
func (f *File) Version() (v Version, ok bool) {
	if f.root == nil {
		return v, false
	}
	n := child(f.root, "version")
	if n == nil || !versionPattern.MatchString(n.Value) {
		return v, false
	}
	return (&loader{src: f.text}).version(n), true
}

// Includes lists what the pages include, as written, each once; nil when the file is no battery.
func (f *File) Includes() []string {
	if f.root == nil {
		return nil
	}
	if some, _ := includesOthers(f.root); !some {
		return nil
	}
	list := []string{}
	for _, page := range child(f.root, "pages").Content {
		if n := child(page, "include"); !isNull(n) && !slices.Contains(list, n.Value) {
			list = append(list, strings.TrimSpace(n.Value))
		}
	}
	return list
}

// Examine is the function Examine of a file that has been parsed.
func (f *File) Examine(opt Options) (in, scored *Instrument, list []diag.Diagnostic) {
	l := &loader{src: f.text, opt: opt, list: slices.Clone(f.list), tally: f.tally}
	if f.root == nil {
		diag.Sort(l.list)
		l.sum(l.list)
		return nil, nil, l.list
	}
	d := l.read(f.root)
	l.check(d)
	diag.Sort(l.list)
	l.list = slices.Compact(l.list)
	l.sum(l.list)
	if diag.HasError(l.list) {
		return nil, scorable(d), l.list
	}
	return compile(d, f.src, l.assetList()), nil, l.list
}
