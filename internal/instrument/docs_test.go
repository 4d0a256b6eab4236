package instrument

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The reference is held to name every key that a mapping may have.
func TestTheReferenceNamesEveryKey(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "instrument-reference.md"))
	if err != nil {
		t.Fatal(err)
	}
	keys := append(append([]string(nil), topKeys...), scaleKeys...)
	files, err := filepath.Glob("decode*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if f, ok := call.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "mapping" {
				for _, arg := range call.Args[2:] {
					if lit, ok := arg.(*ast.BasicLit); ok {
						key, err := strconv.Unquote(lit.Value)
						if err != nil {
							t.Fatal(err)
						}
						keys = append(keys, key)
					}
				}
			}
			return true
		})
	}
	if len(keys) < 60 {
		t.Fatalf("only %d keys found", len(keys))
	}
	for _, key := range keys {
		if !strings.Contains(string(text), "`"+key+"`") && !strings.Contains(string(text), "{"+key) && !strings.Contains(string(text), ", "+key) {
			t.Errorf("docs/instrument-reference.md does not name %s", key)
		}
	}
}
