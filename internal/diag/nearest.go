package diag

import (
	"strings"
	"unicode/utf8"
)

// maxCandidates is among how many the nearest is looked for: a file with thousands of wrong names is compared with thousands.
const maxCandidates = 1000

// Nearest finds the candidate that name was probably meant to be: the one with the fewest edits (an insertion, a
// deletion, a substitution or two neighbours swapped), at most a third of its length. ok is false when none is near.
// Of equally near candidates the first wins.
func Nearest(name string, candidates []string) (nearest string, ok bool) {
	best := max(1, utf8.RuneCountInString(name)/3) + 1
	folded := []rune(strings.ToLower(name))
	for _, c := range candidates[:min(len(candidates), maxCandidates)] {
		if c == name || utf8.RuneCountInString(c) >= len(folded)+best || len(folded) >= utf8.RuneCountInString(c)+best {
			continue
		}
		if d := distance(folded, []rune(strings.ToLower(c))); d < best {
			best, nearest, ok = d, c, true
		}
	}
	// A name of one or two letters is near everything of its length, so only a difference in case counts.
	if ok && len(folded) <= 2 && best > 0 {
		return "", false
	}
	return nearest, ok
}

// DidYouMean writes the end of a hint, `did you mean "x"?`, or otherwise when nothing is near.
func DidYouMean(name string, candidates []string, otherwise string) string {
	if near, ok := Nearest(name, candidates); ok {
		return `did you mean "` + near + `"?`
	}
	return otherwise
}

// distance is the optimal string alignment distance between a and b.
func distance(a, b []rune) int {
	const tooLong = 64 // names are short; this keeps a hostile file from costing time
	if len(a) > tooLong || len(b) > tooLong {
		return tooLong
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
