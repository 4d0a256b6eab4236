package preview

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"

	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
	"surveyd/internal/render"
)

// framePolicy is the policy of students' pages, but that the workbench may show them in a frame.
var framePolicy = strings.Replace(render.ContentSecurityPolicy, "frame-ancestors 'none'", "frame-ancestors 'self'", 1)

// sampleReceipt stands where a student's receipt would.
const sampleReceipt = "0000-0000"

// frame is one request of a student's page that the workbench shows.
type frame struct {
	id   trialID
	of   *edition
	lang instrument.Lang
}

// frameOf finds what a request is about. It answers the request itself where there is nothing to show.
func (w *Workbench) frameOf(rw http.ResponseWriter, req *http.Request) (frame, bool) {
	f := frame{id: trialID(req.PathValue("trial"))}
	key, _, _ := strings.Cut(string(f.id), "-")
	d := w.shelf.find(documentKey(key))
	if d == nil || d.shown == nil {
		w.send(rw, http.StatusNotFound, func(page io.Writer) error {
			return w.pages.Problem(page, render.ProblemView{Lang: w.negotiate(req), Status: http.StatusNotFound})
		})
		return f, false
	}
	f.of = d.shown
	f.lang = i18n.Negotiate(f.of.languages(), req.Header.Get("Accept-Language"), instrument.Lang(req.FormValue("lang")))
	// The workbench says the layout in the address of its frames; what the pages ask for by themselves goes on in it.
	if layout, asked := req.URL.Query()["layout"]; asked {
		w.trials.with(f.id, func(t *trial) { t.early = layout[0] == "early" })
	}
	return f, true
}

// at is the address of one of the pages of the trial.
func (f frame) at(page string) string {
	return "/s/" + string(f.id) + "/" + page + "?lang=" + url.QueryEscape(string(f.lang))
}

func (w *Workbench) assentPage(rw http.ResponseWriter, req *http.Request) {
	f, ok := w.frameOf(rw, req)
	if !ok {
		return
	}
	w.send(rw, http.StatusOK, func(page io.Writer) error {
		return w.pages.Assent(page, render.AssentView{Lang: f.lang, Instrument: f.of.in})
	})
}

func (w *Workbench) assentForm(rw http.ResponseWriter, req *http.Request) {
	f, ok := w.frameOf(rw, req)
	if !ok {
		return
	}
	decision := req.PostFormValue("decision")
	if lang, switches := strings.CutPrefix(decision, "switch:"); switches {
		f.lang = instrument.Lang(lang)
		http.Redirect(rw, req, f.at("assent"), http.StatusSeeOther)
		return
	}
	to := "survey"
	if decision == "decline" {
		to = "thanks"
		w.trials.with(f.id, func(t *trial) { t.outcome = render.OutcomeDeclined })
	}
	http.Redirect(rw, req, f.at(to), http.StatusSeeOther)
}

// surveyPage is the page that a student would get, with what this trial has answered.
func (w *Workbench) surveyPage(rw http.ResponseWriter, req *http.Request) {
	f, ok := w.frameOf(rw, req)
	if !ok {
		return
	}
	var state render.ResumeState
	how, ended := manner{lang: f.lang}, false
	w.trials.with(f.id, func(t *trial) {
		ended, how.early = t.outcome != "", t.early
		state = render.ResumeState{Seq: t.seq, Answers: t.set(f.of.in), Seconds: t.seconds}
	})
	if ended {
		http.Redirect(rw, req, f.at("thanks"), http.StatusSeeOther)
		return
	}
	survey, err := f.of.survey(how)
	w.send(rw, http.StatusOK, func(page io.Writer) error {
		if err != nil {
			return err
		}
		_, err := page.Write(survey.Resume(nil, state))
		return err
	})
}

// surveyForm takes the plain form, as the page sends it where its script does not run.
func (w *Workbench) surveyForm(rw http.ResponseWriter, req *http.Request) {
	f, ok := w.frameOf(rw, req)
	if !ok {
		return
	}
	lang, switches := strings.CutPrefix(req.PostFormValue("action"), "switch:")
	w.trials.with(f.id, func(t *trial) {
		for _, item := range f.of.in.Items {
			t.answers[item.ID] = req.PostForm[string(item.ID)]
		}
		t.seq++
		if !switches {
			t.outcome = render.OutcomeSubmitted
		}
	})
	to := "thanks"
	if switches {
		f.lang, to = instrument.Lang(lang), "survey"
	}
	http.Redirect(rw, req, f.at(to), http.StatusSeeOther)
}

func (w *Workbench) thanksPage(rw http.ResponseWriter, req *http.Request) {
	f, ok := w.frameOf(rw, req)
	if !ok {
		return
	}
	view := render.ThanksView{Lang: f.lang, Instrument: f.of.in}
	w.trials.with(f.id, func(t *trial) { view.Outcome = t.outcome })
	if view.Outcome == "" {
		view.Outcome = render.OutcomeSubmitted // looked at without answering anything
	}
	if view.Outcome == render.OutcomeSubmitted {
		view.Receipt = sampleReceipt
	}
	w.send(rw, http.StatusOK, func(page io.Writer) error { return w.pages.Thanks(page, view) })
}

// again is where a student's last page leads: to the code entry there, to a new trial here.
func (w *Workbench) again(rw http.ResponseWriter, req *http.Request) bool {
	if req.Header.Get("Sec-Fetch-Dest") != "iframe" {
		return false
	}
	from, err := url.Parse(req.Referer())
	if err != nil {
		return false
	}
	id, ok := strings.CutPrefix(from.Path, "/s/")
	id, _, _ = strings.Cut(id, "/")
	if !ok || id == "" {
		return false
	}
	w.trials.restart(trialID(id))
	f := frame{id: trialID(id), lang: instrument.Lang(req.URL.Query().Get("lang"))}
	http.Redirect(rw, req, f.at("survey"), http.StatusSeeOther)
	return true
}

// restart forgets what a trial has answered.
func (w *Workbench) restart(rw http.ResponseWriter, req *http.Request) {
	w.trials.restart(trialID(req.PathValue("trial")))
	rw.WriteHeader(http.StatusNoContent)
}

// send writes a page that is shown in a frame. A page that cannot be made says why: its reader is the author.
func (w *Workbench) send(rw http.ResponseWriter, status int, write func(io.Writer) error) {
	var page bytes.Buffer
	if err := write(&page); err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	rw.Header().Set("Content-Security-Policy", framePolicy)
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	rw.WriteHeader(status)
	_, _ = page.WriteTo(rw) // a browser that has gone needs no page
}
