package instrument

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

func mustLoad(t *testing.T, src string) *Instrument {
	t.Helper()
	in, list := Load("x.yaml", []byte(src), Options{})
	if in == nil {
		t.Fatalf("it does not load:%s", say(list))
	}
	return in
}

// shuffled writes a file anew: keys in another order, other quotes, block for flow, comments here and there.
func shuffled(t *testing.T, src string, r *rand.Rand) string {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(src), &doc); err != nil {
		t.Fatal(err)
	}
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		switch n.Kind {
		case yaml.MappingNode:
			n.Style = 0
			pairs := len(n.Content) / 2
			if pairs > 0 && r.IntN(3) == 0 {
				n.Content[0].HeadComment = "# a remark"
			}
			r.Shuffle(pairs, func(i, j int) {
				n.Content[2*i], n.Content[2*j] = n.Content[2*j], n.Content[2*i]
				n.Content[2*i+1], n.Content[2*j+1] = n.Content[2*j+1], n.Content[2*i+1]
			})
		case yaml.SequenceNode:
			n.Style = 0
		case yaml.ScalarNode:
			if n.Value != "true" && n.Value != "false" && n.Tag != "!!null" {
				n.Style = []yaml.Style{yaml.DoubleQuotedStyle, yaml.SingleQuotedStyle}[r.IntN(2)]
			}
		}
		for _, c := range n.Content {
			visit(c)
		}
	}
	visit(&doc)
	out, err := yaml.Marshal(&doc)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestCommentsKeyOrderLayoutAndQuotesDoNotChangeTheHash(t *testing.T) {
	want := mustLoad(t, baseYAML())
	r := rand.New(rand.NewPCG(1, 2))
	for range 30 {
		src := shuffled(t, baseYAML(), r)
		got := mustLoad(t, src)
		if got.Hash != want.Hash {
			t.Fatalf("the hash changed:\n%s", src)
		}
		if got.Digest == want.Digest {
			t.Fatal("the digest of the source did not change")
		}
		a, b := *got, *want
		for _, in := range []*Instrument{&a, &b} {
			in.Source, in.Digest = nil, ""
			in.versionAt.Line, in.versionAt.Column, in.versionAt.Length = 0, 0, 0
			in.Tests = append([]Test(nil), in.Tests...)
			for i := range in.Tests {
				in.Tests[i].Scores, in.Tests[i].Missing = nil, nil // they carry positions
			}
		}
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("one hash, two instruments:\n%s", src)
		}
	}
}

func TestLineEndsAndAByteOrderMarkDoNotChangeTheHash(t *testing.T) {
	want := mustLoad(t, baseYAML()).Hash
	if got := mustLoad(t, strings.ReplaceAll(baseYAML(), "\n", "\r\n")).Hash; got != want {
		t.Error("CRLF changes it")
	}
	if got := mustLoad(t, "\ufeff"+baseYAML()).Hash; got != want {
		t.Error("a byte order mark changes it")
	}
	if got := mustLoad(t, strings.Replace(baseYAML(), "minutes: 5\n", "minutes: 5\nclosing: null\n", 1)).Hash; got != want {
		t.Error("a key that says nothing changes it")
	}
}

// Parts all over the file are changed or taken out in turn; whatever still loads must hash otherwise.
func TestAnyChangeOfContentChangesTheHash(t *testing.T) {
	seen := map[string]string{mustLoad(t, baseYAML()).Hash: "the base"}
	loaded := 0
	var base yaml.Node
	if err := yaml.Unmarshal([]byte(baseYAML()), &base); err != nil {
		t.Fatal(err)
	}
	before, err := yaml.Marshal(&base)
	if err != nil {
		t.Fatal(err)
	}
	var clone func(n *yaml.Node) *yaml.Node
	clone = func(n *yaml.Node) *yaml.Node {
		c := *n
		c.Content = nil
		for _, child := range n.Content {
			c.Content = append(c.Content, clone(child))
		}
		return &c
	}
	try := func(what string, change func(n *yaml.Node) bool) bool {
		doc := clone(&base)
		if !change(doc) {
			return false
		}
		src, err := yaml.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Equal(before, src) {
			return true // there was nothing to take out
		}
		if in, _ := Load("x.yaml", src, Options{}); in != nil {
			loaded++
			if other, same := seen[in.Hash]; same {
				t.Errorf("%s hashes as %s", what, other)
			}
			seen[in.Hash] = what
		}
		return true
	}
	at := func(target int, f func(n *yaml.Node)) func(n *yaml.Node) bool {
		return func(doc *yaml.Node) bool {
			i, found := 0, false
			var visit func(n *yaml.Node)
			visit = func(n *yaml.Node) {
				if i == target {
					if n.Kind != yaml.DocumentNode {
						f(n)
					}
					found = true
				}
				i++
				for _, c := range n.Content {
					visit(c)
				}
			}
			visit(doc)
			return found
		}
	}
	for i := 0; ; i += 5 { // a prime stride meets keys, values and lists alike
		more := try(fmt.Sprintf("node %d with a longer text", i), at(i, func(n *yaml.Node) {
			if n.Kind == yaml.ScalarNode {
				n.Value += " x"
			} else if n.Kind == yaml.SequenceNode && len(n.Content) > 1 {
				n.Content = n.Content[:len(n.Content)-1]
			} else if n.Kind == yaml.MappingNode && len(n.Content) > 2 {
				n.Content = n.Content[:len(n.Content)-2]
			} else {
				n.Content = nil
			}
		}))
		if !more {
			break
		}
		try(fmt.Sprintf("node %d swapped", i), at(i, func(n *yaml.Node) {
			if n.Kind == yaml.SequenceNode && len(n.Content) > 1 {
				n.Content[0], n.Content[1] = n.Content[1], n.Content[0]
			}
		}))
	}
	if loaded < 15 {
		t.Errorf("only %d changed files loaded", loaded)
	}
}

func TestTheDigestOfTextsFollowsTheSourceLanguageAlone(t *testing.T) {
	stale := func(src string) bool {
		_, list := Load("x.yaml", []byte(src), Options{})
		for _, d := range list {
			if d.Code == "translation-stale" {
				return true
			}
		}
		return false
	}
	if stale(shuffled(t, baseYAML(), rand.New(rand.NewPCG(3, 4)))) {
		t.Error("the order of keys changes it")
	}
	if stale(strings.Replace(baseYAML(), "Hago mates.", "Yo hago mates.", 1)) {
		t.Error("a better translation changes it")
	}
	if !stale(strings.Replace(baseYAML(), "I do math.", "I do maths.", 1)) {
		t.Error("another source text does not change it")
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(baseYAML()))
	for _, m := range mistakes {
		whole := strings.Replace(baseYAML(), m.old, strings.Replace(m.new, "§", "", 1), 1)
		f.Add([]byte(whole))
	}
	f.Add([]byte("a: &a [*a, *a]\n"))
	f.Add([]byte("format: 1\nitems: [{id: x, show_if: 'a'}]\n---\n"))
	for _, rest := range []string{
		"pages: [{include: mind@1}, {id: p, include: fit@2.0}]", "pages: [{include: mind@1/p2}, {include: mind@1/scales/growth}]", "pages: [{include: fit@2/welcome, title: {en: A, es: B}}]",
		"items: [{id: M1, text: {en: A {{place}}, es: B}, show_if: m1 == 3, kind: number}]\npages: [{include: mind@1}, {id: p1, items: [M1, m2]}]\nscales: [{id: x, items: [m1, f1], score: mean}]",
	} {
		f.Add([]byte(batteryHead + rest))
	}
	opt := among(f, mind, fit)
	f.Fuzz(func(t *testing.T, src []byte) {
		in, list := Load("f.yaml", src, opt)
		lines := strings.Count(string(src), "\n") + 1
		for _, d := range list {
			if d.Line < 1 || d.Line > lines || d.Column < 1 || d.Length < 1 || d.Message == "" || d.Hint == "" {
				t.Errorf("%+v of %d lines", d, lines)
			}
		}
		if in == nil && !diag.HasError(list) {
			t.Error("neither an instrument nor an error")
		}
		if in == nil {
			return
		}
		if len(in.Hash) != 64 {
			t.Error("no hash")
		}
		for i, it := range in.Items {
			if it.Index != i || !slices.Contains(in.Pages[it.Page].Items, it) || it.Home.ID == "" {
				t.Errorf("%s has lost its place: %+v", it.ID, it)
			}
		}
	})
}
