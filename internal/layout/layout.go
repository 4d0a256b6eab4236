// Package layout writes an instrument file the way all instrument files are written: keys in the order of the format, short
// things on one line, texts in double quotes, every comment where it belongs. It knows the shape of the format and the text of a
// file, and refuses to know what the file means: the content that comes out is the content that went in, or nothing comes out.
package layout

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
	"surveyd/internal/instrument"
)

// Formatted is a file in the canonical layout.
type Formatted struct {
	Text  []byte
	Notes []string // what was normalised beside the layout, for the author: line ends, a byte order mark
}

// ErrUnsafe says that the new layout would not say what the old one said. Nothing may be written then.
var ErrUnsafe = errors.New("the new layout would change what the file says")

// Format lays out an instrument file. A file that cannot be laid out, because it is no YAML, or has a key twice, or uses of YAML
// what an instrument must not, gives the diagnostics that say so and no text; name is the file's name in them. Any other file is
// laid out, whether surveyd check finds errors in it or not. Errors: ErrUnsafe, which is a fault of this package.
func Format(name string, src []byte) (Formatted, []diag.Diagnostic, error) {
	text, notes := plainText(src)
	root, ok := parse(text)
	if !ok {
		return Formatted{}, refusal(name, src), nil
	}
	f := newFile(text)
	f.measure(root)
	tree := f.tree(root)
	out := []byte(render(tree))
	if err := safe(text, out); err != nil {
		return Formatted{}, nil, fmt.Errorf("format %s: %w", name, err)
	}
	return Formatted{Text: out, Notes: notes}, nil, nil
}

// plainText takes the byte order mark and the carriage returns of other systems away.
func plainText(src []byte) (text string, notes []string) {
	body := bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	if len(body) < len(src) {
		notes = append(notes, "the byte order mark is taken away")
	}
	text = strings.ReplaceAll(string(body), "\r\n", "\n")
	if len(text) < len(body) {
		notes = append(notes, "lines end in a line feed alone")
	}
	return text, notes
}

// parse reads a file that can be laid out: one document, a mapping, of nothing but mappings with single texts as keys, lists and
// scalars. ok is false for any other.
func parse(text string) (root *yaml.Node, ok bool) {
	if len(text) > instrument.MaxSource || strings.ContainsFunc(text, unreadable) {
		return nil, false
	}
	dec := yaml.NewDecoder(strings.NewReader(text))
	var doc, more yaml.Node
	if dec.Decode(&doc) != nil || len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, false
	}
	if !errors.Is(dec.Decode(&more), io.EOF) {
		return nil, false // a second document, or something that is no YAML
	}
	return doc.Content[0], simple(doc.Content[0], 0)
}

// unreadable says whether a character ends a line for some readers and not for others, or cannot be seen. The check refuses it.
func unreadable(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || slices.Contains([]rune{'\u2028', '\u2029', '\ufeff', '\ufffe', '\uffff', '\u200b', '\u2060'}, r)
}

// An instrument is nested no deeper than this, and YAML bounds the length of a key.
const (
	maxDepth = 20
	maxKey   = 200 // in bytes
)

// simple says whether a part of a file is free of anchors, aliases, tags, merges and keys that stand twice or are no texts.
func simple(n *yaml.Node, depth int) bool {
	if n.Kind == yaml.AliasNode || n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 || depth > maxDepth {
		return false
	}
	var keys []string
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			if c.Kind != yaml.ScalarNode || c.Tag == "!!merge" || len(c.Value) > maxKey || slices.Contains(keys, c.Value) {
				return false
			}
			keys = append(keys, c.Value)
		}
		if !simple(c, depth+1) {
			return false
		}
	}
	return true
}

// refusal says why a file cannot be laid out, in the words of the check.
func refusal(name string, src []byte) []diag.Diagnostic {
	_, list := instrument.Load(name, src, instrument.Options{})
	list = slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
	if shape := slices.DeleteFunc(slices.Clone(list), func(d diag.Diagnostic) bool { return !slices.Contains(shapeCodes, d.Code) }); len(shape) > 0 {
		return shape
	}
	if len(list) > 0 {
		return list
	}
	return []diag.Diagnostic{{
		Span: diag.Span{File: name, Line: 1, Column: 1, Length: 1}, Severity: diag.Error, Code: "yaml-syntax",
		Message: "this file is not plain enough to be laid out", Hint: "write it with keys, lists and texts alone",
	}}
}

// shapeCodes are the diagnostics of files that cannot be laid out.
var shapeCodes = []string{
	"file-too-large", "encoding", "control-character", "empty", "yaml-syntax", "yaml-tab", "yaml-alias", "yaml-tag", "yaml-comment",
	"unquoted-colon", "unquoted-comma", "unquoted-text", "several-documents", "doubled-key",
}
