package instrument

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

// include is one page of a battery that includes another instrument, or a part of one.
type include struct {
	node  *yaml.Node // what it includes, as written
	part  *part
	pages []*pageDraft // in the order of the home
	named bool         // the pages have an id of the battery
}

// part is an instrument that a battery includes, and what of it has come so far. The items and response sets are copies: their
// place is that in the battery, their texts are in its languages alone.
type part struct {
	in    *Instrument
	items map[ItemID]*itemDraft
	sets  map[*ResponseSet]*setDraft
	order []*ResponseSet // the sets as they came
	clash bool           // an item of it has the id of another in the battery

	assets map[*Asset]*Asset // by the home's: files of what has come, under a path that tells them from those of other parts
}

// what names the part in reports.
func (p *part) what() string { return fmt.Sprintf("%s %s", p.in.ID, p.in.Version) }

// home names where something in a draft was written, for reports; empty for what the file says itself.
func (inc *include) home() string {
	if inc == nil {
		return ""
	}
	return " of " + inc.part.what()
}

// readInclude reads what a page includes, and takes its items into the battery. It gives nil when nothing can be included;
// what that would have brought is then not missed elsewhere.
func (l *loader) readInclude(d *draft, m *mapping, what string) *include {
	for _, c := range []struct{ key, why string }{
		{"title", "an included page keeps the title that it was tried with"},
		{"layout", "an included page keeps the layout that it was tried with"},
		{"items", "the items are those of what is included; give items of the battery's own a page of their own"},
		{"shuffle", "an included page is shuffled if it is so at home"},
	} {
		if m.value(c.key) != nil {
			l.errAt(m.key(c.key), "misplaced-key", fmt.Sprintf("%s has %s beside include", what, c.key), "take it away: "+c.why)
		}
	}
	n := m.value("include")
	if isTruthWord(n) || n.Kind != yaml.ScalarNode {
		l.word(n, "what "+what+" includes")
		return nil
	}
	t, ok := parseTarget(n.Value)
	if !ok {
		l.illegalInclude(n, what)
		return nil
	}
	p := l.part(d, n, t.ref)
	if p == nil {
		return nil
	}
	inc := &include{node: n, part: p}
	pages, ok := l.selected(n, p.in, t)
	if !ok {
		return nil
	}
	l.takePages(d, inc, pages)
	return inc
}

func (l *loader) illegalInclude(n *yaml.Node, what string) {
	hint := "write the id and the major version, as in growth-mindset@1; one page or scale of it as growth-mindset@1/PAGE"
	if instrumentPattern.MatchString(n.Value) {
		hint = fmt.Sprintf("write the major version too, as in %s@1: a trend line runs through one major version", n.Value)
	}
	l.errAt(n, "illegal-include", fmt.Sprintf("%s includes %q, which names no instrument and version", what, n.Value), hint)
}

// part finds an instrument that is included, each once for a battery.
func (l *loader) part(d *draft, n *yaml.Node, ref Ref) *part {
	if ref.ID == d.in.ID {
		l.errAt(n, "self-include", fmt.Sprintf("%s includes itself", ref.ID), "name another instrument; pages of its own stand here without include")
		return nil
	}
	in, err := l.included(ref)
	if err != nil {
		var problem *IncludeError
		if !errors.As(err, &problem) {
			problem = &IncludeError{Code: "unknown-instrument", Message: fmt.Sprintf("%s cannot be read: %v", ref, err), Hint: "see that its file can be read"}
		}
		l.errAt(n, problem.Code, problem.Message, problem.Hint)
		return nil
	}
	if len(in.Parts) > 0 {
		var parts []string
		for _, p := range in.Parts {
			parts = append(parts, fmt.Sprintf("%s@%d", p.ID, p.Version.Major))
		}
		problem := NestedInclude(ref, parts)
		l.errAt(n, problem.Code, problem.Message, problem.Hint)
		return nil
	}
	for _, p := range d.parts {
		switch {
		case p.in.Hash == in.Hash:
			return p
		case p.in.ID == in.ID:
			l.errAt(n, "two-versions", fmt.Sprintf("%s is included in two versions, %s and %s", in.ID, p.in.Version, in.Version), "include one: its scales have one trend line")
			return nil
		}
	}
	var lacking []string
	for _, lang := range d.in.Languages {
		if !in.HasLanguage(lang) {
			lacking = append(lacking, string(lang))
		}
	}
	if len(lacking) > 0 {
		l.errAt(n, "missing-language", fmt.Sprintf("%s %s has no texts in %s", in.ID, in.Version, strings.Join(lacking, ", ")),
			"translate it at home first, in a new version, or take the language out of this battery")
	}
	p := &part{in: in, items: map[ItemID]*itemDraft{}, sets: map[*ResponseSet]*setDraft{}, assets: map[*Asset]*Asset{}}
	d.parts = append(d.parts, p)
	return p
}

func (l *loader) included(ref Ref) (*Instrument, error) {
	if l.opt.Include == nil {
		return nil, &IncludeError{Code: "unknown-instrument", Message: fmt.Sprintf("%s cannot be looked up from here", ref), Hint: "read the file with the instruments that it includes beside it"}
	}
	return l.opt.Include(ref)
}

// chosen is a page of a part, and those of its items that are included.
type chosen struct {
	page  *Page
	items []*Item
}

// selected finds the pages that a target means, each with the items that come.
func (l *loader) selected(n *yaml.Node, in *Instrument, t target) ([]chosen, bool) {
	if t.name == "" {
		return choose(in, func(*Item) bool { return true }), true
	}
	var page *Page
	if i := slices.IndexFunc(in.Pages, func(p *Page) bool { return string(p.ID) == t.name }); i >= 0 && t.kind != "scales" {
		page = in.Pages[i]
	}
	scale, isScale := in.Scale(ScaleID(t.name))
	isScale = isScale && t.kind != "pages"
	onScale := func(it *Item) bool {
		return slices.ContainsFunc(scale.Items, func(k Key) bool { return k.Item == it })
	}
	onPage := func(it *Item) bool { return it.Page == page.Index }
	switch {
	case page != nil && isScale:
		if !slices.ContainsFunc(in.Items, func(it *Item) bool { return onScale(it) != onPage(it) }) {
			return choose(in, onPage), true
		}
		l.errAt(n, "include-ambiguous", fmt.Sprintf("%s %s has both a page %s and a scale %s, with different items", in.ID, in.Version, t.name, t.name),
			fmt.Sprintf("write %s/pages/%s or %s/scales/%s", t.ref, t.name, t.ref, t.name))
		return nil, false
	case page != nil:
		return choose(in, onPage), true
	case isScale:
		return choose(in, onScale), true
	}
	var names []string
	if t.kind != "scales" {
		for _, p := range in.Pages {
			names = append(names, string(p.ID))
		}
	}
	if t.kind != "pages" {
		for _, s := range in.Scales {
			names = append(names, string(s.ID))
		}
	}
	kind := map[string]string{"": "page or scale", "pages": "page", "scales": "scale"}[t.kind]
	otherwise := fmt.Sprintf("it has no %s at all", kind)
	if len(names) > 0 {
		otherwise = "there are " + strings.Join(names, ", ")
	}
	l.errAt(n, "unknown-id", fmt.Sprintf("%s %s has no %s %q", in.ID, in.Version, kind, t.name), diag.DidYouMean(t.name, names, otherwise))
	return nil, false
}

// choose gives the pages that hold an item that is wanted.
func choose(in *Instrument, wanted func(*Item) bool) []chosen {
	var out []chosen
	for _, page := range in.Pages {
		c := chosen{page: page}
		for _, it := range page.Items {
			if wanted(it) {
				c.items = append(c.items, it)
			}
		}
		if len(c.items) > 0 {
			out = append(out, c)
		}
	}
	return out
}
