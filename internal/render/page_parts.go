package render

import (
	"html/template"

	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

// frameView is what every page but the survey has around its content.
type frameView struct {
	Title     string
	Languages []languageView
	Within    bool   // the other languages stand in the page itself: the switch jumps to them
	Script    string // name of an asset; empty when the page needs none
	Staff     bool
	Home      string // where the mark leads; empty when nowhere
}

// tongue is one language's version of a page that holds them all.
type tongue struct {
	Lang  instrument.Lang
	First bool // shown until another is chosen
	Body  template.HTML
}

// interfaceLanguages are all that the interface speaks, as a switch.
func (r *Renderer) interfaceLanguages(current instrument.Lang) []languageView {
	var views []languageView
	for _, lang := range r.words.Languages() {
		views = append(views, r.language(lang, current))
	}
	return views
}

// spoken gives lang where the interface speaks it, else the source language, in which the page will be written.
func (r *Renderer) spoken(lang instrument.Lang) instrument.Lang {
	if r.words.Speaks(lang) {
		return lang
	}
	return i18n.Source
}
