package explain_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"surveyd/internal/explain"
)

var update = flag.Bool("update", false, "write docs/diagnostics.md anew")

func TestTheCatalogueInTheDocsIsMadeFromTheEntries(t *testing.T) {
	page := filepath.Join("..", "..", "docs", "diagnostics.md")
	made := explain.Markdown(all(t))
	if *update {
		if err := os.WriteFile(page, []byte(made), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != made {
		t.Error("docs/diagnostics.md is not what the entries make; run go test ./internal/explain -update")
	}
}
