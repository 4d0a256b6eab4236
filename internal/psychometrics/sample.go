package psychometrics

import "math"

// Sample is the answers of many persons to the items of one scale, on the keyed metric: reversed where the scale says so. A
// column for each item, a position for each person; NaN where there is no valid answer. Functions of this package do not write to it.
type Sample struct {
	Columns [][]float64
}

// Items is how many items the sample has.
func (s Sample) Items() int { return len(s.Columns) }

// Persons is how many persons the sample has, with or without answers.
func (s Sample) Persons() int {
	if len(s.Columns) == 0 {
		return 0
	}
	return len(s.Columns[0])
}

// Complete gives the persons who answered every item, in their order. When everybody did, it is the sample itself.
func (s Sample) Complete() Sample {
	// Column after column: the processor reads each from its beginning to its end.
	gaps := make([]uint8, s.Persons())
	for _, column := range s.Columns {
		for p, x := range column {
			if x != x {
				gaps[p] = 1
			}
		}
	}
	n := len(gaps)
	for _, gap := range gaps {
		n -= int(gap)
	}
	if n == len(gaps) {
		return s
	}
	out := Sample{Columns: make([][]float64, s.Items())}
	for i, column := range s.Columns {
		// One longer than it will be: every number is written, and the next one goes over it where the person has a gap.
		kept, at := make([]float64, n+1), 0
		for p, x := range column {
			kept[at] = x
			at += 1 - int(gaps[p])
		}
		out.Columns[i] = kept[:n]
	}
	return out
}

func (s Sample) complete(p int) bool {
	for _, column := range s.Columns {
		if math.IsNaN(column[p]) {
			return false
		}
	}
	return true
}

// Without gives the sample without one item.
func (s Sample) Without(item int) Sample {
	out := Sample{Columns: make([][]float64, 0, s.Items()-1)}
	for i, column := range s.Columns {
		if i != item {
			out.Columns = append(out.Columns, column)
		}
	}
	return out
}
