package web_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"surveyd/internal/fieldwork"
	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
	"surveyd/internal/render"
	"surveyd/internal/sqlitestore"
	"surveyd/internal/staff"
	"surveyd/internal/web"
)

const clubSurvey = `format: 1
id: club-survey
version: 1.0.0
title: {en: "Clubs at school", es: "Clubes en la escuela"}
languages: [en, es]
audience: {grades: [4, 5, 6, 7, 8]}
closing: {en: "Thanks for telling us.", es: "Gracias por contarnos."}
response_sets:
  agree5:
    options:
      - {code: 1, label: {en: "Strongly disagree", es: "Totalmente en desacuerdo"}}
      - {code: 2, label: {en: "Disagree", es: "En desacuerdo"}}
      - {code: 3, label: {en: "Not sure", es: "No lo sé"}}
      - {code: 4, label: {en: "Agree", es: "De acuerdo"}}
      - {code: 5, label: {en: "Strongly agree", es: "Totalmente de acuerdo"}}
    declined: {en: "I'd rather not say", es: "Prefiero no decir"}
  yes_no:
    kind: nominal
    options:
      - {code: 1, label: {en: "Yes", es: "Sí"}}
      - {code: 0, label: {en: "No", es: "No"}}
  club_list:
    kind: nominal
    options:
      - {code: robotics, label: {en: "Robotics", es: "Robótica"}}
      - {code: chess, label: {en: "Chess", es: "Ajedrez"}}
items:
  - {id: q1, text: {en: "I like math.", es: "Me gustan las matemáticas."}, responses: agree5}
  - {id: q2, text: {en: "Math is dull.", es: "Las matemáticas aburren."}, responses: agree5}
  - {id: q3, text: {en: "I do math at home.", es: "Hago matemáticas en casa."}, responses: agree5}
  - {id: club, text: {en: "Are you in a club?", es: "¿Estás en un club?"}, responses: yes_no}
  - {id: club_fun, text: {en: "The club is fun.", es: "El club es divertido."}, responses: agree5, show_if: club == 1}
  - {id: hours, kind: number, text: {en: "How many hours a week?", es: "¿Cuántas horas por semana?"}, min: 0, max: 40}
  - {id: clubs, kind: multiple, text: {en: "Which clubs?", es: "¿Qué clubes?"}, responses: club_list}
  - {id: more, kind: text, text: {en: "Anything else?", es: "¿Algo más?"}, max_length: 10000}
pages:
  - {id: p1, layout: grid, items: [q1, q2, q3], shuffle: true}
  - {id: p2, items: [club, club_fun, hours, clubs, more]}
scales:
  - id: liking
    title: {en: "Liking", es: "Gusto"}
    items: [q1, -q2, q3]
    score: mean
    min_answered: 2
    range: [1, 5]
    favorable: [4, 5]
`

// fullForm answers every question; the score of liking is (4 + (6-2) + 5) / 3 = 13/3.
var fullForm = url.Values{
	"q1": {"4"}, "q2": {"2"}, "q3": {"5"}, "club": {"1"}, "club_fun": {"3"}, "hours": {"2.5"}, "clubs": {"robotics", "chess"},
	"more": {"Más robótica, por favor"},
}

// school is a server over a store with a small roster, and a clock that a test can move.
type school struct {
	t      testing.TB
	base   string
	forms  *fieldwork.Service
	staff  *staff.Service
	store  *faulty
	codes  map[fieldwork.StudentID]string
	log    *syncBuffer
	server *web.Server

	mu  sync.Mutex
	now time.Time
}

// syncBuffer is a log that may be read while the server writes.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func (s *school) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *school) advance(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

const defaultRoster = `student_id,grade,language,site,group,name
1001,5,en,North,5A,Ana Ruiz
1002,5,es,North,5A,Luis Paz
1003,6,en,South,6B,Mia Cruz
1004,6,fr,South,6B,Leo Gil
`

type options struct {
	roster  string
	proxies []netip.Prefix
	level   slog.Level
}

func newSchool(t testing.TB, with ...func(*options)) *school {
	t.Helper()
	o := options{roster: defaultRoster, level: slog.LevelDebug}
	for _, change := range with {
		change(&o)
	}
	s := openSchool(t, o)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.base = "http://" + ln.Addr().String()
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- s.server.Serve(ctx, ln) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	return s
}

// renderer is shared, as it never changes and its files take a while to compress.
var renderer = sync.OnceValues(func() (*render.Renderer, error) {
	words, err := i18n.Load()
	if err != nil {
		return nil, err
	}
	return render.New(words)
})

// openSchool makes everything but a listener.
func openSchool(t testing.TB, o options) *school {
	t.Helper()
	ctx := context.Background()
	store, err := sqlitestore.Open(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	keys, err := fieldwork.NewKeys([]byte(strings.Repeat("k", fieldwork.SecretSize)), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s := &school{t: t, now: time.Date(2026, 10, 5, 16, 0, 0, 0, time.UTC), store: &faulty{Store: store}, codes: map[fieldwork.StudentID]string{}, log: &syncBuffer{}}
	s.forms = fieldwork.NewService(s.store, keys, s.clock)
	s.staff = staff.NewService(store, s.clock, rand.Reader)
	s.open(o.roster)
	pages, err := renderer()
	if err != nil {
		t.Fatal(err)
	}
	s.server, err = web.New(web.Config{
		Fieldwork: s.forms, Staff: s.staff, Pages: pages, TrustedProxies: o.proxies,
		Log: slog.New(slog.NewJSONHandler(s.log, &slog.HandlerOptions{Level: o.level})), Now: s.clock,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *school) open(roster string) {
	s.t.Helper()
	ctx := context.Background()
	list, problems, err := fieldwork.ReadRoster(strings.NewReader(roster))
	if err != nil || problems != nil {
		s.t.Fatal(err, problems)
	}
	change, err := s.forms.PlanRoster(ctx, list)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.forms.ImportRoster(ctx, change); err != nil {
		s.t.Fatal(err)
	}
	in, found := instrument.Load("club-survey.yaml", []byte(clubSurvey), instrument.Options{})
	if in == nil {
		s.t.Fatalf("the test's instrument: %v", found)
	}
	n := fieldwork.NewAdministration{ID: "fall", Wave: "fall", Opens: s.now.Add(-time.Hour), Closes: s.now.Add(time.Hour), TimeZone: "America/Los_Angeles"}
	if _, err := s.forms.CreateAdministration(ctx, in, n); err != nil {
		s.t.Fatal(err)
	}
	sheet, err := s.forms.CodeSheet(ctx, "fall")
	if err != nil {
		s.t.Fatal(err)
	}
	for _, line := range sheet {
		s.codes[line.Participant.Student] = line.Code
	}
}

// response reads what the store holds of a student.
func (s *school) response(student fieldwork.StudentID) fieldwork.Response {
	s.t.Helper()
	session, err := s.forms.Enter(context.Background(), s.codes[student])
	if err != nil {
		s.t.Fatal(err)
	}
	r, err := s.store.Response(context.Background(), session.Key)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

// given is a stored response's answers by item.
func given(r fieldwork.Response) map[string]string {
	answers := map[string]string{}
	for _, a := range r.Answers {
		if a.Value != "" {
			answers[string(a.Item)] = a.Value
		}
	}
	return answers
}

// browser is one browser: it keeps cookies and does not follow redirects.
type browser struct {
	t      testing.TB
	base   string
	client *http.Client
	lang   string // Accept-Language
}

func (s *school) browser() *browser {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	transport := &http.Transport{MaxIdleConnsPerHost: 100}
	s.t.Cleanup(transport.CloseIdleConnections)
	return &browser{t: s.t, base: s.base, client: &http.Client{
		Jar: jar, Transport: transport, Timeout: 30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// reply is a response with its body read.
type reply struct {
	status int
	header http.Header
	body   string
}

func (r reply) to() string { return r.header.Get("Location") }

func (b *browser) do(method, path string, body io.Reader, change ...func(*http.Request)) reply {
	b.t.Helper()
	request, err := http.NewRequest(method, b.base+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	if b.lang != "" {
		request.Header.Set("Accept-Language", b.lang)
	}
	for _, f := range change {
		f(request)
	}
	response, err := b.client.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return reply{response.StatusCode, response.Header, string(read)}
}

func (b *browser) get(path string) reply { b.t.Helper(); return b.do("GET", path, nil) }

// post sends a form as a browser does from a page of the same site.
func (b *browser) post(path string, form url.Values) reply {
	b.t.Helper()
	return b.do("POST", path, strings.NewReader(form.Encode()), func(r *http.Request) {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", b.base)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	})
}

// send posts JSON as the page's script does.
func (b *browser) send(path string, body any) reply {
	b.t.Helper()
	text, ok := body.(string)
	if !ok {
		encoded, err := json.Marshal(body)
		if err != nil {
			b.t.Fatal(err)
		}
		text = string(encoded)
	}
	return b.do("POST", path, strings.NewReader(text), func(r *http.Request) {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	})
}

// save is a save as the page's script writes it.
type save struct {
	Seq      int64               `json:"seq"`
	Save     string              `json:"save"`
	Language string              `json:"language"`
	Reached  int                 `json:"reached"`
	Answers  map[string][]string `json:"answers"`
	Seconds  map[string]float64  `json:"seconds,omitempty"`
	Order    map[string][]string `json:"order,omitempty"`
}

func saveOf(seq int64, answers ...string) save {
	s := save{Seq: seq, Save: fmt.Sprintf("save-%d", seq), Language: "en", Reached: 1, Answers: map[string][]string{}}
	for i := 0; i < len(answers); i += 2 {
		s.Answers[answers[i]] = []string{answers[i+1]}
	}
	return s
}

var sidPattern = regexp.MustCompile(`^/s/([a-z0-9]+)/`)

// enter types a code and gives the address of the session, such as /s/abc.
func (b *browser) enter(code string) string {
	b.t.Helper()
	r := b.post("/", url.Values{"code": {code}, "lang": {"en"}})
	found := sidPattern.FindString(r.to())
	if r.status != http.StatusSeeOther || found == "" {
		b.t.Fatalf("entering a code: %d to %q", r.status, r.to())
	}
	return strings.TrimSuffix(found, "/")
}

// begin types a code and agrees.
func (b *browser) begin(code string) string {
	b.t.Helper()
	at := b.enter(code)
	r := b.post(at+"/assent", url.Values{"decision": {"start"}, "lang": {"en"}})
	if r.status != http.StatusSeeOther || !strings.HasPrefix(r.to(), at+"/survey") {
		b.t.Fatalf("beginning: %d to %q", r.status, r.to())
	}
	return at
}

func with(form url.Values, pairs ...string) url.Values {
	copied := url.Values{}
	for name, values := range form {
		copied[name] = values
	}
	for i := 0; i < len(pairs); i += 2 {
		copied.Set(pairs[i], pairs[i+1])
	}
	return copied
}

func want(t testing.TB, what string, r reply, status int, parts ...string) {
	t.Helper()
	if r.status != status {
		t.Errorf("%s: status %d, want %d\n%s", what, r.status, status, firstLines(r.body))
	}
	for _, part := range parts {
		if !strings.Contains(r.body, part) {
			t.Errorf("%s: nothing says %q\n%s", what, part, firstLines(r.body))
		}
	}
}

func firstLines(s string) string {
	if len(s) > 1500 {
		s = s[:1500] + "..."
	}
	return s
}

func studentID(text string) fieldwork.StudentID { return fieldwork.StudentID(text) }

// say gives the interface's words as they stand in a page.
func say(t testing.TB, lang instrument.Lang, id string) string {
	t.Helper()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	text, err := words.Words(lang).Say(id, nil)
	if err != nil {
		t.Fatal(err)
	}
	return template.HTMLEscapeString(text)
}
