package web

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/fault"
)

// readyTime is how long the store may take to say that it is there.
const readyTime = 3 * time.Second

// healthz says that the process lives, whatever its store does: restarting it would not bring the store back.
func (s *Server) healthz(c *fiber.Ctx) error { return c.SendString("ok\n") }

// readyz says whether students can be sent here.
func (s *Server) readyz(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), readyTime)
	defer cancel()
	if err := s.fieldwork.Ready(ctx); err != nil {
		s.logFailure(c, failureOf(fault.ErrUnavailable), fmt.Errorf("not ready: %w", err))
		setRetryAfter(c, retryAfter)
		return c.Status(http.StatusServiceUnavailable).SendString("store unavailable\n")
	}
	return c.SendString("ready\n")
}
