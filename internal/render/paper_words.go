package render

import (
	"strings"

	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

// tongues are the names of languages, each in itself.
func (r *Renderer) tongues(languages []instrument.Lang) string {
	names := make([]string, len(languages))
	for i, lang := range languages {
		names[i] = r.tongueName(lang)
	}
	return strings.Join(names, ", ")
}

// tongueName is a language's name in itself; its tag where the interface does not speak it.
func (r *Renderer) tongueName(lang instrument.Lang) string {
	if !r.words.Speaks(lang) {
		return string(lang)
	}
	return r.language(lang, "").Name
}

// inWords names languages in the language of words; one that words have no name for is named by its tag.
func inWords(words i18n.Words, languages []instrument.Lang) string {
	names := make([]string, len(languages))
	for i, lang := range languages {
		names[i] = string(lang)
		if id := languageWords[lang]; id != "" {
			names[i] = words.T(id, nil)
		}
	}
	return strings.Join(names, ", ")
}

var languageWords = map[instrument.Lang]string{"en": "codebook.lang_en.value", "es": "codebook.lang_es.value"}

func grades(list []instrument.Grade) string {
	names := make([]string, len(list))
	for i, grade := range list {
		names[i] = string(grade)
	}
	return strings.Join(names, ", ")
}
