package render_test

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

	"surveyd/internal/instrument"
	"surveyd/internal/render"
	"surveyd/internal/render/gallery"
)

var (
	screenshots = flag.String("screenshots", "", "folder into which pictures of every state are written, for looking at")
	only        = flag.String("only", "", "with -screenshots: only states whose name begins like this")
)

// serveGallery serves every state at /{name}/{lang}, and the assets.
func serveGallery(t testing.TB, r *render.Renderer) *httptest.Server {
	mux := http.NewServeMux()
	serveAssets(mux, r)
	for _, state := range gallery.States() {
		mux.HandleFunc("/"+state.Name+"/{lang}", func(w http.ResponseWriter, req *http.Request) {
			var page bytes.Buffer
			if err := state.Write(r, &page, instrument.Lang(req.PathValue("lang"))); err != nil {
				t.Error(err)
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", render.ContentSecurityPolicy)
			w.Write(page.Bytes())
		})
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

func serveAssets(mux *http.ServeMux, r *render.Renderer) {
	for _, asset := range r.Assets() {
		mux.HandleFunc(asset.Path, func(w http.ResponseWriter, req *http.Request) {
			w.Header().Set("Content-Type", asset.ContentType)
			if asset.Immutable {
				w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			}
			body := asset.Identity
			if strings.Contains(req.Header.Get("Accept-Encoding"), "br") {
				w.Header().Set("Content-Encoding", "br")
				body = asset.Brotli
			}
			w.Write(body)
		})
	}
}

// TestEveryPageFitsASmallScreen looks at every state in both languages at 320 px, as at 400 % zoom: nothing may stand out
// to the side. With -screenshots it also writes pictures of every state, wide and narrow, light and dark.
func TestEveryPageFitsASmallScreen(t *testing.T) {
	server := serveGallery(t, renderer(t))
	tab := newTab(t, startBrowser(t))
	run(t, tab, device(320, 640, "light", false))
	for _, state := range gallery.States() {
		for _, lang := range []string{"en", "es"} {
			var width int
			address := server.URL + "/" + state.Name + "/" + lang
			run(t, tab, chromedp.Navigate(address), chromedp.Evaluate("document.documentElement.scrollWidth", &width))
			if width > 320 {
				t.Errorf("%s.%s is %d px wide on a screen of 320", state.Name, lang, width)
			}
		}
	}
	if *screenshots != "" {
		writeScreenshots(t, server.URL)
	}
}

func writeScreenshots(t *testing.T, server string) {
	tab := newTab(t, startBrowser(t))
	for _, size := range [][2]int64{{1366, 768}, {360, 740}} {
		for _, scheme := range []string{"light", "dark"} {
			run(t, tab, device(size[0], size[1], scheme, true))
			for _, state := range gallery.States() {
				if !strings.HasPrefix(state.Name, *only) {
					continue
				}
				for _, lang := range []string{"en", "es"} {
					var picture []byte
					run(t, tab, chromedp.Navigate(server+"/"+state.Name+"/"+lang), shoot(&picture, true))
					name := fmt.Sprintf("%s.%s.%d.%s.png", state.Name, lang, size[0], scheme)
					if err := os.WriteFile(filepath.Join(*screenshots, name), picture, 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
}
