package web

import (
	"io"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/fieldwork"
	"surveyd/internal/render"
)

// showAssent asks whether a student wants to take part.
func (s *Server) showAssent(c *fiber.Ctx) error {
	session, state, lang, err := s.open(c)
	if err != nil {
		return err
	}
	if state.Stage == fieldwork.StageDone {
		return s.toStage(c, session, state.Stage, lang)
	}
	view := render.AssentView{
		Lang: lang, Languages: s.offered(state.Administration), Instrument: state.Instrument,
		Settings: settingsOf(state.Administration), Begun: state.Begun, Synthetic: state.Administration.Synthetic,
	}
	return s.html(c, func(w io.Writer) error { return s.pages.Assent(w, view) })
}
