package web

import (
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/fieldwork"
	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

// pageLang is the language of a page that belongs to no administration: what the address asks for, what a handler found
// out before, or what the browser prefers.
func (s *Server) pageLang(c *fiber.Ctx) instrument.Lang {
	asked := []instrument.Lang{instrument.Lang(c.Query("lang"))}
	if known, ok := c.Locals(localLang).(instrument.Lang); ok {
		asked = append([]instrument.Lang{known}, asked...)
	}
	return i18n.Negotiate(s.pages.Languages(), c.Get(fiber.HeaderAcceptLanguage), asked...)
}

// offered are the languages that an administration offers and the interface speaks.
func (s *Server) offered(a fieldwork.Administration) []instrument.Lang {
	interfaces := s.pages.Languages()
	return slices.DeleteFunc(slices.Clone(a.Languages), func(l instrument.Lang) bool { return !slices.Contains(interfaces, l) })
}

// sessionLang is the language of a session's page, best first: the one the address asks for, the one that was answered in,
// the roster's, the browser's. An error that comes later speaks it too.
func (s *Server) sessionLang(c *fiber.Ctx, session fieldwork.Session, state fieldwork.State) instrument.Lang {
	lang := i18n.Negotiate(s.offered(state.Administration), c.Get(fiber.HeaderAcceptLanguage),
		instrument.Lang(c.Query("lang")), state.Response.Language, session.Language)
	c.Locals(localLang, lang)
	return lang
}

// formLang is the language of a form, where it names one that is offered.
func (s *Server) formLang(form url.Values, a fieldwork.Administration, otherwise instrument.Lang) instrument.Lang {
	if lang := instrument.Lang(form.Get("lang")); slices.Contains(s.offered(a), lang) {
		return lang
	}
	return otherwise
}

// switchTo reads the value of a button that asks for another language, such as "switch:es".
func (s *Server) switchTo(action string, a fieldwork.Administration) (instrument.Lang, bool) {
	const prefix = "switch:"
	if len(action) <= len(prefix) || action[:len(prefix)] != prefix {
		return "", false
	}
	lang := instrument.Lang(action[len(prefix):])
	return lang, slices.Contains(s.offered(a), lang)
}
