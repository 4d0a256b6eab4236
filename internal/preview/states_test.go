package preview_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"surveyd/internal/browsertest"
)

// axeRun gives what axe-core finds against WCAG 2.2 AA in the workbench itself; students' pages in the frames are looked at
// in their own package.
const axeRun = `;axe.run(document, {iframes: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations', 'passes']})
	.then(r => ({Passes: r.passes.length, Violations: r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 160) + ' ' + n.failureSummary))}))`

// accessible runs axe-core on the workbench as it stands.
func accessible(t testing.TB, tab context.Context, name string) {
	t.Helper()
	axe, err := os.ReadFile("../render/testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
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

// early is an instrument for children who do not read yet.
var early = strings.NewReplacer("grades: [4, 5, 6], reading_level: 4", "grades: [K, 1, 2]").Replace(sample)

// states are what the workbench can look like: files to begin with, and what is opened.
func states() []struct{ name, open, file, text, tab, size string } {
	return []struct{ name, open, file, text, tab, size string }{
		{name: "bench", open: "robots.yaml", file: "robots.yaml", text: sample},
		{name: "bench-failing", open: "robots.yaml", file: "robots.yaml", text: strings.Replace(sample, "{liking: 3.75}", "{liking: 2.5}", 1), tab: "tests"},
		{name: "bench-never", open: "robots.yaml", file: "robots.yaml", text: strings.NewReplacer("responses: agree}", "responses: agre}", "score: mean", "score: average").Replace(sample), tab: "problems"},
		{name: "bench-reading", open: "robots.yaml", file: "robots.yaml", text: sample, tab: "reading"},
		{name: "bench-codebook", open: "robots.yaml", file: "robots.yaml", text: sample, tab: "codebook"},
		{name: "bench-early", open: "robots.yaml", file: "robots.yaml", text: early},
		{name: "bench-missing", open: "robots.yaml"},
		{name: "list", open: ".", file: "mine/robots.yaml", text: strings.Replace(sample, "range: [1, 4]", "range: [1, 9]", 1)},
		{name: "list-empty", open: "."},
		{name: "list-missing", open: "nowhere"},
	}
}

// looks are the sizes, colour schemes and languages of the browser: every value of each comes up.
var looks = []struct {
	width, height int64
	scheme, lang  string
}{{1366, 768, "light", "en"}, {360, 740, "dark", "es"}}

// TestEveryStateOfTheWorkbenchIsAccessible runs axe-core in every state, wide and light in English, narrow and dark in
// Spanish, and looks that nothing stands out to the side. With -screenshots it also takes pictures.
func TestEveryStateOfTheWorkbenchIsAccessible(t *testing.T) {
	t.Parallel()
	browser := browsertest.Browser(t)
	for _, state := range states() {
		folder := t.TempDir()
		if state.file != "" {
			write(t, filepath.Join(folder, state.file), state.text)
		}
		address := serve(t, filepath.Join(folder, state.open))
		for _, look := range looks {
			name := fmt.Sprintf("%s.%s.%d.%s", state.name, look.lang, look.width, look.scheme)
			tab := browsertest.Tab(t, browser)
			browsertest.Run(t, tab, browsertest.Device(look.width, look.height, look.scheme, true),
				emulation.SetUserAgentOverride("surveyd test").WithAcceptLanguage(look.lang), chromedp.Navigate(address))
			if state.text != "" && strings.HasPrefix(state.name, "bench") && state.name != "bench-never" {
				ready(t, tab)
				eventuallyHas(t, tab, "#scores", "liking")
			}
			if state.tab != "" {
				browsertest.Ask[any](t, tab, `(document.getElementById("tab-`+state.tab+`").click(), 1)`)
				time.Sleep(200 * time.Millisecond) // a frame of the panel comes
			}
			if wide := browsertest.Read[int64](t, tab, "document.documentElement.scrollWidth"); wide > look.width {
				t.Errorf("%s is %d px wide", name, wide)
			}
			accessible(t, tab, name)
			shoot(t, tab, name)
		}
	}
}
