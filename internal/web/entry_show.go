package web

import (
	"io"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/render"
)

// showEntry is the page where a code is typed.
func (s *Server) showEntry(c *fiber.Ctx) error {
	view := render.EntryView{Lang: s.pageLang(c)}
	return s.html(c, func(w io.Writer) error { return s.pages.Entry(w, view) })
}
