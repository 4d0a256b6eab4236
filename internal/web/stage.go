package web

import (
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

// stagePages are where a student stands, as addresses.
var stagePages = map[fieldwork.Stage]string{
	fieldwork.StageAssent: "assent",
	fieldwork.StageSurvey: "survey",
	fieldwork.StageDone:   "thanks",
}

// toStage leads to the page of a stage. The session has been opened, so its address is one that this server made.
func (s *Server) toStage(c *fiber.Ctx, session fieldwork.Session, stage fieldwork.Stage, lang instrument.Lang) error {
	address := "/s/" + session.SID + "/" + stagePages[stage]
	if lang != "" {
		address += "?lang=" + url.QueryEscape(string(lang))
	}
	return c.Redirect(address, http.StatusSeeOther)
}

// open gives what every student's page needs: the session, how it stands, and the language to speak.
func (s *Server) open(c *fiber.Ctx) (fieldwork.Session, fieldwork.State, instrument.Lang, error) {
	session, err := s.session(c)
	if err != nil {
		return session, fieldwork.State{}, "", err
	}
	state, err := s.fieldwork.Load(c.UserContext(), session)
	if err != nil {
		return session, state, "", err
	}
	return session, state, s.sessionLang(c, session, state), nil
}
