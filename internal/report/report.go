// Package report shows what package analysis has found: as JSON for programs, as text for a terminal, and as one HTML page that can be
// printed. It refuses to compute statistics and to read files.
package report
