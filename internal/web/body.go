package web

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
)

const (
	// formLimit is enough for a code, a decision, or an e-mail and a password.
	formLimit = 8 << 10
	// answersLimit is far above what a survey can hold and far below what hurts.
	answersLimit = 256 << 10
	// drainLimit is how much more of a body that is too large is read and dropped. A connection that is closed on unread
	// bytes loses the answer that says why.
	drainLimit = 8 << 20
)

var (
	errBodyTooLarge = errors.New("body is too large")
	errBadBody      = errors.New("body cannot be read")
	errMediaType    = errors.New("body is of another type")
)

// takeBody reads a request's body into memory of its own, within the limit of its address. It runs for every request: what is left
// unread would be taken for the connection's next request.
func (s *Server) takeBody(c *fiber.Ctx) error {
	r := c.Request()
	if !r.IsBodyStream() {
		return c.Next()
	}
	limit, tooLarge := s.bodyLimit(c)
	stream := r.BodyStream()
	body, err := io.ReadAll(io.LimitReader(stream, limit+1))
	if err != nil {
		c.Context().SetConnectionClose()
		return fmt.Errorf("%w: %w", errBadBody, err)
	}
	if int64(len(body)) > limit {
		if n, err := io.Copy(io.Discard, io.LimitReader(stream, drainLimit)); err != nil || n == drainLimit {
			c.Context().SetConnectionClose()
		}
		return tooLarge
	}
	r.SetBodyRaw(body)
	return c.Next()
}

// bodyLimit is how large a body may be, and what is said of a larger one. Only answers are large, and only who has a
// session has answers to send.
func (s *Server) bodyLimit(c *fiber.Ctx) (bytes int64, tooLarge error) {
	switch page(c.Path()) {
	case "survey", "save", "submit":
		if s.cookie(c, studentCookie) == "" {
			return formLimit, errNoSession
		}
		return answersLimit, errBodyTooLarge
	}
	return formLimit, errBodyTooLarge
}

// page is the last part of the address of a session's page, such as survey in /s/abc/survey; else empty.
func page(path string) string {
	parts := strings.Split(path, "/")
	if len(parts) != 4 || parts[0] != "" || parts[1] != "s" {
		return ""
	}
	return parts[3]
}

// bodyOf gives the body that takeBody read if it has the type. The bytes are nobody else's and stay as they are.
func bodyOf(c *fiber.Ctx, mediaType string) ([]byte, error) {
	got, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || got != mediaType {
		return nil, errMediaType
	}
	if charset := params["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
		return nil, errMediaType
	}
	if coding := c.Get(fiber.HeaderContentEncoding); coding != "" && !strings.EqualFold(coding, "identity") {
		return nil, errMediaType
	}
	return c.Request().Body(), nil
}

// formOf reads a browser's form.
func formOf(c *fiber.Ctx) (url.Values, error) {
	body, err := bodyOf(c, fiber.MIMEApplicationForm)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, errBadBody
	}
	for name, values := range form {
		if !utf8.ValidString(name) || !utf8.ValidString(strings.Join(values, "")) {
			return nil, errBadBody
		}
	}
	return form, nil
}
