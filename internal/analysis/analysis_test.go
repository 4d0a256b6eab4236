package analysis_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"surveyd/internal/analysis"
	"surveyd/internal/psychometrics"
)

func TestTheOrderOfRowsDoesNotMatter(t *testing.T) {
	in := load(t, trial)
	r := rand.New(rand.NewPCG(1, 2))
	file := randomFile(r, 80, 3)
	lines := strings.Split(strings.TrimSpace(file), "\n")
	want := analysis.Analyze(read(t, in, file, "site"), "site", analysis.Options{})
	r.Shuffle(len(lines)-1, func(i, j int) { lines[i+1], lines[j+1] = lines[j+1], lines[i+1] })
	got := analysis.Analyze(read(t, in, strings.Join(lines, "\n")+"\n", "site"), "site", analysis.Options{})
	for i := range want.Scales {
		a, b := want.Scales[i], got.Scales[i]
		for what, pair := range map[string][2]psychometrics.Figure{
			"mean": {a.Score.Mean, b.Score.Mean}, "alpha": {a.Alpha.Raw, b.Alpha.Raw}, "SEM": {a.SEM, b.SEM}, "favorable": {a.Favorable.Persons, b.Favorable.Persons},
			"ICC": {want.By.Between[i].ICC1, got.By.Between[i].ICC1},
		} {
			if pair[0].Why != pair[1].Why || math.Abs(pair[0].Value-pair[1].Value) > 1e-12 {
				t.Errorf("%s, %s: %v and %v", a.Scale.ID, what, pair[0], pair[1])
			}
		}
		if !reflect.DeepEqual(a.Histogram, b.Histogram) || !reflect.DeepEqual(a.Items[0].Counts, b.Items[0].Counts) {
			t.Errorf("%s: counts differ", a.Scale.ID)
		}
	}
}

func TestReversedItemsOfMixedRangesAreOnTheKeyedMetric(t *testing.T) {
	in := load(t, trial)
	d := read(t, in, "q1,q2,q3,q4,hours\n1,1,1,5,0\n1,1,1,1,10\n1,1,1,2,5\n")
	b := analysis.Analyze(d, "", analysis.Options{}).Scales[1]
	// 6 - 5, 6 - 1, 6 - 2 = 1, 5, 4; pomp 0 and 0, 100 and 100, 75 and 50.
	if b.Items[0].Mean.Value != 10.0/3 || !b.Items[0].Reversed || b.Items[1].Mean.Value != 5 || math.Abs(b.Score.Mean.Value-(0+100+62.5)/3) > 1e-12 {
		t.Errorf("%+v", b)
	}
	if b.Floor.Value != 1.0/3 || b.Ceiling.Value != 1.0/3 {
		t.Errorf("floor %v, ceiling %v", b.Floor, b.Ceiling)
	}
	if b.Favorable.Responses.Why != psychometrics.NotDeclared {
		t.Errorf("favorable %v", b.Favorable)
	}
}

func TestEmptyRowsAtTheEndAreNobody(t *testing.T) {
	in := load(t, trial)
	d := read(t, in, "q1,q2,q3,q4,hours\n1,1,1,5,0\n,,,,\n2,2,2,2,2\n,,,,\n,,,,\n")
	if d.Persons != 3 || d.File.EmptyRows != 2 {
		t.Errorf("%d persons, %d empty rows", d.Persons, d.File.EmptyRows)
	}
}

func TestScoresThatCanBeReachedShareTheBarsEvenly(t *testing.T) {
	in := load(t, trial)
	var file strings.Builder
	file.WriteString("q1,q2,q3,q4,hours\n")
	for a := 1; a <= 5; a++ {
		for b := 1; b <= 5; b++ {
			for c := 1; c <= 5; c++ {
				fmt.Fprintf(&file, "%d,%d,%d,,\n", a, b, c)
			}
		}
	}
	h := analysis.Analyze(read(t, in, file.String()), "", analysis.Options{}).Scales[0].Histogram
	// 13 sums of three answers from 1 to 5, in as many ways as the coefficients of (x + ... + x^5)^3.
	if want := []int{1, 3, 6, 10, 15, 18, 19, 18, 15, 10, 6, 3, 1}; !slices.Equal(h.Counts, want) || math.Abs(h.From-(1-1.0/6)) > 1e-12 || math.Abs(h.To-(5+1.0/6)) > 1e-12 {
		t.Errorf("%+v", h)
	}
}

func TestEvidenceThatDoesNotCoverIsCounted(t *testing.T) {
	source := strings.Replace(trial, "response_sets:", "provenance: {evidence: {status: piloted, populations: [{grades: [5, 6], languages: [en], n: 9, source: x}, {grades: [7], n: 9, source: y}]}}\nresponse_sets:", 1)
	file := "grade,language,q1,q2,q3,q4,hours\n6,en,,,,,\n6,es,,,,,\n7,es,,,,,\n8,en,,,,,\n8,en,,,,,\n,en,,,,,\n5,,,,,,\nNA,NA,,,,,\n"
	c := analysis.Analyze(read(t, load(t, source), file), "", analysis.Options{}).Covered
	want := []analysis.Kind{{Grade: "8", Language: "en", N: 2}, {Grade: "6", Language: "es", N: 1}}
	if c.Uncovered != 3 || !slices.Equal(c.Of, want) || c.Unfamiliar != 4 || !c.Known || c.None {
		t.Errorf("%+v", c)
	}
}

// Where a figure is hidden it is so because too few persons stand behind it, or because it would betray such a figure; and never is
// one group alone hidden while the others and all together are shown.
func TestNoSmallGroupCanBeComputedFromTheOthers(t *testing.T) {
	in := load(t, trial)
	r := rand.New(rand.NewPCG(7, 7))
	hidden := 0
	for range 60 {
		n, minN := 5+r.IntN(60), 2+r.IntN(12)
		a := analysis.Analyze(read(t, in, randomFile(r, n, 1+r.IntN(6)), "site"), "site", analysis.Options{MinN: minN})
		for s, all := range a.Scales {
			type base struct {
				n     int
				shown bool
			}
			bases := map[string]func(analysis.Scale) base{
				"scores": func(s analysis.Scale) base { return base{s.Score.N, s.Score.Mean.OK()} },
				"complete": func(s analysis.Scale) base {
					return base{s.Complete, s.Alpha.Raw.OK() || s.Alpha.Raw.Why == psychometrics.NoVariance}
				},
				"favorable": func(s analysis.Scale) base { return base{s.N, s.Favorable.Responses.OK()} },
				"item":      func(s analysis.Scale) base { return base{s.Items[0].N, s.Items[0].Counts != nil} },
			}
			for what, of := range bases {
				if what == "favorable" && all.Scale.Favorable == nil {
					continue
				}
				sum, shownParts, hiddenPersons := 0, 0, 0
				for _, g := range a.By.Groups {
					b := of(g.Scales[s])
					if b.shown && b.n < minN {
						t.Fatalf("%s of %d persons are shown in a group, at least %d wanted", what, b.n, minN)
					}
					sum += b.n
					if b.shown {
						shownParts++
					} else {
						hiddenPersons += b.n
						hidden++
					}
				}
				total := of(all)
				if total.shown && total.n < minN {
					t.Fatalf("%s of %d persons are shown of all", what, total.n)
				}
				if total.shown && hiddenPersons > 0 && hiddenPersons < minN {
					t.Fatalf("%s: all less %d groups are %d persons, at least %d wanted", what, shownParts, hiddenPersons, minN)
				}
			}
			between := a.By.Between[s]
			for _, m := range between.Means {
				if !m.Mean.OK() && between.ICC1.OK() {
					t.Fatal("a mean is hidden and the spread of the means is shown")
				}
			}
		}
	}
	if hidden == 0 {
		t.Error("nothing was ever hidden")
	}
}

func TestChangeRestsOnThosePersonsWhomItSays(t *testing.T) {
	in := load(t, trial)
	pre := read(t, in, "id,q1,q2,q3,q4,hours\na,1,1,2,,\nb,2,2,2,,\nc,3,,,,\nd,5,4,5,,\n,4,4,4,,\n", "id")
	post := read(t, in, "id,q1,q2,q3,q4,hours\nb,3,3,3,,\na,2,2,5,,\nc,5,5,5,,\ne,1,1,1,,\n", "id")
	w, err := analysis.Change(pre, post, "id", analysis.Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := w.Matching
	if m.Pre != 4 || m.Post != 4 || m.Matched != 3 || m.PreOnly != 1 || m.PostOnly != 1 || m.WithoutPre != 1 || m.WithoutPost != 0 || m.Attrition.Value != 0.25 || m.ExamplePre != "d" || m.ExamplePost != "e" {
		t.Errorf("%+v", m)
	}
	// c answered one of three before, so a and b are the pairs; the reliability is that of a, b, d and the row without an id.
	s := w.Scales[0]
	if s.N != 2 || s.Alpha.N != 4 || math.Abs(s.Diff.Value-(5.0/3+1)/2) > 1e-12 {
		t.Errorf("%+v", s)
	}
	// Favorable of a and b: none of 6 before, 1 of 6 after.
	if s.Favorable.Responses.Value != 1.0/6 || math.Abs(s.Favorable.Persons.Value-1.0/6) > 1e-15 || s.Favorable.CI == nil {
		t.Errorf("%+v", s.Favorable)
	}
	if hidden, err := analysis.Change(pre, post, "id", analysis.Options{MinN: 3}); err != nil || hidden.Scales[0].MeanPre.Why != psychometrics.SmallCell || hidden.Scales[0].N != 2 {
		t.Errorf("%+v, %v", hidden.Scales[0], err)
	}
}

func TestDoubledIDsAreListed(t *testing.T) {
	in := load(t, trial)
	var file strings.Builder
	file.WriteString("id,q1,q2,q3,q4,hours\n")
	for i := range 23 {
		fmt.Fprintf(&file, "p%d,1,1,1,1,1\np%d,1,1,1,1,1\n", i, i)
	}
	_, _, err := read(t, in, file.String(), "id").IDs("id")
	if err == nil || !strings.HasPrefix(err.Error(), `23 ids stand more than once in column "id": "p0" (lines 2, 3), "p1" (lines 4, 5)`) || !strings.Contains(err.Error(), `"p19" (lines 40, 41) and 3 more`) {
		t.Errorf("%v", err)
	}
}

func TestDIFLeavesOutWhoIsInNeitherGroup(t *testing.T) {
	in := load(t, trial)
	d := read(t, in, "g,q1,q2,q3,q4,hours\nx,1,2,1,,\ny,2,2,1,,\n,1,1,1,,\nNA,1,1,1,,\nx,5,,4,,\n", "g")
	f, err := analysis.DIF(d, "g", "x", analysis.Options{})
	if err != nil || f.Focal != "y" || f.NReference != 2 || f.NFocal != 1 || f.Without != 2 || f.Scales[0].Items[0].Reference != 1 {
		t.Errorf("%+v, %v", f, err)
	}
	if hidden, err := analysis.DIF(d, "g", "x", analysis.Options{MinN: 2}); err != nil || hidden.Scales[0].Items[0].SMD.Why != psychometrics.SmallCell {
		t.Errorf("%+v, %v", hidden, err)
	}
}
