package export

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"surveyd/internal/csvfile"
	"surveyd/internal/diag"
	"surveyd/internal/instrument"
)

// HeaderError is a first line from which no file can be scored.
type HeaderError struct{ Message string }

func (e *HeaderError) Error() string { return "line 1: " + e.Message }

// role is what scoring does with a column.
type role struct {
	kind  roleKind
	index int // of the item or page
}

type roleKind uint8

const (
	rolePasses roleKind = iota // is none of scoring's business
	roleItem
	roleGrade
	roleSeconds
	roleOrder
	roleScore // an earlier score, replaced
)

// heading is what the first line says.
type heading struct {
	names []string
	roles []role
	read  []int // columns that scoring reads
	kept  []int // columns that pass through
	crlf  bool
}

func readHeading(in *instrument.Instrument, reader *csvfile.Reader, scores []string, report *ScoreReport) (*heading, error) {
	h := &heading{crlf: reader.CRLF()}
	known := knownColumns(in, scores)
	columns := map[role]int{}
	for i := range reader.Len() {
		name := string(reader.Value(i))
		r := known[name]
		h.names, h.roles = append(h.names, name), append(h.roles, r)
		if r.kind == roleScore {
			continue
		}
		h.kept = append(h.kept, i)
		if r.kind == rolePasses {
			continue
		}
		if first, twice := columns[r]; twice {
			return nil, &HeaderError{fmt.Sprintf("columns %d and %d are both called %q; which one is meant?", first+1, i+1, name)}
		}
		columns[r] = i
		h.read = append(h.read, i)
	}
	if err := h.findItems(in, columns, report); err != nil {
		return nil, err
	}
	// The columns that scoring itself has written are replaced without a word.
	if !slices.Equal(h.names[len(h.kept):], scores) {
		for i, r := range h.roles {
			if r.kind == roleScore {
				report.Replaced = append(report.Replaced, h.names[i])
			}
		}
	}
	return h, nil
}

// knownColumns gives the headings that scoring knows, as they are written. An item's id comes before any other meaning.
func knownColumns(in *instrument.Instrument, scores []string) map[string]role {
	known := map[string]role{"grade": {kind: roleGrade}}
	for i, page := range in.Pages {
		known[secondsPrefix+string(page.ID)] = role{roleSeconds, i}
		if page.Shuffle {
			known[orderPrefix+string(page.ID)] = role{roleOrder, i}
		}
	}
	for _, name := range scores {
		known[csvfile.Defuse(name)] = role{kind: roleScore}
	}
	for i, item := range in.Items {
		known[string(item.ID)] = role{roleItem, i}
	}
	return known
}

// findItems notes the items that have no column. A heading that is an item's id but for its case, spaces or punctuation is
// surely a mistake and an error, as is a file without any item; a column that is simply not there may have been left out on
// purpose.
func (h *heading) findItems(in *instrument.Instrument, columns map[role]int, report *ScoreReport) error {
	var others []string
	for i, r := range h.roles {
		if r.kind == rolePasses {
			others = append(others, h.names[i])
		}
	}
	found := 0
	for i, item := range in.Items {
		if _, ok := columns[role{roleItem, i}]; ok {
			found++
			continue
		}
		id := string(item.ID)
		for _, other := range others {
			if letters(other) == letters(id) {
				return &HeaderError{fmt.Sprintf("no column is called %q, but one is called %q; a heading must be written exactly like its item", id, other)}
			}
		}
		report.Missing = append(report.Missing, item.ID)
		if near, ok := diag.Nearest(id, others); ok {
			if report.Near == nil {
				report.Near = map[instrument.ItemID]string{}
			}
			report.Near[item.ID] = near
		}
	}
	if found > 0 || len(in.Items) == 0 {
		return nil
	}
	message := fmt.Sprintf("no column is called like an item of %s, such as %q", in.ID, in.Items[0].ID)
	if len(h.names) == 1 && strings.ContainsAny(h.names[0], ";\t") {
		message += "; the columns must be separated by commas"
	}
	for _, id := range report.Missing {
		if near, ok := report.Near[id]; ok {
			message += fmt.Sprintf("; did you mean %q where the file says %q?", id, near)
			break
		}
	}
	return &HeaderError{message}
}

// letters is a heading without case, spaces and punctuation.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
