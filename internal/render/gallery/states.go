// Package gallery is every state of every page, made from one small instrument: goldens and screenshots are taken from
// it. It refuses to know any real survey.
package gallery

import (
	"fmt"
	"io"
	"time"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
	"surveyd/internal/render"
)

// State is one page in one state, in the language that it is asked for.
type State struct {
	Name  string
	Write func(r *render.Renderer, w io.Writer, lang instrument.Lang) error
}

// States are all of them, in the order in which a person would meet them.
func States() []State {
	states := []State{
		{"entry", entry("", nil)},
		{"entry-mistyped", entry("ABCD-2345", &render.Message{ID: render.EntryMistyped})},
		{"entry-unknown", entry("7K3M-9QXA", &render.Message{ID: render.EntryUnknown})},
		{"entry-limited", entry("7K3M-9QXA", &render.Message{ID: render.EntryLimited})},
		{"entry-session", entry("", &render.Message{ID: render.EntrySession})},
		{"assent", assent(false, false)},
		{"assent-begun-synthetic", assent(true, true)},
		{"survey-fresh", survey(render.SurveyOptions{}, render.ResumeState{})},
		{"survey-resumed", survey(render.SurveyOptions{Synthetic: true}, render.ResumeState{Seq: 4, Reached: 2, Answers: Answers()})},
		{"survey-unanswered", survey(render.SurveyOptions{}, render.ResumeState{
			Seq: 4, Reached: 3, Answers: Answers(), Unanswered: []instrument.ItemID{"mi3", "face"}, Confirmed: true})},
		{"survey-problem", survey(render.SurveyOptions{}, render.ResumeState{
			Seq: 4, Reached: 3, Answers: badAnswers(), Problems: []render.ItemProblem{
				{Item: "hours", Message: render.AnswerProblem(answer.Problem{Code: answer.TooLarge, Limit: 40})}}})},
		{"survey-early", surveyOf(Early, render.SurveyOptions{}, render.ResumeState{})},
		{"survey-early-end", surveyOf(Early, render.SurveyOptions{}, render.ResumeState{Seq: 2, Reached: 1, Answers: earlyAnswers()})},
		{"survey-learners", surveyOf(Learners, render.SurveyOptions{}, render.ResumeState{})},
		{"thanks-submitted", thanks(render.OutcomeSubmitted, "R7KQ-2M4X-9TBA", false)},
		{"thanks-synthetic", thanks(render.OutcomeSubmitted, "R7KQ-2M4X-9TBA", true)},
		{"thanks-declined", thanks(render.OutcomeDeclined, "", false)},
		{"thanks-partial", thanks(render.OutcomePartial, "", false)},
		{"staff-sign-in", signIn("", nil)},
		{"staff-sign-in-failed", signIn("ana@example.org", &render.Message{ID: render.StaffSignInFailed})},
		{"staff-link", link(false, nil)},
		{"staff-link-password", link(true, nil)},
		{"staff-link-mismatch", link(true, &render.Message{ID: render.StaffPasswordMismatch})},
		{"staff-home", home(administrations())},
		{"staff-home-empty", home(nil)},
	}
	for _, status := range []int{400, 403, 404, 410, 413, 429, 500, 503} {
		states = append(states, State{fmt.Sprintf("problem-%d", status), func(r *render.Renderer, w io.Writer, lang instrument.Lang) error {
			return r.Problem(w, render.ProblemView{Lang: lang, Status: status})
		}})
	}
	return append(states, adultStates()...)
}

// Answers are those of somebody who is half-way through Demo.
func Answers() answer.Set {
	set := make(answer.Set, len(Demo().Items))
	for i := range set {
		set[i] = answer.Answer{State: answer.NotReached, Option: -1}
	}
	set[0] = answer.Answer{State: answer.Answered, Option: 3}
	set[1] = answer.Answer{State: answer.Declined, Option: -1}
	set[4] = answer.Answer{State: answer.Answered, Option: 0}
	set[6] = answer.Answer{State: answer.Answered, Option: -1, Options: []int{0, 2}}
	set[7] = answer.Answer{State: answer.Answered, Option: -1, Number: 2.5}
	set[8] = answer.Answer{State: answer.Answered, Option: -1, Text: "More <robots> & fewer \"worksheets\", please."}
	return set
}

func badAnswers() answer.Set {
	set := Answers()
	set[7] = answer.Answer{State: answer.Answered, Option: -1, Invalid: true, Text: "400"}
	return set
}

// earlyAnswers are those of a child at the last question of Early.
func earlyAnswers() answer.Set {
	return answer.Set{{State: answer.Answered, Option: 2}, {State: answer.Answered, Option: 1}, {State: answer.NotReached, Option: -1}}
}

type writer = func(r *render.Renderer, w io.Writer, lang instrument.Lang) error

func entry(code string, problem *render.Message) writer {
	return func(r *render.Renderer, w io.Writer, lang instrument.Lang) error {
		return r.Entry(w, render.EntryView{Lang: lang, Code: code, Problem: problem})
	}
}

func assent(begun, synthetic bool) writer {
	return func(r *render.Renderer, w io.Writer, lang instrument.Lang) error {
		return r.Assent(w, render.AssentView{Lang: lang, Instrument: Demo(), Begun: begun, Synthetic: synthetic})
	}
}

func survey(o render.SurveyOptions, state render.ResumeState) writer { return surveyOf(Demo, o, state) }

func surveyOf(in func() *instrument.Instrument, o render.SurveyOptions, state render.ResumeState) writer {
	return func(r *render.Renderer, w io.Writer, lang instrument.Lang) error {
		s, err := r.CompileSurvey(in(), lang, o)
		if err != nil {
			return err
		}
		_, err = w.Write(s.Resume(nil, state))
		return err
	}
}

func thanks(outcome render.Outcome, receipt string, synthetic bool) writer {
	return func(r *render.Renderer, w io.Writer, lang instrument.Lang) error {
		return r.Thanks(w, render.ThanksView{Lang: lang, Instrument: Demo(), Outcome: outcome, Receipt: receipt, Synthetic: synthetic})
	}
}

func signIn(email string, problem *render.Message) writer {
	return func(r *render.Renderer, w io.Writer, lang instrument.Lang) error {
		return r.StaffSignIn(w, render.StaffSignInView{Lang: lang, Email: email, Problem: problem})
	}
}

func link(password bool, problem *render.Message) writer {
	return func(r *render.Renderer, w io.Writer, lang instrument.Lang) error {
		return r.StaffLink(w, render.StaffLinkView{Lang: lang, Email: "ana@example.org", SetPassword: password, Problem: problem})
	}
}

func home(administrations []render.StaffAdministration) writer {
	return func(r *render.Renderer, w io.Writer, lang instrument.Lang) error {
		return r.StaffHome(w, render.StaffHomeView{Lang: lang, Email: "ana@example.org", Role: "researcher", SignOut: "/staff/sign-out", Administrations: administrations})
	}
}

func administrations() []render.StaffAdministration {
	pacific := time.FixedZone("PDT", -7*3600)
	downloads := func(id string) render.StaffDownloads {
		return render.StaffDownloads{CSVWide: "/staff/" + id + "/wide.csv", CSVLong: "/staff/" + id + "/long.csv", Scores: "/staff/" + id + "/scores.csv"}
	}
	return []render.StaffAdministration{
		{ID: "spring-2026", Title: "Me and STEM", Instrument: "stem-identity 1.0.0", Wave: "spring", Status: "open",
			Opens: time.Date(2026, 4, 13, 8, 0, 0, 0, pacific), Closes: time.Date(2026, 5, 1, 16, 0, 0, 0, pacific),
			Counts: render.StaffCounts{NotStarted: 31, Started: 9, Submitted: 18, Declined: 2},
			Sites: []render.StaffSite{
				{Name: "Arroyo Vista Middle School", Counts: render.StaffCounts{NotStarted: 11, Started: 5, Submitted: 13, Declined: 1}},
				{Name: "Mesa Academy", Counts: render.StaffCounts{NotStarted: 20, Started: 4, Submitted: 5, Declined: 1}},
			}, Downloads: downloads("spring-2026")},
		{ID: "fall-2025", Title: "Me and STEM", Instrument: "stem-identity 1.0.0", Wave: "fall", Status: "closed", Synthetic: true,
			Opens: time.Date(2025, 9, 15, 8, 0, 0, 0, pacific), Closes: time.Date(2025, 10, 3, 16, 0, 0, 0, pacific),
			Counts: render.StaffCounts{NotStarted: 3, Submitted: 52, Declined: 3, Partial: 2},
			Sites: []render.StaffSite{
				{Name: "Arroyo Vista Middle School", Counts: render.StaffCounts{NotStarted: 1, Submitted: 27, Declined: 1, Partial: 1}},
				{Name: "Mesa Academy", Counts: render.StaffCounts{NotStarted: 2, Submitted: 25, Declined: 2, Partial: 1}},
			}, Downloads: downloads("fall-2025")},
	}
}
