package web

import (
	"github.com/gofiber/fiber/v2"

	"surveyd/internal/fieldwork"
)

type savedReply struct {
	Seq int64 `json:"seq"`
}

// save keeps the answers that changed, for the page's script.
func (s *Server) save(c *fiber.Ctx) error {
	session, save, err := s.saveOf(c)
	if err != nil {
		return err
	}
	seq, err := s.fieldwork.Save(c.UserContext(), session, save)
	if err != nil {
		return err
	}
	return c.JSON(savedReply{Seq: seq})
}

// saveOf reads a save and the session that it is for. An error that comes later speaks the save's language.
func (s *Server) saveOf(c *fiber.Ctx) (fieldwork.Session, fieldwork.Save, error) {
	session, err := s.session(c)
	if err != nil {
		return session, fieldwork.Save{}, err
	}
	body, err := bodyOf(c, fiber.MIMEApplicationJSON)
	if err != nil {
		return session, fieldwork.Save{}, err
	}
	save, err := decodeSave(body)
	if err != nil {
		return session, save, err
	}
	c.Locals(localLang, save.Language)
	return session, save, nil
}
