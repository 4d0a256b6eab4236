// Package conformance holds the numbers of packages scoring and psychometrics against those of R, statistic by statistic, and keeps
// the table in docs/scoring.md that says how far they are apart. It has tests only. It refuses to know how a number is computed: it
// sees what those packages export.
package conformance
