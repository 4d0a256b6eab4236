package render

import (
	"fmt"
	"html/template"
	"io"
	"strings"

	"surveyd/internal/codebook"
	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

// CodebookView is a codebook as a page. Its own words are in the first of Languages; the instrument's texts stand beside
// each other in all of them.
type CodebookView struct {
	Book      codebook.Book
	Languages []instrument.Lang // nil for all of the instrument's
}

// Codebook writes a codebook as one self-contained page: style inside, no script, an anchor v-NAME at each variable.
func (r *Renderer) Codebook(w io.Writer, v CodebookView) error { return r.codebook(w, v) }

type codebookPage struct {
	Title   string
	Style   template.CSS
	Titles  []spokenText
	Name    string // id and version
	Status  string
	Facts   []factView
	Sources []sourceView
	Pages   []codebookItems
	Scales  []codebookScale
	Quality []variableView
	Columns []variableView
}

// spokenText is words in a language that need not be the page's.
type spokenText struct {
	Lang instrument.Lang
	Text string
}

// factView is a term with what is said of it, in one or more lines.
type factView struct {
	Term  string
	Lines []string
	Code  bool // to be shown as code
}

type sourceView struct {
	Text    string
	Address template.URL // of its DOI; empty when there is none
}

type codebookItems struct {
	ID        string
	Number    int
	Titles    []spokenText
	Variables []variableView
}

type codebookScale struct {
	ID        string
	Titles    []spokenText
	Higher    []spokenText
	Facts     []factView
	Variables []variableView
}

type variableView struct {
	Name   string
	Number int // of an item, in the survey; 0 of others
	Type   string
	Cells  []variableCell // one for each language
	Facts  []factView
}

// variableCell is what a variable is in one language.
type variableCell struct {
	Lang     instrument.Lang
	Name     string // of the language
	Label    string
	Formula  string
	Values   []valueView
	Declined string
}

type valueView struct {
	Code, Label, Detail string
	Missing             bool
}

// codebookBuilder turns a book into a page.
type codebookBuilder struct {
	r         *Renderer
	book      codebook.Book
	languages []instrument.Lang
	words     i18n.Words
}

func (r *Renderer) codebook(w io.Writer, v CodebookView) error {
	languages := v.Languages
	if languages == nil {
		languages = v.Book.Instrument.Languages
	}
	if len(languages) == 0 {
		return fmt.Errorf("codebook of %s: no language to show", v.Book.Instrument.ID)
	}
	page := r.spoken(languages[0])
	b := codebookBuilder{r: r, book: v.Book.Say(r.words), languages: languages, words: r.words.Words(page)}
	return r.page(w, page, "codebook", b.page())
}

func (b *codebookBuilder) page() codebookPage {
	about := &b.book.Instrument
	p := codebookPage{
		Title:  b.words.T("codebook.page.title", i18n.Data{"Title": about.Title.In(b.languages[0])}),
		Style:  paperStyle(b.words, b.words.T("codebook.page.kind", nil), string(about.ID)+" "+about.Version, false),
		Titles: b.spoken(about.Title), Name: string(about.ID) + " " + about.Version, Status: b.status(about.Evidence), Facts: b.about(),
		Sources: sources(about.Citations),
	}
	for i := range b.book.Variables {
		v := &b.book.Variables[i]
		switch v.Section {
		case codebook.Items:
			if n := len(p.Pages); n == 0 || p.Pages[n-1].ID != string(v.Page) {
				p.Pages = append(p.Pages, codebookItems{ID: string(v.Page), Number: n + 1, Titles: b.spoken(v.Item.PageTitle)})
			}
			last := &p.Pages[len(p.Pages)-1]
			last.Variables = append(last.Variables, b.variable(v))
		case codebook.Quality:
			p.Quality = append(p.Quality, b.variable(v))
		case codebook.Administrative:
			p.Columns = append(p.Columns, b.variable(v))
		}
	}
	for i := range b.book.Scales {
		p.Scales = append(p.Scales, b.scale(&b.book.Scales[i]))
	}
	return p
}

func (b *codebookBuilder) scale(s *codebook.Scale) codebookScale {
	view := codebookScale{ID: string(s.ID), Titles: b.spoken(s.Title), Higher: b.spoken(s.HigherMeans), Facts: b.scaleFacts(s)}
	for i := range b.book.Variables {
		if v := &b.book.Variables[i]; v.Section == codebook.Scores && v.Scale == s.ID {
			view.Variables = append(view.Variables, b.variable(v))
		}
	}
	return view
}

func (b *codebookBuilder) variable(v *codebook.Variable) variableView {
	view := variableView{Name: v.Name, Type: b.words.T(typeWords[v.Type], nil), Facts: b.facts(v)}
	if v.Item != nil {
		view.Number = v.Item.Number
		view.Type = b.words.T(kindWords[v.Item.Kind], nil)
	}
	for _, lang := range b.languages {
		cell := variableCell{Lang: lang, Name: b.r.tongueName(lang), Label: v.Label.In(lang), Formula: v.Formula.In(lang)}
		for _, value := range v.Values {
			shown := valueView{Code: value.Code, Label: value.Label.In(lang), Detail: value.Detail.In(lang), Missing: value.Missing}
			if v.Role == codebook.RoleBand {
				shown.Label = ""
			}
			cell.Values = append(cell.Values, shown)
		}
		if v.Item != nil {
			cell.Declined = v.Item.Declined.In(lang)
		}
		view.Cells = append(view.Cells, cell)
	}
	return view
}

func (b *codebookBuilder) spoken(text instrument.Text) []spokenText {
	var list []spokenText
	for _, lang := range b.languages {
		if words := text.In(lang); words != "" {
			list = append(list, spokenText{lang, words})
		}
	}
	return list
}

func (b *codebookBuilder) status(evidence string) string {
	if id := statusWords[evidence]; id != "" {
		return b.words.T(id, nil)
	}
	return b.words.T("codebook.none.value", nil)
}

func sources(citations []codebook.Citation) []sourceView {
	list := make([]sourceView, len(citations))
	for i, c := range citations {
		list[i] = sourceOf(c.Text, c.DOI)
	}
	return list
}

// sourceOf is a work with the address of its DOI.
func sourceOf(text, doi string) sourceView {
	if doi == "" {
		return sourceView{Text: text}
	}
	return sourceView{Text: text, Address: template.URL("https://doi.org/" + strings.TrimPrefix(doi, "https://doi.org/"))}
}

var (
	typeWords = map[codebook.Type]string{
		codebook.Integer: "codebook.integer.type", codebook.Number: "codebook.number.type",
		codebook.Words: "codebook.text.type", codebook.List: "codebook.list.type",
	}
	kindWords = map[instrument.ItemKind]string{
		instrument.Choice: "codebook.choice.kind", instrument.Multiple: "codebook.multiple.kind",
		instrument.Number: "codebook.number.kind", instrument.FreeText: "codebook.text.kind",
	}
	statusWords = map[string]string{
		"experimental": "codebook.experimental.status", "piloted": "codebook.piloted.status",
		"validated": "codebook.validated.status", "retired": "codebook.retired.status",
	}
	consentWords = map[string]string{
		"notice": "codebook.notice.consent", "opt-out": "codebook.opt_out.consent", "opt-in": "codebook.opt_in.consent",
	}
)
