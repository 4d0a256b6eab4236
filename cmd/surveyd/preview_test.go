package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// startPreview runs the command until stop is called, and gives the address that it prints.
func startPreview(t *testing.T, args ...string) (address string, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, outWriter := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, append([]string{"preview", "--listen", "127.0.0.1:0"}, args...), noEnv, strings.NewReader(""), outWriter, os.Stderr)
		outWriter.Close()
	}()
	lines := bufio.NewScanner(out)
	for address == "" && lines.Scan() {
		address = strings.TrimSpace(lines.Text())
		if !strings.HasPrefix(address, "http://") {
			address = ""
		}
	}
	go func() { _, _ = io.Copy(io.Discard, out) }() // or the command could not print its last lines
	stop = func() int {
		cancel()
		select {
		case code := <-ended:
			return code
		case <-time.After(10 * time.Second):
			t.Fatal("the command does not end")
			return -1
		}
	}
	if address == "" {
		t.Fatalf("no address is printed; it ended with %d", stop())
	}
	return address, stop
}

func TestPreviewShowsAnInstrumentUntilItIsStopped(t *testing.T) {
	source, err := os.ReadFile(filepath.Join("..", "..", "instruments", "growth-mindset.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "mine.yaml")
	if err := os.WriteFile(path, source, 0o600); err != nil {
		t.Fatal(err)
	}
	address, stop := startPreview(t, path)
	reply, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(reply.Body)
	reply.Body.Close()
	if err != nil || reply.StatusCode != 200 || !strings.Contains(string(body), "How we learn math") {
		t.Errorf("%d, %v", reply.StatusCode, err)
	}
	key := strings.SplitN(strings.SplitN(string(body), `data-key="`, 2)[1], `"`, 2)[0]
	events, err := http.Get(address + "/events?key=" + key) // a page that stays open must not keep the command from ending
	if err != nil {
		t.Fatal(err)
	}
	defer events.Body.Close()
	if code := stop(); code != exitOK {
		t.Errorf("it ended with %d", code)
	}
}

func TestPreviewOfABatteryFindsTheShippedInstruments(t *testing.T) {
	path := filepath.Join(t.TempDir(), "battery.yaml")
	if err := os.WriteFile(path, []byte("format: 1\nid: mine\nversion: 1.0.0\ntitle: {en: Mine, es: Lo mío}\nlanguages: [en, es]\naudience: {grades: [6]}\npages:\n  - {id: b1, include: growth-mindset@1}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	address, stop := startPreview(t, path)
	reply, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(reply.Body)
	reply.Body.Close()
	if err != nil || strings.Contains(string(body), "unknown-instrument") || !strings.Contains(string(body), `value="es"`) {
		t.Errorf("the battery is not shown: %v %s", err, body)
	}
	if code := stop(); code != exitOK {
		t.Errorf("it ended with %d", code)
	}
}

func TestPreviewThatCannotBeShownSaysWhy(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{nil, exitMisuse, "give one instrument file or folder"},
		{[]string{"a.yaml", "b.yaml"}, exitMisuse, "give one instrument file or folder"},
		{[]string{"a.yaml", "--listen", taken.Addr().String()}, exitFailed, "name another address with --listen"},
		{[]string{"--help"}, exitOK, "host:port"},
	} {
		var out bytes.Buffer
		if code := run(context.Background(), append([]string{"preview"}, c.args...), noEnv, strings.NewReader(""), &out, &out); code != c.code || !strings.Contains(out.String(), c.want) {
			t.Errorf("%v: %d %s", c.args, code, out.String())
		}
	}
}
