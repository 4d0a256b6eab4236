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
	// bodyLimit is far above what a survey can hold and far below what hurts.
	bodyLimit = 256 << 10
	// drainLimit is how much more of a body that is too large is read and dropped. A connection that is closed on unread
	// bytes loses the answer that says why.
	drainLimit = 8 << 20
)

var (
	errBodyTooLarge = errors.New("body is too large")
	errBadBody      = errors.New("body cannot be read")
	errMediaType    = errors.New("body is of another type")
)

// takeBody reads a request's body into memory of its own, within bodyLimit. It runs for every request: what is left
// unread would be taken for the connection's next request.
func (s *Server) takeBody(c *fiber.Ctx) error {
	r := c.Request()
	if !r.IsBodyStream() {
		return c.Next()
	}
	stream := r.BodyStream()
	body, err := io.ReadAll(io.LimitReader(stream, bodyLimit+1))
	if err != nil {
		c.Context().SetConnectionClose()
		return fmt.Errorf("%w: %w", errBadBody, err)
	}
	if len(body) > bodyLimit {
		if n, err := io.Copy(io.Discard, io.LimitReader(stream, drainLimit)); err != nil || n == drainLimit {
			c.Context().SetConnectionClose()
		}
		return errBodyTooLarge
	}
	r.SetBodyRaw(body)
	return c.Next()
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
