package web

import (
	"errors"
	"io"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/render"
	"surveyd/internal/staff"
)

// showSignIn is the staff's door.
func (s *Server) showSignIn(c *fiber.Ctx) error {
	view := render.StaffSignInView{Lang: s.pageLang(c)}
	return s.html(c, func(w io.Writer) error { return s.pages.StaffSignIn(w, view) })
}

// signIn opens a session for an e-mail and a password.
func (s *Server) signIn(c *fiber.Ctx) error {
	form, err := formOf(c)
	if err != nil {
		return err
	}
	lang := s.chosenLang(form.Get("lang"), c.Query("lang"))
	c.Locals(localLang, lang)
	token, err := s.staff.SignIn(c.UserContext(), form.Get("email"), form.Get("password"), from(s.client(c)).String())
	var wait *staff.WaitError
	switch {
	case errors.As(err, &wait):
		setRetryAfter(c, wait.For)
		return s.signInProblem(c, http.StatusTooManyRequests, form.Get("email"), render.StaffSignInLimited)
	case errors.Is(err, staff.ErrWrongPassword):
		return s.signInProblem(c, http.StatusUnprocessableEntity, form.Get("email"), render.StaffSignInFailed)
	case err != nil:
		return err
	}
	s.setCookie(c, staffCookie, token)
	return c.Redirect(staffAddress("/staff", lang), http.StatusSeeOther)
}

func (s *Server) signInProblem(c *fiber.Ctx, status int, email, message string) error {
	c.Status(status)
	view := render.StaffSignInView{Lang: s.pageLang(c), Email: email, Problem: &render.Message{ID: message}}
	return s.html(c, func(w io.Writer) error { return s.pages.StaffSignIn(w, view) })
}

// signOut ends the session on the server too, so that a copied cookie is worth nothing.
func (s *Server) signOut(c *fiber.Ctx) error {
	if err := s.staff.SignOut(c.UserContext(), s.cookie(c, staffCookie)); err != nil {
		return err
	}
	s.dropCookie(c, staffCookie)
	return c.Redirect(staffAddress("/staff/sign-in", s.chosenLang(c.Query("lang"))), http.StatusSeeOther)
}
