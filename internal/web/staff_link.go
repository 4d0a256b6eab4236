package web

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/fault"
	"surveyd/internal/i18n"
	"surveyd/internal/render"
	"surveyd/internal/staff"
)

// showLink is where a one-time link leads. It uses nothing up: what scans mail opens every link first.
func (s *Server) showLink(c *fiber.Ctx) error {
	return s.linkPage(c, http.StatusOK, nil)
}

func (s *Server) linkPage(c *fiber.Ctx, status int, problem *render.Message) error {
	account, setsPassword, err := s.staff.LinkAccount(c.UserContext(), c.Params("token"))
	if err != nil {
		return linkError(err)
	}
	view := render.StaffLinkView{Lang: s.pageLang(c), Email: string(account.ID), SetPassword: setsPassword, Problem: problem}
	c.Status(status)
	return s.html(c, func(w io.Writer) error { return s.pages.StaffLink(w, view) })
}

// takeLink uses a link up, once, and signs in; a link for a new password sets it too.
func (s *Server) takeLink(c *fiber.Ctx) error {
	form, err := formOf(c)
	if err != nil {
		return err
	}
	lang := s.chosenLang(form.Get("lang"), c.Query("lang"))
	c.Locals(localLang, lang)
	password := form.Get("password")
	if password != form.Get("password_again") {
		return s.linkPage(c, http.StatusUnprocessableEntity, &render.Message{ID: render.StaffPasswordMismatch})
	}
	token, err := s.staff.TakeLink(c.UserContext(), c.Params("token"), password)
	var field *staff.FieldError
	var wait *staff.WaitError
	switch {
	case errors.As(err, &field):
		return s.linkPage(c, http.StatusUnprocessableEntity, passwordProblem(field))
	case errors.As(err, &wait):
		setRetryAfter(c, wait.For)
		return s.linkPage(c, http.StatusTooManyRequests, &render.Message{ID: render.StaffSignInLimited})
	case err != nil:
		return linkError(err)
	}
	s.setCookie(c, staffCookie, token)
	return c.Redirect(staffAddress("/staff", lang), http.StatusSeeOther)
}

// passwordProblem is what is said about a password that cannot be set: whatever is wrong with it, a longer one of other
// words is right.
func passwordProblem(*staff.FieldError) *render.Message {
	return &render.Message{ID: render.StaffPasswordShort, Data: i18n.Data{"Min": staff.MinPassword}}
}

func linkError(err error) error {
	if errors.Is(err, fault.ErrNotFound) {
		return fmt.Errorf("%w: %w", errLinkGone, err)
	}
	return err
}
