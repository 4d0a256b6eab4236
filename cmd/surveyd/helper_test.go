package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"surveyd/internal/fieldwork"
)

// asProgram makes the test binary be surveyd itself, so that a test can kill it.
const asProgram = "SURVEYD_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

func noEnv(string) (string, bool) { return "", false }

// surveyd runs a command and gives what it printed; the test fails unless it ends with code.
func surveyd(t *testing.T, code int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	if got := run(context.Background(), args, noEnv, strings.NewReader(""), &out, &errs); got != code {
		t.Fatalf("surveyd %s: exit %d, want %d\n%s%s", strings.Join(args, " "), got, code, out.String(), errs.String())
	}
	return out.String(), errs.String()
}

const testRoster = `student_id,grade,language,site,group,name,enrolled
s1,6,en,North,6A,Ana Ruiz,no
s2,7,es,North,7B,Luis Paz,yes
s3,8,es,South,8C,Mia Cruz,
s4,8,en,South,8C,Eli Moon,no
`

// newData makes a data directory with a roster and an open administration "fall", and gives the students' codes.
func newData(t *testing.T, instrument string) (dir string, codes map[string]string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "data")
	roster := filepath.Join(t.TempDir(), "roster.csv")
	if err := os.WriteFile(roster, []byte(testRoster), 0o600); err != nil {
		t.Fatal(err)
	}
	surveyd(t, exitOK, "roster", "import", roster, "--data", dir)
	surveyd(t, exitOK, "administration", "create", "--instrument", instrument, "--wave", "fall", "--id", "fall", "--data", dir)
	out, _ := surveyd(t, exitOK, "codes", "--administration", "fall", "--data", dir)
	codes = map[string]string{}
	for _, row := range table(t, out) {
		codes[row["student_id"]] = row["code"]
	}
	if len(codes) != 4 {
		t.Fatalf("codes are\n%s", out)
	}
	return dir, codes
}

// stored reads a response from a data directory by its code, beside whatever else has the directory open.
func stored(t *testing.T, dir string, id fieldwork.AdministrationID, code string) fieldwork.Response {
	t.Helper()
	ctx := context.Background()
	p := process{env: noEnv, stdout: io.Discard, stderr: os.Stderr}
	d, exit := openFor(ctx, p, flag.NewFlagSet("test", flag.ContinueOnError), []string{"--data", dir}, 0)
	if d == nil {
		t.Fatalf("open %s: exit %d", dir, exit)
	}
	defer d.Close()
	sheet, err := d.fieldwork.CodeSheet(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range sheet {
		if line.Code != code {
			continue
		}
		r, err := d.store.Response(ctx, fieldwork.ResponseKey{Administration: id, Participant: line.Participant.ID})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	t.Fatal("the code is not on the sheet")
	return fieldwork.Response{}
}

// table reads CSV as rows by heading.
func table(t *testing.T, text string) []map[string]string {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, cell := range record {
			row[records[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

// startServer serves a data directory until the test ends and gives its address.
func startServer(t *testing.T, dir string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	logs, logWriter := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "--listen", "127.0.0.1:0", "--data", dir}, noEnv, strings.NewReader(""), io.Discard, logWriter)
		logWriter.Close()
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != exitOK {
			t.Errorf("serve ended with %d", code)
		}
	})
	return "http://" + servedAddress(t, logs)
}

// servedAddress waits for the log line that names the address and reads the rest of the log away.
func servedAddress(t testing.TB, logs io.Reader) string {
	t.Helper()
	lines := bufio.NewScanner(logs)
	for lines.Scan() {
		var line struct{ Msg, Address, Error string }
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Address != "" {
			go func() { _, _ = io.Copy(io.Discard, logs) }()
			return line.Address
		}
		if line.Error != "" {
			t.Fatalf("serve: %s", line.Error)
		}
	}
	t.Fatal("serve ended before it listened")
	return ""
}

// browser is a student's browser without JavaScript.
type browser struct {
	t      *testing.T
	client *http.Client
	at     *url.URL
	body   string
	status int
}

func newBrowser(t *testing.T, address string) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{t: t, client: &http.Client{Jar: jar, Timeout: 20 * time.Second}}
	if b.at, err = url.Parse(address); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *browser) get(path string) *browser {
	b.t.Helper()
	response, err := b.client.Get(b.address(path))
	return b.read(response, err)
}

func (b *browser) post(path string, fields ...string) *browser {
	b.t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	response, err := b.client.PostForm(b.address(path), form)
	return b.read(response, err)
}

func (b *browser) address(path string) string {
	b.t.Helper()
	to, err := b.at.Parse(path)
	if err != nil {
		b.t.Fatal(err)
	}
	return to.String()
}

func (b *browser) read(response *http.Response, err error) *browser {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	b.at, b.body, b.status = response.Request.URL, string(body), response.StatusCode
	return b
}

// on fails the test unless the browser is at a page whose address ends so.
func (b *browser) on(suffix string) *browser {
	b.t.Helper()
	if b.status != http.StatusOK || !strings.HasSuffix(b.at.Path, suffix) {
		b.t.Fatalf("at %s with status %d, want %s\n%s", b.at.Path, b.status, suffix, b.body)
	}
	return b
}

var receiptForm = regexp.MustCompile(`[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}`)

func (b *browser) receipt() string {
	b.t.Helper()
	receipt := receiptForm.FindString(b.body)
	if receipt == "" {
		b.t.Fatalf("no receipt on %s\n%s", b.at, b.body)
	}
	return receipt
}

func fieldsOf(answers map[string]string) []string {
	var fields []string
	for item, value := range answers {
		fields = append(fields, item, value)
	}
	return fields
}

func mustContain(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s does not say %q:\n%s", what, part, text)
		}
	}
}
