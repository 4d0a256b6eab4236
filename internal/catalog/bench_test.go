package catalog

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"surveyd/internal/diag"
)

// big is an instrument of 25 items on five pages, with five scales and three tests of each, in two languages.
func big(id string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `format: 1
id: %s
version: 1.0.0
title: {en: "All about %s", es: "Todo sobre %s"}
languages: [en, es]
audience: {grades: [6, 7, 8], reading_level: 8}
provenance:
  authors: ["A. Author"]
  license: CC-BY-4.0
  evidence: {status: experimental}
settings: {place: {en: "school", es: "la escuela"}}
response_sets:
  agree5:
    options:
`, id, id, id)
	for code := 1; code <= 5; code++ {
		fmt.Fprintf(&b, "      - {code: %d, label: {en: \"Answer %d of five\", es: \"Respuesta %d de cinco\"}}\n", code, code, code)
	}
	b.WriteString("items:\n")
	for i := range 25 {
		condition := ""
		if i%5 == 4 {
			condition = fmt.Sprintf(", show_if: %s_%d >= 2", id, i-1)
		}
		fmt.Fprintf(&b, "  - {id: %s_%d, text: {en: \"At {{place}} I like the thing with the number %d.\", es: \"En {{place}} me gusta la cosa que lleva el número %d.\"}, responses: agree5%s}\n", id, i, i, i, condition)
	}
	var pages, scales, tests strings.Builder
	for p := range 5 {
		ids := make([]string, 5)
		for i := range ids {
			ids[i] = fmt.Sprintf("%s_%d", id, 5*p+i)
		}
		fmt.Fprintf(&pages, "  - {id: p%d, layout: grid, items: [%s]}\n", p, strings.Join(ids, ", "))
		fmt.Fprintf(&scales, "  - {id: %s_s%d, title: {en: \"Scale %d\", es: \"Escala %d\"}, items: [%s], score: mean, min_answered: 3, range: [1, 5]}\n", id, p, p, p, strings.Join(ids, ", "))
		for n, expect := range []string{"scores: {%s_s%d: 3}", "scores: {%s_s%d: 3}", "missing: {%s_s%d: too_few_answered}"} {
			answers := ids[:[]int{5, 3, 2}[n]]
			fmt.Fprintf(&tests, "  - {name: \"%d of %d\", answers: {%s: 3}, expect: {%s}}\n", n, p, strings.Join(answers, ": 3, "), fmt.Sprintf(expect, id, p))
		}
	}
	fmt.Fprintf(&b, "pages:\n%sscales:\n%stests:\n%s", &pages, &scales, &tests)
	return []byte(b.String())
}

// batteryOfEight is a battery of 200 items beside its parts.
func batteryOfEight(b *testing.B) fstest.MapFS {
	folder := fstest.MapFS{}
	src := "format: 1\nid: fall\nversion: 1.0.0\ntitle: {en: Fall, es: Otoño}\nlanguages: [en, es]\naudience: {grades: [6, 7], reading_level: 8}\npages:\n"
	tests := "tests:\n"
	for i := range 8 {
		id := fmt.Sprintf("part%d", i)
		folder[id+".yaml"] = &fstest.MapFile{Data: big(id)}
		src += fmt.Sprintf("  - {id: %s, include: %s@1}\n", id, id)
		tests += fmt.Sprintf("  - {name: %s, answers: {%s_0: 1, %s_1: 2, %s_2: 3}, expect: {scores: {%s_s0: 2}}}\n", id, id, id, id, id)
	}
	folder["fall.yaml"] = &fstest.MapFile{Data: []byte(src + tests)}
	return folder
}

// BenchmarkCheckBattery checks and compiles a battery of 200 items and the eight files that it includes, and runs their tests.
func BenchmarkCheckBattery(b *testing.B) {
	folder := batteryOfEight(b)
	b.ReportAllocs()
	for b.Loop() {
		source, err := Read(folder, "fall.yaml")
		if err != nil {
			b.Fatal(err)
		}
		loaded, list := Check([]Source{source})
		if in := loaded[0].Instrument; in == nil || len(in.Items) != 200 || len(in.Scales) != 40 {
			b.Fatal(list)
		}
	}
}

// BenchmarkCheck500Files checks 500 files of 25 items each, every tenth with a battery of it.
func BenchmarkCheck500Files(b *testing.B) {
	var files []Source
	for i := range 500 {
		id := fmt.Sprintf("n%d", i)
		src := big(id)
		if i%10 == 9 {
			src = []byte(fmt.Sprintf("format: 1\nid: %s\nversion: 1.0.0\ntitle: {en: Fall, es: Otoño}\nlanguages: [en, es]\naudience: {grades: [6, 7], reading_level: 8}\npages: [{include: n%d@1}]\n", id, i-1))
		}
		files = append(files, Source{Name: id + ".yaml", Bytes: src})
	}
	b.ReportAllocs()
	for b.Loop() {
		loaded, list := Check(files)
		if diag.HasError(list) || loaded[9].Instrument == nil {
			b.Fatal(list)
		}
	}
}
