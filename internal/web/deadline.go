package web

import (
	"context"

	"github.com/gofiber/fiber/v2"
)

// deadline gives a request a context that ends: with its time, or with the server.
func (s *Server) deadline(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(s.life, requestTime)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}
