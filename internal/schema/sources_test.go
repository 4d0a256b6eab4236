package schema_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"surveyd/internal/schema"
)

// sources is what the decoder's code says of an instrument file: the sets of keys that its mappings may have, and the sets of
// words that a key may hold.
type sources struct {
	keys, words map[string]bool // each set as its members, sorted and joined
}

func setOf(members []string) string {
	members = slices.Clone(members)
	slices.Sort(members)
	return strings.Join(slices.Compact(members), " ")
}

func readSources(t *testing.T) sources {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("..", "instrument", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	named := map[string][]string{} // constants, and variables that are lists of words
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != len(spec.Names) {
				return true
			}
			for i, of := range spec.Names {
				if words := literals(spec.Values[i]); words != nil {
					named[of.Name] = words
				}
			}
			return true
		})
	}
	s := sources{map[string]bool{}, map[string]bool{}}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			switch f := call.Fun.(type) {
			case *ast.SelectorExpr:
				if f.Sel.Name == "mapping" && len(call.Args) > 2 {
					s.keys[setOf(wordsOf(t, call.Args[2:], named))] = true
				}
			case *ast.Ident:
				if f.Name == "choice" {
					s.words[setOf(wordsOf(t, call.Args[3:], named))] = true
				}
			}
			return true
		})
	}
	if len(s.keys) < 25 || len(s.words) < 10 {
		t.Fatalf("only %d mappings and %d choices found in the sources", len(s.keys), len(s.words))
	}
	return s
}

// literals gives the words of a literal: one, or a list of them.
func literals(e ast.Expr) []string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if word, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return []string{word}
		}
	case *ast.CompositeLit:
		var words []string
		for _, element := range e.Elts {
			words = append(words, literals(element)...)
		}
		return words
	}
	return nil
}

func wordsOf(t *testing.T, args []ast.Expr, named map[string][]string) []string {
	t.Helper()
	var words []string
	for _, arg := range args {
		found := literals(arg)
		if id, ok := arg.(*ast.Ident); ok {
			found = named[id.Name]
		}
		if len(found) == 0 {
			t.Fatalf("what %v stands for is not found", arg)
		}
		words = append(words, found...)
	}
	return words
}

func TestTheKeysAreThoseOfTheDecoder(t *testing.T) {
	want, got := readSources(t).keys, map[string]bool{}
	each("", schema.Instrument(), func(_ string, s *schema.Schema) {
		if len(s.Properties) == 0 || s.AdditionalProperties == nil {
			return
		}
		var keys []string
		for key := range s.Properties {
			keys = append(keys, key)
		}
		got[setOf(keys)] = true
	})
	same(t, "keys", want, got)
}

func TestTheWordsAreThoseOfTheDecoder(t *testing.T) {
	want, got := readSources(t).words, map[string]bool{}
	each("", schema.Instrument(), func(_ string, s *schema.Schema) {
		var words []string
		for _, value := range s.Enum {
			switch value := value.(type) {
			case string:
				words = append(words, value)
			case nil:
			default:
				return // grades and the format have numbers too
			}
		}
		if len(words) > 0 && words[0] != "face-1" {
			got[setOf(words)] = true
		}
	})
	same(t, "words", want, got)
}

func same(t *testing.T, what string, want, got map[string]bool) {
	t.Helper()
	for _, c := range []struct {
		in, notIn map[string]bool
		say       string
	}{{want, got, "the decoder has the %s [%s], the schema has not"}, {got, want, "the schema has the %s [%s], the decoder has not"}} {
		for set := range c.in {
			if !c.notIn[set] {
				t.Errorf(c.say, what, set)
			}
		}
	}
}
