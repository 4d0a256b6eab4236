package web

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/klauspost/compress/gzip"

	"surveyd/internal/render"
)

const htmlType = "text/html; charset=utf-8"

// gzipFrom is the size in bytes from which a page that is made for one request is compressed: what fits into one packet
// gains nothing.
const gzipFrom = 1400

var gzipWriters = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant of the package's own
	}
	return w
}}

// pageBuffers hold pages while they are made. They are given back with pages of answers in them, so whoever takes one
// writes over it from its beginning and sends nothing but what was written.
var pageBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// resumedPages are the same for surveys, which append to a slice.
var resumedPages = sync.Pool{New: func() any { return new([]byte) }}

// html sends a page that is made for this request. It is sent whole or not at all: an error leaves the response as it was.
func (s *Server) html(c *fiber.Ctx, write func(w io.Writer) error) error {
	page, _ := pageBuffers.Get().(*bytes.Buffer)
	defer pageBuffers.Put(page)
	page.Reset()
	if err := write(page); err != nil {
		return err
	}
	return sendHTML(c, page.Bytes())
}

// sendHTML copies a page into the response, compressed where that is worth it.
func sendHTML(c *fiber.Ctx, page []byte) error {
	c.Set(fiber.HeaderContentType, htmlType)
	return sendZipped(c, page)
}

// sendZipped copies a body into the response, compressed where that is worth it.
func sendZipped(c *fiber.Ctx, page []byte) error {
	c.Vary(fiber.HeaderAcceptEncoding)
	if len(page) < gzipFrom || !accepts(c.Get(fiber.HeaderAcceptEncoding), "gzip") {
		c.Response().SetBody(page)
		return nil
	}
	zip, _ := gzipWriters.Get().(*gzip.Writer)
	defer gzipWriters.Put(zip)
	c.Response().ResetBody()
	zip.Reset(c.Response().BodyWriter())
	if _, err := zip.Write(page); err != nil {
		return err
	}
	if err := zip.Close(); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentEncoding, "gzip")
	return nil
}

// sendEncoded sends an unchanging body in the smallest encoding that the browser takes.
func sendEncoded(c *fiber.Ctx, e render.Encoded, contentType string) error {
	c.Set(fiber.HeaderContentType, contentType)
	c.Vary(fiber.HeaderAcceptEncoding)
	accepted := c.Get(fiber.HeaderAcceptEncoding)
	switch {
	case e.Brotli != nil && accepts(accepted, "br"):
		c.Set(fiber.HeaderContentEncoding, "br")
		c.Response().SetBodyRaw(e.Brotli)
	case e.Gzip != nil && accepts(accepted, "gzip"):
		c.Set(fiber.HeaderContentEncoding, "gzip")
		c.Response().SetBodyRaw(e.Gzip)
	default:
		c.Response().SetBodyRaw(e.Identity)
	}
	return nil
}

// accepts reads an Accept-Encoding header: whether a coding is named and not refused by q=0.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		q, found := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(params), " ", ""), "q=")
		if !found {
			return true
		}
		weight, err := strconv.ParseFloat(q, 64)
		return err == nil && weight > 0
	}
	return false
}
