package preview

import (
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"

	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
	"surveyd/internal/starter"
)

// listView is the instruments of a folder.
type listView struct {
	PageTitle string
	Path      string
	Rev       int
	Trouble   string // why the folder cannot be read
	Missing   bool   // there is no such folder
	Command   string // makes a first instrument in it
	Documents []listedView
}

type listedView struct {
	Key              documentKey
	Title            string
	TitleLang        instrument.Lang // empty of a file without a title
	Version          string
	File             string
	Languages        []languageView
	Tests            int
	Errors, Warnings int
}

type languageView struct {
	Tag  instrument.Lang
	Name string
}

// home is the one file's workbench, or the list of a folder.
func (w *Workbench) home(rw http.ResponseWriter, req *http.Request) {
	if w.again(rw, req) {
		return
	}
	if !w.root.isFolder() {
		documents, _, _ := w.shelf.all()
		w.showBench(rw, req, documents[0])
		return
	}
	lang := w.negotiate(req)
	w.desk.write(rw, lang, "list", w.list(lang))
}

// listPart is the list alone, for a page that is open.
func (w *Workbench) listPart(rw http.ResponseWriter, req *http.Request) {
	lang := w.negotiate(req)
	w.desk.write(rw, lang, "documents", w.list(lang))
}

func (w *Workbench) list(lang instrument.Lang) listView {
	documents, rev, trouble := w.shelf.all()
	words := w.pages.Words(lang)
	view := listView{PageTitle: words.T("preview.list.title", nil), Path: w.root.given, Rev: rev, Command: commandFor(filepath.Join(w.root.given, "my-survey.yaml"))}
	if trouble != nil {
		view.Trouble = trouble.Error()
	}
	if len(documents) == 0 {
		_, err := os.Stat(w.root.dir)
		view.Missing = err != nil
	}
	for _, d := range documents {
		listed := listedView{Key: d.key, Title: path.Base(d.name), File: d.name}
		listed.Errors, listed.Warnings = d.counts()
		if d.shown != nil {
			in := d.shown.in
			listed.Title, listed.TitleLang = titleOf(in, lang)
			listed.Version, listed.Tests = in.Version.String(), len(in.Tests)
			listed.Languages = w.languagesOf(in.Languages)
		}
		view.Documents = append(view.Documents, listed)
	}
	return view
}

// commandFor is what makes a first instrument at a path, to be typed as it stands.
func commandFor(file string) string {
	id := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	if starter.CheckID(id) != nil {
		id = "my-survey"
	}
	if strings.ContainsAny(file, " '\"$`\\&;()<>|*?") {
		file = "'" + strings.ReplaceAll(file, "'", `'\''`) + "'"
	}
	return "surveyd new " + id + " --out " + file
}

// titleOf is an instrument's title in the language of the workbench, else in its own.
func titleOf(in *instrument.Instrument, lang instrument.Lang) (string, instrument.Lang) {
	lang = i18n.Negotiate(in.Languages, string(lang))
	return in.Title.In(lang), lang
}

func (w *Workbench) languagesOf(list []instrument.Lang) []languageView {
	views := make([]languageView, len(list))
	for i, lang := range list {
		views[i] = languageView{Tag: lang, Name: string(lang)}
		for _, spoken := range w.pages.Languages() {
			if spoken == lang {
				views[i].Name = w.pages.Words(lang).T("language.name", nil)
			}
		}
	}
	return views
}
