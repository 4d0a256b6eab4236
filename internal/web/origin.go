package web

import (
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"
)

var errCrossSite = errors.New("request comes from another site")

// sameOrigin refuses what another site's page makes a browser send, so that forms need no token. Browsers say where a
// request comes from in Sec-Fetch-Site, or in Origin where the page is not on HTTPS; what says neither is no browser of
// this decade and carries nobody's cookies but its own.
func (s *Server) sameOrigin(c *fiber.Ctx) error {
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
		return c.Next()
	}
	switch c.Get("Sec-Fetch-Site") {
	case "same-origin", "none":
		return c.Next()
	case "":
	default:
		return errCrossSite
	}
	origin := c.Get(fiber.HeaderOrigin)
	if origin == "" {
		return c.Next()
	}
	// Only hosts are compared: behind a proxy the server cannot know the scheme that the browser used.
	from, err := url.Parse(origin)
	if err != nil || from.Host == "" || from.Host != string(c.Request().Host()) {
		return errCrossSite
	}
	return c.Next()
}
