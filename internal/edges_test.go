// Package internal_test holds the rules of who may import whom. They are the first thing that a hurried change breaks
// and the last that a reviewer sees.
package internal_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "surveyd"

// listed is what `go list -json` says of a package, as far as the rules need it.
type listed struct {
	ImportPath   string
	Dir          string
	GoFiles      []string
	Imports      []string
	TestImports  []string
	XTestImports []string
	Deps         []string
	Module       *struct {
		Path    string
		Main    bool
		GoMod   string
		Replace *struct{ Path string }
	}
}

func (p listed) ours() bool {
	return p.ImportPath == module || strings.HasPrefix(p.ImportPath, module+"/")
}

// soleImporters: a library on the left may be imported, by code and tests, from the package on the right only. Nested
// modules, which hold test servers, are not listed and so not held.
var soleImporters = map[string]string{
	"github.com/gofiber/fiber":      module + "/internal/web",
	"github.com/valyala/fasthttp":   module + "/internal/web",
	"go.mongodb.org/mongo-driver":   module + "/internal/mongostore",
	"modernc.org/sqlite":            module + "/internal/sqlitestore",
	"github.com/nicksnyder/go-i18n": module + "/internal/i18n",
}

// codeImporters: a library on the left may be imported from the packages on the right only; tests may use it to make what
// they need.
var codeImporters = map[string][]string{
	"net/http":                     {module + "/internal/preview", module + "/internal/web"},
	"github.com/fsnotify/fsnotify": {module + "/internal/preview"},
	"github.com/xuri/excelize":     {module + "/internal/interchange"},
	"github.com/chromedp":          {module + "/internal/browsertest"},
	"github.com/evanw/esbuild":     {module + "/internal/render/bundle"},
	"gonum.org/v1/gonum":           {module + "/internal/analysis", module + "/internal/psychometrics", module + "/internal/scoring"},
}

// pure are the packages that are functions of an instrument, of answers, or of the bytes of a file alone.
var pure = []string{
	module + "/internal/analysis",
	module + "/internal/answer",
	module + "/internal/answerfile",
	module + "/internal/catalog",
	module + "/internal/compare",
	module + "/internal/condition",
	module + "/internal/explain",
	module + "/internal/instrument",
	module + "/internal/interchange",
	module + "/internal/layout",
	module + "/internal/psychometrics",
	module + "/internal/schema",
	module + "/internal/scoring",
	module + "/internal/starter",
}

// spoken are packages that are pure but for the words of the interface: those are handed to them, or theirs to hand out.
var spoken = []string{
	module + "/internal/codebook",
	module + "/internal/i18n",
}

// heldToImports are the packages that may neither reach outside of the process nor look at a clock.
var heldToImports = slices.Concat(pureMayUse, spoken)

// pureMayUse are the packages of ours that a pure one may lean on, near or far. They are held to the same imports.
var pureMayUse = append([]string{
	module + "/internal/diag",
	module + "/internal/csvfile",
	module + "/instruments",
}, pure...)

// pureMustNotImport are packages of the standard library, with everything below them: logging, storage, network, and
// the process itself. Files come in as fs.FS or bytes.
var pureMustNotImport = []string{
	"database", "expvar", "log", "net", "os", "plugin", "runtime/debug", "syscall", "testing",
}

// clock are the functions of package time that look at a clock or wait for one.
var clock = []string{
	"After", "AfterFunc", "NewTicker", "NewTimer", "Now", "Since", "Sleep", "Tick", "Until",
}

// stores are what web must not reach, however indirectly.
var stores = []string{module + "/internal/mongostore", module + "/internal/sqlitestore", module + "/internal/storetest"}

// deprecated are modules that must not come back: archived, or replaced by another major version or path.
var deprecated = []string{
	"github.com/dgrijalva/jwt-go",
	"github.com/goccy/go-yaml", // not deprecated, but rewrites unquoted scalars, so that 1.10 becomes 1.1
	"github.com/golang/protobuf",
	"github.com/mattn/go-sqlite3", // needs cgo
	"github.com/nicksnyder/go-i18n",
	"github.com/pkg/errors",
	"go.mongodb.org/mongo-driver",
	"gopkg.in/go-playground/validator.v9",
	"gopkg.in/mgo.v2",
	"gopkg.in/yaml.v2",
	"gopkg.in/yaml.v3",
	"io/ioutil",
}

// TestThePackagesKeepTheirEdges holds the rules for this tree.
func TestThePackagesKeepTheirEdges(t *testing.T) {
	packages := listPackages(t)
	for _, broken := range brokenImports(packages) {
		t.Error(broken)
	}
	for _, p := range packages {
		if !slices.Contains(heldToImports, p.ImportPath) {
			continue
		}
		for _, name := range p.GoFiles {
			source, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			broken, err := clockReads(filepath.Join(p.ImportPath, name), source)
			if err != nil {
				t.Error(err)
			}
			for _, line := range broken {
				t.Error(line)
			}
		}
	}
}

// TestNoModuleIsReplacedOrDeprecated reads the go.mod of every module in use for its own word on that.
func TestNoModuleIsReplacedOrDeprecated(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range listPackages(t) {
		if p.Module == nil || seen[p.Module.Path] {
			continue
		}
		seen[p.Module.Path] = true
		if p.Module.Replace != nil {
			t.Errorf("go.mod replaces %s by %s", p.Module.Path, p.Module.Replace.Path)
		}
		text, err := os.ReadFile(p.Module.GoMod)
		if errors.Is(err, fs.ErrNotExist) {
			continue // a module from before go.mod files
		}
		if err != nil {
			t.Fatal(err)
		}
		if word := deprecation(string(text)); word != "" {
			t.Errorf("module %s is deprecated: %s", p.Module.Path, word)
		}
	}
	if !seen[module] {
		t.Errorf("module %s itself was not among %d modules", module, len(seen))
	}
}

// listPackages lists this module's packages and all that they need, in this build. A package that does not build is
// listed as far as it goes; the compiler is the one to complain of it.
func listPackages(t *testing.T) []listed {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	// The test cache knows the files that a test looks at, not those that a command looks at for it: look at all.
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && strings.HasPrefix(entry.Name(), ".") && path != root {
			return fs.SkipDir
		}
		if strings.HasSuffix(path, ".go") || entry.Name() == "go.mod" {
			_, err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}

	cmd := exec.Command("go", "list", "-e", "-deps",
		"-json=ImportPath,Dir,GoFiles,Imports,TestImports,XTestImports,Deps,Module", "./...")
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	packages, err := decode(bytes.NewReader(out))
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	return packages
}

func decode(stream io.Reader) ([]listed, error) {
	var packages []listed
	for decoder := json.NewDecoder(stream); ; {
		var p listed
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return packages, nil
		}
		if err != nil {
			return nil, err
		}
		packages = append(packages, p)
	}
}

// brokenImports gives one line for each import that a rule forbids.
func brokenImports(packages []listed) []string {
	var broken []string
	say := func(format string, args ...any) { broken = append(broken, fmt.Sprintf(format, args...)) }
	for _, p := range packages {
		if !p.ours() {
			continue
		}
		for _, path := range everyImport(p) {
			for library, importer := range soleImporters {
				if under(path, library) && p.ImportPath != importer {
					say("%s imports %s: only %s may", p.ImportPath, path, importer)
				}
			}
			if slices.ContainsFunc(deprecated, func(old string) bool { return sameModule(path, old) }) {
				say("%s imports %s, which is not used any more", p.ImportPath, path)
			}
		}
		for _, path := range p.Imports {
			for library, importers := range codeImporters {
				if under(path, library) && !slices.Contains(importers, p.ImportPath) {
					say("%s imports %s: only %s may", p.ImportPath, path, strings.Join(importers, " and "))
				}
			}
		}
		if p.ImportPath == module+"/internal/web" {
			for _, dep := range p.Deps {
				if slices.Contains(stores, dep) {
					say("%s needs %s: web calls fieldwork and staff, main hands it the stores", p.ImportPath, dep)
				}
			}
		}
		if slices.Contains(heldToImports, p.ImportPath) {
			for _, path := range p.Imports {
				if slices.ContainsFunc(pureMustNotImport, func(forbidden string) bool { return under(path, forbidden) }) {
					say("%s imports %s: it is a function of what it is given alone", p.ImportPath, path)
				}
			}
		}
		if slices.Contains(pure, p.ImportPath) {
			for _, dep := range p.Deps {
				if (listed{ImportPath: dep}).ours() && !slices.Contains(pureMayUse, dep) {
					say("%s needs %s: it is a function of what it is given alone", p.ImportPath, dep)
				}
			}
		}
	}
	return broken
}

// everyImport are the imports of a package and its tests, each once.
func everyImport(p listed) []string {
	all := slices.Concat(p.Imports, p.TestImports, p.XTestImports)
	slices.Sort(all)
	return slices.Compact(all)
}

// under tells whether path is root or below it.
func under(path, root string) bool { return path == root || strings.HasPrefix(path, root+"/") }

// sameModule tells whether path belongs to the module old itself, not to a later major version of it such as old/v2.
func sameModule(path, old string) bool {
	if !under(path, old) {
		return false
	}
	version, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(path, old), "/"), "/")
	number, isVersion := strings.CutPrefix(version, "v")
	_, err := strconv.Atoi(number)
	return !isVersion || err != nil
}

// clockReads gives one line for each use of a clock in a source file.
func clockReads(name string, source []byte) ([]string, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	local := ""
	for _, spec := range file.Imports {
		if spec.Path.Value == `"time"` {
			local = "time"
			if spec.Name != nil {
				local = spec.Name.Name
			}
		}
	}
	if local == "." {
		return []string{name + " imports time into its own names, so that a use of the clock cannot be seen"}, nil
	}
	var broken []string
	ast.Inspect(file, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if of, ok := selector.X.(*ast.Ident); ok && local != "" && of.Name == local && slices.Contains(clock, selector.Sel.Name) {
			broken = append(broken, fmt.Sprintf("%s uses time.%s: the time comes in as an argument", files.Position(selector.Pos()), selector.Sel.Name))
		}
		return true
	})
	return broken, nil
}

// deprecation is what a go.mod says of its module being deprecated, in the comment above or beside the module line.
func deprecation(gomod string) string {
	before, _, _ := strings.Cut(gomod, "\nrequire")
	for line := range strings.Lines(before) {
		if _, word, found := strings.Cut(line, "// Deprecated:"); found {
			return strings.TrimSpace(word)
		}
	}
	return ""
}
