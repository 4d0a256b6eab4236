package analysis

import (
	"cmp"
	"slices"
	"strconv"

	"surveyd/internal/instrument"
)

// empty says whether a cell stands for nothing.
func empty(value string) bool { return value == "" || value == "NA" }

// groups gives the different values, sorted, and the persons of each. Persons without a value are in none.
func (c *Column) groups() (values []string, members [][]int) {
	present := make([]int, len(c.names))
	for _, at := range c.values {
		present[at]++
	}
	for at, name := range c.names {
		if present[at] > 0 && !empty(name) {
			values = append(values, name)
		}
	}
	sortValues(values)
	position := map[string]int{}
	for i, value := range values {
		position[value] = i
	}
	members = make([][]int, len(values))
	for p, at := range c.values {
		if i, ok := position[c.names[at]]; ok {
			members[i] = append(members[i], p)
		}
	}
	return values, members
}

// sortValues sorts numbers as numbers, grades as grades, and anything else as text.
func sortValues(values []string) {
	number := func(v string) (float64, bool) {
		x, err := strconv.ParseFloat(v, 64)
		return x, err == nil
	}
	grade := func(v string) (float64, bool) {
		rank, ok := instrument.Grade(v).Rank()
		return float64(rank), ok
	}
	for _, rank := range []func(string) (float64, bool){grade, number} {
		if slices.ContainsFunc(values, func(v string) bool { _, ok := rank(v); return !ok }) {
			continue
		}
		slices.SortFunc(values, func(a, b string) int {
			x, _ := rank(a)
			y, _ := rank(b)
			return cmp.Or(cmp.Compare(x, y), cmp.Compare(a, b))
		})
		return
	}
	slices.Sort(values)
}
