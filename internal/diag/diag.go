// Package diag is what an author is told about a file: where, what is wrong, and what would be right. It knows
// positions and how to print them; it refuses to know what the file means.
package diag

// Severity says whether a diagnostic stops the file from being used.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Span is a place in a file: Line and Column count from 1, Column in characters; Length is in characters, at least 1.
type Span struct {
	File   string
	Line   int
	Column int
	Length int
}

// Diagnostic is one thing that an author should know.
type Diagnostic struct {
	Span
	Severity Severity
	Code     string // stable, e.g. "unknown-key"
	Message  string // what is wrong
	Hint     string // what would be right; may be empty
}
