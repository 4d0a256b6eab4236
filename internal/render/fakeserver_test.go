package render_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

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
	sid      string
	mux      *http.ServeMux
	renderer *render.Renderer
	in       *instrument.Instrument
	surveys  map[instrument.Lang]*render.Survey

	mu         sync.Mutex
	down       bool           // every connection breaks
	scriptless bool           // there are no scripts
	gone       bool           // the session is over
	status     int            // what saves are answered with instead, when not 0
	retryAfter string         // what such a reply asks for
	delay      time.Duration  // before a save is looked at
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
	s := &protocolServer{sid: sid, renderer: r, in: in, surveys: map[instrument.Lang]*render.Survey{}, answers: map[string][]string{}, refuse: map[string]int{}, retryAfter: "0"}
	for _, lang := range in.Languages {
		survey, err := r.CompileSurvey(in, lang, render.SurveyOptions{})
		if err != nil {
			t.Fatal(err)
		}
		s.surveys[lang] = survey
	}
	mux := http.NewServeMux()
	s.mux = mux
	serveAssets(mux, r)
	serveMedia(mux, in)
	s.route()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, req *http.Request) {
		s.html(w, func(b *bytes.Buffer) error { return r.Entry(b, render.EntryView{Lang: langOf(req)}) })
	})
	mux.Handle("GET /script/", http.StripPrefix("/script/", http.FileServerFS(os.DirFS("script"))))
	mux.HandleFunc("GET /empty", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<!doctype html><title>empty</title>")) })
	s.Server = httptest.NewServer(s.gate(mux))
	t.Cleanup(s.Close)
	return s
}

// beside opens a session of another student at the same address.
func (s *protocolServer) beside(other string) *protocolServer {
	next := &protocolServer{Server: s.Server, sid: other, mux: s.mux, renderer: s.renderer, in: s.in, surveys: s.surveys, answers: map[string][]string{}, refuse: map[string]int{}}
	next.route()
	return next
}

func (s *protocolServer) route() {
	at := "/s/" + s.sid
	s.mux.HandleFunc("GET "+at+"/survey", s.survey)
	s.mux.HandleFunc("POST "+at+"/survey", s.form)
	s.mux.HandleFunc("POST "+at+"/save", s.save)
	s.mux.HandleFunc("POST "+at+"/submit", s.save)
	s.mux.HandleFunc("GET "+at+"/thanks", func(w http.ResponseWriter, req *http.Request) {
		s.set(func(p *protocolServer) { p.gone = true }) // a session ends with thanks
		s.html(w, func(b *bytes.Buffer) error {
			return s.renderer.Thanks(b, render.ThanksView{Lang: langOf(req), Instrument: s.in, Outcome: render.OutcomeSubmitted, Receipt: "R123-4567"})
		})
	})
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
		down, missing := s.down, s.scriptless && strings.HasSuffix(req.URL.Path, ".js")
		s.requests = append(s.requests, req.Method+" "+req.URL.RequestURI())
		s.mu.Unlock()
		if down {
			panic(http.ErrAbortHandler)
		}
		if missing {
			http.NotFound(w, req)
			return
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
	if s.gone {
		w.WriteHeader(http.StatusForbidden)
		s.html(w, func(b *bytes.Buffer) error { return s.renderer.Entry(b, render.EntryView{Lang: langOf(req)}) })
		return
	}
	if s.submitted != nil {
		http.Redirect(w, req, "/s/"+s.sid+"/thanks", http.StatusSeeOther)
		return
	}
	key := sha256.Sum256([]byte(s.sid))
	w.Header().Set("Surveyd-Draft-Key", base64.StdEncoding.EncodeToString(key[:]))
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
	http.Redirect(w, req, "/s/"+s.sid+"/thanks?lang="+string(langOf(req)), http.StatusSeeOther)
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
	delay := s.delay
	s.mu.Unlock()
	time.Sleep(delay)
	s.mu.Lock()
	defer s.mu.Unlock()
	submits := strings.HasSuffix(req.URL.Path, "/submit")
	if s.gone {
		reply(w, 403, map[string]any{"problem": "session", "next": "/"})
		return
	}
	if s.status != 0 {
		w.Header().Set("Retry-After", s.retryAfter)
		reply(w, s.status, map[string]any{"problem": "unavailable"})
		return
	}
	if s.submitted != nil && (!submits || s.submitted.Save != body.Save) {
		reply(w, 409, map[string]any{"problem": "finished", "next": "thanks"})
		return
	}
	if s.submitted != nil {
		reply(w, 200, map[string]any{"receipt": "R123-4567", "next": "thanks"})
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
	for item, values := range body.Answers {
		if s.refuse[item] > 0 && len(values) > 0 {
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
	if submits {
		s.answers = map[string][]string{} // a submit is the whole truth
	}
	for item, values := range body.Answers {
		s.answers[item] = values
	}
	if submits {
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
