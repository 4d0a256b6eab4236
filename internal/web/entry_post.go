package web

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

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
	if fieldwork.IsMistyped(typed) {
		return s.entryProblem(c, http.StatusUnprocessableEntity, typed, render.EntryMistyped)
	}
	session, err := s.guess(c, typed)
	var refused *fieldwork.CodeError
	var wait *waitError
	switch {
	case errors.As(err, &wait):
		setRetryAfter(c, wait.wait)
		return s.entryProblem(c, http.StatusTooManyRequests, typed, render.EntryLimited)
	case errors.As(err, &refused):
		status, problem := codeProblem(refused)
		return s.entryProblem(c, status, typed, problem)
	case err != nil:
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

// waitError says when to come again.
type waitError struct{ wait time.Duration }

func (e *waitError) Error() string { return fmt.Sprintf("too many guesses: come again in %s", e.wait) }

// guess looks a code up when it is its turn. Only a guess that found nothing counts, and only after the lookup: a school
// that comes all at once is let in all at once. *waitError, and the errors of Enter.
func (s *Server) guess(c *fiber.Ctx, typed string) (fieldwork.Session, error) {
	who := from(s.client(c))
	wait, ok := s.guesses.turn(who)
	if !ok {
		return fieldwork.Session{}, &waitError{wait}
	}
	if err := sleep(c.UserContext(), wait); err != nil {
		return fieldwork.Session{}, err
	}
	session, err := s.fieldwork.Enter(c.UserContext(), typed)
	var refused *fieldwork.CodeError
	if errors.As(err, &refused) && refused.Problem == fieldwork.CodeUnknown && s.guesses.fail(who) {
		s.log.LogAttrs(s.life, slog.LevelWarn, "many codes were guessed from one address, which is slowed now",
			slog.String("from", who.String()), slog.Int("failures", guessBudget))
	}
	return session, err
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

// entryProblem shows the entry again. What was typed is repeated where it can be put right, so not at any length, and never
// when it is somebody's code. The session of whoever sat here before ends all the same.
func (s *Server) entryProblem(c *fiber.Ctx, status int, typed, message string) error {
	s.dropCookie(c, studentCookie)
	if len(typed) > 64 || message != render.EntryMistyped && message != render.EntryUnknown {
		typed = ""
	}
	if status == http.StatusServiceUnavailable {
		setRetryAfter(c, retryAfter)
	}
	view := render.EntryView{Lang: s.pageLang(c), Code: typed, Problem: &render.Message{ID: message}}
	c.Status(status)
	return s.html(c, func(w io.Writer) error { return s.pages.Entry(w, view) })
}
