package web

import (
	"io"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/fieldwork"
	"surveyd/internal/render"
)

var outcomes = map[fieldwork.ResponseStatus]render.Outcome{
	fieldwork.Submitted: render.OutcomeSubmitted,
	fieldwork.Declined:  render.OutcomeDeclined,
	fieldwork.Partial:   render.OutcomePartial,
	fieldwork.Started:   render.OutcomePartial, // its time is over, and it will be closed as partial
}

// showThanks is the last page. The session ends with it: the next student at this device finds nothing open.
func (s *Server) showThanks(c *fiber.Ctx) error {
	session, state, lang, err := s.open(c)
	if err != nil {
		return err
	}
	if stage := s.stage(state); stage != fieldwork.StageDone {
		return s.toStage(c, session, stage, lang)
	}
	view := render.ThanksView{
		Lang: lang, Languages: s.offered(state.Administration), Instrument: state.Instrument,
		Settings: settingsOf(state.Administration), Outcome: outcomes[state.Response.Status],
		Receipt: state.Response.Receipt, Synthetic: state.Administration.Synthetic,
	}
	if err := s.html(c, func(w io.Writer) error { return s.pages.Thanks(w, view) }); err != nil {
		return err
	}
	s.dropCookie(c, studentCookie)
	return nil
}
