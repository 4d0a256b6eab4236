// Package export writes what was answered as files that other programs read, and adds scores to files that were answered
// elsewhere. It refuses to know where answers are stored and who may see them: it is handed plain rows, de-identified
// already, and writes them one after the other in memory that does not grow.
package export

import (
	"fmt"
	"io"
	"strings"

	"surveyd/internal/answer"
	"surveyd/internal/csvfile"
)

// Status is how far a person has come, as exports say it.
type Status string

// The statuses of a row. Partial is also what a response that is still in progress is: its row holds what is there now.
const (
	Submitted  Status = "submitted"
	Partial    Status = "partial"
	Declined   Status = "declined"
	NotStarted Status = "not_started"
)

// Row is one person in one administration.
type Row struct {
	Pseudonym      string
	Administration string
	Wave           string
	Instrument     string
	Version        string
	Status         Status
	Language       string
	Site           string
	Group          string
	Grade          string
	Attributes     []string   // in the order of Options.Attributes; a short slice leaves the rest empty
	Seconds        []float64  // by position of the page; NaN or a short slice where unknown
	Order          [][]int    // item indexes as presented, by position of the page; nil where unknown
	Answers        answer.Set // nil when there are none
}

// Options is what a file should look like.
type Options struct {
	BOM        bool     // begin with a byte order mark: Excel takes a file without one for another encoding
	Attributes []string // names of the roster's further columns; each becomes attribute_NAME
}

// identity is the columns that say whose row it is.
var identity = []string{
	"pseudonym", "administration", "wave", "instrument", "version", "status", "language", "site", "group", "grade",
}

// sheet writes lines of CSV.
type sheet struct {
	w    io.Writer
	line []byte
}

func (s *sheet) header(names []string, bom bool) error {
	seen := make(map[string]bool, len(names))
	for _, name := range names {
		if folded := strings.ToLower(name); seen[folded] {
			return fmt.Errorf("export: two columns would be called %q", name)
		} else {
			seen[folded] = true
		}
	}
	s.line = s.line[:0]
	if bom {
		s.line = append(s.line, csvfile.BOM...)
	}
	for i, name := range names {
		if i > 0 {
			s.line = append(s.line, ',')
		}
		s.line = csvfile.AppendField(s.line, csvfile.Defuse(name))
	}
	return s.end()
}

func (s *sheet) end() error {
	s.line = append(s.line, '\n')
	if _, err := s.w.Write(s.line); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// text adds a field that somebody typed.
func (s *sheet) text(value string) { s.line = csvfile.AppendField(s.line, csvfile.Defuse(value)) }

func (s *sheet) comma() { s.line = append(s.line, ',') }

func (s *sheet) identity(row *Row, attributes int) error {
	switch row.Status {
	case Submitted, Partial, Declined, NotStarted:
	default:
		return fmt.Errorf("export: %s: unknown status %q", row.Pseudonym, row.Status)
	}
	for i, value := range [...]string{
		row.Pseudonym, row.Administration, row.Wave, row.Instrument, row.Version, string(row.Status), row.Language,
		row.Site, row.Group, row.Grade,
	} {
		if i > 0 {
			s.comma()
		}
		s.text(value)
	}
	for i := range attributes {
		s.comma()
		if i < len(row.Attributes) {
			s.text(row.Attributes[i])
		}
	}
	return nil
}

func attributeColumns(names []string) []string {
	columns := make([]string, len(names))
	for i, name := range names {
		columns[i] = "attribute_" + name
	}
	return columns
}
