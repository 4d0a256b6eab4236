package render

import (
	"fmt"
	"html/template"
	"io"
)

type assentPage struct {
	frameView
	Begun     bool
	Synthetic bool
	Minutes   int
	Name      string
	Text      template.HTML
	Questions int
}

func (r *Renderer) assent(w io.Writer, v AssentView) error {
	v.Lang = r.spoken(v.Lang)
	fill := newFiller(v.Instrument, v.Lang, v.Settings)
	name, err := fill.fill(v.Instrument.Title)
	if err != nil {
		return fmt.Errorf("assent of %s: %w", v.Instrument.ID, err)
	}
	intro, err := fill.fill(v.Instrument.Intro)
	if err != nil {
		return fmt.Errorf("assent of %s: %w", v.Instrument.ID, err)
	}
	return r.pageIn(w, r.wordsFor(v.Instrument, v.Lang), "assent", assentPage{
		frameView: frameView{Title: name, Languages: r.switches(v.Instrument, v.Lang, v.Languages)},
		Begun:     v.Begun, Synthetic: v.Synthetic, Minutes: v.Instrument.Minutes,
		Name:      name,
		Text:      Markdown(intro),
		Questions: len(v.Instrument.Items),
	})
}
