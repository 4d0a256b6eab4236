package report_test

import (
	"bytes"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"surveyd/internal/analysis"
	"surveyd/internal/browsertest"
	"surveyd/internal/report"
)

var screenshots = flag.String("screenshots", "", "folder into which pictures of every report are written, for looking at")

// pages writes every report.
func pages(t testing.TB) map[string][]byte {
	t.Helper()
	in := rich(t)
	pre, post := waveOf(t, in, 0), waveOf(t, in, 1)
	change, err := analysis.Change(pre, post, "id", analysis.Options{})
	if err != nil {
		t.Fatal(err)
	}
	dif, err := analysis.DIF(pre, "language", "en", analysis.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for name, write := range map[string]func(*bytes.Buffer) error{
		"analyze": func(b *bytes.Buffer) error {
			return report.AnalysisHTML(b, analysis.Analyze(pre, "site", analysis.Options{}))
		},
		"hidden": func(b *bytes.Buffer) error {
			return report.AnalysisHTML(b, analysis.Analyze(pre, "site", analysis.Options{MinN: 75}))
		},
		"change": func(b *bytes.Buffer) error { return report.ChangeHTML(b, change) },
		"dif":    func(b *bytes.Buffer) error { return report.DIFHTML(b, dif) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		out[name] = b.Bytes()
	}
	return out
}

// overflow is how many pixels a page is wider than the window, and the least size of a chart's words in pixels.
const looks = `({
	Overflow: document.documentElement.scrollWidth - window.innerWidth,
	Smallest: Math.min(99, ...[...document.querySelectorAll('.chart svg')].map(s => 11 * s.getBoundingClientRect().width / s.viewBox.baseVal.width)),
	Charts: document.querySelectorAll('figure').length,
})`

// axeRun gives what axe-core finds against WCAG 2.2 AA, one line for each element.
const axeRun = `;axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations']})
	.then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 160) + ' ' + n.failureSummary)))`

func TestReportsCanBeReadOnEveryScreen(t *testing.T) {
	axe, err := os.ReadFile("../render/testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	written := pages(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(written[strings.TrimPrefix(r.URL.Path, "/")])
	}))
	defer server.Close()
	browser := browsertest.Browser(t)
	for _, look := range []struct {
		width, height int64
		scheme        string
	}{{1366, 768, "light"}, {1366, 768, "dark"}, {360, 740, "light"}, {360, 740, "dark"}} {
		tab := browsertest.Tab(t, browser)
		browsertest.Run(t, tab, browsertest.Device(look.width, look.height, look.scheme, true))
		for name := range written {
			what := fmt.Sprintf("%s at %d px, %s", name, look.width, look.scheme)
			browsertest.Run(t, tab, chromedp.Navigate(server.URL+"/"+name))
			seen := browsertest.Ask[struct{ Overflow, Smallest, Charts float64 }](t, tab, looks)
			if seen.Overflow > 0 || seen.Smallest < 9 || seen.Charts == 0 && name != "hidden" {
				t.Errorf("%s: %+v", what, seen)
			}
			if *screenshots != "" {
				var picture []byte
				browsertest.Run(t, tab, browsertest.Shoot(&picture, true))
				path := filepath.Join(*screenshots, fmt.Sprintf("%s-%d-%s.png", name, look.width, look.scheme))
				if err := os.WriteFile(path, picture, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if found := browsertest.Ask[[]string](t, tab, string(axe)+axeRun); len(found) > 0 {
				t.Errorf("%s:\n  %s", what, strings.Join(found, "\n  "))
			}
		}
	}
}
