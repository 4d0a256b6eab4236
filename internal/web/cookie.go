package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/fieldwork"
)

const (
	studentCookie = "surveyd"
	staffCookie   = "surveyd_staff"
)

var errNoSession = errors.New("no session cookie")

// setCookie sets a cookie that lasts as long as the browser and that no script can read. A student's is Lax, so that a code
// sheet's QR opened from another app still finds it; the staff's is Strict.
func (s *Server) setCookie(c *fiber.Ctx, name, value string) {
	same := fiber.CookieSameSiteLaxMode
	if name == staffCookie {
		same = fiber.CookieSameSiteStrictMode
	}
	c.Cookie(&fiber.Cookie{Name: name, Value: value, Path: "/", HTTPOnly: true, Secure: s.secure(c), SameSite: same, SessionOnly: true})
}

// dropCookie makes the browser forget a cookie.
func (s *Server) dropCookie(c *fiber.Ctx, name string) {
	c.Cookie(&fiber.Cookie{Name: name, Path: "/", HTTPOnly: true, Secure: s.secure(c), MaxAge: -1, SameSite: fiber.CookieSameSiteLaxMode})
}

// session opens the session of a student's request: cookie and address must belong together.
func (s *Server) session(c *fiber.Ctx) (fieldwork.Session, error) {
	token := c.Cookies(studentCookie)
	if token == "" {
		return fieldwork.Session{}, errNoSession
	}
	return s.fieldwork.OpenSession(c.UserContext(), c.Params("sid"), token)
}
