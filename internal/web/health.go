package web

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/fault"
)

// readyTime is how long the store may take to say that it is there.
const readyTime = 3 * time.Second

// healthz says that the process lives, whatever its store does: restarting it would not bring the store back.
func (s *Server) healthz(c *fiber.Ctx) error { return c.SendString("ok\n") }

// readiness is what the store said last: who asks often asks it once a second.
type readiness struct {
	mu    sync.Mutex
	asked time.Time
	err   error
}

// readyFor is how long an answer holds.
const readyFor = time.Second

// of gives the last answer, or asks anew. Whoever comes while it is asked waits for the same answer.
func (r *readiness) of(ctx context.Context, now func() time.Time, ask func(context.Context) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.asked.IsZero() || now().Sub(r.asked) >= readyFor {
		ctx, cancel := context.WithTimeout(ctx, readyTime)
		defer cancel()
		r.err, r.asked = ask(ctx), now()
	}
	return r.err
}

// readyz says whether students can be sent here.
func (s *Server) readyz(c *fiber.Ctx) error {
	if err := s.ready.of(c.UserContext(), s.now, s.fieldwork.Ready); err != nil {
		s.logFailure(c, failureOf(fault.ErrUnavailable), fmt.Errorf("not ready: %w", err))
		setRetryAfter(c, retryAfter)
		return c.Status(http.StatusServiceUnavailable).SendString("store unavailable\n")
	}
	return c.SendString("ready\n")
}
