package interchange

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"surveyd/internal/catalog"
	"surveyd/internal/diag"
)

// The examples of docs/interchange.md: after each form stand the file and the notes that come of it. With -update they are
// written anew.
func TestTheExamplesOfTheDocsAreImported(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "interchange.md")
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(string(src), "```")
	var last Result
	examples, scale := 0, ""
	for i := 1; i < len(parts); i += 2 {
		kind, body, _ := strings.Cut(parts[i], "\n")
		want := ""
		switch kind {
		case "yaml scored":
			scale = body
			continue
		case "xlsform":
			last, err = XLSForm("example.xlsx", workbook(t, sheetsIn(body)...), Options{})
		case "redcap":
			last, err = REDCap("example.csv", []byte(body), Options{})
		case "yaml imported":
			examples++
			want = string(last.YAML)
			checked(t, last)
		case "notes":
			for _, n := range last.Notes {
				want += n.String() + "\n"
			}
		default:
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if want == "" {
			continue
		}
		if *update {
			parts[i] = kind + "\n" + want
		} else if body != want {
			t.Errorf("%s: the block %s should be\n%s", path, kind, want)
		}
		if kind == "yaml imported" && examples == 1 {
			holdsWithScale(t, last, scale)
		}
	}
	if examples != 2 {
		t.Errorf("%d examples", examples)
	}
	if *update {
		if err := os.WriteFile(path, []byte(strings.Join(parts, "```")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// holdsWithScale adds the docs' scale to an imported file: it checks, and its test passes.
func holdsWithScale(t *testing.T, r Result, scale string) {
	t.Helper()
	loaded, problems := catalog.Check([]catalog.Source{{Name: "example.yaml", Bytes: append(append([]byte(nil), r.YAML...), scale...)}})
	if diag.HasError(problems) || len(loaded[0].Instrument.Scales) != 1 {
		t.Errorf("with its scale: %v", problems)
	}
}
