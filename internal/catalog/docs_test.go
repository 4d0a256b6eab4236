package catalog

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"surveyd/instruments"
	"surveyd/internal/explain"
	"surveyd/internal/instrument"
)

var codeShape = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

// reporters are the functions that report, and which of their arguments is the code; -1 is whichever has its shape.
var reporters = map[string]int{"errAt": 1, "warnAt": 1, "report": 2, "problem": 2, "fail": 2, "at": -1}

// reportedCodes finds the codes that the packages' sources report.
func reportedCodes(t *testing.T) map[string]bool {
	t.Helper()
	codes := map[string]bool{}
	add := func(e ast.Expr, hyphen bool) {
		lit, ok := e.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return
		}
		if s, err := strconv.Unquote(lit.Value); err == nil && codeShape.MatchString(s) && (!hyphen || strings.Contains(s, "-")) {
			codes[s] = true
		}
	}
	for _, pkg := range []string{"instrument", "condition", "catalog", "scoring"} {
		files, err := filepath.Glob(filepath.Join("..", pkg, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no source of %s: %v", pkg, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					name := ""
					switch f := n.Fun.(type) {
					case *ast.Ident:
						name = f.Name
					case *ast.SelectorExpr:
						name = f.Sel.Name
					}
					i, ok := reporters[name]
					for j, arg := range n.Args {
						if ok && (i == j || i < 0) {
							add(arg, i < 0)
						}
					}
				case *ast.KeyValueExpr:
					if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Code" {
						add(n.Value, false)
					}
				case *ast.AssignStmt:
					if name, ok := n.Lhs[0].(*ast.Ident); ok && name.Name == "code" {
						add(n.Rhs[0], false)
					}
				}
				return true
			})
		}
	}
	return codes
}

func TestTheCatalogueOfDiagnosticsIsWhole(t *testing.T) {
	entries, err := explain.All()
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, e := range entries {
		told[e.Code] = true
	}
	reported := reportedCodes(t)
	if len(reported) < 50 {
		t.Fatalf("only %d codes found in the sources", len(reported))
	}
	for code := range reported {
		if !told[code] {
			t.Errorf("nothing explains %s: write internal/explain/entries/%s.md", code, code)
		}
	}
	for code := range told {
		if !reported[code] {
			t.Errorf("internal/explain/entries/%s.md explains what nothing reports", code)
		}
	}
}

func TestTheBatteryInTheReferenceIsWhole(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "instrument-reference.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "## Batteries")
	_, rest, _ = strings.Cut(rest, "```yaml\n")
	example, _, _ := strings.Cut(rest, "```\n")
	shipped := func() ([]*instrument.Instrument, error) {
		c, _, err := Open(instruments.FS)
		return c.All(), err
	}
	loaded, list := Check([]Source{{Name: "example.yaml", Bytes: []byte(example)}}, shipped)
	for _, d := range list {
		t.Error(d)
	}
	if in := loaded[0].Instrument; in == nil || len(in.Parts) != 2 || in.Scales[0].Identity() != "growth-mindset/1/math_growth" {
		t.Error("it is not usable, or another than the text says")
	}
}

func TestTheExampleInTheReferenceIsWhole(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "instrument-reference.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "```yaml\n")
	example, _, ok := strings.Cut(rest, "```\n")
	if !ok {
		t.Fatal("there is no example")
	}
	loaded, list := Check([]Source{{Name: "example.yaml", Bytes: []byte(example)}})
	for _, d := range list {
		t.Error(d)
	}
	if in := loaded[0].Instrument; in == nil || len(in.Tests) != 3 {
		t.Error("it is not usable, or without tests")
	}
}
