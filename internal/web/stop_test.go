package web_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"surveyd/internal/web"
)

// slowBody is a body of which the second half comes when the test says so.
type slowBody struct {
	parts []string
	next  chan struct{}
}

func (s *slowBody) Read(p []byte) (int, error) {
	if len(s.parts) == 0 {
		return 0, io.EOF
	}
	if len(s.parts) == 1 {
		<-s.next
	}
	n := copy(p, s.parts[0])
	if s.parts[0] = s.parts[0][n:]; s.parts[0] == "" {
		s.parts = s.parts[1:]
	}
	return n, nil
}

func TestStoppingFinishesRequestsThatAreUnderWay(t *testing.T) {
	s := openSchool(t, options{roster: defaultRoster})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.base = "http://" + ln.Addr().String()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	served := make(chan error, 1)
	go func() { served <- s.server.Serve(ctx, ln) }()

	b := s.browser()
	at := b.begin(s.codes["1001"])
	text := `{"seq":1,"save":"a","language":"en","answers":{"q1":["4"]}}`
	body := &slowBody{parts: []string{text[:20], text[20:]}, next: make(chan struct{})}
	answered := make(chan reply, 1)
	go func() {
		answered <- b.do("POST", at+"/save", body, func(r *http.Request) {
			r.Header.Set("Content-Type", "application/json")
			r.ContentLength = int64(len(text))
		})
	}()
	time.Sleep(100 * time.Millisecond) // for the request's first half to arrive
	stop()
	time.Sleep(100 * time.Millisecond) // for the server to have heard
	if conn, err := net.Dial("tcp", ln.Addr().String()); err == nil {
		conn.Close()
		t.Error("the server still accepts")
	}
	close(body.next)
	want(t, "the request that was under way", <-answered, http.StatusOK, `{"seq":1}`)
	select {
	case err := <-served:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the server does not end")
	}
}

func TestAServerThatIsStoppedAtOnceEnds(t *testing.T) {
	s := openSchool(t, options{roster: defaultRoster})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := s.server.Serve(ctx, ln); err != nil {
		t.Error(err)
	}
}

func TestAConfigurationThatIsNotCompleteIsRefused(t *testing.T) {
	if _, err := web.New(web.Config{}); err == nil || !strings.Contains(err.Error(), "not complete") {
		t.Errorf("a configuration of nothing: %v", err)
	}
}
