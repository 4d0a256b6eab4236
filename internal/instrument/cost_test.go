package instrument

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"surveyd/internal/diag"
)

const costHead = `format: 1
id: big
version: 1.0.0
title: {en: T}
languages: [en]
audience: {grades: [6, 7]}
response_sets:
  a5: {options: [{code: 1, label: {en: a}}, {code: 2, label: {en: b}}, {code: 3, label: {en: c}}]}
`

// lines writes a line for each number below n.
func lines(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// What grows with the square of a file's size takes minutes on the largest file; each of these takes a second or two.
func TestTheLargestFilesAreCheckedWithoutMakingAnybodyWait(t *testing.T) {
	wrong := costHead + "items:\n" + lines(4000, "  - {id: q%[1]d, text: {en: A}, responses: nope%[1]d, show_if: qq%[1]d == 1}\n") + "pages:\n  - {id: p1, items: [" + lines(4000, "zz%d, ") + "]}\n"
	shown := costHead + "items:\n  - {id: q, text: {en: A}, responses: a5}\n" + lines(5000, "  - {id: q%d, text: {en: A}, responses: a5, show_if: q == 1}\n") +
		"pages:\n  - {id: p1, items: [q, " + lines(5000, "q%d, ") + "]}\n"
	for name, src := range map[string]string{
		"every name unknown":       wrong,
		"every item has show_if":   shown,
		"every key unknown":        costHead + lines(45_000, "k%d: 1\n"),
		"one line of unknown keys": strings.Replace(costHead, "{en: T}", "{"+lines(45_000, "k%d: x, ")+"}", 1),
	} {
		if len(src) > MaxSource {
			t.Fatalf("%s: %d bytes are not read at all", name, len(src))
		}
		start := time.Now()
		_, list := Load("big.yaml", []byte(src), Options{})
		if took := time.Since(start); took > 30*time.Second {
			t.Errorf("%s: %s", name, took)
		}
		if len(list) > 2*maxListed {
			t.Errorf("%s: %d problems are listed", name, len(list))
		}
	}
}

func TestOfVeryManyProblemsTheFirstAreListedAndTheRestAreCounted(t *testing.T) {
	in, list := Load("big.yaml", []byte(costHead+lines(3000, "k%d: 1\n")), Options{})
	failures, _ := diag.Count(list)
	if in != nil || failures != maxListed {
		t.Fatalf("%d errors are listed", failures)
	}
	var last diag.Diagnostic
	for _, d := range list {
		if d.Severity == diag.Error {
			last = d
		}
	}
	// Two further errors: items and pages are missing.
	if !strings.HasSuffix(last.Hint, "; 2002 more errors are not listed, so begin with these") {
		t.Errorf("the last error says %q", last.Hint)
	}
}

func TestAnErrorBehindVeryManyWarningsIsStillAnError(t *testing.T) {
	src := costHead + "items:\n  - {id: q, text: {en: A}, responses: a5}\n" + "pages:\n  - {id: p1, items: [q, nothing]}\n" +
		"provenance:\n  citations:\n" + lines(2000, "    - {text: T%d, doi: none}\n")
	in, list := Load("big.yaml", []byte(src), Options{})
	failures, warnings := diag.Count(list)
	if in != nil || failures != 1 || warnings != maxListed {
		t.Errorf("%d errors, %d warnings", failures, warnings)
	}
}

func TestALongSettingNamedOftenDoesNotFillTheMemory(t *testing.T) {
	src := costHead + "settings: {a: {en: \"" + strings.Repeat("x", 100_000) + "\"}}\nitems:\n  - {id: q, text: {en: \"" + strings.Repeat("{{a}} ", 50_000) +
		"\"}, responses: a5}\npages:\n  - {id: p1, items: [q]}\n"
	in, list := Load("big.yaml", []byte(src), Options{}) // five gigabytes, were it filled in
	if in != nil || !find(list, 9, 12, "long-setting") {
		t.Errorf("got\n%s", say(list))
	}
}

func TestAFileOfOpenBracketsIsGivenUpEarly(t *testing.T) {
	_, list := Load("big.yaml", []byte(strings.Repeat("[", MaxSource)), Options{})
	if len(list) != 1 || !find(list, 1, maxBrackets+2, "wrong-shape") {
		t.Errorf("got\n%s", say(list))
	}
}
