package web

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/fieldwork"
)

const (
	studentCookie = "surveyd"
	staffCookie   = "surveyd_staff"
)

var errNoSession = errors.New("no session cookie")

// cookieName is a cookie's name in the browser. Over TLS the prefix makes browsers take it from this very host alone, so
// that no neighbouring site can plant one.
func (s *Server) cookieName(c *fiber.Ctx, name string) string {
	if s.secure(c) {
		return "__Host-" + name
	}
	return name
}

// cookie is the value of a request's cookie; empty when there is none.
func (s *Server) cookie(c *fiber.Ctx, name string) string { return c.Cookies(s.cookieName(c, name)) }

// setCookie sets a cookie that lasts as long as the browser and that no script can read. A student's is Lax, so that a code
// sheet's QR opened from another app still finds it; the staff's is Strict.
func (s *Server) setCookie(c *fiber.Ctx, name, value string) {
	same := fiber.CookieSameSiteLaxMode
	if name == staffCookie {
		same = fiber.CookieSameSiteStrictMode
	}
	c.Cookie(&fiber.Cookie{Name: s.cookieName(c, name), Value: value, Path: "/", HTTPOnly: true, Secure: s.secure(c), SameSite: same, SessionOnly: true})
}

// dropCookie makes the browser forget a cookie, if it has one.
func (s *Server) dropCookie(c *fiber.Ctx, name string) {
	if s.cookie(c, name) == "" {
		return
	}
	c.Cookie(&fiber.Cookie{Name: s.cookieName(c, name), Path: "/", HTTPOnly: true, Secure: s.secure(c), MaxAge: -1, SameSite: fiber.CookieSameSiteLaxMode})
}

// renewAfter is the age from which a session's cookie is set anew when it is used.
const renewAfter = 10 * time.Minute

// session opens the session of a student's request: cookie and address must belong together.
func (s *Server) session(c *fiber.Ctx) (fieldwork.Session, error) {
	token := s.cookie(c, studentCookie)
	if token == "" {
		return fieldwork.Session{}, errNoSession
	}
	session, err := s.fieldwork.OpenSession(c.UserContext(), c.Params("sid"), token)
	if err != nil || s.now().Sub(session.Used) < renewAfter {
		return session, err
	}
	if token, err = s.fieldwork.SealSession(session); err != nil {
		return session, err
	}
	s.setCookie(c, studentCookie, token)
	return session, nil
}
