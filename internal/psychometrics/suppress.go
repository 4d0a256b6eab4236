package psychometrics

import (
	"cmp"
	"slices"
	"strings"
)

// Lattice is the declared set of cuts over which aggregates are published: each cut names attributes by position, e.g. none for
// the total, {0} for every site, {0, 1} for every site by grade band.
type Lattice struct {
	Attributes []string
	Cuts       [][]int
}

// Cell is one group of persons in a cut.
type Cell struct {
	Cut    int
	Values []string // by attribute of the cut
	N      int
	Hidden Reason // empty when the cell may be shown; SmallCell or Complementary
}

// Protect says which cells of a lattice may be shown. A cell with fewer persons than threshold is hidden, and so are as many
// others as it takes that no hidden cell can be computed: from what is shown, by any additions and subtractions of totals,
// margins and differences, nobody gets a figure for a hidden cell, nor for fewer than threshold persons who are alike in every
// attribute, or who are what one cell has beyond another. Coarse cuts and large cells are shown first. persons gives each person's value
// of each attribute. Empty cells do not come up.
//
// Whoever knows the shown cells knows the sums over their members, and every linear combination of these, and nothing else; so a
// cell is safe when its members are no linear combination of those of the shown cells. The cells are admitted one by one, each
// only if no protected set becomes such a combination (the linear case of complementary suppression, Cox 1980).
func Protect(lattice Lattice, persons [][]string, threshold int) []Cell {
	t := newTabulation(lattice, persons)
	protected := t.protected(threshold)
	for i := range t.cells {
		if t.cells[i].N < threshold {
			t.cells[i].Hidden = SmallCell
		}
	}
	shown := newSpan()
	for _, i := range t.order() {
		cell := &t.cells[i]
		if cell.Hidden != "" {
			continue
		}
		row := shown.reduce(t.members[i])
		if len(row) == 0 {
			continue // it follows from what is shown already
		}
		next := make([]vector, len(protected))
		safe := true
		for j, p := range protected {
			next[j] = eliminate(p, row)
			safe = safe && len(next[j]) > 0
		}
		if !safe {
			cell.Hidden = Complementary
			continue
		}
		shown.add(row)
		protected = next
	}
	return t.cells
}

// tabulation is the cells of a lattice, and of each the atoms that it is made of: the groups of persons alike in everything.
type tabulation struct {
	lattice Lattice
	cells   []Cell
	members []vector
	sizes   []int // of the atoms
}

func newTabulation(lattice Lattice, persons [][]string) *tabulation {
	t := &tabulation{lattice: lattice}
	atomAt := map[string]int{}
	var atoms [][]string
	for _, values := range persons {
		key := strings.Join(values, "\x00")
		at, ok := atomAt[key]
		if !ok {
			at = len(atoms)
			atomAt[key] = at
			atoms, t.sizes = append(atoms, values), append(t.sizes, 0)
		}
		t.sizes[at]++
	}
	for c, cut := range lattice.Cuts {
		first, at := len(t.cells), map[string]int{}
		for a, atom := range atoms {
			values := make([]string, len(cut))
			for i, attribute := range cut {
				values[i] = atom[attribute]
			}
			key := strings.Join(values, "\x00")
			i, ok := at[key]
			if !ok {
				i = len(t.cells)
				at[key] = i
				t.cells, t.members = append(t.cells, Cell{Cut: c, Values: values}), append(t.members, nil)
			}
			t.cells[i].N += t.sizes[a]
			t.members[i] = append(t.members[i], entry{a, 1})
		}
		t.sortCut(first)
	}
	return t
}

// sortCut orders the cells of the newest cut by their values.
func (t *tabulation) sortCut(first int) {
	order := make([]int, len(t.cells)-first)
	for i := range order {
		order[i] = first + i
	}
	slices.SortFunc(order, func(a, b int) int { return slices.Compare(t.cells[a].Values, t.cells[b].Values) })
	cells, members := make([]Cell, len(order)), make([]vector, len(order))
	for i, from := range order {
		cells[i], members[i] = t.cells[from], t.members[from]
	}
	copy(t.cells[first:], cells)
	copy(t.members[first:], members)
}

// order is in which order cells are admitted.
func (t *tabulation) order() []int {
	order := make([]int, len(t.cells))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := t.cells[a], t.cells[b]
		return cmp.Or(cmp.Compare(len(x.Values), len(y.Values)), cmp.Compare(y.N, x.N))
	})
	return order
}

// protected lists the sets of persons of whom no figure may follow: the small cells; what a cell has beyond another one that
// lies in it, where that is small; and all of the small parts of a cell together, where they are still small.
func (t *tabulation) protected(threshold int) []vector {
	var sets []vector
	bySize := make([]int, len(t.cells))
	for i := range t.cells {
		bySize[i] = i
		if t.cells[i].N < threshold {
			sets = append(sets, t.members[i])
		}
	}
	slices.SortStableFunc(bySize, func(a, b int) int { return cmp.Compare(t.cells[a].N, t.cells[b].N) })
	for i, outer := range bySize {
		for j := i - 1; j >= 0 && t.cells[outer].N-t.cells[bySize[j]].N < threshold; j-- {
			inner := bySize[j]
			if t.cells[inner].N < t.cells[outer].N && within(t.members[inner], t.members[outer]) {
				sets = append(sets, subtract(t.members[outer], t.members[inner]))
			}
		}
	}
	for outer := range t.cells {
		sets = append(sets, t.smallParts(outer, threshold)...)
	}
	return append(sets, t.smallAtoms(threshold)...)
}

// smallAtoms gives the small groups of persons who are alike in every attribute.
func (t *tabulation) smallAtoms(threshold int) []vector {
	var sets []vector
	for a, n := range t.sizes {
		if n < threshold {
			sets = append(sets, vector{{a, 1}})
		}
	}
	return sets
}

// smallParts gives for each finer cut the union of a cell's small parts, where they are several and still small.
func (t *tabulation) smallParts(outer, threshold int) []vector {
	var sets []vector
	for c, cut := range t.lattice.Cuts {
		if c == t.cells[outer].Cut || !containsAll(cut, t.lattice.Cuts[t.cells[outer].Cut]) {
			continue
		}
		var small vector
		size, parts := 0, 0
		for inner := range t.cells {
			if t.cells[inner].Cut == c && t.cells[inner].N < threshold && within(t.members[inner], t.members[outer]) {
				small = merge(small, t.members[inner])
				size += t.cells[inner].N
				parts++
			}
		}
		if parts > 1 && size < threshold {
			sets = append(sets, small)
		}
	}
	return sets
}

// within says whether all members of one cell are members of another.
func within(inner, outer vector) bool {
	if len(inner) > len(outer) {
		return false
	}
	j := 0
	for _, e := range inner {
		for j < len(outer) && outer[j].at < e.at {
			j++
		}
		if j == len(outer) || outer[j].at != e.at {
			return false
		}
	}
	return true
}

func containsAll(all, some []int) bool {
	for _, x := range some {
		if !slices.Contains(all, x) {
			return false
		}
	}
	return true
}
