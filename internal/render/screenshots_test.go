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
	"time"

	"github.com/chromedp/chromedp"

	"surveyd/internal/browsertest"
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
	serveMedia(mux, gallery.Early())
	for _, state := range gallery.States() {
		mux.HandleFunc("/"+state.Name+"/{lang}", func(w http.ResponseWriter, req *http.Request) {
			var page bytes.Buffer
			if err := state.Write(r, &page, instrument.Lang(req.PathValue("lang"))); err != nil {
				http.NotFound(w, req) // the script asks for the other language, which this address does not have
				return
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

// serveMedia serves an instrument's pictures and recordings.
func serveMedia(mux *http.ServeMux, in *instrument.Instrument) {
	for _, a := range in.Assets {
		mux.HandleFunc(render.MediaPath(a), func(w http.ResponseWriter, req *http.Request) {
			w.Header().Set("Content-Type", a.Type)
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			http.ServeContent(w, req, "", time.Time{}, bytes.NewReader(a.Bytes))
		})
	}
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
	t.Parallel()
	server := serveGallery(t, renderer(t))
	tab := browsertest.Start(t)
	browsertest.Run(t, tab, browsertest.Device(320, 640, "light", false), withVoices())
	for _, state := range gallery.States() {
		for _, lang := range []string{"en", "es"} {
			var width int
			address := server.URL + "/" + state.Name + "/" + lang
			browsertest.Run(t, tab, chromedp.Navigate(address), chromedp.Evaluate("document.documentElement.scrollWidth", &width))
			if width > 320 {
				t.Errorf("%s.%s is %d px wide on a screen of 320", state.Name, lang, width)
			}
		}
	}
	if *screenshots != "" {
		writeScreenshots(t, server.URL)
	}
}

// looks are the sizes, colour schemes and languages that pictures are taken in: every pair of them comes up.
var looks = []struct {
	width, height int64
	scheme, lang  string
}{{1366, 768, "light", "en"}, {1366, 768, "dark", "es"}, {360, 740, "light", "es"}, {360, 740, "dark", "en"}}

func writeScreenshots(t *testing.T, server string) {
	browser := browsertest.Browser(t)
	for _, look := range looks {
		for _, state := range gallery.States() {
			if !strings.HasPrefix(state.Name, *only) {
				continue
			}
			for _, scripts := range []bool{true, false} {
				if !scripts && !strings.HasPrefix(state.Name, "survey") {
					continue
				}
				name := fmt.Sprintf("%s.%s.%d.%s.png", state.Name, look.lang, look.width, look.scheme)
				if !scripts {
					name = "plain-" + name
				}
				t.Run(name, func(t *testing.T) {
					tab := browsertest.Tab(t, browser)
					var picture []byte
					browsertest.Run(t, tab, browsertest.Device(look.width, look.height, look.scheme, scripts), withVoices(), chromedp.Navigate(server+"/"+state.Name+"/"+look.lang), browsertest.Shoot(&picture, true))
					if err := os.WriteFile(filepath.Join(*screenshots, name), picture, 0o644); err != nil {
						t.Fatal(err)
					}
				})
			}
		}
	}
}
