package psychometrics

import (
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// table is persons with the given numbers for each combination of values, written "A 3 en: 5".
func table(t testing.TB, lines ...string) [][]string {
	t.Helper()
	var persons [][]string
	for _, line := range lines {
		values, n, ok := strings.Cut(line, ": ")
		var count int
		if _, err := fmt.Sscan(n, &count); !ok || err != nil {
			t.Fatal(line)
		}
		for range count {
			persons = append(persons, strings.Fields(values))
		}
	}
	return persons
}

func hiddenCells(cells []Cell) []string {
	var out []string
	for _, c := range cells {
		if c.Hidden != "" {
			out = append(out, fmt.Sprintf("%v %d %s", c.Values, c.N, c.Hidden))
		}
	}
	return out
}

var bySite = Lattice{Attributes: []string{"site"}, Cuts: [][]int{{}, {0}}}

func TestASmallCellTakesAnotherWithIt(t *testing.T) {
	// Total 76 less 40 less 31 would be the 5 of site C.
	got := hiddenCells(Protect(bySite, table(t, "A: 40", "B: 31", "C: 5"), 11))
	if want := []string{"[B] 31 complementary", "[C] 5 small_cell"}; !slices.Equal(got, want) {
		t.Errorf("hidden: %q, want %q", got, want)
	}
}

func TestSeveralSmallCellsThatAreEnoughTogetherNeedNoOther(t *testing.T) {
	got := hiddenCells(Protect(bySite, table(t, "A: 40", "B: 7", "C: 5"), 11))
	if want := []string{"[B] 7 small_cell", "[C] 5 small_cell"}; !slices.Equal(got, want) {
		t.Errorf("hidden: %q, want %q", got, want)
	}
	// 3 and 4 together are 7, fewer than 11.
	got = hiddenCells(Protect(bySite, table(t, "A: 40", "B: 30", "C: 4", "D: 3"), 11))
	if want := []string{"[B] 30 complementary", "[C] 4 small_cell", "[D] 3 small_cell"}; !slices.Equal(got, want) {
		t.Errorf("hidden: %q, want %q", got, want)
	}
}

func TestNothingIsHiddenWithoutASmallCell(t *testing.T) {
	lattice := Lattice{Attributes: []string{"site", "language"}, Cuts: [][]int{{}, {0}, {1}, {0, 1}}}
	if got := hiddenCells(Protect(lattice, table(t, "A en: 20", "A es: 15", "B en: 11", "B es: 30"), 11)); got != nil {
		t.Errorf("hidden: %q", got)
	}
	if got := Protect(lattice, nil, 11); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

func TestATotalBelowTheThresholdIsHidden(t *testing.T) {
	if got := hiddenCells(Protect(bySite, table(t, "A: 6", "B: 4"), 11)); len(got) != 3 {
		t.Errorf("hidden: %q", got)
	}
}

func TestWhatOneCutHasBeyondAnotherIsHiddenToo(t *testing.T) {
	// Every third-grader is at site A, which has two others: 32 less 30 would be these two.
	lattice := Lattice{Attributes: []string{"site", "grade"}, Cuts: [][]int{{}, {0}, {1}}}
	cells := Protect(lattice, table(t, "A 3: 30", "A 4: 2", "B 4: 40"), 11)
	shown := map[string]bool{}
	for _, c := range cells {
		shown[fmt.Sprint(c.Values)] = c.Hidden == ""
	}
	if shown["[A]"] && shown["[3]"] {
		t.Errorf("site A and grade 3 are both shown: %v", hiddenCells(cells))
	}
}

// draw makes a random table of up to three attributes and a random lattice over them.
func drawTable(r *rand.Rand) (Lattice, [][]string) {
	attributes := 1 + r.IntN(3)
	lattice := Lattice{}
	sizes := make([]int, attributes)
	for i := range sizes {
		sizes[i] = 2 + r.IntN(3)
		lattice.Attributes = append(lattice.Attributes, fmt.Sprint("a", i))
	}
	for mask := range 1 << attributes {
		if bits.OnesCount(uint(mask)) > 1 && r.IntN(2) == 0 {
			continue
		}
		cut := []int{}
		for i := range attributes {
			if mask>>i&1 == 1 {
				cut = append(cut, i)
			}
		}
		lattice.Cuts = append(lattice.Cuts, cut)
	}
	var persons [][]string
	for range r.IntN(200) {
		values := make([]string, attributes)
		for i := range values {
			// Unequal shares, so that small and empty cells come up.
			values[i] = fmt.Sprint(min(r.IntN(sizes[i]), r.IntN(sizes[i])))
		}
		persons = append(persons, values)
	}
	return lattice, persons
}

// indicator is which atoms are members of a cell.
func indicator(lattice Lattice, c Cell, atoms [][]string) []float64 {
	row := make([]float64, len(atoms))
	for a, atom := range atoms {
		row[a] = 1
		for i, attribute := range lattice.Cuts[c.Cut] {
			if atom[attribute] != c.Values[i] {
				row[a] = 0
			}
		}
	}
	return row
}

func atomsOf(persons [][]string) (atoms [][]string, sizes []int) {
	for _, p := range persons {
		i := slices.IndexFunc(atoms, func(a []string) bool { return slices.Equal(a, p) })
		if i < 0 {
			i = len(atoms)
			atoms, sizes = append(atoms, p), append(sizes, 0)
		}
		sizes[i]++
	}
	return atoms, sizes
}

// solver says of any target whether it is a linear combination of rows, by singular values: another way than the one under test.
type solver struct{ basis *mat.Dense }

func newSolver(rows [][]float64, width int) solver {
	if len(rows) == 0 {
		return solver{}
	}
	m := mat.NewDense(len(rows), width, nil)
	for i, row := range rows {
		m.SetRow(i, row)
	}
	var svd mat.SVD
	if !svd.Factorize(m, mat.SVDThin) {
		panic("no singular values")
	}
	rank := 0
	for _, v := range svd.Values(nil) {
		if v > 1e-9 {
			rank++
		}
	}
	var v mat.Dense
	svd.VTo(&v)
	return solver{mat.DenseCopyOf(v.Slice(0, width, 0, rank))}
}

func (s solver) canCompute(target []float64) bool {
	if s.basis == nil {
		return false
	}
	t := mat.NewVecDense(len(target), target)
	var inside, back mat.VecDense
	inside.MulVec(s.basis.T(), t)
	back.MulVec(s.basis, &inside)
	back.SubVec(t, &back)
	return mat.Norm(&back, 2) < 1e-7
}

func TestNoHiddenCellCanBeComputedFromWhatIsShown(t *testing.T) {
	r := rand.New(rand.NewPCG(20, 26))
	hidden, complementary := 0, 0
	for round := range 1500 {
		lattice, persons := drawTable(r)
		threshold := 2 + r.IntN(15)
		cells := Protect(lattice, persons, threshold)
		atoms, _ := atomsOf(persons)
		var shown [][]float64
		for _, c := range cells {
			if c.Hidden == "" {
				shown = append(shown, indicator(lattice, c, atoms))
			}
			if (c.N < threshold) != (c.Hidden == SmallCell) {
				t.Fatalf("round %d: %+v at a threshold of %d", round, c, threshold)
			}
		}
		solve := newSolver(shown, len(atoms))
		for _, c := range cells {
			if c.Hidden == "" {
				continue
			}
			hidden++
			if c.Hidden == Complementary {
				complementary++
			}
			if solve.canCompute(indicator(lattice, c, atoms)) {
				t.Fatalf("round %d: %+v follows from what is shown: %+v", round, c, cells)
			}
		}
	}
	if hidden < 1000 || complementary < 200 {
		t.Errorf("only %d hidden cells came up, %d complementary", hidden, complementary)
	}
}

func TestNoSmallGroupOfPersonsAlikeCanBeComputedFromWhatIsShown(t *testing.T) {
	r := rand.New(rand.NewPCG(20, 27))
	groups := 0
	for round := range 400 {
		lattice, persons := drawTable(r)
		atoms, sizes := atomsOf(persons)
		threshold := 2 + r.IntN(15)
		cells := Protect(lattice, persons, threshold)
		var shown [][]float64
		for _, c := range cells {
			if c.Hidden == "" {
				shown = append(shown, indicator(lattice, c, atoms))
			}
		}
		solve := newSolver(shown, len(atoms))
		for a, size := range sizes {
			if size >= threshold {
				continue
			}
			groups++
			row := make([]float64, len(atoms))
			row[a] = 1
			if solve.canCompute(row) {
				t.Fatalf("round %d: the %d persons %v follow from what is shown: %+v", round, size, atoms[a], cells)
			}
		}
	}
	if groups < 1000 {
		t.Errorf("only %d groups came up", groups)
	}
}

func TestMostCellsAreStillShown(t *testing.T) {
	// 20 sites by three grade bands by two languages, as a network would publish.
	r := rand.New(rand.NewPCG(20, 28))
	lattice := Lattice{Attributes: []string{"site", "band", "language"}, Cuts: [][]int{{}, {0}, {1}, {2}, {0, 1}, {0, 2}, {1, 2}}}
	var persons [][]string
	for range 6000 {
		persons = append(persons, []string{fmt.Sprint("site", int(math.Floor(20*r.Float64()*r.Float64()))), []string{"K-5", "6-8", "9-12"}[r.IntN(3)], []string{"en", "es", "es"}[r.IntN(3)]})
	}
	cells := Protect(lattice, persons, 11)
	if hidden := len(hiddenCells(cells)); hidden*4 > len(cells) {
		t.Errorf("%d of %d cells are hidden", hidden, len(cells))
	}
}

func BenchmarkProtect(b *testing.B) {
	r := rand.New(rand.NewPCG(20, 29))
	lattice := Lattice{Attributes: []string{"site", "band", "language", "group"}, Cuts: [][]int{{}, {0}, {1}, {2}, {3}, {0, 1}, {0, 2}, {1, 2}}}
	var persons [][]string
	for range 13_500 {
		site := r.IntN(20)
		persons = append(persons, []string{fmt.Sprint("site", site), []string{"K-5", "6-8", "9-12"}[r.IntN(3)], []string{"en", "es", "vi"}[r.IntN(3)], fmt.Sprint("group", site*25+r.IntN(25))})
	}
	for b.Loop() {
		Protect(lattice, persons, 11)
	}
}
