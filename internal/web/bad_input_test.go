package web_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"surveyd/internal/fieldwork"
	"surveyd/internal/render"
)

func TestACodeThatOpensNothingSaysWhyBesideTheField(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	b.lang = "es"
	good := s.codes["1001"]
	mistyped := good[:8] + string(otherThan(good[8]))
	reissued := s.codes["1003"]
	if _, err := s.forms.ReissueCode(context.Background(), "fall", "1003"); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		code   string
		status int
		words  string
	}{
		"nothing":           {" ", http.StatusUnprocessableEntity, say(t, "es", render.EntryEmpty)},
		"mistyped":          {mistyped, http.StatusUnprocessableEntity, mistyped},
		"no code at all":    {"<script>alert(1)</script>", http.StatusUnprocessableEntity, "&lt;script&gt;"},
		"very long":         {strings.Repeat("A", 5000), http.StatusUnprocessableEntity, `value=""`},
		"unknown":           {unknownCode(t, s), http.StatusNotFound, say(t, "es", render.EntryUnknown)},
		"expired, reissued": {reissued, http.StatusGone, say(t, "es", render.EntryExpired)},
	} {
		t.Run(name, func(t *testing.T) {
			r := b.post("/", url.Values{"code": {test.code}, "lang": {"es"}})
			want(t, name, r, test.status, `<html lang="es"`, `aria-invalid="true"`, test.words)
			if strings.Contains(r.body, "<script>alert") {
				t.Error("what was typed is part of the page")
			}
			if name == "expired, reissued" && strings.Contains(r.body, test.code) {
				t.Error("a code that was somebody's stands in the page")
			}
			if len(r.header.Values("Set-Cookie")) > 0 {
				t.Error("a session was opened")
			}
		})
	}
	if _, err := s.forms.PauseAdministration(context.Background(), "fall"); err != nil {
		t.Fatal(err)
	}
	hidden := func(name string, r reply) {
		if strings.Contains(r.body, good) {
			t.Errorf("%s: somebody's code stands in the page", name)
		}
	}
	paused := b.post("/", url.Values{"code": {good}})
	want(t, "paused", paused, http.StatusServiceUnavailable, say(t, "es", render.EntryPaused))
	hidden("paused", paused)
	if _, err := s.forms.CloseAdministration(context.Background(), "fall"); err != nil {
		t.Fatal(err)
	}
	closed := b.post("/", url.Values{"code": {good}})
	want(t, "closed", closed, http.StatusGone, say(t, "es", render.EntryClosed))
	hidden("closed", closed)
}

func otherThan(c byte) byte {
	if c == 'A' {
		return 'B'
	}
	return 'A'
}

// unknownCode is well-formed and nobody's: a code of another secret's school.
func unknownCode(t testing.TB, s *school) string {
	t.Helper()
	sheet, err := s.forms.ReissueCode(context.Background(), "fall", "1004")
	if err != nil {
		t.Fatal(err)
	}
	// Every single wrong character is found by the check character, so two are changed until it fits again.
	code := []byte(strings.ReplaceAll(sheet.Code, "-", ""))
	const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
	for _, x := range []byte(alphabet) {
		for _, y := range []byte(alphabet) {
			if x == code[0] || y == code[7] {
				continue
			}
			try := append([]byte{x}, append(append([]byte{}, code[1:7]...), y)...)
			_, err := s.forms.Enter(context.Background(), string(try))
			if refused, ok := err.(*fieldwork.CodeError); ok && refused.Problem == fieldwork.CodeUnknown {
				return string(try)
			}
		}
	}
	t.Fatal("no unknown code found")
	return ""
}

func TestFailedGuessesSlowAnAddressDownAndNothingElseDoes(t *testing.T) {
	s := newSchool(t, func(o *options) { o.proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
	unknown := unknownCode(t, s)
	b := s.browser()
	guess := func(code, from string) reply {
		return b.do("POST", "/", strings.NewReader(url.Values{"code": {code}}.Encode()), func(r *http.Request) {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("X-Forwarded-For", from)
		})
	}
	mistyped := s.codes["1001"][:8] + string(otherThan(s.codes["1001"][8]))
	for range 250 {
		if r := guess(mistyped, "192.0.2.1"); r.status != http.StatusUnprocessableEntity {
			t.Fatalf("a typing mistake: %d", r.status)
		}
		if r := guess(s.codes["1001"], "192.0.2.1"); r.status != http.StatusSeeOther {
			t.Fatalf("a good code: %d", r.status)
		}
	}
	for i := range 200 {
		// What a client writes into the header itself stands before what the proxy adds, and buys nothing.
		if r := guess(unknown, fmt.Sprintf("198.51.100.%d, 192.0.2.1", i)); r.status != http.StatusNotFound {
			t.Fatalf("guess %d: %d", i, r.status)
		}
	}
	// The clock of this server stands still: ten lookups, and what finds a turn within five seconds.
	replies := make(chan reply, 100)
	var all sync.WaitGroup
	for range cap(replies) {
		all.Go(func() { replies <- guess(s.codes["1001"], "192.0.2.1") })
	}
	all.Wait()
	close(replies)
	entered, later := 0, 0
	for r := range replies {
		switch r.status {
		case http.StatusSeeOther:
			entered++
		case http.StatusTooManyRequests:
			later++
			if r.header.Get("Retry-After") != "6" || !strings.Contains(r.body, `aria-invalid="true"`) {
				t.Errorf("Retry-After: %q", r.header.Get("Retry-After"))
			}
		default:
			t.Errorf("a good code from a slowed address: %d", r.status)
		}
	}
	if entered != 60 || later != 40 {
		t.Errorf("%d entered and %d were told to come again", entered, later)
	}
	if r := guess(mistyped, "192.0.2.1"); r.status != http.StatusUnprocessableEntity {
		t.Errorf("a typing mistake needs no turn: %d", r.status)
	}
	if r := guess(s.codes["1001"], "192.0.2.2"); r.status != http.StatusSeeOther {
		t.Errorf("another address: %d", r.status)
	}
	s.advance(6 * time.Second)
	if r := guess(s.codes["1001"], "192.0.2.1"); r.status != http.StatusSeeOther {
		t.Errorf("a few seconds later: %d", r.status)
	}
	if n := strings.Count(s.log.String(), `"level":"WARN"`); n != 1 || strings.Contains(s.log.String(), unknown) {
		t.Errorf("%d warnings in the log, want 1 and no code in it", n)
	}
}

func TestASchoolThatComesAllAtOnceIsLetInAllAtOnce(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	b.client.Jar = nil
	var entered atomic.Int64
	var all sync.WaitGroup
	for range 800 {
		all.Go(func() {
			if b.post("/", url.Values{"code": {s.codes["1001"]}}).status == http.StatusSeeOther {
				entered.Add(1)
			}
		})
	}
	all.Wait()
	if n := entered.Load(); n != 800 {
		t.Errorf("%d of 800 were let in", n)
	}
}

func TestABodyThatIsTooLargeIsRefusedInWordsAndTheConnectionGoesOn(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	for _, size := range []int{300 << 10, 3 << 20} {
		big := strings.Repeat("x", size)
		want(t, "form", b.post(at+"/survey?lang=es", with(fullForm, "action", "submit", "more", big)), http.StatusRequestEntityTooLarge, `<html lang="es"`)
		want(t, "script", b.send(at+"/save", saveOf(1, "more", big)), http.StatusRequestEntityTooLarge, `"problem":"too_large"`)
	}
	want(t, "afterwards", b.send(at+"/save", saveOf(1, "q1", "4")), http.StatusOK, `{"seq":1}`)
	if r := s.response("1001"); r.Seq != 1 {
		t.Errorf("a body that was refused changed something: %d", r.Seq)
	}
}

func TestOnlyWhoHasASessionMaySendALargeBody(t *testing.T) {
	s := newSchool(t)
	b, stranger := s.browser(), s.browser()
	at := b.begin(s.codes["1001"])
	large := strings.Repeat("x", 9<<10)
	want(t, "a long text", b.send(at+"/save", saveOf(1, "more", large)), http.StatusOK)
	want(t, "no session, script", stranger.send(at+"/save", saveOf(2, "more", large)), http.StatusForbidden, `"problem":"session"`)
	want(t, "no session, form", stranger.post(at+"/survey", with(fullForm, "more", large)), http.StatusForbidden, `name="code"`)
	for _, path := range []string{"/", at + "/assent", "/staff/sign-in", "/staff/sign-out", "/staff/link/pAAAA", "/nothing"} {
		want(t, path, b.post(path, url.Values{"code": {large}}), http.StatusRequestEntityTooLarge, "<html")
	}
}

func TestAnAddressHasOneSpelling(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	for _, path := range []string{at + "/survey/", strings.ToUpper(at) + "/survey", at + "/Survey", "/staff/", "/Staff", "/healthz/"} {
		want(t, path, b.get(path), http.StatusNotFound, "<html")
	}
	want(t, "the right one", b.get(at+"/survey"), http.StatusOK)
}

func TestWhatThePagesScriptAsksIsAlwaysAnsweredInJSON(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	for _, page := range []string{"/save", "/submit"} {
		for name, r := range map[string]reply{
			"another method":  b.get(at + page),
			"no body":         b.do("POST", at+page, nil),
			"a large body":    b.send(at+page, strings.Repeat("x", 300<<10)),
			"another session": b.send("/s/abc"+page, saveOf(1)),
			"for HTML": b.do("POST", at+page, strings.NewReader("x"), func(r *http.Request) {
				r.Header.Set("Accept", "text/html")
			}),
		} {
			if r.status < 400 || !strings.HasPrefix(r.body, `{"problem":"`) || r.header.Get("Content-Type") != "application/json" {
				t.Errorf("%s to %s: %d, %s: %s", name, page, r.status, r.header.Get("Content-Type"), firstLines(r.body))
			}
		}
	}
}

func TestABodyThatIsNoFormIsRefused(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	typed := func(contentType, more string) func(*http.Request) {
		return func(r *http.Request) {
			r.Header.Set("Content-Type", contentType)
			if more != "" {
				r.Header.Set("Content-Encoding", more)
			}
		}
	}
	for name, test := range map[string]struct {
		path, body string
		change     func(*http.Request)
		status     int
	}{
		"multipart":            {at + "/survey", "--x\r\nContent-Disposition: form-data; name=\"q1\"\r\n\r\n4\r\n--x--\r\n", typed("multipart/form-data; boundary=x", ""), 415},
		"JSON to a form":       {at + "/survey", `{"q1":"4"}`, typed("application/json", ""), 415},
		"no type":              {at + "/survey", "q1=4", typed("", ""), 415},
		"another charset":      {at + "/survey", "q1=4", typed("application/x-www-form-urlencoded; charset=latin1", ""), 415},
		"compressed":           {at + "/survey", "q1=4", typed("application/x-www-form-urlencoded", "gzip"), 415},
		"bad escapes":          {at + "/survey", "q1=%zz&action=submit", typed("application/x-www-form-urlencoded", ""), 400},
		"bad UTF-8":            {at + "/survey", "more=%ff%fe&action=submit", typed("application/x-www-form-urlencoded", ""), 400},
		"no action":            {at + "/survey", "q1=4", typed("application/x-www-form-urlencoded", ""), 400},
		"an unknown item":      {at + "/survey", "ghost=4&action=submit&confirmed=1", typed("application/x-www-form-urlencoded", ""), 422},
		"a strange decision":   {at + "/assent", "decision=maybe", typed("application/x-www-form-urlencoded", ""), 400},
		"a form to the script": {at + "/save", "q1=4", typed("application/x-www-form-urlencoded", ""), 415},
		"half a JSON":          {at + "/save", `{"seq": 1, "ans`, typed("application/json", ""), 400},
		"two JSONs":            {at + "/save", `{"seq":1,"save":"a","language":"en"}{}`, typed("application/json", ""), 400},
		"unknown fields":       {at + "/save", `{"seq":1,"save":"a","language":"en","status":"submitted"}`, typed("application/json", ""), 400},
		"a wrong type":         {at + "/save", `{"seq":"1","save":"a","language":"en"}`, typed("application/json", ""), 400},
		"no name of the save":  {at + "/save", `{"seq":1,"language":"en"}`, typed("application/json", ""), 400},
		"a strange language":   {at + "/save", `{"seq":1,"save":"a","language":"tlh"}`, typed("application/json", ""), 400},
		"bad UTF-8 in JSON":    {at + "/save", "{\"seq\":1,\"save\":\"a\",\"language\":\"en\",\"answers\":{\"more\":[\"\xff\"]}}", typed("application/json", ""), 400},
		"seconds of no page":   {at + "/save", `{"seq":1,"save":"a","language":"en","seconds":{"p9":1}}`, typed("application/json", ""), 400},
		"an order of others":   {at + "/save", `{"seq":1,"save":"a","language":"en","order":{"p1":["q1","q1","q2"]}}`, typed("application/json", ""), 400},
		"a list to the script": {at + "/save", `[]`, typed("application/json", ""), 400},
	} {
		t.Run(name, func(t *testing.T) {
			r := b.do("POST", test.path, strings.NewReader(test.body), test.change)
			if strings.HasSuffix(test.path, "/save") {
				want(t, name, r, test.status, `"problem":"malformed"`)
			} else {
				want(t, name, r, test.status, "<html")
			}
		})
	}
	if r := s.response("1001"); r.Seq != 0 || r.Status != "started" {
		t.Errorf("something was stored: %d, %s", r.Seq, r.Status)
	}
}

func TestAWrongSequenceNumberTellsTheRightOne(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	b.send(at+"/save", saveOf(1, "q1", "4"))
	b.send(at+"/save", saveOf(2, "q1", "5"))
	late := saveOf(1, "q1", "1")
	late.Save = "another device"
	want(t, "a late save", b.send(at+"/save", late), http.StatusConflict, `{"problem":"sequence","seq":2}`)
	want(t, "an early submit", b.send(at+"/submit", saveOf(9, "q1", "1")), http.StatusConflict, `{"problem":"sequence","seq":2}`)
	if got := given(s.response("1001")); got["q1"] != "5" {
		t.Errorf("stored: %v", got)
	}
}

func TestTheLastStudentsPageCannotSaveWithTheNextOnesSession(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	last := b.begin(s.codes["1001"])
	b.send(last+"/save", saveOf(1, "more", "a secret of the last student"))
	next := b.begin(s.codes["1003"]) // the same browser: its cookie is now the next student's
	for _, r := range []reply{
		b.send(last+"/save", saveOf(2, "q1", "1")), b.send(last+"/submit", saveOf(2, "q1", "1")),
	} {
		want(t, "script", r, http.StatusForbidden, `"problem":"session"`, `"next":"/"`)
	}
	for _, r := range []reply{
		b.post(last+"/survey", with(fullForm, "action", "submit")), b.get(last + "/survey"), b.get(last + "/assent"), b.get(last + "/thanks"),
	} {
		want(t, "page", r, http.StatusForbidden, `name="code"`)
		if strings.Contains(r.body, "secret") {
			t.Error("the last student's answer is shown")
		}
	}
	if strings.Contains(b.get(next+"/survey").body, "secret") {
		t.Error("the next student sees the last one's answer")
	}
	stranger := s.browser()
	want(t, "no cookie", stranger.get(next+"/survey"), http.StatusForbidden, `name="code"`)
	want(t, "no cookie, script", stranger.send(next+"/save", saveOf(1)), http.StatusForbidden, `"problem":"session"`)
	forged := stranger.do("GET", next+"/survey", nil, func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "surveyd", Value: "AAAA"}) })
	want(t, "a forged cookie", forged, http.StatusForbidden)
	if r := s.response("1001"); r.Seq != 1 || given(r)["q1"] != "" {
		t.Errorf("the last student's response changed: %v", given(r))
	}
	if r := s.response("1003"); r.Seq != 0 {
		t.Errorf("the next student's response changed: %v", given(r))
	}
}

func TestComingToTheEntryEndsWhatTheLastStudentLeftOpen(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	b.send(at+"/save", saveOf(1, "more", "a secret of the last student"))
	b.do("GET", "/", nil, func(r *http.Request) { r.Header.Set("Sec-Fetch-Dest", "empty") })
	want(t, "after a script fetched the entry", b.get(at+"/survey"), http.StatusOK, "a secret")
	b.get("/")
	want(t, "after somebody came to the entry", b.get(at+"/survey"), http.StatusForbidden, `name="code"`)
	if again := b.enter(s.codes["1001"]); again != at {
		t.Errorf("the same code leads to %s, not %s", again, at)
	}
	want(t, "with the code typed again", b.get(at+"/survey"), http.StatusOK, "a secret")
}

func TestWhateverCodeIsTypedEndsWhatTheLastStudentLeftOpen(t *testing.T) {
	s := newSchool(t)
	unknown := unknownCode(t, s)
	for name, code := range map[string]string{"nothing": "", "mistyped": "AAAA", "unknown": unknown} {
		b := s.browser()
		at := b.begin(s.codes["1001"])
		b.post("/", url.Values{"code": {code}})
		want(t, name, b.get(at+"/survey"), http.StatusForbidden, `name="code"`)
	}
	b := s.browser()
	at := b.begin(s.codes["1001"])
	s.store.away.Store(true)
	b.post("/", url.Values{"code": {s.codes["1003"]}})
	s.store.away.Store(false)
	want(t, "the store was away", b.get(at+"/survey"), http.StatusForbidden, `name="code"`)
}

func TestAnAbandonedSurveyEndsAfterAnHourAndOneInUseGoesOn(t *testing.T) {
	s := newSchool(t)
	b, left := s.browser(), s.browser()
	at, waiting := b.begin(s.codes["1001"]), left.begin(s.codes["1003"])
	for i := range 8 {
		s.advance(11 * time.Minute)
		// The page's script saves, the plain page loads: both are use.
		if i%2 == 0 {
			want(t, "save", b.send(at+"/save", saveOf(int64(i/2+1), "q1", "4")), http.StatusOK)
		} else {
			want(t, "page", b.get(at+"/survey"), http.StatusOK)
		}
		status := http.StatusOK
		if i >= 5 {
			status = http.StatusForbidden
		}
		copied := s.browser()
		here, err := url.Parse(s.base)
		if err != nil {
			t.Fatal(err)
		}
		copied.client.Jar.SetCookies(here, left.client.Jar.Cookies(here))
		want(t, fmt.Sprintf("left alone for %d minutes", 11*(i+1)), copied.get(waiting+"/survey"), status)
	}
}

func TestARequestFromAnotherSiteIsRefused(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	body := with(fullForm, "action", "submit").Encode()
	from := func(site, origin string) func(*http.Request) {
		return func(r *http.Request) {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			if site != "" {
				r.Header.Set("Sec-Fetch-Site", site)
			}
			if origin != "" {
				r.Header.Set("Origin", origin)
			}
		}
	}
	for name, change := range map[string]func(*http.Request){
		"cross-site":               from("cross-site", b.base),
		"same-site is no origin":   from("same-site", ""),
		"another origin":           from("", "https://evil.example"),
		"an opaque origin":         from("", "null"),
		"another port":             from("", "http://127.0.0.1:1"),
		"an origin that is no URL": from("", "http://%zz"),
	} {
		t.Run(name, func(t *testing.T) {
			want(t, "form", b.do("POST", at+"/survey", strings.NewReader(body), change), http.StatusForbidden, "<html")
			want(t, "script", b.do("POST", at+"/save", strings.NewReader("{}"), change), http.StatusForbidden, `"problem":"cross_site"`)
		})
	}
	for name, change := range map[string]func(*http.Request){
		"same-origin":       from("same-origin", ""),
		"typed by the user": from("none", ""),
		"own origin":        from("", b.base),
		"no browser":        from("", ""),
	} {
		t.Run(name, func(t *testing.T) {
			if r := b.do("POST", at+"/assent", strings.NewReader("decision=start"), change); r.status != http.StatusSeeOther {
				t.Errorf("status %d", r.status)
			}
		})
	}
	if r := s.response("1001"); r.Status != "started" {
		t.Errorf("another site submitted: %s", r.Status)
	}
}

func TestAStoreThatIsAwayIsSaidCalmlyAndComesBack(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	s.store.away.Store(true)
	for name, r := range map[string]reply{
		"page":   b.get(at + "/survey?lang=es"),
		"form":   b.post(at+"/survey?lang=es", with(fullForm, "action", "submit")),
		"entry":  s.browser().post("/", url.Values{"code": {s.codes["1003"]}, "lang": {"es"}}),
		"script": b.send(at+"/save", saveOf(1, "q1", "4")),
		"ready":  b.get("/readyz"),
	} {
		want(t, name, r, http.StatusServiceUnavailable)
		if r.header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", name)
		}
		if strings.Contains(r.body, "27017") || strings.Contains(r.body, "refused") {
			t.Errorf("%s tells what happened inside: %s", name, r.body)
		}
		switch name {
		case "script":
			want(t, name, r, http.StatusServiceUnavailable, `{"problem":"unavailable"}`)
		case "page", "form", "entry":
			want(t, name, r, http.StatusServiceUnavailable, `<html lang="es"`)
		}
	}
	want(t, "alive", b.get("/healthz"), http.StatusOK)
	s.store.away.Store(false)
	s.advance(time.Second)
	want(t, "ready again", b.get("/readyz"), http.StatusOK)
	want(t, "the same save again", b.send(at+"/save", saveOf(1, "q1", "4")), http.StatusOK, `{"seq":1}`)
}

func TestAPausedSurveyKeepsThePageTrying(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	at := b.begin(s.codes["1001"])
	if _, err := s.forms.PauseAdministration(context.Background(), "fall"); err != nil {
		t.Fatal(err)
	}
	r := b.send(at+"/save", saveOf(1, "q1", "4"))
	want(t, "save", r, http.StatusServiceUnavailable, `"problem":"unavailable"`)
	if r.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
}

func TestWhoHadBegunHasThirtyMoreMinutes(t *testing.T) {
	s := newSchool(t)
	b, late := s.browser(), s.browser()
	at := b.begin(s.codes["1001"])
	waiting := late.enter(s.codes["1003"])
	s.advance(45 * time.Minute)
	b.get(at + "/survey")
	late.get(waiting + "/assent")
	s.advance(44 * time.Minute)
	want(t, "in the grace period", b.send(at+"/save", saveOf(1, "q1", "4")), http.StatusOK)
	want(t, "who had not begun", late.post(waiting+"/assent", url.Values{"decision": {"start"}}), http.StatusGone)
	s.advance(time.Minute)
	want(t, "save after it", b.send(at+"/save", saveOf(2, "q1", "1")), http.StatusGone, `"problem":"closed"`, `"next":"thanks"`)
	if r := b.get(at + "/survey"); !strings.HasPrefix(r.to(), at+"/thanks") {
		t.Errorf("the page leads to %q", r.to())
	}
	want(t, "thanks", b.get(at+"/thanks"), http.StatusOK)
	if got := given(s.response2(t, "1001")); got["q1"] != "4" {
		t.Errorf("stored: %v", got)
	}
}

// response2 reads a response whose administration is over, when its code opens nothing any more.
func (s *school) response2(t *testing.T, student fieldwork.StudentID) fieldwork.Response {
	t.Helper()
	var found fieldwork.Response
	err := s.forms.EachRespondent(context.Background(), "fall", func(p fieldwork.Participant, r fieldwork.Response, begun bool) error {
		if p.Student == student {
			found = r
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestWhatIsNotThereIsAPageInThePersonsLanguage(t *testing.T) {
	s := newSchool(t)
	b := s.browser()
	b.lang = "es-US,es;q=0.9"
	for path, status := range map[string]int{"/nothing": 404, "/s": 404, "/assets/../secret.key": 404, "/assets/none.js": 404, "/staff/nothing": 404, "/%zz": 400} {
		request := "GET " + path + " HTTP/1.1\r\nHost: x\r\nAccept-Language: es\r\nConnection: close\r\n\r\n"
		r := s.raw(t, request)
		if r.status != status && !(path == "/%zz" && r.status == 404) {
			t.Errorf("%s: %d, want %d", path, r.status, status)
		}
		if !strings.Contains(r.body, `<html lang="es"`) {
			t.Errorf("%s: not a page in Spanish: %s", path, firstLines(r.body))
		}
	}
	r := b.do("DELETE", "/", nil)
	want(t, "another method", r, http.StatusMethodNotAllowed, `<html lang="es"`)
	if allow := r.header.Get("Allow"); !strings.Contains(allow, "GET") || !strings.Contains(allow, "POST") {
		t.Errorf("Allow: %q", allow)
	}
	want(t, "for a program", b.do("GET", "/nothing", nil, func(r *http.Request) { r.Header.Set("Accept", "application/json") }), 404, `{"problem":"not_found"}`)
	head := b.do("HEAD", "/", nil)
	if head.status != http.StatusOK || head.body != "" {
		t.Errorf("HEAD: %d, %d bytes", head.status, len(head.body))
	}
}

// raw sends bytes that no client library would.
func (s *school) raw(t *testing.T, request string) reply {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	return readReply(t, bufio.NewReader(conn))
}

func readReply(t *testing.T, r *bufio.Reader) reply {
	t.Helper()
	response, err := http.ReadResponse(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{response.StatusCode, response.Header, string(body)}
}

func TestWhatIsHardlyHTTPIsAnsweredLikeTheRest(t *testing.T) {
	s := newSchool(t)
	for name, test := range map[string]struct {
		request string
		status  int
	}{
		"a method of its own": {"BREW /pot HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405},
		"very long headers":   {"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + strings.Repeat("x", 64<<10) + "\r\n\r\n", 431},
		"not HTTP":            {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400},
		"a bad length":        {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n", 400},
	} {
		t.Run(name, func(t *testing.T) {
			r := s.raw(t, test.request)
			want(t, name, r, test.status, "<html")
			checkHeaders(t, name, r)
		})
	}
}

// A body that is left unread would be taken for the next request of the same connection.
func TestABodyIsNeverTakenForTheNextRequest(t *testing.T) {
	s := newSchool(t)
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	smuggled := "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
	body := smuggled + strings.Repeat("x", 20<<10)
	requests := fmt.Sprintf("POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s", len(body), body) +
		fmt.Sprintf("GET /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s", len(smuggled), smuggled) +
		fmt.Sprintf("POST /nothing HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", len(body), body) +
		"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n"
	go func() { _, _ = io.WriteString(conn, requests) }()
	replies := bufio.NewReader(conn)
	for i, status := range []int{http.StatusRequestEntityTooLarge, http.StatusNotFound, http.StatusRequestEntityTooLarge} {
		if r := readReply(t, replies); r.status != status {
			t.Fatalf("request %d: %d", i, r.status)
		}
	}
	want(t, "the last request", readReply(t, replies), http.StatusOK, "ready")
}
