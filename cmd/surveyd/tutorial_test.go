package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

var updateTutorial = flag.Bool("update-tutorial", false, "write the outputs in docs/authoring.md anew, but for those with an ellipsis")

// The tutorial is followed word for word. What a block's info says is done with it:
//
//	yaml file=NAME, csv file=NAME   the file is written
//	yaml into=NAME                  its top-level keys take the place of those in the file, or stand below it
//	diff file=NAME                  the lines with a minus, which stand in the file once, become those with a plus
//	sh run, sh run exit=N           the commands are run; the last ends with N, all others with 0
//	sh start                        a command that goes on until the next one like it, or the end of the page
//	text output                     is what the block above prints; a line "..." is any number of lines, and … any characters
//	text output any-order           the same, its lines in any order
//	csv answers                     these students answer on the running server, each item by its code, in their language
func TestTheTutorialIsFollowedWordForWord(t *testing.T) {
	page := readPage(t, "authoring.md")
	blocks, err := blocksOf(page)
	if err != nil {
		t.Fatal(err)
	}
	path, err := filepath.Abs(docsPath("authoring.md"))
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{t: t}
	t.Chdir(t.TempDir())
	for _, b := range blocks {
		r.at = b.line
		printed := r.follow(b)
		if printed == "" || printed == b.text {
			continue
		}
		if *updateTutorial && !strings.Contains(b.text, "…") && !strings.Contains("\n"+b.text, "\n...\n") {
			page = strings.Replace(page, "```"+b.info+"\n"+b.text+"```", "```"+b.info+"\n"+printed+"```", 1)
			continue
		}
		if strings.HasSuffix(b.info, " any-order") {
			printed = ordered(printed, b.text)
		}
		if !likeOutput(b.text).MatchString(printed) {
			t.Errorf("docs/authoring.md:%d: printed is\n%s", b.line, printed)
		}
	}
	r.stop()
	if len(blocks) < 20 {
		t.Errorf("only %d blocks were found", len(blocks))
	}
	if *updateTutorial {
		if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// reader is somebody who follows the tutorial.
type reader struct {
	t       *testing.T
	at      int    // the line of the page
	printed string // by the last block with commands
	server  *started
}

func (r *reader) fail(format string, args ...any) {
	r.t.Helper()
	r.t.Fatalf("docs/authoring.md:%d: %s", r.at, fmt.Sprintf(format, args...))
}

// follow does what a block says. Of an output it gives what was printed.
func (r *reader) follow(b block) (printed string) {
	r.t.Helper()
	words := append(strings.Fields(b.info), "", "")
	kind, _, _ := strings.Cut(words[1], "=")
	switch words[0] + " " + kind {
	case "yaml file", "csv file":
		r.write(b.option("file"), b.text)
	case "yaml into":
		r.write(b.option("into"), put(r.file(b.option("into")), b.text))
	case "diff file":
		r.write(b.option("file"), r.changed(r.file(b.option("file")), b.text))
	case "sh run":
		r.run(b)
	case "sh start":
		r.start(b)
	case "text output":
		if r.printed == "" {
			r.fail("nothing was printed")
		}
		return r.printed
	case "csv answers":
		r.answer(b)
	default:
		r.fail("nothing is done with a block %q", b.info)
	}
	return ""
}

func (r *reader) file(name string) string {
	r.t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		r.fail("%v", err)
	}
	return string(text)
}

func (r *reader) write(name, text string) {
	r.t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		r.fail("%v", err)
	}
}

var topLevel = regexp.MustCompile(`^([a-z_]+):`)

// put gives a file in which the top-level keys of a part take the place of its own; new ones stand at its end.
func put(file, part string) string {
	sections := func(text string) (keys []string, of map[string]string) {
		of = map[string]string{}
		key := ""
		for line := range strings.Lines(text) {
			if m := topLevel.FindStringSubmatch(line); m != nil {
				key = m[1]
				keys = append(keys, key)
			}
			of[key] += line
		}
		return keys, of
	}
	keys, of := sections(file)
	more, parts := sections(part)
	out := of[""]
	for _, key := range keys {
		if text, ok := parts[key]; ok {
			out += strings.TrimRight(text, "\n") + "\n" + of[key][len(strings.TrimRight(of[key], "\n"))+1:]
			continue
		}
		out += of[key]
	}
	for _, key := range more {
		if _, ok := of[key]; !ok {
			out = strings.TrimRight(out, "\n") + "\n\n" + strings.TrimRight(parts[key], "\n") + "\n"
		}
	}
	return out
}

// changed makes the change that a block shows.
func (r *reader) changed(file, diff string) string {
	r.t.Helper()
	var before, after string
	for line := range strings.Lines(diff) {
		switch {
		case strings.HasPrefix(line, "-"):
			before += line[1:]
		case strings.HasPrefix(line, "+"):
			after += line[1:]
		default:
			r.fail("the line %q is neither taken away nor added", line)
		}
	}
	if strings.Count(file, before) != 1 {
		r.fail("this does not stand in the file once:\n%s", before)
	}
	return strings.Replace(file, before, after, 1)
}

func (r *reader) run(b block) {
	r.t.Helper()
	r.printed = ""
	commands := commandsIn(b.text)
	for i, args := range commands {
		want := "0"
		if exit := b.option("exit"); exit != "" && i == len(commands)-1 {
			want = exit
		}
		out := &shared{}
		if got := fmt.Sprint(r.one(args, out)); got != want {
			r.fail("%s ends with %s, not %s\n%s", strings.Join(args, " "), got, want, out)
		}
		r.printed += out.String()
	}
}

// one runs a command line to its end. Of programs other than surveyd the page uses few.
func (r *reader) one(args []string, out *shared) int {
	r.t.Helper()
	switch {
	case args[0] == "surveyd":
		return run(context.Background(), args[1:], noEnv, strings.NewReader(""), out, out)
	case args[0] == "mkdir" && len(args) == 2:
		if err := os.Mkdir(args[1], 0o700); err != nil {
			r.fail("%v", err)
		}
	case args[0] == "cp" && len(args) == 3:
		r.write(args[2], r.file(args[1]))
	default:
		r.fail("there is no command %s", strings.Join(args, " "))
	}
	return exitOK
}

// commandsIn reads command lines: words, which may be in quotes; a backslash at the end goes on below, # begins a comment.
func commandsIn(text string) [][]string {
	text = strings.ReplaceAll(text, "\\\n", " ")
	word := regexp.MustCompile(`"[^"]*"|[^\s"]+`)
	var commands [][]string
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, " #")
		var args []string
		for _, w := range word.FindAllString(line, -1) {
			args = append(args, strings.Trim(w, `"`))
		}
		if len(args) > 0 {
			commands = append(commands, args)
		}
	}
	return commands
}

// started is a command that goes on.
type started struct {
	address string // as it says itself
	stop    func()
}

// start runs a command beside the reader, at a free port in place of the one that it would take.
func (r *reader) start(b block) {
	r.t.Helper()
	r.stop()
	commands := commandsIn(b.text)
	if len(commands) != 1 || commands[0][0] != "surveyd" {
		r.fail("one command can be started")
	}
	ctx, cancel := context.WithCancel(context.Background())
	out, ended := &shared{}, make(chan int, 1)
	go func() {
		ended <- run(ctx, append(commands[0][1:], "--listen", "127.0.0.1:0"), noEnv, strings.NewReader(""), out, out)
	}()
	r.server = &started{stop: func() {
		cancel()
		if code := <-ended; code != exitOK {
			r.t.Errorf("docs/authoring.md: %s ends with %d\n%s", strings.Join(commands[0], " "), code, out)
		}
	}}
	at := regexp.MustCompile(`127\.0\.0\.1:[0-9]+`)
	for deadline := time.Now().Add(time.Minute); r.server.address == ""; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			r.stop()
			r.fail("no address is printed\n%s", out)
		}
		if reply, err := http.Get("http://" + at.FindString(out.String())); err == nil {
			reply.Body.Close()
			r.server.address = at.FindString(out.String())
		}
	}
	port := map[string]string{"preview": "127.0.0.1:8090"}[commands[0][1]]
	if port == "" {
		port = "127.0.0.1:8080"
	}
	r.printed = strings.ReplaceAll(out.String(), r.server.address, port)
}

func (r *reader) stop() {
	if r.server != nil {
		r.server.stop()
		r.server = nil
	}
}

// answer lets students answer on the server, each with the code that was written to codes.csv.
func (r *reader) answer(b block) {
	r.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(b.text)).ReadAll()
	if err != nil || r.server == nil {
		r.fail("nobody can answer: %v", err)
	}
	codes, languages := map[string]string{}, map[string]string{}
	for _, row := range table(r.t, r.file("codes.csv")) {
		codes[row["student_id"]], languages[row["student_id"]] = row["code"], row["language"]
	}
	for _, row := range rows[1:] {
		lang := languages[row[0]]
		fields := []string{"lang", lang, "action", "submit", "confirmed", "1"}
		for i, cell := range row[1:] {
			for _, value := range strings.Split(cell, ";") {
				fields = append(fields, rows[0][i+1], value)
			}
		}
		student := newBrowser(r.t, "http://"+r.server.address)
		student.get("/").on("/")
		student.post("", "code", codes[row[0]], "lang", lang).on("/assent")
		student.post("assent", "decision", "start", "lang", lang).on("/survey")
		student.post("survey", fields...).on("/thanks")
	}
}

// likeOutput makes a pattern of an output as the page shows it.
func likeOutput(text string) *regexp.Regexp {
	quoted := regexp.QuoteMeta("\n" + text)
	quoted = strings.ReplaceAll(quoted, "\n"+regexp.QuoteMeta("...")+"\n", "\n(?:[^\n]*\n)*")
	quoted = strings.ReplaceAll(quoted, "…", "[^\n]*")
	return regexp.MustCompile("^" + strings.TrimPrefix(quoted, "\n") + "$")
}

// ordered puts lines into the order of those that are shown; what is not shown stands at the end.
func ordered(printed, shown string) string {
	lines, out := strings.SplitAfter(printed, "\n"), ""
	for want := range strings.Lines(shown) {
		if i := slices.IndexFunc(lines, likeOutput(want).MatchString); i >= 0 {
			out += lines[i]
			lines = slices.Delete(lines, i, i+1)
		}
	}
	return out + strings.Join(lines, "")
}

func TestAnEllipsisIsAnyLinesAndNoOtherWord(t *testing.T) {
	for _, c := range []struct {
		shown, printed string
		like           bool
	}{
		{"a\n...\nd\n", "a\nb\nc\nd\n", true},
		{"a\n...\nd\n", "a\nd\n", true},
		{"a\n...\nd\n", "a\nb\nc\n", false},
		{"...\nd\n", "a\nd\n", true},
		{"a …, b\n", "a 1.5, b\n", true},
		{"a …, b\n", "a\n, b\n", false},
		{"a.\n", "ab\n", false},
		{"a\n", "a\nb\n", false},
	} {
		if got := likeOutput(c.shown).MatchString(c.printed); got != c.like {
			t.Errorf("%q and %q: %v", c.shown, c.printed, got)
		}
	}
}

// shared is what several writers write to, and one reads meanwhile.
type shared struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (s *shared) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.Write(p)
}

func (s *shared) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.String()
}
