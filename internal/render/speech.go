package render

import (
	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

// speech is a language and how it speaks to a person.
type speech struct {
	lang     instrument.Lang
	register i18n.Register
}

// wordsFor are the words of a language for those whom an instrument asks. Schools write to families as usted, and their
// staff are colleagues.
func (r *Renderer) wordsFor(in *instrument.Instrument, lang instrument.Lang) i18n.Words {
	words := r.words.Words(lang)
	switch in.Audience.Adults {
	case "family":
		return words.In(i18n.Formal)
	case "staff":
		return words.In(i18n.Adult)
	}
	return words
}
