package web

import (
	"encoding/base64"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/answer"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
	"surveyd/internal/render"
)

// draftKeyHeader carries the key under which a device may encrypt what it could not yet send.
const draftKeyHeader = "Surveyd-Draft-Key"

// showSurvey is the whole survey: the same bytes for everybody who has not answered yet, or with the answers so far.
func (s *Server) showSurvey(c *fiber.Ctx) error {
	session, state, lang, err := s.open(c)
	if err != nil {
		return err
	}
	if state.Stage != fieldwork.StageSurvey || s.over(state) {
		return s.toStage(c, session, s.stage(state), lang)
	}
	survey, err := s.survey(state, lang)
	if err != nil {
		return err
	}
	c.Set(draftKeyHeader, base64.StdEncoding.EncodeToString(s.fieldwork.DraftKey(session)))
	if state.Response.Seq == 0 {
		return sendEncoded(c, survey.Fresh(), htmlType)
	}
	set, err := answer.FromRecords(state.Instrument, state.Response.Answers)
	if err != nil {
		return err
	}
	return s.resume(c, survey, resumeState(state.Response, set))
}

// stage is where a student stands now: who did not finish in time is done, even if nobody has closed the response yet.
func (s *Server) stage(state fieldwork.State) fieldwork.Stage {
	if state.Stage == fieldwork.StageSurvey && s.over(state) {
		return fieldwork.StageDone
	}
	return state.Stage
}

// over says whether the window of an administration and its grace period have passed.
func (s *Server) over(state fieldwork.State) bool {
	return !s.now().Before(state.Administration.Closes.Add(fieldwork.Grace))
}

// survey gives the compiled pages of a session.
func (s *Server) survey(state fieldwork.State, lang instrument.Lang) (*render.Survey, error) {
	return s.surveys.of(state.Instrument, state.Administration, s.offered(state.Administration), lang)
}

func resumeState(r fieldwork.Response, set answer.Set) render.ResumeState {
	seconds := make(map[instrument.PageID]float64, len(r.Seconds))
	for _, p := range r.Seconds {
		seconds[p.Page] = p.Seconds
	}
	return render.ResumeState{Seq: r.Seq, Reached: r.Reached, Answers: set, Seconds: seconds}
}

// resume sends the survey with somebody's answers in it.
func (s *Server) resume(c *fiber.Ctx, survey *render.Survey, state render.ResumeState) error {
	page, _ := resumedPages.Get().(*[]byte)
	defer resumedPages.Put(page)
	*page = survey.Resume((*page)[:0], state)
	return sendHTML(c, *page)
}

// again shows the survey once more after a form, with what was given in it.
func (s *Server) again(c *fiber.Ctx, state fieldwork.State, lang instrument.Lang, status int, with render.ResumeState) error {
	survey, err := s.survey(state, lang)
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		c.Status(status)
	}
	return s.resume(c, survey, with)
}
