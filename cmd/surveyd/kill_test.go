package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// killedServer is a server in a process of its own, so that it can be killed like a power cut would.
type killedServer struct {
	address string
	process *exec.Cmd
}

func startProcess(t *testing.T, dir string) killedServer {
	t.Helper()
	cmd := exec.Command(os.Args[0], "serve", "--listen", "127.0.0.1:0", "--data", dir)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	logs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if cmd.ProcessState == nil {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	})
	return killedServer{address: "http://" + servedAddress(t, logs), process: cmd}
}

func (k killedServer) kill(t *testing.T) {
	t.Helper()
	if err := k.process.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = k.process.Wait() // says that it was killed
}

// saver is the page's script: it saves one answer after the other and remembers what was acknowledged.
type saver struct {
	code   string
	client *http.Client
	page   string // address of the survey, without its last part
	seq    int64
	acked  string // the value of the last answer that the server acknowledged
}

func (s *saver) begin(t *testing.T, address string) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s.client = &http.Client{Jar: jar, Timeout: 10 * time.Second}
	response, err := s.client.PostForm(address+"/", url.Values{"code": {s.code}, "lang": {"en"}})
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	at := response.Request.URL
	if path.Base(at.Path) == "assent" {
		if response, err = s.client.PostForm(at.String(), url.Values{"decision": {"start"}, "lang": {"en"}}); err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		at = response.Request.URL
	}
	if path.Base(at.Path) != "survey" {
		t.Fatalf("the code led to %s with status %d", path.Base(at.Path), response.StatusCode)
	}
	s.page = address + strings.TrimSuffix(at.Path, "survey")
}

// save sends one answer; an error means that nothing was acknowledged.
func (s *saver) save(value string) error {
	body, err := json.Marshal(map[string]any{
		"seq": s.seq + 1, "save": fmt.Sprintf("save-%d", s.seq+1), "language": "en", "reached": 1,
		"answers": map[string][]string{"srec1": {value}}, "seconds": map[string]float64{}, "order": map[string][]string{},
	})
	if err != nil {
		return err
	}
	response, err := s.client.Post(s.page+"save", "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	reply, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d: %s", response.StatusCode, reply)
	}
	s.seq++
	s.acked = value
	return nil
}

func TestAKilledServerHasEveryAnswerThatItAcknowledged(t *testing.T) {
	dir, codes := newData(t, "stem-identity")
	var savers []*saver
	for _, code := range codes {
		savers = append(savers, &saver{code: code})
	}
	for round := range 3 {
		server := startProcess(t, dir)
		var wg sync.WaitGroup
		for i, s := range savers {
			s.begin(t, server.address)
			before := s.seq
			wg.Go(func() {
				for n := 0; ; n++ {
					if err := s.save(fmt.Sprint((n+i)%5 + 1)); err != nil {
						break
					}
				}
				if s.seq == before {
					t.Errorf("round %d: nothing was acknowledged before the kill", round)
				}
			})
		}
		time.Sleep(300 * time.Millisecond)
		server.kill(t)
		wg.Wait()
		checkAcknowledged(t, dir, savers)
	}
}

// checkAcknowledged reads the store as it was left. The one save that was under way may be there too: it was neither
// acknowledged nor refused.
func checkAcknowledged(t *testing.T, dir string, savers []*saver) {
	t.Helper()
	for _, s := range savers {
		r := stored(t, dir, "fall", s.code)
		switch r.Seq {
		case s.seq:
			if got := r.Answers[0]; got.Item != "srec1" || got.Value != s.acked {
				t.Errorf("save %d was acknowledged with %s, stored is %+v", s.seq, s.acked, got)
			}
		case s.seq + 1:
			s.seq++
		default:
			t.Errorf("save %d was acknowledged, the store stands at %d", s.seq, r.Seq)
		}
	}
}
