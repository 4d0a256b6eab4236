package i18n

import (
	"golang.org/x/text/language"

	"surveyd/internal/instrument"
)

// Negotiate chooses the language of a page among those offered: the one that was asked for (by a link or by the
// roster) where it is offered, else the best match for the browser's Accept-Language header, else the first offered.
// It gives Source when nothing is offered.
func Negotiate(offered []instrument.Lang, acceptLanguage string, asked ...instrument.Lang) instrument.Lang {
	if len(offered) == 0 {
		return Source
	}
	for _, lang := range asked {
		for _, o := range offered {
			if lang == o {
				return o
			}
		}
	}
	tags := make([]language.Tag, len(offered))
	for i, lang := range offered {
		tags[i] = language.Make(string(lang))
	}
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(wanted) == 0 {
		return offered[0]
	}
	_, i, confidence := language.NewMatcher(tags).Match(wanted...)
	if confidence == language.No {
		return offered[0]
	}
	return offered[i]
}
