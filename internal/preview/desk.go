package preview

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"

	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
	"surveyd/internal/render"
)

//go:embed templates/*.html
var templateFiles embed.FS

// desk writes the workbench's own pages, in every language of the interface.
type desk struct {
	assets ownAssets
	pages  map[instrument.Lang]*template.Template
}

func newDesk(pages *render.Renderer) (*desk, error) {
	assets, err := loadAssets()
	if err != nil {
		return nil, err
	}
	d := &desk{assets: assets, pages: map[instrument.Lang]*template.Template{}}
	for _, lang := range pages.Languages() {
		words := pages.Words(lang)
		d.pages[lang], err = template.New("desk").Funcs(template.FuncMap{
			"lang":  words.Lang,
			"asset": assets.address,
			"t":     func(id string, pairs ...any) (string, error) { return say(words, id, pairs) },
		}).ParseFS(templateFiles, "templates/*.html")
		if err != nil {
			return nil, fmt.Errorf("templates in %s: %w", lang, err)
		}
	}
	return d, nil
}

// say takes a template's name and value pairs to a message's data.
func say(words i18n.Words, id string, pairs []any) (string, error) {
	var data i18n.Data
	for i := 0; i+1 < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return "", fmt.Errorf("message %q: %v is no name", id, pairs[i])
		}
		if data == nil {
			data = i18n.Data{}
		}
		data[name] = pairs[i+1]
	}
	return words.Say(id, data)
}

// write sends a page of the workbench, or a part of one, in a language.
func (d *desk) write(rw http.ResponseWriter, lang instrument.Lang, name string, view any) {
	var page bytes.Buffer
	if err := d.pages[lang].ExecuteTemplate(&page, name, view); err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = page.WriteTo(rw) // a browser that has gone needs no page
}

// negotiate gives the language of the workbench itself: the browser's, or the one that a part's page is in.
func (w *Workbench) negotiate(req *http.Request) instrument.Lang {
	return i18n.Negotiate(w.pages.Languages(), req.Header.Get("Accept-Language"), instrument.Lang(req.URL.Query().Get("ui")))
}
