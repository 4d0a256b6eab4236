// Package render turns typed views into HTML: templates, stylesheets, scripts, the service worker, and surveys that are
// compiled once and then only spliced. It knows words by their ids and instruments by their texts. It refuses to know
// requests, sessions, stores and who is allowed to see what.
package render

import (
	"fmt"
	"html/template"
	"io"

	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

// ContentSecurityPolicy goes with every page: nothing inline, nothing from elsewhere.
const ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; worker-src 'self'; manifest-src 'self'"

// Renderer renders every page. It is safe for use by many goroutines.
type Renderer struct {
	words  *i18n.Bundle
	pages  map[speech]*template.Template
	assets assets
}

// New reads templates and assets. Errors: a template that does not parse or an asset that is not there, both of which
// are faults of the build.
func New(words *i18n.Bundle) (*Renderer, error) {
	assets, err := loadAssets()
	if err != nil {
		return nil, err
	}
	r := &Renderer{words: words, assets: assets, pages: map[speech]*template.Template{}}
	for _, lang := range words.Languages() {
		for _, register := range []i18n.Register{i18n.Plain, i18n.Adult, i18n.Formal} {
			r.pages[speech{lang, register}], err = parseTemplates(words.Words(lang).In(register), assets)
			if err != nil {
				return nil, fmt.Errorf("templates in %s: %w", lang, err)
			}
		}
	}
	return r, nil
}

// Words gives the interface's words in a language, for what does not travel as a page (such as a save's reply).
func (r *Renderer) Words(lang instrument.Lang) i18n.Words { return r.words.Words(lang) }

// Languages are those of the interface, the source language first.
func (r *Renderer) Languages() []instrument.Lang { return r.words.Languages() }

// page executes one page's template in the language of the view, as it is spoken to nobody in particular.
func (r *Renderer) page(w io.Writer, lang instrument.Lang, name string, view any) error {
	return r.pageIn(w, r.words.Words(lang), name, view)
}

// pageIn executes one page's template in the language and the register of words.
func (r *Renderer) pageIn(w io.Writer, words i18n.Words, name string, view any) error {
	if err := r.pages[speech{words.Lang(), words.Register()}].ExecuteTemplate(w, name, view); err != nil {
		return fmt.Errorf("render %s in %s: %w", name, words.Lang(), err)
	}
	return nil
}
