package report_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"surveyd/internal/analysis"
	"surveyd/internal/answerfile"
	"surveyd/internal/catalog"
	"surveyd/internal/instrument"
)

// rich is an instrument with everything that a report can show.
func rich(t testing.TB) *instrument.Instrument {
	t.Helper()
	source, err := os.ReadFile("testdata/rich.yaml")
	if err != nil {
		t.Fatal(err)
	}
	loaded, problems := catalog.Check([]catalog.Source{{Name: "rich.yaml", Bytes: source}}, nil)
	if loaded[0].Instrument == nil {
		t.Fatal(problems)
	}
	return loaded[0].Instrument
}

// waveOf simulates one wave of the same persons; in the second everybody is a little higher. An item is harder in Spanish.
func waveOf(t testing.TB, in *instrument.Instrument, wave int) *analysis.Data {
	t.Helper()
	r, noise := rand.New(rand.NewPCG(5, 5)), rand.New(rand.NewPCG(9, uint64(wave)))
	var b strings.Builder
	b.WriteString("id,site,grade,language,mi1,mi2,mi3,mi4,h1,h2,h3,club,hours,both,more\n")
	sites := []string{"Norte", "South", "East", "Río"}
	for i := range 300 {
		site, able, spanish := r.IntN(4), r.NormFloat64(), r.IntN(3) == 0
		able += float64(site-2)*0.3 + float64(wave)*0.35
		language, harder := "en", 0.0
		if spanish {
			language, harder = "es", -1.2
		}
		answer := func(shift float64, low, high, middle int) int {
			return min(high, max(low, middle+int(able+shift+noise.NormFloat64()*0.8+10.5)-10))
		}
		q := []int{answer(0, 1, 5, 3), answer(harder, 1, 5, 3), 6 - answer(0, 1, 5, 3), answer(0, 1, 5, 3)}
		fmt.Fprintf(&b, "P%d,%s,%d,%s", i, sites[site], 4+i%4, language)
		for _, x := range q {
			switch noise.IntN(40) {
			case 0:
				b.WriteString(",")
			case 1:
				b.WriteString(",9")
			case 2:
				b.WriteString(",-94")
			default:
				fmt.Fprintf(&b, ",%d", x)
			}
		}
		fmt.Fprintf(&b, ",%d,%d,%d,%s,%d,chess;robots,\n", answer(0, 0, 3, 1), answer(0, 0, 3, 1), answer(0, 0, 3, 1), []string{"chess", "robots", "none"}[noise.IntN(3)], noise.IntN(25))
	}
	d, err := analysis.Read(in, strings.NewReader(b.String()), analysis.Wanted{Columns: []string{"id", "site", "language"}, IfThere: []string{"grade"}}, answerfile.Hearing{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}
