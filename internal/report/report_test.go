package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"surveyd/instruments"
	"surveyd/internal/analysis"
	"surveyd/internal/answerfile"
	"surveyd/internal/catalog"
	"surveyd/internal/csvfile"
	"surveyd/internal/instrument"
	"surveyd/internal/report"
)

// everything writes every report of a file in every form, and gives the JSON of the first.
func everything(t testing.TB, d *analysis.Data, by string, o analysis.Options) []byte {
	t.Helper()
	var first bytes.Buffer
	a := analysis.Analyze(d, by, o)
	errs := []error{report.AnalysisJSON(&first, a), report.AnalysisText(io.Discard, a), report.AnalysisHTML(io.Discard, a)}
	if by == "" {
		return first.Bytes()
	}
	if change, err := analysis.Change(d, d, by, o); err == nil {
		errs = append(errs, report.ChangeJSON(io.Discard, change), report.ChangeText(io.Discard, change), report.ChangeHTML(io.Discard, change))
	}
	if dif, err := analysis.DIF(d, by, "a", o); err == nil {
		errs = append(errs, report.DIFJSON(io.Discard, dif), report.DIFText(io.Discard, dif), report.DIFHTML(io.Discard, dif))
	}
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	return first.Bytes()
}

// nulls gives the paths of nulls without a reason beside them.
func nulls(path string, node any) []string {
	object, ok := node.(map[string]any)
	if !ok {
		return nil
	}
	var found []string
	notes, _ := object["notes"].(map[string]any)
	for key, value := range object {
		if value == nil && key != "note" && notes[key] == nil && object["note"] == nil {
			found = append(found, path+"/"+key)
		}
		found = append(found, nulls(path+"/"+key, value)...)
	}
	return found
}

func TestEveryShippedInstrumentCanBeReported(t *testing.T) {
	var sources []catalog.Source
	names, err := instruments.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range names {
		if !strings.HasSuffix(entry.Name(), ".yaml") {
			continue
		}
		text, err := instruments.FS.ReadFile(entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, catalog.Source{Name: entry.Name(), Bytes: text, Files: instruments.FS})
	}
	loaded, problems := catalog.Check(sources)
	r := rand.New(rand.NewPCG(3, 1))
	for _, l := range loaded {
		if l.Instrument == nil {
			t.Fatal(problems)
		}
		for _, n := range []int{0, 1, 40} {
			for _, o := range []analysis.Options{{}, {MinN: 15}} {
				if n < 2 && o.MinN > 0 {
					continue
				}
				d, err := analysis.Read(l.Instrument, strings.NewReader(answersTo(r, l.Instrument, n)), analysis.Wanted{Columns: []string{"who"}}, answerfile.Hearing{})
				if err != nil {
					t.Fatalf("%s: %v", l.Instrument.ID, err)
				}
				var tree any
				if err := json.Unmarshal(everything(t, d, "who", o), &tree); err != nil {
					t.Fatal(err)
				}
				if found := nulls("", tree); found != nil {
					t.Errorf("%s, %d persons: null without a reason: %q", l.Instrument.ID, n, found)
				}
			}
		}
	}
}

// answersTo draws answers of n persons of two groups.
func answersTo(r *rand.Rand, in *instrument.Instrument, n int) string {
	line := []byte("who")
	for _, item := range in.Items {
		line = append(append(line, ','), item.ID...)
	}
	for range n {
		line = append(line, '\n', "ab"[r.IntN(2)])
		for _, item := range in.Items {
			line = append(line, ',')
			switch {
			case r.IntN(12) == 0:
			case item.Responses != nil:
				line = append(line, item.Responses.Options[r.IntN(len(item.Responses.Options))].Code...)
			case item.Kind == instrument.Number:
				line = csvfile.AppendNumber(line, float64(r.IntN(10)))
			}
		}
	}
	return string(append(line, '\n'))
}

func TestWhatAFileHoldsCannotDriveATerminal(t *testing.T) {
	in := rich(t)
	file := "site,mi1,mi2,mi3,mi4,h1,h2,h3\n\x1b[2Jx\u202e,1,2,3,4,1,1,1\ny,2,2,2,2,2,2,2\n"
	d, err := analysis.Read(in, strings.NewReader(file), analysis.Wanted{Columns: []string{"site"}}, answerfile.Hearing{})
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := report.AnalysisText(&text, analysis.Analyze(d, "site", analysis.Options{})); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(text.String(), "\x1b\u202e") || !strings.Contains(text.String(), "[2Jx") {
		t.Errorf("%q", text.String())
	}
}

func TestNumbersBeyondReasonAreNoAnswers(t *testing.T) {
	in := rich(t)
	source := strings.NewReader("mi1,mi2,mi3,mi4,h1,h2,h3,hours\n1,2,3,4,1,1,1,1e300\n2,2,2,2,2,2,2,3\n2,2,2,2,2,2,2,39\n")
	d, err := analysis.Read(in, source, analysis.Wanted{}, answerfile.Hearing{})
	if err != nil {
		t.Fatal(err)
	}
	everything(t, d, "", analysis.Options{})
}

func FuzzAnyFileGivesAReport(f *testing.F) {
	in := rich(f)
	const head = "site,grade,language,mi1,mi2,mi3,mi4,h1,h2,h3,club,hours,both,more\n"
	for _, seed := range []string{"", "a,6,en,1,2,3,4,0,1,2,chess,2.5,chess;none,x\n", "a,6,en,1,2,3,4,0,1,2,,,,\nb,7,es,5,5,5,5,3,3,3,,40,,\n", "a,,,9,-94,,7,,,,,1e300,,\n,,,,,,,,,,,,,\n"} {
		f.Add(seed, 0)
		f.Add(fmt.Sprint(seed, strings.ReplaceAll(seed, "a", "b")), 3)
	}
	f.Fuzz(func(t *testing.T, rows string, minN int) {
		if len(rows) > 2000 || minN < 0 {
			return
		}
		hearing := answerfile.Hearing{Unreadable: func(*csvfile.SyntaxError) error { return nil }}
		d, err := analysis.Read(in, strings.NewReader(head+rows), analysis.Wanted{Columns: []string{"site"}, IfThere: []string{"grade", "language"}}, hearing)
		if err != nil {
			return
		}
		var tree any
		if err := json.Unmarshal(everything(t, d, "site", analysis.Options{MinN: minN}), &tree); err != nil {
			t.Fatal(err)
		}
		if found := nulls("", tree); found != nil {
			t.Errorf("null without a reason: %q", found)
		}
	})
}
