package main

import (
	"errors"
	"fmt"
	"io"

	"surveyd/internal/answerfile"
	"surveyd/internal/csvfile"
	"surveyd/internal/export"
)

// shownInvalid is how many invalid cells, and how many unreadable rows, are listed one by one.
const shownInvalid = 20

// fileTalk says on stderr what is wrong with one file of answers.
type fileTalk struct {
	name               string
	strict             bool // a row that cannot be read ends the work
	stderr             io.Writer
	listed, unreadable int
}

// hearing is how a reader is to be told of.
func (t *fileTalk) hearing() answerfile.Hearing {
	h := answerfile.Hearing{Invalid: t.invalid}
	if !t.strict {
		h.Unreadable = t.leftOut
	}
	return h
}

// failed gives an error that names the place in the file.
func (t *fileTalk) failed(err error) error {
	var syntax *csvfile.SyntaxError
	var header *answerfile.HeaderError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("%s:%d: %s", t.name, syntax.Line, syntax.Message)
	case errors.As(err, &header):
		return fmt.Errorf("%s:%d: %s", t.name, max(1, header.Line), header.Message)
	}
	return fmt.Errorf("%s: %w", t.name, err)
}

func (t *fileTalk) invalid(cell answerfile.InvalidCell) error {
	if t.listed++; t.listed <= shownInvalid {
		hint := ""
		if cell.Unjoined {
			hint = " (join several codes by ;)"
		}
		fmt.Fprintf(t.stderr, "%s:%d:%d: column %s: %s is no answer to this item%s; it counts as missing\n", t.name, cell.Line, cell.Number, cell.Column, shown(cell.Value), hint)
	}
	return nil
}

func (t *fileTalk) leftOut(fault *csvfile.SyntaxError) error {
	if t.unreadable++; t.unreadable <= shownInvalid {
		fmt.Fprintf(t.stderr, "%s:%d: %s; the row is left out\n", t.name, fault.Line, fault.Message)
	}
	return nil
}

// explain says what the report holds that a user may not expect.
func (t *fileTalk) explain(report answerfile.Report) {
	switch report.Separator {
	case ',':
	case ';':
		fmt.Fprintf(t.stderr, "%s: read with semicolons between the fields; 2,5 is two and a half\n", t.name)
	case '\t':
		fmt.Fprintf(t.stderr, "%s: read with tabs between the fields; 2,5 is two and a half\n", t.name)
	default:
		fmt.Fprintf(t.stderr, "%s: read with %q between the fields; 2,5 is two and a half\n", t.name, string(report.Separator))
	}
	if more := report.Invalid - shownInvalid; more > 0 {
		fmt.Fprintf(t.stderr, "%s: and %d more; %d invalid cells in all\n", t.name, more, report.Invalid)
	}
	if more := report.Unreadable - shownInvalid; more > 0 {
		fmt.Fprintf(t.stderr, "%s: and %d more; %d rows in all are left out\n", t.name, more, report.Unreadable)
	}
	for i, id := range report.Missing {
		advice := report.Advice[i]
		if advice != "" {
			advice = " (" + advice + ")"
		}
		fmt.Fprintf(t.stderr, "%s:1: warning: no column is called %q%s; no score rests on it\n", t.name, id, advice)
	}
	for _, lacking := range report.Lacking {
		near := ""
		if lacking.Near != "" {
			near = fmt.Sprintf(" (the file has %q; head it %s)", lacking.Near, lacking.Attribute)
		}
		fmt.Fprintf(t.stderr, "%s:1: warning: no column is called %q%s; norm groups are chosen by it, and who is in no group gets no T score, percentile rank, stanine or NCE\n", t.name, lacking.Attribute, near)
	}
	for _, name := range report.Replaced {
		fmt.Fprintf(t.stderr, "%s:1: warning: the column %q is replaced by the score that is computed now\n", t.name, name)
	}
	t.unread(report.Grades, "no grade (TK, K, 1 to 12)", "neither norms nor too_fast are judged")
	t.unread(report.Seconds, "no time in seconds", "the page counts as not timed")
	t.unread(report.Orders, "no order of the page's items", "the file's order is taken")
	t.unread(report.NotUTF8, "not UTF-8", "such cells are read as Windows-1252")
}

// noNormGroup says how many are compared with nobody.
func (t *fileTalk) noNormGroup(scored export.Scored) {
	if scored.NoNormGroup > 0 {
		fmt.Fprintf(t.stderr, "%s: no norm group fits %d of %s on some scale (no_norm_group); their _t, _pr, _stanine and _nce are empty there\n", t.name, scored.NoNormGroup, plural(scored.Rows, "person"))
	}
}

func (t *fileTalk) unread(u answerfile.Unread, what, then string) {
	if u.N > 0 {
		fmt.Fprintf(t.stderr, "%s:%d:%d: warning: column %s: %s is %s; %s (%d such cells)\n", t.name, u.First.Line, u.First.Number, u.First.Column, shown(u.First.Value), what, then, u.N)
	}
}

// shown quotes a cell for one line of a terminal.
func shown(cell string) string {
	if runes := []rune(cell); len(runes) > 40 {
		cell = string(runes[:40]) + "…"
	}
	return fmt.Sprintf("%q", cell)
}
