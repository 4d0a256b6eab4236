package web

import (
	"github.com/gofiber/fiber/v2"

	"surveyd/internal/render"
)

// guard puts the headers on that every response carries, errors too.
func (s *Server) guard(c *fiber.Ctx) error {
	s.setHeaders(c)
	return c.Next()
}

func (s *Server) setHeaders(c *fiber.Ctx) {
	c.Set("Content-Security-Policy", render.ContentSecurityPolicy)
	c.Set("X-Content-Type-Options", "nosniff")
	// Not no-referrer: with that, browsers send "Origin: null" with a page's own forms, which could then not be told from
	// a stranger's. Nothing ever goes to another origin with this one either.
	c.Set("Referrer-Policy", "same-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set("X-Frame-Options", "DENY") // for browsers that do not know frame-ancestors
	c.Set("Permissions-Policy", "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()")
	// Devices are shared. A page that may be kept comes back with the Back button, with what the last student put in, even
	// if it was sent empty: so nothing is kept but files that say otherwise.
	c.Set("Cache-Control", "no-store")
	if s.secure(c) {
		c.Set("Strict-Transport-Security", "max-age=31536000")
	}
}
