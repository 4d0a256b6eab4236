package export_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"surveyd/internal/answerfile"
	"surveyd/internal/export"
)

// BenchmarkScoreFile scores 20,000 rows of 30 columns a time: an id, four of identity and 25 five-point items.
func BenchmarkScoreFile(b *testing.B) {
	const rows, k = 20_000, 25
	var source, head, ids strings.Builder
	for i := 1; i <= k; i++ {
		fmt.Fprintf(&source, "  - {id: q%d, text: {en: \"Item %d\"}, responses: five}\n", i, i)
		fmt.Fprintf(&head, ",q%d", i)
		fmt.Fprintf(&ids, "q%d, ", i)
	}
	list := strings.TrimSuffix(ids.String(), ", ")
	in := load(b, "format: 1\nid: speed\nversion: 1.0.0\ntitle: {en: Speed}\nlanguages: [en]\naudience: {grades: [6]}\nresponse_sets:\n  five:\n    options:\n"+
		"      - {code: 1, label: {en: One}}\n      - {code: 2, label: {en: Two}}\n      - {code: 3, label: {en: Three}}\n"+
		"      - {code: 4, label: {en: Four}}\n      - {code: 5, label: {en: Five}}\nitems:\n"+source.String()+
		"pages:\n  - {id: p1, items: ["+list+"]}\nscales:\n"+
		"  - {id: A, title: {en: A}, items: ["+list+"], score: mean, min_answered: 80%, range: [1, 5], favorable: [4, 5]}\n"+
		"  - {id: B, title: {en: B}, items: [q1, -q2, q3, q4, q5], score: prorated_sum, rounding: half_up, min_answered: 3, range: [5, 25]}\n"+
		"quality: {straight_line: {page: p1, run: 10}, missing_share: 0.5}\n")
	r := rand.New(rand.NewPCG(1, 1))
	var file strings.Builder
	file.WriteString("id,grade,language,site,seconds_p1" + head.String() + "\n")
	for i := range rows {
		fmt.Fprintf(&file, "P%07d,6,es,north,%.1f", i, 20+60*r.Float64())
		for range k {
			file.WriteString([]string{",1", ",2", ",3", ",4", ",5", ",4", ",3", ","}[r.IntN(8)])
		}
		file.WriteByte('\n')
	}
	b.SetBytes(int64(file.Len()))
	b.ReportAllocs()
	for b.Loop() {
		report, err := export.ScoreFile(in, strings.NewReader(file.String()), io.Discard, answerfile.Hearing{})
		if err != nil || report.Rows != rows {
			b.Fatal(report, err)
		}
	}
	b.ReportMetric(float64(b.N*rows)/b.Elapsed().Seconds(), "rows/s")
}
