package render_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
	"surveyd/internal/render"
)

// sid names the one session that the server has.
const sid = "c2FtcGxl"

// saved is what a page's script sends.
type saved struct {
	Seq      int64               `json:"seq"`
	Save     string              `json:"save"`
	Language string              `json:"language"`
	Reached  int                 `json:"reached"`
	Answers  map[string][]string `json:"answers"`
	Seconds  map[string]float64  `json:"seconds"`
	Order    map[string][]string `json:"order"`
}

// protocolServer keeps one session's answers in memory and speaks docs/student-protocol.md.
type protocolServer struct {
	*httptest.Server
	renderer *render.Renderer
	in       *instrument.Instrument
	surveys  map[instrument.Lang]*render.Survey

	mu         sync.Mutex
	down       bool           // every connection breaks
	scriptless bool           // those that ask for scripts do
	status     int            // what saves are answered with instead, when not 0
	refuse     map[string]int // items that are refused
	seq        int64
	answers    map[string][]string
	saves      []saved
	submitted  *saved
	forms      []map[string][]string
	requests   []string
}

func newProtocolServer(t testing.TB, in *instrument.Instrument) *protocolServer {
	r := renderer(t)
	s := &protocolServer{renderer: r, in: in, surveys: map[instrument.Lang]*render.Survey{}, answers: map[string][]string{}, refuse: map[string]int{}}
	for _, lang := range in.Languages {
		survey, err := r.CompileSurvey(in, lang, render.SurveyOptions{})
		if err != nil {
			t.Fatal(err)
		}
		s.surveys[lang] = survey
	}
	mux := http.NewServeMux()
	serveAssets(mux, r)
	mux.HandleFunc("GET /s/"+sid+"/survey", s.survey)
	mux.HandleFunc("POST /s/"+sid+"/survey", s.form)
	mux.HandleFunc("POST /s/"+sid+"/save", s.save)
	mux.HandleFunc("POST /s/"+sid+"/submit", s.save)
	mux.HandleFunc("GET /s/"+sid+"/thanks", func(w http.ResponseWriter, req *http.Request) {
		s.html(w, func(b *bytes.Buffer) error {
			return r.Thanks(b, render.ThanksView{Lang: langOf(req), Instrument: in, Outcome: render.OutcomeSubmitted, Receipt: "R123-4567"})
		})
	})
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, req *http.Request) {
		s.html(w, func(b *bytes.Buffer) error { return r.Entry(b, render.EntryView{Lang: langOf(req)}) })
	})
	mux.Handle("GET /script/", http.StripPrefix("/script/", http.FileServerFS(os.DirFS("script"))))
	mux.HandleFunc("GET /empty", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<!doctype html><title>empty</title>")) })
	s.Server = httptest.NewServer(s.gate(mux))
	t.Cleanup(s.Close)
	return s
}

func langOf(req *http.Request) instrument.Lang {
	if lang := req.URL.Query().Get("lang"); lang != "" {
		return instrument.Lang(lang)
	}
	return "en"
}

// gate notes requests, and breaks their connections while the server is down.
func (s *protocolServer) gate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		s.mu.Lock()
		down := s.down || s.scriptless && strings.HasSuffix(req.URL.Path, ".js")
		s.requests = append(s.requests, req.Method+" "+req.URL.RequestURI())
		s.mu.Unlock()
		if down {
			panic(http.ErrAbortHandler)
		}
		next.ServeHTTP(w, req)
	})
}

func (s *protocolServer) html(w http.ResponseWriter, write func(*bytes.Buffer) error) {
	var page bytes.Buffer
	if err := write(&page); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Security-Policy", render.ContentSecurityPolicy)
	w.Write(page.Bytes())
}

func (s *protocolServer) survey(w http.ResponseWriter, req *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Surveyd-Draft-Key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
	set := make(answer.Set, len(s.in.Items))
	for i, item := range s.in.Items {
		set[i], _ = answer.ParseValues(item, s.answers[string(item.ID)])
	}
	s.html(w, func(b *bytes.Buffer) error {
		b.Write(s.surveys[langOf(req)].Resume(nil, render.ResumeState{Seq: s.seq, Answers: set}))
		return nil
	})
}

func (s *protocolServer) form(w http.ResponseWriter, req *http.Request) {
	if err := req.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.forms = append(s.forms, req.PostForm)
	s.mu.Unlock()
	http.Redirect(w, req, "/s/"+sid+"/thanks?lang="+string(langOf(req)), http.StatusSeeOther)
}

func (s *protocolServer) save(w http.ResponseWriter, req *http.Request) {
	var body saved
	decoder := json.NewDecoder(req.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&body); err != nil {
		reply(w, 400, map[string]any{"problem": "malformed"})
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.status != 0 {
		w.Header().Set("Retry-After", "0")
		reply(w, s.status, map[string]any{"problem": "unavailable"})
		return
	}
	if n := len(s.saves); n > 0 && s.saves[n-1].Save == body.Save {
		reply(w, 200, map[string]any{"seq": s.seq})
		return
	}
	if body.Seq != s.seq+1 {
		reply(w, 409, map[string]any{"problem": "sequence", "seq": s.seq})
		return
	}
	var refused []map[string]string
	for item := range body.Answers {
		if s.refuse[item] > 0 {
			s.refuse[item]--
			refused = append(refused, map[string]string{"item": item, "problem": "too_large", "message": "The largest number you can use here is 40."})
		}
	}
	if refused != nil {
		reply(w, 422, map[string]any{"problem": "answers", "items": refused})
		return
	}
	s.seq++
	s.saves = append(s.saves, body)
	for item, values := range body.Answers {
		s.answers[item] = values
	}
	if strings.HasSuffix(req.URL.Path, "/submit") {
		s.submitted = &body
		reply(w, 200, map[string]any{"receipt": "R123-4567", "next": "thanks"})
		return
	}
	reply(w, 200, map[string]any{"seq": s.seq})
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body)
}

// set changes how the server behaves.
func (s *protocolServer) set(change func(*protocolServer)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s)
}

// stored is what the server has for an item.
func (s *protocolServer) stored(item string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.answers[item], ";")
}
