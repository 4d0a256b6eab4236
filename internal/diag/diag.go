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
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Length int    `json:"length"`
}

// Diagnostic is one thing that an author should know.
type Diagnostic struct {
	Span
	Severity Severity `json:"severity"`
	Code     string   `json:"code"`    // stable, e.g. "unknown-key"
	Message  string   `json:"message"` // what is wrong
	Hint     string   `json:"hint"`    // what would be right; may be empty
}
