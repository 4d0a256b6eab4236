package preview_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"surveyd/internal/i18n"
	"surveyd/internal/preview"
	"surveyd/internal/render"
)

// sample is an instrument with everything that the workbench shows: two pages, a condition, a reverse-keyed item, two
// scales, bands, flags, and tests.
const sample = `format: 1
id: robots
version: 1.0.0
title: {en: "Robots and me", es: "Los robots y yo"}
languages: [en, es]
audience: {grades: [4, 5, 6], reading_level: 4}
minutes: 3
provenance:
  authors: ["A test"]
  license: CC0-1.0
  evidence: {status: experimental}
intro: {en: "We want to know what you think.", es: "Queremos saber qué piensas."}
closing: {en: "Thank you!", es: "¡Gracias!"}
response_sets:
  agree:
    options:
      - {code: 1, label: {en: "No", es: "No"}}
      - {code: 2, label: {en: "Not so much", es: "No tanto"}}
      - {code: 3, label: {en: "Some", es: "Algo"}}
      - {code: 4, label: {en: "Yes", es: "Sí"}}
    declined: {en: "I'd rather not say", es: "Prefiero no decir"}
items:
  - {id: r1, text: {en: "I like to build robots.", es: "Me gusta construir robots."}, responses: agree}
  - {id: r2, text: {en: "Robots bore me.", es: "Los robots me aburren."}, responses: agree}
  - {id: r3, text: {en: "I want to know how robots work.", es: "Quiero saber cómo funcionan los robots."}, responses: agree}
  - {id: hours, kind: number, min: 0, max: 40, text: {en: "How many hours a week?", es: "¿Cuántas horas a la semana?"}}
  - {id: more, kind: text, max_length: 200, text: {en: "Notwithstanding considerable institutional complications, characterize your individual experimentation.", es: "Cuéntanos más."}, show_if: hours > 1}
pages:
  - {id: p1, title: {en: "Robots", es: "Robots"}, items: [r1, r2, r3]}
  - {id: p2, title: {en: "Time", es: "Tiempo"}, items: [hours, more]}
scales:
  - id: liking
    title: {en: "Liking robots", es: "Gusto por los robots"}
    higher_means: {en: "likes robots more", es: "le gustan más"}
    items: [r1, -r2, r3]
    weights: {r1: 2}
    score: mean
    min_answered: 2
    range: [1, 4]
    favorable: [3, 4]
    bands:
      source: "made up for this test"
      cuts:
        - {from: 1, label: {en: "low", es: "bajo"}}
        - {from: 3, label: {en: "high", es: "alto"}}
quality:
  straight_line: {page: p1, run: 3}
  missing_share: 0.5
tests:
  - name: all answered
    answers: {r1: 4, r2: 1, r3: 3}
    expect: {scores: {liking: 3.75}}
  - name: one is too few
    answers: {r1: 4}
    expect: {missing: {liking: too_few_answered}}
  - name: two are enough
    answers: {r1: 4, r3: 1}
    expect: {scores: {liking: 3}}
`

// edited is the sample with one text in the place of another, as an author would change it.
func edited(t testing.TB, pairs ...string) string {
	t.Helper()
	text := sample
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("the sample does not hold %q", pairs[i])
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}

// write saves a file as many editors do: beside it first, then in its place.
func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	beside := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".tmp")
	if err := os.WriteFile(beside, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(beside, path); err != nil {
		t.Fatal(err)
	}
}

// pages are made once: compressing their assets takes half a second.
var pages = sync.OnceValues(func() (*render.Renderer, error) {
	words, err := i18n.Load()
	if err != nil {
		return nil, err
	}
	return render.New(words)
})

func open(t testing.TB, path string) *preview.Workbench {
	t.Helper()
	made, err := pages()
	if err != nil {
		t.Fatal(err)
	}
	bench, err := preview.Open(path, made)
	if err != nil {
		t.Fatal(err)
	}
	return bench
}

// serve shows a workbench of path until the test ends, and gives its address.
func serve(t testing.TB, path string) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	bench := open(t, path)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- bench.Serve(ctx, ln, "127.0.0.1:0") }()
	t.Cleanup(func() {
		stop()
		select {
		case err := <-ended:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(patience):
			t.Error("the workbench does not end")
		}
	})
	return "http://" + ln.Addr().String()
}
