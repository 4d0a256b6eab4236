package render

import (
	"fmt"
	"html/template"
	"strings"

	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

// Survey is one instrument in one language, rendered once. It is immutable and safe for use by many goroutines.
type Survey struct {
	words i18n.Words
	items []compiledItem
	pages []instrument.PageID
	fixed [][]byte // fixed[i] comes before slots[i]; one more than slots
	slots []slot
	size  int // of a fresh page, in bytes
	fresh Encoded
}

// compiledItem is what splicing must know of an item.
type compiledItem struct {
	id   instrument.ItemID
	kind instrument.ItemKind
	text string // in the survey's language, for the summary
}

// reserved are the names that the survey's form uses for itself.
var reserved = map[instrument.ItemID]bool{"action": true, "confirmed": true, "lang": true}

// CompileSurvey renders an instrument in one language, with a slot wherever a resumed page differs from a fresh one.
// Errors: a language that the instrument or the interface does not have, a placeholder that no setting fills, an item
// whose id is a name of the form's own, a picture that was not looked for.
func (r *Renderer) CompileSurvey(in *instrument.Instrument, lang instrument.Lang, o SurveyOptions) (*Survey, error) {
	fail := func(err error) (*Survey, error) {
		return nil, fmt.Errorf("compile the pages of %s %s in %s: %w", in.ID, in.Version, lang, err)
	}
	if !in.HasLanguage(lang) {
		return fail(fmt.Errorf("the instrument has no texts in %q", lang))
	}
	if !r.words.Speaks(lang) {
		return fail(fmt.Errorf("the interface has no words in %q", lang))
	}
	builder := &surveyBuilder{in: in, lang: lang, words: r.wordsFor(in, lang), fill: newFiller(in, lang, o.Settings), early: o.Early || in.Audience.EarlyReaders()}
	s := &Survey{words: builder.words}
	for _, item := range in.Items {
		if reserved[item.ID] {
			return fail(fmt.Errorf("an item cannot be called %q: the form uses that name for itself", item.ID))
		}
		text, err := builder.fill.fill(item.Text)
		if err != nil {
			return fail(fmt.Errorf("item %s: %w", item.ID, err))
		}
		s.items = append(s.items, compiledItem{id: item.ID, kind: item.Kind, text: template.HTMLEscapeString(text)})
	}
	for _, page := range in.Pages {
		s.pages = append(s.pages, page.ID)
	}
	view, err := builder.view(r.switches(in, lang, o.Languages), o.Synthetic)
	if err != nil {
		return fail(err)
	}
	var page strings.Builder
	if err := r.pageIn(&page, builder.words, "survey", view); err != nil {
		return fail(err)
	}
	if s.fixed, s.slots, err = builder.slots.cut(page.String()); err != nil {
		return fail(err)
	}
	s.size = page.Len()
	fresh := s.Resume(nil, ResumeState{})
	if o.Uncompressed {
		s.fresh = Encoded{Identity: fresh, ETag: `"` + digest(fresh) + `"`}
		return s, nil
	}
	if s.fresh, err = encode(fresh); err != nil {
		return fail(err)
	}
	return s, nil
}

// Fresh is the page as everybody gets it before the first answer: nothing personal, compressed beforehand.
func (s *Survey) Fresh() Encoded { return s.fresh }

// switches are the languages of a page's switch: those that are offered and that the interface speaks.
func (r *Renderer) switches(in *instrument.Instrument, current instrument.Lang, offered []instrument.Lang) []languageView {
	if offered == nil {
		offered = in.Languages
	}
	var views []languageView
	for _, lang := range offered {
		if in.HasLanguage(lang) && r.words.Speaks(lang) {
			views = append(views, r.language(lang, current))
		}
	}
	return views
}

// language is one language under its own name.
func (r *Renderer) language(lang, current instrument.Lang) languageView {
	return languageView{Tag: lang, Name: r.words.Words(lang).T("language.name", nil), Current: lang == current}
}
