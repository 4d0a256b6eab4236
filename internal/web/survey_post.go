package web

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/answer"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
	"surveyd/internal/render"
)

// actionSubmit is the value of the button that sends a survey.
const actionSubmit = "submit"

// postSurvey takes the whole survey as a plain form, from pages whose script does not run.
func (s *Server) postSurvey(c *fiber.Ctx) error {
	session, state, lang, err := s.open(c)
	if err != nil {
		return err
	}
	form, err := formOf(c)
	if err != nil {
		return err
	}
	if state.Stage != fieldwork.StageSurvey {
		return s.toStage(c, session, state.Stage, lang)
	}
	action := form.Get("action")
	to, switching := s.switchTo(action, state.Administration)
	if switching {
		lang = to
	} else if action != actionSubmit {
		return errBadBody
	}
	confirmed := form.Get("confirmed") != ""
	for _, own := range []string{"action", "confirmed", "lang"} {
		delete(form, own)
	}
	set, problems := answer.ParseForm(state.Instrument, fields(form))
	if slices.ContainsFunc(problems, func(p answer.Problem) bool { return p.Code == answer.UnknownItem }) {
		return &fieldwork.AnswersError{Problems: problems}
	}
	sheet := formSheet{session: session, state: state, lang: lang, form: form, set: set, problems: problems}
	c.Set(draftKeyHeader, base64.StdEncoding.EncodeToString(s.fieldwork.DraftKey(session)))

	unanswered := unansweredIn(state.Instrument, set)
	switch {
	case len(problems) > 0:
		return s.showProblems(c, sheet)
	case switching:
		if _, err := s.keep(c.UserContext(), sheet, s.saveOnly); err != nil {
			return err
		}
		return s.toStage(c, session, fieldwork.StageSurvey, to)
	case len(unanswered) > 0 && !confirmed:
		return s.pointOut(c, sheet, unanswered)
	}
	if _, err := s.keep(c.UserContext(), sheet, s.saveAndSubmit); err != nil {
		return err
	}
	return s.toStage(c, session, fieldwork.StageDone, lang)
}

// formSheet is a survey that came as a form.
type formSheet struct {
	session  fieldwork.Session
	state    fieldwork.State
	lang     instrument.Lang
	form     url.Values
	set      answer.Set
	problems []answer.Problem
}

// fields is a form as package answer reads it.
type fields url.Values

func (f fields) Names() []string {
	names := make([]string, 0, len(f))
	for name := range f {
		names = append(names, name)
	}
	return names
}

func (f fields) Values(name string) []string { return f[name] }

// unansweredIn are the items that are shown and have no answer, in the order of the file.
func unansweredIn(in *instrument.Instrument, set answer.Set) []instrument.ItemID {
	resolved := slices.Clone(set)
	answer.Resolve(in, resolved)
	var blank []instrument.ItemID
	for i, item := range in.Items {
		if resolved[i].State == answer.NotReached || resolved[i].State == answer.Skipped {
			blank = append(blank, item.ID)
		}
	}
	return blank
}

// showProblems keeps the answers that can be taken and shows all, with what is wrong beside those that cannot.
func (s *Server) showProblems(c *fiber.Ctx, sheet formSheet) error {
	seq, err := s.keep(c.UserContext(), sheet, s.saveOnly)
	if err != nil {
		return err
	}
	with := resumeState(sheet.state.Response, sheet.set)
	with.Seq = seq
	for _, p := range sheet.problems {
		with.Problems = append(with.Problems, render.ItemProblem{Item: p.Item, Message: render.AnswerProblem(p)})
	}
	return s.again(c, sheet.state, sheet.lang, http.StatusUnprocessableEntity, with)
}

// pointOut keeps the answers and shows them again with the unanswered questions pointed out, once: the page that is sent
// says so to the next submit.
func (s *Server) pointOut(c *fiber.Ctx, sheet formSheet, unanswered []instrument.ItemID) error {
	seq, err := s.keep(c.UserContext(), sheet, s.saveOnly)
	if err != nil {
		return err
	}
	with := resumeState(sheet.state.Response, sheet.set)
	with.Seq, with.Unanswered, with.Confirmed = seq, unanswered, true
	return s.again(c, sheet.state, sheet.lang, http.StatusOK, with)
}

// keepTries is how often a form is put on top of what another device saved in between. A form holds every answer, so the
// last one that was sent stands.
const keepTries = 4

// keep hands the answers of a form that can be taken to do, and gives the response's sequence number.
func (s *Server) keep(ctx context.Context, sheet formSheet, do func(context.Context, fieldwork.Session, fieldwork.Save) (int64, error)) (int64, error) {
	save := fieldwork.Save{
		Seq: sheet.state.Response.Seq + 1, Name: newSaveName(), Language: sheet.lang,
		Reached: len(sheet.state.Instrument.Pages), Whole: len(sheet.problems) == 0,
	}
	for _, item := range sheet.state.Instrument.Items {
		if !sheet.set[item.Index].Invalid {
			save.Answers = append(save.Answers, fieldwork.Given{Item: item.ID, Values: sheet.form[string(item.ID)]})
		}
	}
	var seq int64
	var err error
	for range keepTries {
		var other *fieldwork.SequenceError
		if seq, err = do(ctx, sheet.session, save); !errors.As(err, &other) {
			return seq, err
		}
		save.Seq = other.Seq + 1
	}
	return seq, err
}

func (s *Server) saveOnly(ctx context.Context, session fieldwork.Session, save fieldwork.Save) (int64, error) {
	return s.fieldwork.Save(ctx, session, save)
}

func (s *Server) saveAndSubmit(ctx context.Context, session fieldwork.Session, save fieldwork.Save) (int64, error) {
	_, err := s.fieldwork.Submit(ctx, session, save)
	return save.Seq, err
}

func newSaveName() string {
	var name [8]byte
	_, _ = rand.Read(name[:]) // never fails: the program ends before it does
	return "form-" + hex.EncodeToString(name[:])
}
