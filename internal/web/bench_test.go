package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

// benchStudents answer at a time: two classes.
const benchStudents = 64

// bigSurvey has 25 five-point items on five pages.
func bigSurvey() string {
	var b strings.Builder
	b.WriteString(`format: 1
id: big-survey
version: 1.0.0
title: {en: "Math and me", es: "Las matemáticas y yo"}
languages: [en, es]
audience: {grades: [6, 7, 8]}
response_sets:
  agree5:
    options:
      - {code: 1, label: {en: "Strongly disagree", es: "Totalmente en desacuerdo"}}
      - {code: 2, label: {en: "Disagree", es: "En desacuerdo"}}
      - {code: 3, label: {en: "Not sure", es: "No lo sé"}}
      - {code: 4, label: {en: "Agree", es: "De acuerdo"}}
      - {code: 5, label: {en: "Strongly agree", es: "Totalmente de acuerdo"}}
items:
`)
	for i := 1; i <= 25; i++ {
		fmt.Fprintf(&b, "  - {id: q%d, text: {en: \"I like to work on problem number %d.\", es: \"Me gusta resolver el problema número %d.\"}, responses: agree5}\n", i, i, i)
	}
	b.WriteString("pages:\n")
	for p := range 5 {
		fmt.Fprintf(&b, "  - {id: p%d, layout: grid, items: [q%d, q%d, q%d, q%d, q%d]}\n", p+1, 5*p+1, 5*p+2, 5*p+3, 5*p+4, 5*p+5)
	}
	b.WriteString("scales:\n")
	for p := range 5 {
		fmt.Fprintf(&b, "  - {id: s%d, title: {en: \"Scale %d\", es: \"Escala %d\"}, items: [q%d, q%d, q%d, q%d, q%d], score: mean, min_answered: 3, range: [1, 5]}\n",
			p+1, p+1, p+1, 5*p+1, 5*p+2, 5*p+3, 5*p+4, 5*p+5)
	}
	return b.String()
}

// seat is a student in front of a page: the address of the session and its cookie.
type seat struct{ at, cookie string }

// benchSchool is a server with the big survey.
func benchSchool(b *testing.B) *school {
	b.Helper()
	return newSchool(b, func(o *options) { o.level = slog.LevelError })
}

// seats lets n students begin an administration of the big survey.
func (s *school) seats(id string, n int) []seat {
	s.t.Helper()
	ctx := context.Background()
	var roster strings.Builder
	roster.WriteString("student_id,grade,language,site,group\n")
	for i := range n {
		fmt.Fprintf(&roster, "%s-%d,7,en,Bench,%s\n", id, i, id)
	}
	list, problems, err := fieldwork.ReadRoster(strings.NewReader(roster.String()))
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
	in, found := instrument.Load("big-survey.yaml", []byte(bigSurvey()), instrument.Options{})
	if in == nil {
		s.t.Fatalf("the benchmark's instrument: %v", found)
	}
	admin := fieldwork.AdministrationID("bench-" + id)
	if _, err := s.forms.CreateAdministration(ctx, in, fieldwork.NewAdministration{
		ID: admin, Wave: "fall", Opens: s.now.Add(-time.Hour), Closes: s.now.Add(time.Hour), TimeZone: "UTC", Groups: []fieldwork.GroupID{fieldwork.GroupID(id)},
	}); err != nil {
		s.t.Fatal(err)
	}
	sheet, err := s.forms.CodeSheet(ctx, admin)
	if err != nil {
		s.t.Fatal(err)
	}
	seats := make([]seat, len(sheet))
	var all sync.WaitGroup
	var next atomic.Int64
	for range benchStudents {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(sheet); i = int(next.Add(1)) - 1 {
				seats[i] = s.sit(sheet[i].Code)
			}
		})
	}
	all.Wait()
	return seats
}

func (s *school) sit(code string) seat {
	ctx := context.Background()
	session, err := s.forms.Enter(ctx, code)
	if err != nil {
		s.t.Error(err)
		return seat{}
	}
	if err := s.forms.Begin(ctx, session, "en"); err != nil {
		s.t.Error(err)
	}
	token, err := s.forms.SealSession(session)
	if err != nil {
		s.t.Error(err)
	}
	return seat{at: "/s/" + session.SID, cookie: "surveyd=" + token}
}

// bench is a client per student, each with a connection of its own.
type bench struct {
	b       *testing.B
	base    string
	clients []*fasthttp.HostClient
	took    [][]time.Duration
}

func newBench(b *testing.B, base string) *bench {
	n := &bench{b: b, base: base, took: make([][]time.Duration, benchStudents)}
	for range benchStudents {
		n.clients = append(n.clients, &fasthttp.HostClient{Addr: strings.TrimPrefix(base, "http://"), MaxConns: 1})
	}
	b.Cleanup(func() {
		for _, c := range n.clients {
			c.CloseIdleConnections()
		}
	})
	return n
}

// run sends requests [from, to), each made by make for a client and its turn.
func (n *bench) run(from, to int, make func(r *fasthttp.Request, client, i int)) {
	var next atomic.Int64
	next.Store(int64(from))
	var all sync.WaitGroup
	for client := range benchStudents {
		all.Go(func() {
			request, response := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
			defer fasthttp.ReleaseRequest(request)
			defer fasthttp.ReleaseResponse(response)
			for i := int(next.Add(1)) - 1; i < to; i = int(next.Add(1)) - 1 {
				request.Reset()
				make(request, client, i)
				start := time.Now()
				err := n.clients[client].Do(request, response)
				n.took[client] = append(n.took[client], time.Since(start))
				if err != nil || response.StatusCode() != http.StatusOK {
					n.b.Errorf("%d %v %.200s", response.StatusCode(), err, response.Body())
					return
				}
			}
		})
	}
	all.Wait()
}

// report prints how many a second and how long 99 of 100 took at most.
func (n *bench) report(what string) {
	all := slices.Concat(n.took...)
	slices.Sort(all)
	n.b.ReportMetric(float64(len(all))/n.b.Elapsed().Seconds(), what+"/s")
	n.b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
	n.b.ReportMetric(0, "ns/op")
}

func (n *bench) get(address, cookie string) func(*fasthttp.Request, int, int) {
	return func(r *fasthttp.Request, _, _ int) {
		r.SetRequestURI(n.base + address)
		r.Header.Set("Cookie", cookie)
		r.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
		r.Header.Set("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
		r.Header.Set("Accept-Language", "en-US,en;q=0.9")
	}
}

func (n *bench) post(address, cookie string, body []byte) func(*fasthttp.Request) {
	return func(r *fasthttp.Request) {
		r.SetRequestURI(n.base + address)
		r.Header.SetMethod("POST")
		r.Header.Set("Cookie", cookie)
		r.Header.SetContentType("application/json")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		r.SetBodyRaw(body)
	}
}

// BenchmarkFreshPage: the survey as it is before the first answer, beside a bare handler that sends the same bytes.
func BenchmarkFreshPage(b *testing.B) {
	s := benchSchool(b)
	seat := s.seats("fresh", 1)[0]
	besideBare(b, s, seat)
}

// BenchmarkResumedPage: the survey with all 25 answers in it, made for each request.
func BenchmarkResumedPage(b *testing.B) {
	s := benchSchool(b)
	seat := s.seats("resumed", 1)[0]
	n := newBench(b, s.base)
	n.run(0, 1, func(r *fasthttp.Request, _, _ int) { n.post(seat.at+"/save", seat.cookie, allAnswers(b, 1))(r) })
	besideBare(b, s, seat)
}

func besideBare(b *testing.B, s *school, seat seat) {
	b.Run("surveyd", func(b *testing.B) {
		n := newBench(b, s.base)
		b.ResetTimer()
		n.run(0, b.N, n.get(seat.at+"/survey?lang=en", seat.cookie))
		n.report("pages")
	})
	b.Run("bare", func(b *testing.B) {
		n := newBench(b, s.base)
		request, response := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
		n.get(seat.at+"/survey?lang=en", seat.cookie)(request, 0, 0)
		if err := n.clients[0].Do(request, response); err != nil {
			b.Fatal(err)
		}
		n = newBench(b, bare(b, slices.Clone(response.Body()), string(response.Header.Peek("Content-Encoding"))))
		b.ResetTimer()
		n.run(0, b.N, n.get("/page", seat.cookie))
		n.report("pages")
	})
}

// bare is the least that Fiber can do.
func bare(b *testing.B, body []byte, coding string) string {
	b.Helper()
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/page", func(c *fiber.Ctx) error {
		c.Set("Content-Type", "text/html; charset=utf-8")
		c.Set("Content-Encoding", coding)
		return c.Send(body)
	})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go func() { _ = app.Listener(ln) }()
	b.Cleanup(func() { _ = app.Shutdown() })
	return "http://" + ln.Addr().String()
}

func allAnswers(b *testing.B, seq int64) []byte {
	body := saveOf(seq)
	for i := 1; i <= 25; i++ {
		body.Answers[fmt.Sprintf("q%d", i)] = []string{fmt.Sprint(1 + i%5)}
	}
	body.Seconds = map[string]float64{"p1": 20.5, "p2": 31, "p3": 18.25, "p4": 22, "p5": 19}
	return encode(b, body)
}

func encode(b *testing.B, body save) []byte {
	text, err := json.Marshal(body)
	if err != nil {
		b.Fatal(err)
	}
	return text
}

// BenchmarkSave: 64 students at a time, each saves one answer after another; every reply means that it is on the disk.
func BenchmarkSave(b *testing.B) {
	s := benchSchool(b)
	seats := s.seats("save", benchStudents)
	n := newBench(b, s.base)
	seqs := make([]int64, benchStudents)
	b.ResetTimer()
	n.run(0, b.N, func(r *fasthttp.Request, client, _ int) {
		seqs[client]++
		body := saveOf(seqs[client], fmt.Sprintf("q%d", 1+seqs[client]%25), fmt.Sprint(1+seqs[client]%5))
		body.Seconds = map[string]float64{"p1": float64(seqs[client])}
		n.post(seats[client].at+"/save", seats[client].cookie, encode(b, body))(r)
	})
	n.report("saves")
}

// BenchmarkSubmit: 64 students at a time submit all 25 answers, which are checked, scored and stored.
func BenchmarkSubmit(b *testing.B) {
	const class = 2048
	s := benchSchool(b)
	n := newBench(b, s.base)
	body := allAnswers(b, 1)
	b.ResetTimer()
	for from := 0; from < b.N; from += class {
		b.StopTimer()
		to := min(from+class, b.N)
		seats := s.seats(fmt.Sprintf("submit%d", from), to-from)
		b.StartTimer()
		n.run(from, to, func(r *fasthttp.Request, _, i int) {
			n.post(seats[i-from].at+"/submit", seats[i-from].cookie, body)(r)
		})
	}
	n.report("submits")
}
