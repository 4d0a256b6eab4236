package analysis

import (
	"slices"

	"surveyd/internal/psychometrics"
)

// profilesOf gives each item's profile over the complete cases: persons in thirds by their total, both groups cut at the same totals.
func profilesOf(s psychometrics.Sample, focal []bool) []Profile {
	profiles := make([]Profile, s.Items())
	var group []bool
	for p, f := range focal {
		if answeredAll(s, p) {
			group = append(group, f)
		}
	}
	complete := s.Complete()
	n := complete.Persons()
	if n == 0 {
		return profiles
	}
	totals := make([]float64, n)
	for _, column := range complete.Columns {
		for p, x := range column {
			totals[p] += x
		}
	}
	sorted := slices.Clone(totals)
	slices.Sort(sorted)
	low, high := sorted[(n-1)/3], sorted[(2*n-1)/3]
	for i, column := range complete.Columns {
		var parts [2][3][]float64
		for p, x := range column {
			third, which := 0, 0
			if totals[p] > low {
				third = 1
			}
			if totals[p] > high {
				third = 2
			}
			if group[p] {
				which = 1
			}
			parts[which][third] = append(parts[which][third], x)
		}
		for third := range 3 {
			profiles[i].Reference[third] = psychometrics.Describe(parts[0][third])
			profiles[i].Focal[third] = psychometrics.Describe(parts[1][third])
		}
	}
	return profiles
}
