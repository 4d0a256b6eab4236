package render_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"surveyd/internal/browsertest"
	"surveyd/internal/render/gallery"
)

// axeRun gives what axe-core finds against WCAG 2.2 AA, one line for each element.
const axeRun = `;axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations', 'passes']})
	.then(r => ({Passes: r.passes.length, Violations: r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 160) + ' ' + n.failureSummary))}))`

// TestNoPageBreaksARuleOfAccessibility runs axe-core on every state of every page, wide and light in English,
// narrow and dark in Spanish.
func TestNoPageBreaksARuleOfAccessibility(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	server := serveGallery(t, renderer(t))
	browser := browsertest.Browser(t)
	for _, look := range []struct {
		width, height int64
		scheme, lang  string
	}{{1366, 768, "light", "en"}, {360, 740, "dark", "es"}} {
		tab := browsertest.Tab(t, browser)
		browsertest.Run(t, tab, browsertest.Device(look.width, look.height, look.scheme, true), withVoices())
		for _, state := range gallery.States() {
			name := fmt.Sprintf("%s.%s at %d px, %s", state.Name, look.lang, look.width, look.scheme)
			browsertest.Run(t, tab, chromedp.Navigate(server.URL+"/"+state.Name+"/"+look.lang))
			found := browsertest.Ask[struct {
				Passes     int
				Violations []string
			}](t, tab, string(axe)+axeRun)
			if found.Passes < 5 {
				t.Errorf("%s: only %d rules were looked at", name, found.Passes)
			}
			if len(found.Violations) > 0 {
				t.Errorf("%s:\n  %s", name, strings.Join(found.Violations, "\n  "))
			}
		}
	}
}
