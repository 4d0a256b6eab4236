package web

import (
	"io"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/render"
)

// showEntry is the page where a code is typed. Whoever comes here begins anew: a session that the last student at this
// device left open ends, so that Back shows nothing of it. What a page fetches by itself does not count.
func (s *Server) showEntry(c *fiber.Ctx) error {
	if dest := c.Get("Sec-Fetch-Dest"); dest == "" || dest == "document" {
		s.dropCookie(c, studentCookie)
	}
	view := render.EntryView{Lang: s.pageLang(c)}
	return s.html(c, func(w io.Writer) error { return s.pages.Entry(w, view) })
}
