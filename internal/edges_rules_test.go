package internal_test

import (
	"slices"
	"strings"
	"testing"
)

func TestARuleThatIsBrokenIsFound(t *testing.T) {
	for name, test := range map[string]struct {
		p    listed
		want string // "" where nothing is wrong
	}{
		"web imports Fiber":                {listed{ImportPath: "surveyd/internal/web", Imports: []string{"github.com/gofiber/fiber/v2"}}, ""},
		"main imports Fiber":               {listed{ImportPath: "surveyd/cmd/surveyd", Imports: []string{"github.com/gofiber/fiber/v2"}}, "only surveyd/internal/web may"},
		"main imports Fiber's middleware":  {listed{ImportPath: "surveyd/cmd/surveyd", Imports: []string{"github.com/gofiber/fiber/v2/middleware/cors"}}, "only surveyd/internal/web may"},
		"a test elsewhere imports Fiber":   {listed{ImportPath: "surveyd/internal/render", XTestImports: []string{"github.com/gofiber/fiber/v2"}}, "only surveyd/internal/web may"},
		"mongostore imports the driver":    {listed{ImportPath: "surveyd/internal/mongostore", TestImports: []string{"go.mongodb.org/mongo-driver/v2/bson"}}, ""},
		"fieldwork imports the driver":     {listed{ImportPath: "surveyd/internal/fieldwork", Imports: []string{"go.mongodb.org/mongo-driver/v2/bson"}}, "only surveyd/internal/mongostore may"},
		"the driver's first version":       {listed{ImportPath: "surveyd/internal/mongostore", Imports: []string{"go.mongodb.org/mongo-driver/mongo"}}, "not used any more"},
		"storetest imports SQLite":         {listed{ImportPath: "surveyd/internal/storetest", Imports: []string{"modernc.org/sqlite"}}, "only surveyd/internal/sqlitestore may"},
		"render imports go-i18n":           {listed{ImportPath: "surveyd/internal/render", Imports: []string{"github.com/nicksnyder/go-i18n/v2/i18n"}}, "only surveyd/internal/i18n may"},
		"another module imports Fiber":     {listed{ImportPath: "example.org/other", Imports: []string{"github.com/gofiber/fiber/v2"}}, ""},
		"a module whose name begins alike": {listed{ImportPath: "surveyd/internal/fieldwork", Imports: []string{"modernc.org/sqlitex"}}, ""},
		"web reaches a store":              {listed{ImportPath: "surveyd/internal/web", Deps: []string{"surveyd/internal/fieldwork", "surveyd/internal/sqlitestore"}}, "main hands it the stores"},
		"main reaches a store":             {listed{ImportPath: "surveyd/cmd/surveyd", Deps: []string{"surveyd/internal/sqlitestore"}}, ""},
		"scoring logs":                     {listed{ImportPath: "surveyd/internal/scoring", Imports: []string{"log/slog"}}, "alone"},
		"scoring speaks HTTP":              {listed{ImportPath: "surveyd/internal/scoring", Imports: []string{"net/http"}}, "alone"},
		"answer reads files":               {listed{ImportPath: "surveyd/internal/answer", Imports: []string{"os"}}, "alone"},
		"psychometrics uses a database":    {listed{ImportPath: "surveyd/internal/psychometrics", Imports: []string{"database/sql"}}, "alone"},
		"condition is given words":         {listed{ImportPath: "surveyd/internal/condition", Deps: []string{"surveyd/internal/i18n"}}, "alone"},
		"instrument reaches fieldwork":     {listed{ImportPath: "surveyd/internal/instrument", Deps: []string{"surveyd/internal/fieldwork"}}, "alone"},
		"instrument leans on diag":         {listed{ImportPath: "surveyd/internal/instrument", Imports: []string{"io/fs", "surveyd/internal/diag"}, Deps: []string{"os", "surveyd/internal/diag"}}, ""},
		"scoring's test reads files":       {listed{ImportPath: "surveyd/internal/scoring", TestImports: []string{"os"}}, ""},
		"layout reads files":               {listed{ImportPath: "surveyd/internal/layout", Imports: []string{"os"}}, "alone"},
		"compare is given words":           {listed{ImportPath: "surveyd/internal/compare", Deps: []string{"surveyd/internal/i18n"}}, "alone"},
		"codebook is given words":          {listed{ImportPath: "surveyd/internal/codebook", Imports: []string{"surveyd/internal/i18n"}, Deps: []string{"surveyd/internal/i18n"}}, ""},
		"codebook logs":                    {listed{ImportPath: "surveyd/internal/codebook", Imports: []string{"log/slog"}}, "alone"},
		"preview speaks HTTP":              {listed{ImportPath: "surveyd/internal/preview", Imports: []string{"net/http"}}, ""},
		"render speaks HTTP":               {listed{ImportPath: "surveyd/internal/render", Imports: []string{"net/http"}}, "only surveyd/internal/preview and surveyd/internal/web may"},
		"render's test speaks HTTP":        {listed{ImportPath: "surveyd/internal/render", TestImports: []string{"net/http/httptest"}}, ""},
		"export writes workbooks":          {listed{ImportPath: "surveyd/internal/export", Imports: []string{"github.com/xuri/excelize/v2"}}, "only surveyd/internal/interchange may"},
		"config logs":                      {listed{ImportPath: "surveyd/internal/config", Imports: []string{"log/slog"}}, ""},
		"an archived YAML module":          {listed{ImportPath: "surveyd/internal/config", Imports: []string{"gopkg.in/yaml.v3"}}, "not used any more"},
	} {
		t.Run(name, func(t *testing.T) {
			broken := brokenImports([]listed{test.p})
			if test.want == "" && len(broken) > 0 {
				t.Errorf("nothing is wrong, but: %q", broken)
			}
			if test.want != "" && !slices.ContainsFunc(broken, func(line string) bool { return strings.Contains(line, test.want) }) {
				t.Errorf("no line with %q in %q", test.want, broken)
			}
		})
	}
}

func TestAUseOfTheClockIsFound(t *testing.T) {
	for source, want := range map[string]int{
		"package p\nimport \"time\"\nvar at = time.Now()":                       1,
		"package p\nimport \"time\"\nvar clock = time.Now":                      1,
		"package p\nimport t \"time\"\nfunc f() { t.Sleep(t.Second); t.Now() }": 2,
		"package p\nimport . \"time\"\nvar at = Now()":                          1,
		"package p\nimport \"time\"\nvar d = time.Second\nvar _ time.Time":      0,
		"package p\nvar time struct{ Now int }\nvar at = time.Now":              0,
	} {
		broken, err := clockReads("p.go", []byte(source))
		if err != nil {
			t.Fatal(err)
		}
		if len(broken) != want {
			t.Errorf("%d findings, want %d: %q in\n%s", len(broken), want, broken, source)
		}
	}
	broken, err := clockReads("p.go", []byte("package p\nimport \"time\"\n\nvar at = time.Now()"))
	if err != nil || len(broken) != 1 || !strings.HasPrefix(broken[0], "p.go:4:10 uses time.Now") {
		t.Errorf("the place should be told: %q, %v", broken, err)
	}
}

func TestADeprecatedModuleIsFound(t *testing.T) {
	for gomod, want := range map[string]string{
		"// Deprecated: use example.org/b instead.\nmodule example.org/a\n\nrequire x v1.0.0\n": "use example.org/b instead.",
		"module example.org/a // Deprecated: gone\n":                                            "gone",
		"module example.org/a\n\nrequire x v1.0.0 // Deprecated: of another\n":                  "",
	} {
		if got := deprecation(gomod); got != want {
			t.Errorf("got %q, want %q from\n%s", got, want, gomod)
		}
	}
}
