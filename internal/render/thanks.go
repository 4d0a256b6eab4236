package render

import (
	"fmt"
	"html/template"
	"io"
	"strings"

	"surveyd/internal/instrument"
)

// thanksReturnSeconds is how long the last page stays before a shared device goes back to the code entry.
const thanksReturnSeconds = 60

type thanksPage struct {
	frameView
	Tongues []tongue
	Seconds int
}

type thanksBody struct {
	Outcome   Outcome
	Receipt   string
	Closing   template.HTML
	Synthetic bool
	Seconds   int
}

func (r *Renderer) thanks(w io.Writer, v ThanksView) error {
	switch v.Outcome {
	case OutcomeSubmitted, OutcomeDeclined, OutcomePartial:
	default:
		return fmt.Errorf("render thanks: no outcome %q", v.Outcome)
	}
	v.Lang = r.spoken(v.Lang)
	page := thanksPage{
		frameView: frameView{
			Title: r.wordsFor(v.Instrument, v.Lang).T(thanksTitle(v.Outcome), nil), Within: true, Script: "thanks.js",
			Languages: r.switches(v.Instrument, v.Lang, v.Languages),
		},
		Seconds: thanksReturnSeconds,
	}
	for _, language := range page.Languages {
		body, err := r.thanksIn(language.Tag, v)
		if err != nil {
			return fmt.Errorf("thanks of %s: %w", v.Instrument.ID, err)
		}
		page.Tongues = append(page.Tongues, tongue{Lang: language.Tag, First: language.Current, Body: body})
	}
	return r.pageIn(w, r.wordsFor(v.Instrument, v.Lang), "thanks", page)
}

func (r *Renderer) thanksIn(lang instrument.Lang, v ThanksView) (template.HTML, error) {
	closing, err := newFiller(v.Instrument, lang, v.Settings).fill(v.Instrument.Closing)
	if err != nil {
		return "", err
	}
	var body strings.Builder
	err = r.pageIn(&body, r.wordsFor(v.Instrument, lang), "thanks-body", thanksBody{
		Outcome: v.Outcome, Receipt: v.Receipt, Closing: Markdown(closing), Synthetic: v.Synthetic, Seconds: thanksReturnSeconds,
	})
	return template.HTML(body.String()), err
}

func thanksTitle(o Outcome) string {
	switch o {
	case OutcomeDeclined:
		return "thanks.declined.title"
	case OutcomePartial:
		return "thanks.partial.title"
	}
	return "thanks.submitted.title"
}
