package web

import (
	"errors"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/instrument"
	"surveyd/internal/staff"
)

var (
	errForbidden = errors.New("account may not do this")
	errLinkGone  = errors.New("one-time link is gone")
)

// account is who is signed in; staff.ErrSignedOut leads to the sign-in page.
func (s *Server) account(c *fiber.Ctx) (staff.Account, error) {
	return s.staff.Authenticate(c.UserContext(), s.cookie(c, staffCookie))
}

// staffAddress is an address of the staff's pages that keeps the language which somebody chose.
func staffAddress(path string, lang instrument.Lang) string {
	if lang == "" {
		return path
	}
	return path + "?lang=" + url.QueryEscape(string(lang))
}

// chosenLang is the language that a staff page's address or form asks for; empty when the browser's is spoken.
func (s *Server) chosenLang(asked ...string) instrument.Lang {
	for _, a := range asked {
		if lang := instrument.Lang(a); slices.Contains(s.pages.Languages(), lang) {
			return lang
		}
	}
	return ""
}
