package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"surveyd/internal/staff"
)

func TestLogsHoldNoCodeNoAnswerAndNoSession(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	link := s.invite(staff.NewAccount{Email: "ana@example.org", Role: staff.Administrator}, staff.SetsPassword)
	secrets := map[string]string{
		"a code": s.codes["1001"], "a code without its hyphen": strings.ReplaceAll(s.codes["1001"], "-", ""),
		"a guess": "HELLOCODE", "an answer": "my dog is called Wolke", "a bad answer": "ninety-nine hours",
		"an unknown item": "ghostitem", "a link": link, "a password": staffPassword, "a wrong password": "wrong words entirely",
		"another one's e-mail": "typed-into-the-wrong-field",
	}
	b.get("/?code=" + secrets["a code"])
	b.post("/", url.Values{"code": {secrets["a guess"]}})
	at := b.begin(s.codes["1001"])
	secrets["a session"] = strings.TrimPrefix(at, "/s/")
	here, err := url.Parse(s.base)
	if err != nil {
		t.Fatal(err)
	}
	secrets["a cookie"] = b.client.Jar.Cookies(here)[0].Value
	b.get(at + "/survey")
	b.send(at+"/save", saveOf(1, "more", secrets["an answer"]))
	b.send(at+"/save", saveOf(2, "hours", secrets["a bad answer"]))
	b.send(at+"/save", saveOf(2, secrets["an unknown item"], secrets["an answer"]))
	b.send(at+"/save", `{"`+secrets["an answer"])
	b.post(at+"/survey", with(fullForm, "action", "submit", "hours", secrets["a bad answer"]))
	b.post(at+"/survey", url.Values{secrets["an unknown item"]: {"1"}, "action": {"submit"}})
	b.post(at+"/assent", url.Values{"decision": {secrets["an answer"]}})
	b.get(at + "/" + secrets["an unknown item"])
	s.store.panics.Store(true)
	b.get(at + "/survey")
	s.store.panics.Store(false)
	s.store.away.Store(true)
	b.send(at+"/save", saveOf(2, "more", secrets["an answer"]))
	s.store.away.Store(false)
	b.send(at+"/submit", saveOf(2, "more", secrets["an answer"]))
	b.get(at + "/thanks")
	b.get("/staff/link/" + link)
	b.post("/staff/link/"+link, url.Values{"password": {staffPassword}, "password_again": {staffPassword}})
	b.post("/staff/sign-in", url.Values{"email": {secrets["another one's e-mail"]}, "password": {secrets["a wrong password"]}})
	b.get("/staff/administrations/fall/export?format=csv-long")

	log := s.log.String()
	for what, secret := range secrets {
		if secret == "" || strings.Contains(log, secret) {
			t.Errorf("the log holds %s: %q", what, secret)
		}
	}
	routes := map[string]int{}
	for line := range strings.Lines(log) {
		var entry struct {
			Msg, Request, Method, Route string
			Status                      int
			Ms                          *float64
			Bytes                       *int
		}
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if entry.Msg != "request" {
			continue
		}
		routes[entry.Route]++
		if len(entry.Request) != 16 || entry.Method == "" || entry.Status == 0 || entry.Ms == nil || entry.Bytes == nil {
			t.Errorf("a request is told of by half: %s", line)
		}
	}
	for _, route := range []string{"/", "/s/:sid/save", "/s/:sid/survey", "/staff/link/:token", "/staff/administrations/:id/export", "none"} {
		if routes[route] == 0 {
			t.Errorf("no line tells of %s: %v", route, routes)
		}
	}
}

func TestAPanicIsAPageAndOneLineAndTheServerGoesOn(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	s.store.panics.Store(true)
	r := b.get(at + "/survey?lang=es")
	want(t, "page", r, http.StatusInternalServerError, `<html lang="es"`)
	want(t, "script", b.send(at+"/save", saveOf(1, "q1", "4")), http.StatusInternalServerError, `{"problem":"internal"}`)
	s.store.panics.Store(false)
	want(t, "afterwards", b.send(at+"/save", saveOf(1, "q1", "4")), http.StatusOK)
	log := s.log.String()
	if n := strings.Count(log, `"msg":"request failed","request":"`+r.header.Get("X-Request-Id")); n != 1 {
		t.Errorf("logged %d times", n)
	}
	if !strings.Contains(log, "faulty_test.go") {
		t.Error("the log does not say where")
	}
	if strings.Contains(log, "I am sad") || strings.Contains(r.body, "panic") {
		t.Error("what a panic holds is told")
	}
}
