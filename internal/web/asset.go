package web

import (
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/fault"
)

// asset sends a file of the pages. Its name holds its content's digest, so it may be kept for ever; the service worker's
// does not, so it is asked for again each time and mostly answered with 304.
func (s *Server) asset(c *fiber.Ctx) error {
	file, ok := s.assets[c.Path()]
	if !ok {
		return fault.ErrNotFound
	}
	if file.Immutable {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	} else {
		c.Set(fiber.HeaderCacheControl, "no-cache")
	}
	// Weak: the same file in another encoding has the same tag.
	etag := "W/" + file.ETag
	c.Set(fiber.HeaderETag, etag)
	if matches(c.Get(fiber.HeaderIfNoneMatch), etag) {
		c.Vary(fiber.HeaderAcceptEncoding)
		c.Status(http.StatusNotModified)
		return nil
	}
	return sendEncoded(c, file.Encoded, file.ContentType)
}

func matches(header, etag string) bool {
	for part := range strings.SplitSeq(header, ",") {
		if part = strings.TrimSpace(part); part == "*" || strings.TrimPrefix(part, "W/") == strings.TrimPrefix(etag, "W/") {
			return true
		}
	}
	return false
}
