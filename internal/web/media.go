package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/fault"
	"surveyd/internal/instrument"
	"surveyd/internal/render"
)

const svgType = "image/svg+xml"

// media sends a picture or recording of a published instrument. Its address is its content's digest, so that it may be kept
// for ever, and nobody needs a session for it: there is nothing of a student in it.
func (s *Server) media(c *fiber.Ctx) error {
	digest, ending, _ := strings.Cut(c.Params("file"), ".")
	if len(digest) != 64 || strings.Trim(digest, "0123456789abcdef") != "" {
		return fault.ErrNotFound
	}
	file, err := s.fieldwork.Media(c.UserContext(), digest)
	if err != nil {
		return err
	}
	if "."+ending != instrument.ExtensionOf(file.Type) {
		return fault.ErrNotFound
	}
	c.Set("Content-Security-Policy", render.MediaSecurityPolicy)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Set(fiber.HeaderContentType, file.Type)
	etag := `"` + digest[:16] + `"`
	if file.Type == svgType {
		etag = "W/" + etag // it is sent in more than one encoding
	}
	c.Set(fiber.HeaderETag, etag)
	if matches(c.Get(fiber.HeaderIfNoneMatch), etag) {
		c.Status(http.StatusNotModified)
		return nil
	}
	if file.Type == svgType {
		return sendZipped(c, file.Bytes)
	}
	return sendPart(c, file.Bytes, etag)
}

// sendPart sends a body or the part of it that is asked for: some browsers play no recording that they cannot ask for in parts.
func sendPart(c *fiber.Ctx, body []byte, etag string) error {
	c.Set(fiber.HeaderAcceptRanges, "bytes")
	header := c.Get(fiber.HeaderRange)
	if condition := c.Get(fiber.HeaderIfRange); condition != "" && condition != etag {
		header = ""
	}
	from, to, partly, ok := byteRange(header, len(body))
	switch {
	case !ok:
		c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes */%d", len(body)))
		c.Status(http.StatusRequestedRangeNotSatisfiable)
		return nil
	case partly:
		c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes %d-%d/%d", from, to-1, len(body)))
		c.Status(http.StatusPartialContent)
	}
	c.Response().SetBodyRaw(body[from:to])
	return nil
}

// byteRange reads a Range header (RFC 9110, 14.2) for a body of size bytes: what to send, from the byte at from up to that
// before to. Without one, with one of another unit, of several parts or malformed, that is everything. ok is false when nothing
// of the body was asked for.
func byteRange(header string, size int) (from, to int, partly, ok bool) {
	spec, found := strings.CutPrefix(header, "bytes=")
	first, last, dash := strings.Cut(strings.TrimSpace(spec), "-")
	if !found || !dash || strings.Contains(last, ",") {
		return 0, size, false, true
	}
	from, errFrom := strconv.Atoi(first)
	to, errTo := strconv.Atoi(last)
	switch {
	case first == "" && errTo == nil && to >= 0: // the last so many
		return max(0, size-to), size, true, to > 0 && size > 0
	case errFrom != nil || from < 0 || last != "" && (errTo != nil || to < from):
		return 0, size, false, true
	case from >= size:
		return 0, 0, true, false
	case last == "" || to >= size-1:
		return from, size, true, true
	}
	return from, to + 1, true, true
}
