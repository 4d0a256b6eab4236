package answerfile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"surveyd/internal/condition"
	"surveyd/internal/csvfile"
	"surveyd/internal/diag"
	"surveyd/internal/instrument"
)

// HeaderError is a heading with which no file can be scored.
type HeaderError struct {
	Line    int // of the heading; 0 when the file is empty
	Message string
}

func (e *HeaderError) Error() string { return fmt.Sprintf("line %d: %s", max(1, e.Line), e.Message) }

// The prefixes of columns that speak of a page.
const (
	SecondsPrefix = "seconds_"
	OrderPrefix   = "order_"
)

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
	roleLanguage
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
	line  int
}

func readHeading(in *instrument.Instrument, reader *csvfile.Reader, scores []string, report *Report) (*heading, error) {
	h := &heading{crlf: reader.CRLF(), line: reader.Line()}
	known := knownColumns(in, scores)
	columns := map[role]int{}
	for i := range reader.Len() {
		name, ok := csvfile.Text(reader.Value(i))
		if !ok {
			if report.NotUTF8.N == 0 {
				report.NotUTF8.First = InvalidCell{Line: reader.Line(), Number: i + 1, Column: name, Value: name}
			}
			report.NotUTF8.N++
		}
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
			return nil, &HeaderError{reader.Line(), fmt.Sprintf("columns %d and %d are both called %q; which one is meant?", first+1, i+1, name)}
		}
		columns[r] = i
		h.read = append(h.read, i)
	}
	if message := h.findItems(in, columns, report); message != "" {
		return nil, &HeaderError{reader.Line(), message}
	}
	report.Lacking = h.lackingForNorms(in)
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

// abroad is what the columns of norm groups are called in files that were not made in English.
var abroad = map[string][]string{"grade": {"grado", "curso"}, "language": {"idioma", "lengua", "lang"}}

// lackingForNorms finds what norm groups are chosen by and no column says.
func (h *heading) lackingForNorms(in *instrument.Instrument) []Lacking {
	var out []Lacking
	for _, attribute := range normAttributes(in) {
		if slices.Contains(h.names, attribute) {
			continue
		}
		var others []string
		for i, r := range h.roles {
			if r.kind == rolePasses {
				others = append(others, h.names[i])
			}
		}
		near := nearHeading(attribute, others)
		for _, other := range others {
			if near == "" && slices.Contains(abroad[attribute], letters(other)) {
				near = other
			}
		}
		out = append(out, Lacking{Attribute: attribute, Near: near})
	}
	return out
}

// normAttributes are what the norm groups of all scales are chosen by, each once.
func normAttributes(in *instrument.Instrument) []string {
	var out []string
	for _, scale := range in.Scales {
		if scale.Norms == nil {
			continue
		}
		for _, group := range scale.Norms.Groups {
			for _, c := range group.When {
				if !slices.Contains(out, c.Attribute) {
					out = append(out, c.Attribute)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// knownColumns gives the headings that scoring knows, as they are written. An item's id comes before any other meaning.
func knownColumns(in *instrument.Instrument, scores []string) map[string]role {
	known := map[string]role{"grade": {kind: roleGrade}}
	if hasNorms(in) {
		known["language"] = role{kind: roleLanguage}
	}
	for i, page := range in.Pages {
		known[SecondsPrefix+string(page.ID)] = role{roleSeconds, i}
		if page.Shuffle {
			known[OrderPrefix+string(page.ID)] = role{roleOrder, i}
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

func hasNorms(in *instrument.Instrument) bool {
	return slices.ContainsFunc(in.Scales, func(scale *instrument.Scale) bool { return scale.Norms != nil })
}

// findItems makes sure that every item that a score rests on has a column: one that is missing would silently make other
// scores of the same answers; the message then names them. An item that no score rests on, such as a free text left out for privacy,
// is noted.
func (h *heading) findItems(in *instrument.Instrument, columns map[role]int, report *Report) (message string) {
	var others []string
	for i, r := range h.roles {
		if r.kind == rolePasses {
			others = append(others, h.names[i])
		}
	}
	needed := scoredItems(in)
	var lacking []string
	for i, item := range in.Items {
		if _, ok := columns[role{roleItem, i}]; ok {
			continue
		}
		id := string(item.ID)
		if split := splitHeading(item, others); split != "" {
			if needed[item.ID] {
				lacking = append(lacking, strconv.Quote(id)+" ("+splitAdvice(id, split)+")")
				continue
			}
			report.Missing, report.Advice = append(report.Missing, item.ID), append(report.Advice, splitAdvice(id, split))
			continue
		}
		near := nearHeading(id, others)
		if !needed[item.ID] && letters(near) != letters(id) {
			report.Missing, report.Advice = append(report.Missing, item.ID), append(report.Advice, "")
			continue
		}
		if near != "" {
			near = fmt.Sprintf(" (the file has %q)", near)
		}
		lacking = append(lacking, strconv.Quote(id)+near)
	}
	switch {
	case lacking == nil:
		return ""
	case len(lacking) > 1 && h.isLong():
		return "this file has a line for each answer (columns item, state, value); scoring reads a line for each person, as the wide export has them"
	}
	return "no column is called " + strings.Join(lacking, ", ") + "; every item of a scale needs a column, headed exactly like the item"
}

// splitHeading finds the first of the columns that REDCap (clubs___1) and Kobo (clubs/chess) write for the options of one item.
func splitHeading(item *instrument.Item, headings []string) string {
	if item.Kind != instrument.Multiple {
		return ""
	}
	for _, heading := range headings {
		for _, between := range []string{"___", "/"} {
			at := strings.LastIndex(heading, between)
			if at < 0 {
				continue
			}
			id, code := heading[:at], heading[at+len(between):]
			id = id[strings.LastIndexByte(id, '/')+1:] // Kobo puts the groups before it
			if strings.EqualFold(id, string(item.ID)) && slices.ContainsFunc(item.Responses.Options, func(o instrument.Option) bool { return strings.EqualFold(string(o.Code), code) }) {
				return heading
			}
		}
	}
	return ""
}

func splitAdvice(id, heading string) string {
	return fmt.Sprintf("the file has a column for each option, such as %q: make one column %s of them, which holds the codes joined by ;", heading, id)
}

// isLong says whether the columns are those of a long export.
func (h *heading) isLong() bool {
	for _, name := range []string{"item", "state", "value"} {
		if !slices.Contains(h.names, name) {
			return false
		}
	}
	return true
}

// scoredItems are the items that a score or a flag rests on: those of scales, those that conditions speak of, and those
// whose answer is known.
func scoredItems(in *instrument.Instrument) map[instrument.ItemID]bool {
	needed := map[instrument.ItemID]bool{}
	for _, scale := range in.Scales {
		for _, key := range scale.Items {
			needed[key.Item.ID] = true
		}
	}
	for _, item := range in.Items {
		if item.ShowIf != nil {
			for _, id := range condition.Items(item.ShowIf) {
				needed[instrument.ItemID(id)] = true
			}
		}
	}
	for _, check := range in.Quality.Attention {
		needed[check.Item.ID] = true
	}
	return needed
}

// nearHeading finds the heading that was probably meant: the same but for case, accents, spaces and punctuation, or a few letters
// away.
func nearHeading(id string, headings []string) string {
	for _, other := range headings {
		if letters(other) == letters(id) {
			return other
		}
	}
	near, _ := diag.Nearest(id, headings)
	return near
}

// letters is a heading without case, accents, spaces and punctuation.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFD.String(s)) // which parts letters from their accents
}
