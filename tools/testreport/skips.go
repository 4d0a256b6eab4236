package main

import (
	"fmt"
	"io"
	"strings"
)

// allowedSkip is one line of the list: a test that may be skipped, and why.
type allowedSkip struct {
	line   int
	reason string
}

// allowedSkips is the checked-in list.
type allowedSkips struct {
	file    string
	entries map[string]allowedSkip
	order   []string
}

// parseAllowedSkips reads lines of `package.TestName  reason`; # begins a comment line. Errors give file:line.
func parseAllowedSkips(file, text string) (allowedSkips, error) {
	allowed := allowedSkips{file: file, entries: map[string]allowedSkip{}}
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, reason := line, ""
		if end := strings.IndexAny(line, " \t"); end >= 0 {
			name, reason = line[:end], strings.TrimSpace(line[end:])
		}
		if reason == "" {
			return allowedSkips{}, fmt.Errorf("%s:%d: %s has no reason; write package.TestName, spaces, the reason", file, number, name)
		}
		if _, doubled := allowed.entries[name]; doubled {
			return allowedSkips{}, fmt.Errorf("%s:%d: %s is listed twice", file, number, name)
		}
		allowed.entries[name] = allowedSkip{number, reason}
		allowed.order = append(allowed.order, name)
	}
	return allowed, nil
}

// judge prints every skip with its reason and tells whether all are allowed. A listed test that no longer exists in a
// package that ran is a fault as well, so that the list cannot rot.
func (a allowedSkips) judge(r *report, out io.Writer) bool {
	good := true
	for _, s := range r.skips {
		if entry, listed := a.entries[s.name.String()]; listed {
			fmt.Fprintf(out, "SKIP\t%s\t%s\n", s.name, entry.reason)
			continue
		}
		fmt.Fprintf(out, "FAIL\t%s\tskipped without being listed in %s: %s\n", s.name, a.where(), s.words)
		good = false
	}
	for _, name := range a.order {
		if a.stale(name, r) {
			fmt.Fprintf(out, "FAIL\t%s\tlisted at %s:%d, but there is no such test\n", name, a.file, a.entries[name].line)
			good = false
		}
	}
	return good
}

func (a allowedSkips) where() string {
	if a.file == "" {
		return "a file of allowed skips"
	}
	return a.file
}

// stale tells whether the entry's package ran without the entry's test function.
func (a allowedSkips) stale(name string, r *report) bool {
	for pkg, ran := range r.packages {
		if test, within := strings.CutPrefix(name, pkg+"."); within && ran {
			return !r.functions[testName{pkg, test}.top()]
		}
	}
	return false
}
