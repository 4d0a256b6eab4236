package web

import (
	"github.com/gofiber/fiber/v2"

	"surveyd/internal/fieldwork"
)

// decide begins, declines, or asks again in another language.
func (s *Server) decide(c *fiber.Ctx) error {
	session, state, lang, err := s.open(c)
	if err != nil {
		return err
	}
	form, err := formOf(c)
	if err != nil {
		return err
	}
	lang = s.formLang(form, state.Administration, lang)
	decision := form.Get("decision")
	if to, ok := s.switchTo(decision, state.Administration); ok {
		return s.toStage(c, session, fieldwork.StageAssent, to)
	}
	if state.Stage == fieldwork.StageDone {
		return s.toStage(c, session, state.Stage, lang)
	}
	switch decision {
	case "start":
		if err := s.fieldwork.Begin(c.UserContext(), session, lang); err != nil {
			return err
		}
		return s.toStage(c, session, fieldwork.StageSurvey, lang)
	case "decline":
		if err := s.fieldwork.Decline(c.UserContext(), session, lang); err != nil {
			return err
		}
		return s.toStage(c, session, fieldwork.StageDone, lang)
	}
	return errBadBody
}
