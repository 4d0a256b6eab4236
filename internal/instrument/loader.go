package instrument

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-playground/validator/v10"
	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

// Options is what Load may look up outside of the file.
type Options struct {
	// Files is the folder of the instrument, in which the pictures and recordings beside it are. Nil means that files are not
	// looked for: the instrument is compiled without them, and its hash is not that of the instrument with them.
	Files fs.FS
	// Include finds an instrument that a battery includes. Its error is best an *IncludeError. Nil means that nothing can be
	// included.
	Include func(Ref) (*Instrument, error)
}

// Load reads, checks and compiles an instrument file. It reports every problem at once, sorted; name is the file's
// name in the reports. The instrument is nil when one of them is an error. The tests in the file are not run.
func Load(name string, src []byte, opt Options) (*Instrument, []diag.Diagnostic) {
	in, _, list := Examine(name, src, opt)
	return in, list
}

// Examine is Load that also gives, of a file with errors, what can still be scored: enough to run those of its tests that
// do not rest on an error, and good for nothing else. It is nil when there is an instrument, or nothing can be scored.
func Examine(name string, src []byte, opt Options) (in, scored *Instrument, list []diag.Diagnostic) {
	return Parse(name, src).Examine(opt)
}

// loader carries what every step needs: the file, and the list of what was found.
type loader struct {
	src  *source
	opt  Options
	list []diag.Diagnostic
	tally

	assets     map[string]*Asset // files that were read, by path; nil for one in error
	assetBytes int               // of all of them

	validator *validator.Validate // made when the first struct needs it
}

func (l *loader) errAt(n *yaml.Node, code, message, hint string) {
	if l.full() {
		l.tally.add(diag.Error) // without its place, which costs a walk through its line
		return
	}
	l.report(diag.Error, l.src.spanOf(n), code, message, hint)
}

func (l *loader) warnAt(n *yaml.Node, code, message, hint string) {
	if l.warnings >= maxListed {
		l.tally.add(diag.Warning)
		return
	}
	l.report(diag.Warning, l.src.spanOf(n), code, message, hint)
}

func (l *loader) report(severity diag.Severity, at diag.Span, code, message, hint string) {
	if !l.tally.add(severity) {
		return
	}
	l.list = append(l.list, diag.Diagnostic{Span: at, Severity: severity, Code: code, Message: message, Hint: hint})
}

// errors counts the errors reported so far.
func (l *loader) errors() int { return l.tally.errors }

// pair is one key of a mapping with its value.
type pair struct{ key, value *yaml.Node }

// mapping is a YAML mapping whose keys have been checked. Lookups on the empty mapping find nothing.
type mapping struct {
	node    *yaml.Node
	pairs   []pair
	index   map[string]int // into pairs, by key
	unknown []string       // keys that it may not have
}

// value gives a key's value; nil when the key is left out or null.
func (m *mapping) value(key string) *yaml.Node {
	if p, ok := m.pair(key); ok && !isNull(p.value) {
		return p.value
	}
	return nil
}

// key gives the node of a key; nil when it is left out.
func (m *mapping) key(key string) *yaml.Node {
	p, _ := m.pair(key)
	return p.key
}

func (m *mapping) pair(key string) (pair, bool) {
	if i, ok := m.index[key]; ok {
		return m.pairs[i], true
	}
	return pair{}, false
}

// add takes a pair in; of two with one key the first is found.
func (m *mapping) add(p pair) {
	if _, there := m.index[p.key.Value]; !there {
		m.index[p.key.Value] = len(m.pairs)
	}
	m.pairs = append(m.pairs, p)
}

// misspelt says whether a key that is missing is probably there under another name, which has been reported.
func (m *mapping) misspelt(key string) bool {
	return slices.ContainsFunc(m.unknown, func(name string) bool {
		_, near := diag.Nearest(name, []string{key})
		return near
	})
}

// place is the best node to point at when a key is wrong as a whole or missing: its value, its key, the mapping's id,
// or the mapping's first key.
func (m *mapping) place(key string) *yaml.Node {
	if p, ok := m.pair(key); ok {
		if p.value.Kind == yaml.ScalarNode && p.value.Value != "" {
			return p.value
		}
		return p.key
	}
	if id := m.value("id"); id != nil {
		return id
	}
	if len(m.pairs) > 0 {
		return m.pairs[0].key
	}
	return m.node
}

// placeOr is the value or key when the key is there, else another node.
func (m *mapping) placeOr(key string, other *yaml.Node) *yaml.Node {
	if _, ok := m.pair(key); ok {
		return m.place(key)
	}
	return other
}

// mapping reads a node as a mapping that may have the given keys; without keys any are allowed. It reports unknown and
// doubled keys and never returns nil.
func (l *loader) mapping(n *yaml.Node, what string, keys ...string) *mapping {
	m := &mapping{node: n, index: map[string]int{}}
	if isNull(n) {
		return m
	}
	if n.Kind != yaml.MappingNode {
		l.errAt(n, "wrong-shape", fmt.Sprintf("%s must be keys with values, not %s", what, shapeOf(n)), "write {key: value}, or each key in a line of its own")
		return m
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			l.errAt(key, "wrong-shape", fmt.Sprintf("a key of %s is %s", what, shapeOf(key)), "a text that begins with { or [ needs quotes")
			continue
		}
		if first := m.key(key.Value); first != nil {
			l.errAt(key, "doubled-key", fmt.Sprintf("%q stands twice in %s, first in line %d", key.Value, what, first.Line),
				"keep one; readers of YAML disagree on which of two counts")
			continue
		}
		if len(keys) > 0 && !slices.Contains(keys, key.Value) {
			if p, ok := l.glued(key, value, keys); ok {
				m.add(p)
				continue
			}
			m.unknown = append(m.unknown, key.Value)
			l.unknownKey(n, key, value, what, keys)
			continue
		}
		m.add(pair{key, value})
	}
	return m
}

// glued reads a key that no space divides from its value, as in {kind:text}; to YAML that is a key without a value.
func (l *loader) glued(key, value *yaml.Node, keys []string) (pair, bool) {
	name, text, ok := strings.Cut(key.Value, ":")
	if !ok || !isPlain(key) || !isNull(value) || !slices.Contains(keys, name) {
		return pair{}, false
	}
	l.errAt(key, "yaml-syntax", fmt.Sprintf("a space is missing behind the colon of %q", key.Value), fmt.Sprintf("write %s: %s", name, text))
	first, second := *key, *key
	first.Value, second.Value = name, text
	second.Column += utf8.RuneCountInString(name) + 1
	return pair{&first, &second}, true
}

func (l *loader) unknownKey(parent, key, value *yaml.Node, what string, keys []string) {
	if parent.Style&yaml.FlowStyle != 0 && isNull(value) && value.Value == "" {
		l.errAt(key, "unquoted-comma", fmt.Sprintf("the text before %q was cut at its comma", key.Value),
			"inside { } a text or condition with a comma, colon or bracket needs quotes")
		return
	}
	l.errAt(key, "unknown-key", fmt.Sprintf("%s has no key %q", what, key.Value),
		diag.DidYouMean(key.Value, keys, "its keys are "+strings.Join(keys, ", ")))
}

// items reads a node as a list; a null or missing one is empty.
func (l *loader) items(n *yaml.Node, what string) []*yaml.Node {
	if isNull(n) {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		l.errAt(n, "wrong-shape", fmt.Sprintf("%s must be a list, not %s", what, shapeOf(n)), listHint(n))
		return nil
	}
	return n.Content
}

// listHint shows the value that stands in the place of a list as a list of one.
func listHint(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode && namePattern.MatchString(n.Value) {
		return fmt.Sprintf("write [%s] if it is the only one", n.Value)
	}
	return "write [a, b], or one line each with a dash"
}

func shapeOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping of keys to values"
	case yaml.SequenceNode:
		return "a list"
	default:
		if isNull(n) {
			return "empty"
		}
		return fmt.Sprintf("the single value %q", n.Value)
	}
}

// require reports a key that is missing or says nothing.
func (l *loader) require(m *mapping, what string, keys ...string) {
	if isNull(m.node) || m.node.Kind != yaml.MappingNode {
		return
	}
	for _, key := range keys {
		p, there := m.pair(key)
		switch {
		case !there && m.misspelt(key):
		case !there:
			l.errAt(m.place(key), "missing-key", fmt.Sprintf("%s has no %s", what, key), fmt.Sprintf("add %s: %s", key, exampleOf(what, key)))
		case isNull(p.value) && strings.EqualFold(p.value.Value, "null"):
			l.errAt(p.value, "missing-key", fmt.Sprintf("%s has no %s: the unquoted word %s stands for nothing", what, key, p.value.Value),
				"write it; the word itself needs quotes, and as an id it is a reserved word of R")
		case isNull(p.value):
			l.errAt(m.place(key), "missing-key", fmt.Sprintf("%s of %s is empty", key, what), fmt.Sprintf("write %s: %s", key, exampleOf(what, key)))
		}
	}
}

// keyExamples are what may stand under keys that mean the same wherever they are required.
var keyExamples = map[string]string{
	"format": "1", "id": "...", "version": "1.0.0", "languages": "[en, es]", "audience": "{grades: [6, 7, 8]}",
	"title": bilingual, "text": bilingual, "label": bilingual,
	"pages": "[{id: p1, items: [...]}]", "items": "[q1, q2]",
	"score": "mean, sum, prorated_sum, pomp, eap or wle", "min_answered": "2, or a share such as 80%; with fewer answers there is no score",
	"status": "experimental, if nobody has answered it yet", "expect": "{scores: {SCALE: ...}}", "code": "1",
	"run": "6", "seconds_per_item": `{"K-5": 1.5, "6-12": 1.0}`, "share": "0.5",
}

const bilingual = `{en: "...", es: "..."}`

// exampleOf is what may stand under a key that is missing.
func exampleOf(what, key string) string {
	switch {
	case key == "items" && what == "the file":
		return "[{id: q1, text: {...}, responses: ...}]"
	case key == "expect" && what == "an attention item":
		return "the code that is right, such as 3"
	case key == "items" && strings.HasPrefix(what, "irt of "):
		return "{q1: {a: 1.2, b: [-0.5, 0.8]}, ...}"
	}
	if example, ok := keyExamples[key]; ok {
		return example
	}
	return "..."
}

// partName names one part of a list in reports: by its id or name if it has one, else by its place.
func partName(n *yaml.Node, kind, key string, i int) string {
	if n.Kind == yaml.MappingNode {
		for j := 0; j+1 < len(n.Content); j += 2 {
			if value := n.Content[j+1]; n.Content[j].Value == key && value.Kind == yaml.ScalarNode && value.Value != "" {
				return fmt.Sprintf("the %s %q", kind, value.Value)
			}
		}
	}
	return fmt.Sprintf("%s %d", kind, i+1)
}
