package render

import "io"

type entryPage struct {
	frameView
	EntryView
}

func (r *Renderer) entry(w io.Writer, v EntryView) error {
	v.Lang = r.spoken(v.Lang)
	words := r.words.Words(v.Lang)
	title := words.T("entry.title", nil)
	if v.Problem != nil {
		title = words.T("page.problem.title", map[string]any{"Title": title})
	}
	return r.page(w, v.Lang, "entry", entryPage{
		frameView: frameView{Title: title, Languages: r.interfaceLanguages(v.Lang), Script: "entry.js"},
		EntryView: v,
	})
}
