package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/answer"
	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/render"
	"surveyd/internal/staff"
)

// Problem names what went wrong to the page's script.
type Problem string

// The problems of docs/student-protocol.md.
const (
	problemSequence    Problem = "sequence"
	problemFinished    Problem = "finished"
	problemSession     Problem = "session"
	problemClosed      Problem = "closed"
	problemAnswers     Problem = "answers"
	problemUnavailable Problem = "unavailable"
	problemMalformed   Problem = "malformed"
	problemTooLarge    Problem = "too_large"
	problemCrossSite   Problem = "cross_site"
	problemNotFound    Problem = "not_found"
	problemMethod      Problem = "method"
	problemInternal    Problem = "internal"
)

// failure is how an error looks from outside.
type failure struct {
	status  int
	problem Problem
	next    string // where the page should go
	level   slog.Level
}

// failureOf finds out what an error means. The text of the error goes to the log and to nobody else.
func failureOf(err error) failure {
	var sequence *fieldwork.SequenceError
	var answers *fieldwork.AnswersError
	var router *fiber.Error
	switch {
	case errors.As(err, &router):
		return failureOfStatus(router.Code)
	case errors.As(err, &sequence):
		return failure{status: http.StatusConflict, problem: problemSequence}
	case errors.As(err, &answers):
		return failure{status: http.StatusUnprocessableEntity, problem: problemAnswers}
	case errors.Is(err, fieldwork.ErrFinished):
		return failure{status: http.StatusConflict, problem: problemFinished, next: "thanks"}
	case errors.Is(err, fieldwork.ErrWrongSession), errors.Is(err, errNoSession):
		return failure{status: http.StatusForbidden, problem: problemSession, next: "/"}
	case errors.Is(err, fieldwork.ErrClosed):
		return failure{status: http.StatusGone, problem: problemClosed, next: "thanks"}
	case errors.Is(err, fieldwork.ErrPaused):
		return failure{status: http.StatusServiceUnavailable, problem: problemUnavailable}
	case errors.Is(err, fieldwork.ErrBadSave), errors.Is(err, errBadBody):
		return failure{status: http.StatusBadRequest, problem: problemMalformed}
	case errors.Is(err, errBodyTooLarge):
		return failure{status: http.StatusRequestEntityTooLarge, problem: problemTooLarge}
	case errors.Is(err, errMediaType):
		return failure{status: http.StatusUnsupportedMediaType, problem: problemMalformed}
	case errors.Is(err, errCrossSite):
		return failure{status: http.StatusForbidden, problem: problemCrossSite}
	case errors.Is(err, errForbidden):
		return failure{status: http.StatusForbidden, problem: problemNotFound}
	case errors.Is(err, errLinkGone):
		return failure{status: http.StatusGone, problem: problemNotFound}
	case errors.Is(err, fault.ErrUnavailable), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return failure{status: http.StatusServiceUnavailable, problem: problemUnavailable, level: slog.LevelError}
	case errors.Is(err, fault.ErrNotFound):
		return failure{status: http.StatusNotFound, problem: problemNotFound}
	}
	return failure{status: http.StatusInternalServerError, problem: problemInternal, level: slog.LevelError}
}

// failureOfStatus is what Fiber and fasthttp say about requests that no handler saw.
func failureOfStatus(status int) failure {
	switch {
	case status == http.StatusNotFound:
		return failure{status: status, problem: problemNotFound}
	case status == http.StatusMethodNotAllowed:
		return failure{status: status, problem: problemMethod}
	case status == http.StatusRequestEntityTooLarge:
		return failure{status: status, problem: problemTooLarge}
	case status >= 400 && status < 500:
		return failure{status: status, problem: problemMalformed}
	}
	return failure{status: http.StatusInternalServerError, problem: problemInternal, level: slog.LevelError}
}

// retryAfter is how long a client should wait when the server cannot answer now.
const retryAfter = 5 * time.Second

func setRetryAfter(c *fiber.Ctx, wait time.Duration) {
	c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(wait.Seconds()))))
}

// fail answers with an error, as JSON where the page's script asked and as a page elsewhere, and logs it once.
func (s *Server) fail(c *fiber.Ctx, err error) {
	if errors.Is(err, staff.ErrSignedOut) {
		s.clean(c)
		_ = c.Redirect(staffAddress("/staff/sign-in", s.chosenLang(c.Query("lang"))), http.StatusSeeOther)
		return
	}
	f := failureOf(err)
	s.logFailure(c, f, err)
	allow := c.GetRespHeader(fiber.HeaderAllow)
	s.clean(c)
	c.Status(f.status)
	if c.Method() == http.MethodPost && c.Path() == "/" {
		s.dropCookie(c, studentCookie)
	}
	if f.status == http.StatusServiceUnavailable {
		setRetryAfter(c, retryAfter)
	}
	if f.status == http.StatusMethodNotAllowed && allow != "" {
		c.Set(fiber.HeaderAllow, allow)
	}
	if wantsJSON(c) {
		s.failJSON(c, f, err)
		return
	}
	s.failPage(c, f)
}

// failEarly is fail for what Fiber could not even hand to a middleware, such as headers that are too long.
func (s *Server) failEarly(c *fiber.Ctx, err error) error {
	c.Locals(localRequestID, newRequestID())
	s.fail(c, err)
	c.Set(requestIDHeader, requestID(c))
	s.log.LogAttrs(s.life, slog.LevelInfo, "request", slog.String("request", requestID(c)), slog.String("route", "none"),
		slog.Int("status", c.Response().StatusCode()))
	return nil
}

// clean takes back what a handler had begun to answer before it failed.
func (s *Server) clean(c *fiber.Ctx) {
	closing := c.Response().ConnectionClose()
	c.Response().Reset()
	if closing {
		c.Context().SetConnectionClose()
	}
	s.setHeaders(c)
}

func (s *Server) logFailure(c *fiber.Ctx, f failure, err error) {
	if f.level < slog.LevelError {
		// Only the kind: what a client sent can stand in the text of such an error.
		s.log.LogAttrs(s.life, slog.LevelDebug, "refused", slog.String("request", requestID(c)), slog.String("problem", string(f.problem)))
		return
	}
	attrs := []slog.Attr{slog.String("request", requestID(c)), slog.String("error", err.Error())}
	if p := (*panicked)(nil); errors.As(err, &p) {
		attrs = append(attrs, slog.String("stack", p.stack))
	}
	s.log.LogAttrs(s.life, f.level, "request failed", attrs...)
}

// wantsJSON says whether the page's script asks, or another program.
func wantsJSON(c *fiber.Ctx) bool {
	switch page(c.Path()) {
	case "save", "submit":
		return true
	}
	accept := c.Get(fiber.HeaderAccept)
	return strings.Contains(accept, fiber.MIMEApplicationJSON) && !strings.Contains(accept, fiber.MIMETextHTML)
}

// problemReply is the body of an error for the page's script.
type problemReply struct {
	Problem Problem     `json:"problem"`
	Seq     *int64      `json:"seq,omitempty"`
	Next    string      `json:"next,omitempty"`
	Items   []itemReply `json:"items,omitempty"`
}

type itemReply struct {
	Item    string `json:"item"`
	Problem string `json:"problem"`
	Message string `json:"message"`
}

func (s *Server) failJSON(c *fiber.Ctx, f failure, err error) {
	reply := problemReply{Problem: f.problem, Next: f.next}
	if sequence := (*fieldwork.SequenceError)(nil); errors.As(err, &sequence) {
		reply.Seq = &sequence.Seq
	}
	if answers := (*fieldwork.AnswersError)(nil); errors.As(err, &answers) {
		reply.Items = s.itemReplies(c, answers.Problems)
	}
	if err := c.JSON(reply); err != nil {
		s.logFailure(c, failure{level: slog.LevelError}, fmt.Errorf("write a problem as JSON: %w", err))
	}
}

// itemReplies says in the page's language what is wrong with each answer; an item that the instrument does not have was
// never on a page, so there are no words for it.
func (s *Server) itemReplies(c *fiber.Ctx, problems []answer.Problem) []itemReply {
	words := s.pages.Words(s.pageLang(c))
	replies := make([]itemReply, 0, len(problems))
	for _, p := range problems {
		reply := itemReply{Item: string(p.Item), Problem: string(p.Code)}
		if p.Code != answer.UnknownItem {
			m := render.AnswerProblem(p)
			reply.Message = words.T(m.ID, m.Data)
		}
		replies = append(replies, reply)
	}
	return replies
}

func (s *Server) failPage(c *fiber.Ctx, f failure) {
	lang := s.pageLang(c)
	var err error
	switch {
	case f.problem == problemSession:
		// The code must be typed again: this is the page where that is done.
		err = s.html(c, func(w io.Writer) error {
			return s.pages.Entry(w, render.EntryView{Lang: lang, Problem: &render.Message{ID: render.EntrySession}})
		})
	default:
		err = s.html(c, func(w io.Writer) error {
			return s.pages.Problem(w, render.ProblemView{Lang: lang, Status: shownStatus(f.status), Staff: isStaff(c.Path())})
		})
	}
	if err != nil {
		s.logFailure(c, failure{level: slog.LevelError}, fmt.Errorf("write a problem page: %w", err))
	}
}

// shownStatus is the nearest status that has words of its own.
func shownStatus(status int) int {
	switch status {
	case http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone, http.StatusRequestEntityTooLarge,
		http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return status
	case http.StatusConflict:
		return http.StatusGone
	}
	if status >= 400 && status < 500 {
		return http.StatusBadRequest
	}
	return http.StatusInternalServerError
}

func isStaff(path string) bool { return path == "/staff" || strings.HasPrefix(path, "/staff/") }
