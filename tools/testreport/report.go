package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// event is one line of `go test -json`; see `go doc test2json`.
type event struct {
	Action  string
	Package string
	Test    string
	Output  string
}

// testName is a test or subtest of a package.
type testName struct{ pkg, test string }

func (n testName) String() string { return n.pkg + "." + n.test }

// top is the test function that a subtest belongs to.
func (n testName) top() testName {
	function, _, _ := strings.Cut(n.test, "/")
	return testName{n.pkg, function}
}

// skip is a skipped test with the words that it gave.
type skip struct {
	name  testName
	words string
}

// report gathers events and writes what go test without -json would write.
type report struct {
	out                    io.Writer
	running                map[string]*packageRun
	packages               map[string]bool   // that ran to their end
	functions              map[testName]bool // test functions that were run
	skips                  []skip
	passedCount, failCount int
	failedPackages         bool
}

// packageRun is what one package has said so far. Output of a test is kept until it is known whether it failed.
type packageRun struct {
	order  []string
	output map[string]*strings.Builder
	failed map[string]bool
	own    []string // lines of the package itself
}

func newReport(out io.Writer) *report {
	return &report{out: out, running: map[string]*packageRun{}, packages: map[string]bool{}, functions: map[testName]bool{}}
}

// read takes events until the stream ends. What is not an event is passed on as it stands.
func (r *report) read(stream io.Reader) error {
	lines := bufio.NewReader(stream)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			var e event
			if json.Unmarshal([]byte(line), &e) == nil && e.Action != "" {
				r.take(e)
			} else {
				fmt.Fprint(r.out, line)
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read test events: %w", err)
		}
	}
}

func (r *report) take(e event) {
	if e.Action == "build-output" {
		fmt.Fprint(r.out, e.Output)
		return
	}
	if e.Package == "" {
		return
	}
	p := r.running[e.Package]
	if p == nil {
		p = &packageRun{output: map[string]*strings.Builder{}, failed: map[string]bool{}}
		r.running[e.Package] = p
	}
	if e.Test == "" {
		r.takePackage(e, p)
		return
	}
	name := testName{e.Package, e.Test}
	switch e.Action {
	case "run":
		r.functions[name.top()] = true
		p.builder(e.Test)
	case "output":
		if !strings.HasPrefix(e.Output, "=== ") {
			p.builder(e.Test).WriteString(e.Output)
		}
	case "pass":
		r.passedCount++
		p.forget(e.Test)
	case "fail":
		r.failCount++
		p.failed[e.Test] = true
	case "skip":
		r.skips = append(r.skips, skip{name, skipWords(p.builder(e.Test).String())})
		p.forget(e.Test)
	}
}

func (r *report) takePackage(e event, p *packageRun) {
	switch e.Action {
	case "output":
		p.own = append(p.own, e.Output)
	case "pass", "skip", "fail":
		delete(r.running, e.Package)
		r.packages[e.Package] = e.Action != "skip"
		if e.Action != "fail" {
			fmt.Fprint(r.out, closingLines(p.own))
			return
		}
		r.failedPackages = true
		if len(p.failed) == 0 {
			r.failCount++ // a build that failed, a panic, a time limit: no test says so itself
		}
		// A test that a panic or the time limit cut off has no verdict; it is shown like a failed one.
		for _, test := range p.order {
			if output, kept := p.output[test]; kept {
				fmt.Fprint(r.out, output.String())
			}
		}
		for _, line := range p.own {
			fmt.Fprint(r.out, line)
		}
	}
}

func (p *packageRun) builder(test string) *strings.Builder {
	if p.output[test] == nil {
		p.order = append(p.order, test)
		p.output[test] = &strings.Builder{}
	}
	return p.output[test]
}

func (p *packageRun) forget(test string) { delete(p.output, test) }

// closingLines keeps of a good package what go test keeps: "ok  	pkg	0.1s" or "?   	pkg	[no test files]".
func closingLines(lines []string) string {
	var kept strings.Builder
	for _, line := range lines {
		if strings.HasPrefix(line, "ok  \t") || strings.HasPrefix(line, "?   \t") || strings.HasPrefix(line, "\t") {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

// skipWords is what a skipped test said, in one line.
func skipWords(output string) string {
	var words []string
	for line := range strings.Lines(output) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "--- SKIP") {
			words = append(words, line)
		}
	}
	return strings.Join(words, " ")
}

func (r *report) failed() bool { return r.failedPackages || r.failCount > 0 }

// close writes the last line and returns the exit status. A run without a test is no success.
func (r *report) close(good bool) int {
	for name := range r.running {
		fmt.Fprintf(r.out, "FAIL\t%s\t(ended without a verdict)\n", name)
		good = false
	}
	if r.passedCount+r.failCount == 0 {
		fmt.Fprintln(r.out, "FAIL\tno test ran")
		good = false
	}
	fmt.Fprintf(r.out, "%d passed, %d failed, %d skipped\n", r.passedCount, r.failCount, len(r.skips))
	if !good || r.failed() {
		return 1
	}
	return 0
}
