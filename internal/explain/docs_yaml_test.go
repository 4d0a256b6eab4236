package explain_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"surveyd/instruments"
	"surveyd/internal/catalog"
	"surveyd/internal/explain"
	"surveyd/internal/instrument"
)

// elsewhere are blocks of YAML that are no instrument, or that another test tries.
var elsewhere = []string{
	"yaml compose", "yaml workflow", "yaml comment", // of other programs, and first lines alone
	"yaml imported", "yaml scored", // internal/interchange
	"yaml file=maker-room.yaml", "yaml into=maker-room.yaml", // cmd/surveyd
}

// TestEveryInstrumentInTheDocsHasNothingToReport completes the fragments like the good examples of the entries.
func TestEveryInstrumentInTheDocsHasNothingToReport(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join("..", "..", "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	pages = append(pages, filepath.Join("..", "..", "README.md"))
	tried := 0
	for _, page := range pages {
		if filepath.Base(page) == "diagnostics.md" {
			continue // it is made of the entries
		}
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		parts := strings.Split("\n"+string(text), "\n```")
		for i := 1; i < len(parts); i += 2 {
			info, body, _ := strings.Cut(parts[i], "\n")
			if word, _, _ := strings.Cut(info, " "); word != "yaml" || slices.Contains(elsewhere, info) {
				continue
			}
			tried++
			where := fmt.Sprintf("%s:%d", filepath.Base(page), strings.Count(strings.Join(parts[:i], "\n"), "\n")+1)
			base, ok := map[string]string{"yaml": "", "yaml es": "es"}[info]
			if !ok {
				t.Errorf("%s: nothing tries a block %q", where, info)
				continue
			}
			tryFragment(t, where, body, base)
		}
	}
	if tried < 15 {
		t.Errorf("only %d examples were found", tried)
	}
}

func tryFragment(t *testing.T, where, body, base string) {
	t.Helper()
	example, err := explain.Completable(body+"\n", base)
	if err != nil {
		t.Fatalf("%s: %v", where, err)
	}
	files, _ := example.Complete()
	_, list := catalog.Check([]catalog.Source{{Name: files[0].Name, Bytes: files[0].Bytes}}, shipped)
	for _, d := range list {
		if !passedOver(explain.Entry{}, d.Code) {
			t.Errorf("%s: %s%s", where, d, whole(files))
		}
	}
}

func shipped() ([]*instrument.Instrument, error) {
	c, _, err := catalog.Open(fs.FS(instruments.FS))
	return c.All(), err
}
