package answerfile

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"surveyd/internal/csvfile"
)

// shownHeadings is how many headings an error lists.
const shownHeadings = 12

// Column finds a column by its heading, which may be written with its accents as letters of their own. A *HeaderError names near
// misses, or what there is.
func (r *Reader) Column(name string) (int, error) {
	wanted, at := norm.NFC.String(name), -1
	for i, heading := range r.heading.names {
		if norm.NFC.String(heading) != wanted {
			continue
		}
		if at >= 0 {
			return 0, &HeaderError{r.heading.line, fmt.Sprintf("columns %d and %d are both called %q; which one is meant?", at+1, i+1, name)}
		}
		at = i
	}
	if at >= 0 {
		return at, nil
	}
	message := fmt.Sprintf("no column is called %q", name)
	if near := nearHeading(name, r.heading.names); near != "" {
		return 0, &HeaderError{r.heading.line, message + fmt.Sprintf(" (the file has %q)", near)}
	}
	quoted := make([]string, 0, shownHeadings)
	for _, heading := range r.heading.names {
		if strings.TrimSpace(heading) != "" && len(quoted) < shownHeadings {
			quoted = append(quoted, strconv.Quote(heading))
		}
	}
	more := ""
	if n := len(r.heading.names) - len(quoted); n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	return 0, &HeaderError{r.heading.line, message + "; the file has " + strings.Join(quoted, ", ") + more}
}

// Value is what a column of the row says, without spaces around it and without what makes a formula harmless.
func (r *Reader) Value(column int) string {
	value := r.csv.Value(column)
	text, ok := csvfile.Text(value)
	if !ok {
		r.note(&r.report.NotUTF8, column, value)
	}
	return norm.NFC.String(strings.TrimSpace(csvfile.Undefuse(text)))
}
