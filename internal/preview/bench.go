package preview

import (
	"bytes"
	"net/http"
	"path"
	"strings"

	"surveyd/internal/diag"
	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

// benchView is the workbench of one document.
type benchView struct {
	PageTitle string
	Key       documentKey
	Rev       int
	Since     int // the number at which what is shown came
	Folder    bool
	Stale     bool

	Title     string
	TitleLang instrument.Lang // empty of a file without a title
	File      string
	Version   string
	Languages []languageView
	Grades    []instrument.Grade
	Early     bool // the grades ask for the layout of early readers

	Trouble          *troubleView // nil when the file is as it should be
	Failures         []problemView
	Problems         []problemView
	Errors, Warnings int
	Tests            testsView
	Reading          readingView
}

// troubleView says why what is shown, if anything is, is not what the file says.
type troubleView struct {
	Title, Text string
	Command     string // that helps; empty when there is none
}

type problemView struct {
	Severity            diag.Severity
	Line, Column        int
	Code, Message, Hint string
	Snippet             string // the line and a caret below it
}

// bench is the page of one document.
func (w *Workbench) bench(rw http.ResponseWriter, req *http.Request) {
	d := w.shelf.find(documentKey(req.PathValue("key")))
	if d == nil {
		http.Redirect(rw, req, "/", http.StatusSeeOther) // the list says what there is
		return
	}
	w.showBench(rw, req, d)
}

func (w *Workbench) showBench(rw http.ResponseWriter, req *http.Request, d *document) {
	lang := w.negotiate(req)
	w.desk.write(rw, lang, "bench", w.benchOf(d, lang))
}

// benchPart is what changes on a page that is open.
func (w *Workbench) benchPart(rw http.ResponseWriter, req *http.Request) {
	d := w.shelf.find(documentKey(req.PathValue("key")))
	if d == nil {
		// It was deleted from its folder: the page that still shows it knows its name.
		d = &document{missing: true, stale: true, name: req.URL.Query().Get("name")}
	}
	lang := w.negotiate(req)
	w.desk.write(rw, lang, "part", w.benchOf(d, lang))
}

func (w *Workbench) benchOf(d *document, lang instrument.Lang) benchView {
	words := w.pages.Words(lang)
	v := benchView{
		Key: d.key, Rev: d.rev, Since: d.since, Folder: w.root.isFolder(), Stale: d.stale,
		Title: path.Base(d.name), File: d.name, Trouble: w.troubleOf(d, words), Problems: problemsOf(d),
	}
	if !v.Folder {
		v.File = w.root.given
	}
	v.Errors, v.Warnings = d.counts()
	for _, p := range v.Problems {
		if p.Severity == diag.Error {
			v.Failures = append(v.Failures, p)
		}
	}
	if d.shown != nil {
		in := d.shown.in
		v.Title, v.TitleLang = titleOf(in, lang)
		v.Version = in.Version.String()
		v.Languages = w.languagesOf(d.shown.languages())
		v.Grades = in.Audience.Grades
		v.Early = in.Audience.EarlyReaders()
		v.Tests = testsOf(d.shown, words)
		v.Reading = w.readingOf(in, words)
	}
	v.PageTitle = words.T("preview.page.title", i18n.Data{"Title": v.Title})
	return v
}

func (w *Workbench) troubleOf(d *document, words i18n.Words) *troubleView {
	failures, _ := d.counts()
	switch {
	case d.missing && (d.shown != nil || w.root.isFolder()):
		return &troubleView{Title: words.T("preview.gone.title", nil), Text: words.T("preview.gone.text", nil)}
	case d.missing:
		return &troubleView{Title: words.T("preview.missing.title", nil), Text: words.T("preview.missing.text", nil), Command: commandFor(w.root.given)}
	case d.trouble != nil:
		return &troubleView{Title: words.T("preview.unreadable.title", nil), Text: d.trouble.Error()}
	case failures == 0:
		return nil
	case d.stale:
		return &troubleView{Title: words.T("preview.errors.title", i18n.Data{"Count": failures}), Text: words.T("preview.stale.text", nil)}
	case d.shown == nil:
		return &troubleView{Title: words.T("preview.errors.title", i18n.Data{"Count": failures}), Text: words.T("preview.never.text", nil)}
	default:
		return &troubleView{Title: words.T("preview.errors.title", i18n.Data{"Count": failures}), Text: words.T("preview.failing.text", nil)}
	}
}

func problemsOf(d *document) []problemView {
	views := make([]problemView, len(d.problems))
	for i, p := range d.problems {
		views[i] = problemView{Severity: p.Severity, Line: p.Line, Column: p.Column, Code: p.Code, Message: p.Message, Hint: p.Hint, Snippet: snippet(p, d.source)}
	}
	return views
}

// snippet is the source line of a problem with a caret under it, as surveyd check prints it.
func snippet(p diag.Diagnostic, source []byte) string {
	var printed bytes.Buffer
	if diag.Print(&printed, []diag.Diagnostic{p}, func(string) []byte { return source }) != nil {
		return "" // a buffer takes everything
	}
	_, lines, _ := strings.Cut(printed.String(), "\n  ")
	return strings.TrimRight(strings.ReplaceAll("\n"+lines, "\n  ", "\n")[1:], "\n")
}
