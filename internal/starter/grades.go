package starter

import (
	"fmt"
	"slices"
	"strings"

	"surveyd/internal/instrument"
)

// grades are all there are, in order.
var grades = []instrument.Grade{"TK", "K", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}

// ParseGrades reads grades as an author writes them: a span such as 3-5 or K-2, or single grades with commas.
func ParseGrades(s string) ([]instrument.Grade, error) {
	var out []instrument.Grade
	for _, part := range strings.Split(s, ",") {
		from, to, spanned := strings.Cut(strings.ToUpper(strings.TrimSpace(part)), "-")
		if !spanned {
			to = from
		}
		first, last := slices.Index(grades, instrument.Grade(strings.TrimSpace(from))), slices.Index(grades, instrument.Grade(strings.TrimSpace(to)))
		if first < 0 || last < 0 || first > last {
			return nil, fmt.Errorf("%q are no grades: write a span such as 3-5, K-2 or 6-12, or single grades with commas, of TK, K and 1 to 12", part)
		}
		for _, g := range grades[first : last+1] {
			if slices.Contains(out, g) {
				return nil, fmt.Errorf("the grade %s stands twice in %q", g, s)
			}
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b instrument.Grade) int { return rank(a) - rank(b) })
	return out, nil
}

func rank(g instrument.Grade) int {
	r, _ := g.Rank() // of the grades of this package all have one
	return r
}

func joined(list []instrument.Grade) string {
	parts := make([]string, len(list))
	for i, g := range list {
		parts[i] = string(g)
	}
	return strings.Join(parts, ", ")
}

// seconds writes the shortest plausible time for an item: a little more for grades below 6.
func seconds(list []instrument.Grade) string {
	var parts []string
	for _, group := range []struct {
		low     bool
		seconds string
	}{{true, "1.5"}, {false, "1.0"}} {
		in := slices.DeleteFunc(slices.Clone(list), func(g instrument.Grade) bool { return (rank(g) < 6) != group.low })
		switch {
		case len(in) == 1:
			parts = append(parts, fmt.Sprintf(`"%s": %s`, in[0], group.seconds))
		case len(in) > 1:
			parts = append(parts, fmt.Sprintf(`"%s-%s": %s`, in[0], in[len(in)-1], group.seconds))
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}
