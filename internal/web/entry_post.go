package web

import (
	"errors"
	"io"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
	"surveyd/internal/render"
)

// enter looks a code up and leads to where its student stands.
func (s *Server) enter(c *fiber.Ctx) error {
	form, err := formOf(c)
	if err != nil {
		return err
	}
	lang := instrument.Lang(form.Get("lang"))
	c.Locals(localLang, lang)
	typed := form.Get("code")
	if strings.TrimSpace(typed) == "" {
		return s.entryProblem(c, http.StatusUnprocessableEntity, "", render.EntryEmpty)
	}
	addr := s.client(c)
	if wait := s.guesses.begin(addr); wait > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(wait.Seconds()))))
		return s.entryProblem(c, http.StatusTooManyRequests, typed, render.EntryLimited)
	}
	session, err := s.fieldwork.Enter(c.UserContext(), typed)
	var refused *fieldwork.CodeError
	if !errors.As(err, &refused) || refused.Problem != fieldwork.CodeUnknown {
		s.guesses.takeBack(addr)
	}
	if refused != nil {
		status, problem := codeProblem(refused)
		return s.entryProblem(c, status, typed, problem)
	}
	if err != nil {
		return err
	}
	if session.Language != "" {
		lang = session.Language
	}
	token, err := s.fieldwork.SealSession(session)
	if err != nil {
		return err
	}
	s.setCookie(c, studentCookie, token)
	return s.toStage(c, session, session.Stage, lang)
}

// codeProblem is what the page says about a code that opens nothing.
func codeProblem(refused *fieldwork.CodeError) (status int, message string) {
	switch refused.Problem {
	case fieldwork.CodeUnknown:
		return http.StatusNotFound, render.EntryUnknown
	case fieldwork.CodeExpired:
		return http.StatusGone, render.EntryExpired
	case fieldwork.CodeClosed:
		return http.StatusGone, render.EntryClosed
	case fieldwork.CodeNotOpen:
		return http.StatusForbidden, render.EntryEarly
	case fieldwork.CodePaused:
		return http.StatusServiceUnavailable, render.EntryPaused
	}
	return http.StatusUnprocessableEntity, render.EntryMistyped
}

func (s *Server) entryProblem(c *fiber.Ctx, status int, typed, message string) error {
	// What is no code is not repeated at any length.
	if len(typed) > 64 {
		typed = ""
	}
	if status == http.StatusServiceUnavailable {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(retryAfter))
	}
	view := render.EntryView{Lang: s.pageLang(c), Code: typed, Problem: &render.Message{ID: message}}
	c.Status(status)
	return s.html(c, func(w io.Writer) error { return s.pages.Entry(w, view) })
}
