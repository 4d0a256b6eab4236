package web

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"

	"github.com/gofiber/fiber/v2"
)

// requestIDHeader lets a person who saw an error name it to who reads the log.
const requestIDHeader = "X-Request-Id"

type localKey int

const (
	localRequestID localKey = iota
	localLang
)

// observe turns whatever goes wrong into an answer and writes one line for each request: what was asked for by the route's
// pattern, never by the address, which names a session or holds a link's token; and how it ended.
func (s *Server) observe(c *fiber.Ctx) error {
	start := s.now()
	c.Locals(localRequestID, newRequestID())
	err := next(c)
	if err != nil {
		s.fail(c, err)
	}
	c.Set(requestIDHeader, requestID(c))
	s.log.LogAttrs(c.UserContext(), slog.LevelInfo, "request",
		slog.String("request", requestID(c)),
		slog.String("method", c.Method()),
		slog.String("route", route(c, err)),
		slog.Int("status", c.Response().StatusCode()),
		slog.Float64("ms", float64(s.now().Sub(start).Microseconds())/1000),
		slog.Int("bytes", len(bodyBytes(c))),
	)
	return nil
}

// bodyBytes is the body of a response; nil of one that is streamed, whose length nobody knows yet.
func bodyBytes(c *fiber.Ctx) []byte {
	if c.Response().IsBodyStream() {
		return nil
	}
	return c.Response().Body()
}

// route is the pattern that matched.
func route(c *fiber.Ctx, err error) string {
	if fromRouter := (*fiber.Error)(nil); errors.As(err, &fromRouter) {
		return "none"
	}
	return c.Route().Path
}

// panicked is a panic as an error. A panic's own value could hold an answer, so only the runtime's are kept.
type panicked struct {
	what  string
	stack string
}

func (p *panicked) Error() string { return "panic: " + p.what }

func asPanic(v any) *panicked {
	p := &panicked{what: fmt.Sprintf("%T", v), stack: string(debug.Stack())}
	if known, ok := v.(runtime.Error); ok {
		p.what = known.Error()
	}
	return p
}

func next(c *fiber.Ctx) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = asPanic(v)
		}
	}()
	return c.Next()
}

func newRequestID() string {
	var id [8]byte
	_, _ = rand.Read(id[:]) // never fails: the program ends before it does
	return hex.EncodeToString(id[:])
}

func requestID(c *fiber.Ctx) string {
	id, _ := c.Locals(localRequestID).(string)
	return id
}
