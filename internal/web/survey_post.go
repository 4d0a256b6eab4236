package web

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

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
	action := form.Get("action")
	to, switching := s.switchTo(action, state.Administration)
	if switching {
		lang = to
	} else if action != actionSubmit {
		if state.Stage != fieldwork.StageSurvey {
			return s.toStage(c, session, state.Stage, lang)
		}
		return errBadBody
	}
	sheet := formSheet{session: session, state: state, lang: lang, form: form, switching: switching, confirmed: form.Get("confirmed") != ""}
	for _, own := range []string{"action", "confirmed", "lang"} {
		delete(form, own)
	}
	for range keepTries {
		var other *fieldwork.SequenceError
		err = s.take(c, sheet)
		switch {
		case errors.Is(err, fieldwork.ErrFinished):
			return s.toStage(c, session, fieldwork.StageDone, lang)
		case !errors.As(err, &other):
			return err
		}
		if sheet.state, err = s.fieldwork.Load(c.UserContext(), session); err != nil {
			return err
		}
	}
	return err
}

// keepTries is how often a form is put on top of what another device saved in between.
const keepTries = 8

// formSheet is a survey that came as a form, and the state that it meets.
type formSheet struct {
	session   fieldwork.Session
	state     fieldwork.State
	lang      instrument.Lang
	form      url.Values
	switching bool // the form asks for another language
	confirmed bool // unanswered questions were pointed out before

	newest   bool       // nothing was saved since the form's page was made
	set      answer.Set // the answers, those that were saved since under those of the form
	problems []answer.Problem
}

// take stores a form and answers with the page that comes next. *fieldwork.SequenceError when another device saved
// meanwhile: nothing was stored then.
func (s *Server) take(c *fiber.Ctx, sheet formSheet) error {
	if sheet.state.Stage != fieldwork.StageSurvey {
		return s.toStage(c, sheet.session, sheet.state.Stage, sheet.lang)
	}
	if err := sheet.read(); err != nil {
		return err
	}
	c.Set(draftKeyHeader, base64.StdEncoding.EncodeToString(s.fieldwork.DraftKey(sheet.session)))
	unanswered := unansweredIn(sheet.state.Instrument, sheet.set)
	switch {
	case len(sheet.problems) > 0:
		return s.showProblems(c, sheet)
	case sheet.switching:
		if _, err := s.fieldwork.Save(c.UserContext(), sheet.session, sheet.save()); err != nil {
			return err
		}
		return s.toStage(c, sheet.session, fieldwork.StageSurvey, sheet.lang)
	case len(unanswered) > 0 && !sheet.confirmed:
		return s.pointOut(c, sheet, unanswered)
	}
	if _, err := s.fieldwork.Submit(c.UserContext(), sheet.session, sheet.save()); err != nil {
		return err
	}
	return s.toStage(c, sheet.session, fieldwork.StageDone, sheet.lang)
}

// fieldSeq holds the number of the save that a form's page was made from.
const fieldSeq = "_seq"

// read finds the answers of a form. The form of the newest page is the whole truth: what it leaves blank was taken back.
// An older one cannot know what was saved since, so its blanks say nothing.
func (f *formSheet) read() error {
	in := f.state.Instrument
	f.set, f.problems = answer.ParseForm(in, fields(f.form))
	if slices.ContainsFunc(f.problems, func(p answer.Problem) bool { return p.Code == answer.UnknownItem }) {
		return &fieldwork.AnswersError{Problems: f.problems}
	}
	f.newest = f.form.Get(fieldSeq) == strconv.FormatInt(f.state.Response.Seq, 10)
	if f.newest {
		return nil
	}
	stored, err := answer.FromRecords(in, f.state.Response.Answers)
	if err != nil {
		return fmt.Errorf("stored answers: %w", err)
	}
	for i := range f.set {
		if blank(f.set[i]) {
			f.set[i] = stored[i]
		}
	}
	return nil
}

func blank(a answer.Answer) bool { return a.State == answer.NotReached || a.State == answer.Skipped }

// save is what is kept of a form: the answers that can be taken.
func (f *formSheet) save() fieldwork.Save {
	save := fieldwork.Save{
		Seq: f.state.Response.Seq + 1, Name: newSaveName(), Language: f.lang,
		Reached: len(f.state.Instrument.Pages), Whole: f.newest && len(f.problems) == 0,
	}
	for _, item := range f.state.Instrument.Items {
		values := f.form[string(item.ID)]
		wrong := slices.ContainsFunc(f.problems, func(p answer.Problem) bool { return p.Item == item.ID })
		if wrong || !f.newest && !slices.ContainsFunc(values, notBlank) {
			continue
		}
		save.Answers = append(save.Answers, fieldwork.Given{Item: item.ID, Values: values})
	}
	return save
}

func notBlank(value string) bool { return strings.TrimSpace(value) != "" }

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

// unansweredIn are the items that are shown and have no answer, in the order of the file. A comment that is left out is
// no oversight.
func unansweredIn(in *instrument.Instrument, set answer.Set) []instrument.ItemID {
	resolved := slices.Clone(set)
	answer.Resolve(in, resolved)
	var without []instrument.ItemID
	for i, item := range in.Items {
		if blank(resolved[i]) && item.Kind != instrument.FreeText {
			without = append(without, item.ID)
		}
	}
	return without
}

// showProblems keeps the answers that can be taken and shows all, with what is wrong beside those that cannot.
func (s *Server) showProblems(c *fiber.Ctx, sheet formSheet) error {
	seq, err := s.fieldwork.Save(c.UserContext(), sheet.session, sheet.save())
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
	seq, err := s.fieldwork.Save(c.UserContext(), sheet.session, sheet.save())
	if err != nil {
		return err
	}
	with := resumeState(sheet.state.Response, sheet.set)
	with.Seq, with.Unanswered, with.Confirmed = seq, unanswered, true
	return s.again(c, sheet.state, sheet.lang, http.StatusOK, with)
}

func newSaveName() string {
	var name [8]byte
	_, _ = rand.Read(name[:]) // never fails: the program ends before it does
	return "form-" + hex.EncodeToString(name[:])
}
