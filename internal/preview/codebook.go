package preview

import (
	"bytes"
	"net/http"
	"slices"

	"surveyd/internal/codebook"
	"surveyd/internal/instrument"
	"surveyd/internal/render"
)

// bookPolicy is that of a codebook, which carries its style in itself and needs nothing else.
const bookPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

// codebook is the codebook of what is on show, as surveyd codebook writes it, the reader's language first.
func (w *Workbench) codebook(rw http.ResponseWriter, req *http.Request) {
	d := w.shelf.find(documentKey(req.PathValue("key")))
	if d == nil || d.shown == nil {
		http.NotFound(rw, req)
		return
	}
	reader := w.negotiate(req)
	languages := slices.Clone(d.shown.in.Languages)
	slices.SortStableFunc(languages, func(a, b instrument.Lang) int {
		switch {
		case a == b:
			return 0
		case a == reader:
			return -1
		case b == reader:
			return 1
		}
		return 0
	})
	var page bytes.Buffer
	if err := w.pages.Codebook(&page, render.CodebookView{Book: codebook.Of(d.shown.in), Languages: languages}); err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	rw.Header().Set("Content-Security-Policy", bookPolicy)
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = page.WriteTo(rw) // a browser that has gone needs no page
}
