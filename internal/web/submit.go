package web

import "github.com/gofiber/fiber/v2"

type submittedReply struct {
	Receipt string `json:"receipt"`
	Next    string `json:"next"`
}

// submit ends a response, for the page's script. An item that the submit does not speak of stays as it was saved.
func (s *Server) submit(c *fiber.Ctx) error {
	session, save, err := s.saveOf(c)
	if err != nil {
		return err
	}
	receipt, err := s.fieldwork.Submit(c.UserContext(), session, save)
	if err != nil {
		return err
	}
	return c.JSON(submittedReply{Receipt: receipt, Next: "thanks"})
}
