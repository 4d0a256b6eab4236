package render_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"surveyd/internal/render/gallery"
)

var update = flag.Bool("update", false, "write the goldens anew")

var hashed = regexp.MustCompile(`(/assets/[a-z]+)\.[0-9a-f]{16}\.`)

func TestEveryStateOfEveryPageIsAsItsGoldenSays(t *testing.T) {
	r := renderer(t)
	for _, lang := range r.Languages() {
		for _, state := range gallery.States() {
			t.Run(state.Name+"."+string(lang), func(t *testing.T) {
				var page bytes.Buffer
				if err := state.Write(r, &page, lang); err != nil {
					t.Fatal(err)
				}
				got := hashed.ReplaceAll(page.Bytes(), []byte("$1."))
				golden := filepath.Join("testdata", "golden", state.Name+"."+string(lang)+".html")
				if *update {
					if err := os.WriteFile(golden, got, 0o644); err != nil {
						t.Fatal(err)
					}
					return
				}
				want, err := os.ReadFile(golden)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got, want) {
					t.Errorf("differs from %s; look at it, then run with -update\n%s", golden, firstDifference(string(got), string(want)))
				}
			})
		}
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "got:  " + g[i] + "\nwant: " + w[i]
		}
	}
	return "one is longer than the other"
}

// What a strict content security policy would block, and words that were never found.
var forbidden = []*regexp.Regexp{
	regexp.MustCompile(`(?i)<style[\s>]`),
	regexp.MustCompile(`(?i)\sstyle\s*=`),
	regexp.MustCompile(`(?i)<[^>]*\son[a-z]+\s*=`),
	regexp.MustCompile(`(?i)javascript:`),
	regexp.MustCompile(`(?i)(src|href|action)="(https?:)?//[^e]`),
	regexp.MustCompile(`ZgotmplZ`),
	regexp.MustCompile(`\[[a-z_]+\.[a-z_.]+\]`),
	regexp.MustCompile("[\uE000\uE001]"),
	regexp.MustCompile(`<no value>`),
}

var script = regexp.MustCompile(`(?is)<script([^>]*)>(.*?)</script>`)

func TestNoPageNeedsAnythingInlineOrFromElsewhere(t *testing.T) {
	r := renderer(t)
	for _, lang := range r.Languages() {
		for _, state := range gallery.States() {
			var page bytes.Buffer
			if err := state.Write(r, &page, lang); err != nil {
				t.Fatal(err)
			}
			for _, pattern := range forbidden {
				if found := pattern.Find(page.Bytes()); found != nil {
					t.Errorf("%s.%s holds %q", state.Name, lang, found)
				}
			}
			for _, m := range script.FindAllSubmatch(page.Bytes(), -1) {
				if !bytes.Contains(m[1], []byte(` src="/assets/`)) || len(m[2]) > 0 {
					t.Errorf("%s.%s has an inline script: %s", state.Name, lang, m[0])
				}
			}
		}
	}
}
