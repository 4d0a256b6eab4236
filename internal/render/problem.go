package render

import (
	"html/template"
	"io"
	"strings"
)

type problemPage struct {
	frameView
	Tongues []tongue
}

type problemBody struct {
	Title, Text string
	Status      int
	Staff       bool
}

// problemWords are the title and the text of an error page.
func problemWords(status int) (title, text string) {
	switch status {
	case 400, 422:
		return "problem.bad_request.title", "problem.bad_request.text"
	case 403:
		return "problem.forbidden.title", "problem.forbidden.text"
	case 404, 405:
		return "problem.not_found.title", "problem.not_found.text"
	case 410:
		return "problem.gone.title", "problem.gone.text"
	case 413:
		return "problem.too_large.title", "problem.too_large.text"
	case 429:
		return "problem.too_many.title", "problem.too_many.text"
	case 503:
		return "problem.unavailable.title", "problem.unavailable.text"
	}
	return "problem.internal.title", "problem.internal.text"
}

func (r *Renderer) problem(w io.Writer, v ProblemView) error {
	v.Lang = r.spoken(v.Lang)
	title, text := problemWords(v.Status)
	page := problemPage{frameView: frameView{
		Title: r.words.Words(v.Lang).T(title, nil), Within: true, Languages: r.interfaceLanguages(v.Lang),
	}}
	for _, language := range page.Languages {
		words := r.words.Words(language.Tag)
		var body strings.Builder
		err := r.page(&body, language.Tag, "problem-body", problemBody{
			Title: words.T(title, nil), Text: words.T(text, nil), Status: v.Status, Staff: v.Staff,
		})
		if err != nil {
			return err
		}
		page.Tongues = append(page.Tongues, tongue{Lang: language.Tag, First: language.Current, Body: template.HTML(body.String())})
	}
	return r.page(w, v.Lang, "problem", page)
}
