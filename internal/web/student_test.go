package web_test

import (
	"math"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
)

func TestAStudentAnswersWithoutScript(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	want(t, "entry", b.get("/"), http.StatusOK, `name="code"`)
	at := b.begin(s.codes["1001"])
	want(t, "assent after begin", b.get(at+"/assent"), http.StatusOK, "<form")
	want(t, "survey", b.get(at+"/survey?lang=en"), http.StatusOK, "I like math.", `data-seq="0"`)

	r := b.post(at+"/survey?lang=en", with(fullForm, "action", "submit"))
	if r.status != http.StatusSeeOther || r.to() != at+"/thanks?lang=en" {
		t.Fatalf("submit: %d to %q\n%s", r.status, r.to(), firstLines(r.body))
	}
	stored := s.response("1001")
	want(t, "thanks", b.get(r.to()), http.StatusOK, stored.Receipt, "Thanks for telling us.")
	if stored.Status != "submitted" || stored.Scores == nil {
		t.Fatalf("stored as %s, scores %v", stored.Status, stored.Scores)
	}
	if got := *stored.Scores.Scales[0].Score; math.Abs(got-13.0/3) > 1e-12 {
		t.Errorf("score %v, want (4 + 4 + 5) / 3", got)
	}
	if got := given(stored); got["clubs"] != "robotics;chess" || got["more"] != "Más robótica, por favor" || got["hours"] != "2.5" {
		t.Errorf("stored answers: %v", got)
	}
	want(t, "the session after thanks", b.get(at+"/thanks"), http.StatusForbidden, `name="code"`)
}

func TestAStudentAnswersWithScript(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	first := saveOf(1, "q1", "4")
	first.Seconds, first.Order = map[string]float64{"p1": 31.5}, map[string][]string{"p1": {"q3", "q1", "q2"}}
	want(t, "first save", b.send(at+"/save", first), http.StatusOK, `{"seq":1}`)
	want(t, "the same again", b.send(at+"/save", first), http.StatusOK, `{"seq":1}`)
	want(t, "second save", b.send(at+"/save", saveOf(2, "q2", "2")), http.StatusOK, `{"seq":2}`)
	resumed := b.get(at + "/survey")
	want(t, "resumed", resumed, http.StatusOK, `data-seq="2"`, `name="q1" value="4" aria-labelledby="t-q1 p1-0-3" checked`)
	if key := resumed.header.Get("Surveyd-Draft-Key"); len(key) != 44 {
		t.Errorf("draft key %q", key)
	}
	last := saveOf(3)
	for name, values := range fullForm {
		last.Answers[name] = values
	}
	sent := b.send(at+"/submit", last)
	stored := s.response("1001")
	want(t, "submit", sent, http.StatusOK, `{"receipt":"`+stored.Receipt+`","next":"thanks"}`)
	if stored.Seconds[0].Seconds != 31.5 || len(stored.Order) != 1 || stored.Order[0].Items[0] != "q3" {
		t.Errorf("seconds %v, order %v", stored.Seconds, stored.Order)
	}
	want(t, "a late save", b.send(at+"/save", saveOf(4, "q1", "1")), http.StatusConflict, `"problem":"finished"`, `"next":"thanks"`)
	want(t, "thanks", b.get(at+"/thanks"), http.StatusOK, stored.Receipt)
}

func TestADoubledSubmitGetsTheSameReceipt(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	first := b.send(at+"/submit", saveOf(1, "q1", "4"))
	second := b.send(at+"/submit", saveOf(1, "q1", "4"))
	if first.status != http.StatusOK || first.body != second.body {
		t.Errorf("receipts: %s, %s", first.body, second.body)
	}
	other := saveOf(1, "q1", "2")
	other.Save = "another device"
	for _, r := range []reply{b.send(at+"/submit", other), b.send(at+"/submit", saveOf(7, "q1", "2"))} {
		want(t, "answers that are not stored", r, http.StatusConflict, `{"problem":"finished","next":"thanks"}`)
	}
	r := b.post(at+"/survey", with(fullForm, "action", "submit"))
	if r.status != http.StatusSeeOther || !strings.HasPrefix(r.to(), at+"/thanks") {
		t.Errorf("a form after the submit: %d to %q", r.status, r.to())
	}
	if got := given(s.response("1001")); got["q1"] != "4" || got["q3"] != "" {
		t.Errorf("the first submit counts: %v", got)
	}
}

func TestADoubledFormLeadsToThanksWithTheSameReceipt(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	leads := make(chan string, 8)
	var all sync.WaitGroup
	for range cap(leads) {
		all.Go(func() { leads <- b.post(at+"/survey?lang=en", with(fullForm, "action", "submit")).to() })
	}
	all.Wait()
	close(leads)
	for to := range leads {
		if to != at+"/thanks?lang=en" {
			t.Errorf("leads to %q", to)
		}
	}
	want(t, "thanks", b.get(at+"/thanks"), http.StatusOK, s.response("1001").Receipt)
}

func TestAnOldFormErasesNothingThatWasSavedSince(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	b.send(at+"/save", saveOf(1, "q1", "4", "more", "I like chess"))
	old := url.Values{"_seq": {"0"}, "q2": {"2"}, "hours": {"3"}, "more": {""}, "action": {"submit"}}
	r := b.post(at+"/survey?lang=en", old)
	want(t, "an old form", r, http.StatusOK, `data-seq="2"`, `href="#q-q3"`, "I like chess")
	if strings.Contains(r.body, `href="#q-q1"`) {
		t.Error("a question that was answered on another device is pointed out")
	}
	if got := given(s.response("1001")); got["q1"] != "4" || got["more"] != "I like chess" || got["q2"] != "2" || got["hours"] != "3" {
		t.Errorf("stored: %v", got)
	}
	for _, number := range []string{"", "1", "-1", "two"} {
		b.post(at+"/survey?lang=en", url.Values{"_seq": {number}, "q2": {"3"}, "action": {"switch:es"}})
	}
	if got := given(s.response("1001")); got["q1"] != "4" || got["more"] != "I like chess" || got["q2"] != "3" {
		t.Errorf("stored after forms without a true number: %v", got)
	}
}

func TestTheNewestFormIsTheWholeTruth(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	want(t, "a fresh page", b.get(at+"/survey?lang=en"), http.StatusOK, `name="_seq" value="0"`)
	b.send(at+"/save", saveOf(1, "q1", "4", "more", "I like chess"))
	want(t, "a page with answers", b.get(at+"/survey?lang=en"), http.StatusOK, `name="_seq" value="1"`)
	b.post(at+"/survey?lang=en", url.Values{"_seq": {"1"}, "q1": {"4"}, "more": {""}, "action": {"switch:es"}})
	if got := given(s.response("1001")); got["q1"] != "4" || got["more"] != "" {
		t.Errorf("an answer that was taken back is stored: %v", got)
	}
}

func TestFormsOfTwoDevicesAtOnceEraseNothingOfEachOther(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	var all sync.WaitGroup
	for _, item := range []string{"q1", "q2", "q3"} {
		all.Go(func() { b.post(at+"/survey", url.Values{"_seq": {"0"}, item: {"4"}, "action": {"switch:es"}}) })
	}
	all.Wait()
	if got := given(s.response("1001")); got["q1"] != "4" || got["q2"] != "4" || got["q3"] != "4" {
		t.Errorf("stored: %v", got)
	}
}

func TestTheLanguageSwitchKeepsAnswersWithoutScript(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	r := b.post(at+"/survey?lang=en", with(fullForm, "action", "switch:es"))
	if r.status != http.StatusSeeOther || r.to() != at+"/survey?lang=es" {
		t.Fatalf("switch: %d to %q\n%s", r.status, r.to(), firstLines(r.body))
	}
	page := b.get(r.to())
	want(t, "in Spanish", page, http.StatusOK, `lang="es"`, "Me gustan las matemáticas.", "Más robótica, por favor",
		`name="q1" value="4" aria-labelledby="t-q1 p1-0-3" checked`, `value="2.5"`, `value="chess" checked`)
	r = b.post(at+"/survey?lang=es", with(fullForm, "action", "submit"))
	if r.to() != at+"/thanks?lang=es" {
		t.Fatalf("submit: %d to %q", r.status, r.to())
	}
	want(t, "thanks", b.get(r.to()), http.StatusOK, `lang="es"`, "Gracias por contarnos.")
	if got := s.response("1001").Languages; len(got) != 2 || got[0] != "en" || got[1] != "es" {
		t.Errorf("languages in which it was read: %v", got)
	}
}

func TestASwitchWithAnAnswerThatCannotBeTakenSaysSoInTheNewLanguage(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	r := b.post(at+"/survey?lang=en", with(fullForm, "action", "switch:es", "hours", "99"))
	want(t, "switch", r, http.StatusUnprocessableEntity, `lang="es"`, "Me gustan las matemáticas.", `value="99"`, "40", `id="e-hours"`, "Más robótica, por favor")
	if got := given(s.response("1001")); got["q1"] != "4" || got["hours"] != "" {
		t.Errorf("what could be taken is kept: %v", got)
	}
}

func TestUnansweredQuestionsArePointedOutOnce(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	part := url.Values{"q1": {"4"}, "q2": {"2"}, "club": {"0"}, "action": {"submit"}}
	r := b.post(at+"/survey?lang=en", part)
	want(t, "first", r, http.StatusOK, `href="#q-q3"`, `href="#q-hours"`, `name="confirmed" value="1"`, `data-seq="1"`)
	if strings.Contains(r.body, `href="#q-club_fun"`) {
		t.Error("a question that is not asked is pointed out")
	}
	if strings.Contains(r.body, `href="#q-more"`) {
		t.Error("an empty comment is pointed out as if it had been forgotten")
	}
	if got := given(s.response("1001")); got["q1"] != "4" {
		t.Errorf("nothing is lost if the student leaves now: %v", got)
	}
	part.Set("confirmed", "1")
	r = b.post(at+"/survey?lang=en", part)
	if r.status != http.StatusSeeOther || r.to() != at+"/thanks?lang=en" {
		t.Errorf("second: %d to %q", r.status, r.to())
	}
	stored := s.response("1001")
	if stored.Status != "submitted" {
		t.Errorf("stored as %s", stored.Status)
	}
}

func TestAnAnswerThatCannotBeTakenIsShownBesideTheQuestionAndNothingIsLost(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	want(t, "form", b.post(at+"/survey?lang=es", with(fullForm, "action", "submit", "hours", "many", "q1", "17")),
		http.StatusUnprocessableEntity, `value="many"`, `id="e-hours"`, `id="e-q1"`, "Más robótica, por favor")
	r := b.send(at+"/save", map[string]any{"seq": 2, "save": "x", "language": "es", "reached": 1, "answers": map[string][]string{"hours": {"50"}, "q1": {"17"}, "ghost": {"1"}}})
	want(t, "script", r, http.StatusUnprocessableEntity, `"problem":"answers"`, `"item":"hours"`, `"problem":"too_large"`, "40",
		`"item":"q1"`, `"problem":"not_in_set"`, `"item":"ghost"`, `"problem":"unknown_item"`)
	if got := given(s.response("1001")); got["q2"] != "2" || got["hours"] != "" || got["q1"] != "" {
		t.Errorf("stored: %v", got)
	}
}

func TestTwoTextsForOneQuestionAreAProblemOfThatQuestionAlone(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	form := with(fullForm, "action", "submit")
	form["more"] = []string{"one", "two"}
	want(t, "form", b.post(at+"/survey?lang=en", form), http.StatusUnprocessableEntity, `id="e-more"`)
	if got := given(s.response("1001")); got["q1"] != "4" || got["more"] != "" {
		t.Errorf("stored: %v", got)
	}
}

func TestADeclineIsHonoured(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.enter(s.codes["1002"])
	want(t, "assent", b.get(at+"/assent"), http.StatusOK, `lang="es"`)
	if r := b.post(at+"/assent", url.Values{"decision": {"switch:en"}}); r.to() != at+"/assent?lang=en" {
		t.Errorf("switch: %d to %q", r.status, r.to())
	}
	r := b.post(at+"/assent", url.Values{"decision": {"decline"}, "lang": {"es"}})
	if r.status != http.StatusSeeOther || r.to() != at+"/thanks?lang=es" {
		t.Fatalf("decline: %d to %q", r.status, r.to())
	}
	want(t, "thanks", b.get(r.to()), http.StatusOK)
	if got := s.response("1002").Status; got != "declined" {
		t.Errorf("stored as %s", got)
	}
	if r := b.post("/", url.Values{"code": {s.codes["1002"]}}); !strings.HasSuffix(strings.Split(r.to(), "?")[0], "/thanks") {
		t.Errorf("the code leads to %q", r.to())
	}
}

func TestPagesLeadToWhereTheStudentStands(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.enter(s.codes["1001"])
	for page, leads := range map[string]string{"/survey": "/assent", "/thanks": "/assent"} {
		if r := b.get(at + page); r.status != http.StatusSeeOther || !strings.HasPrefix(r.to(), at+leads) {
			t.Errorf("%s before assent: %d to %q", page, r.status, r.to())
		}
	}
	b.post(at+"/assent", url.Values{"decision": {"start"}})
	if r := b.get(at + "/thanks"); r.status != http.StatusSeeOther || !strings.HasPrefix(r.to(), at+"/survey") {
		t.Errorf("thanks before submit: %d to %q", r.status, r.to())
	}
	b.send(at+"/submit", saveOf(1, "q1", "4"))
	for _, page := range []string{"/assent", "/survey"} {
		if r := b.get(at + page); r.status != http.StatusSeeOther || !strings.HasPrefix(r.to(), at+"/thanks") {
			t.Errorf("%s after submit: %d to %q", page, r.status, r.to())
		}
	}
}

func TestThePageIsInTheRostersLanguageElseInTheBrowsers(t *testing.T) {
	s := newSchool(t)
	for name, test := range map[string]struct{ student, browser, want string }{
		"roster says Spanish, browser English": {"1002", "en-US,en;q=0.9", "es"},
		"roster says English, browser Spanish": {"1001", "es-MX,es;q=0.9", "en"},
		"roster says French, browser Spanish":  {"1004", "es-MX,es;q=0.9", "es"},
	} {
		t.Run(name, func(t *testing.T) {
			b := s.browser()
			b.lang = test.browser
			r := b.post("/", url.Values{"code": {s.codes[studentID(test.student)]}})
			want(t, "assent", b.get(r.to()), http.StatusOK, `<html lang="`+test.want+`"`)
		})
	}
}
