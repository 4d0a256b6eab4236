package interchange

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"surveyd/internal/instrument"
)

// The lengths of names in an instrument file.
const (
	maxName         = 32
	maxInstrumentID = 64
)

var (
	legalName       = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,31}$`)
	notInName       = regexp.MustCompile(`[^A-Za-z0-9_]+`)
	notInCode       = regexp.MustCompile(`[^A-Za-z0-9_-]+`)
	notInInstrument = regexp.MustCompile(`[^a-z0-9]+`)
	wholeNumber     = regexp.MustCompile(`^[+-]?[0-9]{1,9}(\.0*)?$`)
)

// namer gives out names that are legal, free, and as near as can be to those of the form.
type namer struct {
	taken    map[string]bool // in lower case
	fallback string          // what a name begins with that has no letter of its own
	columns  bool            // the names are columns of exports, so that reserved words are none
}

func newNamer(fallback string, columns bool) *namer {
	return &namer{taken: map[string]bool{}, fallback: fallback, columns: columns}
}

func (n *namer) free(name string) bool {
	if n.taken[strings.ToLower(name)] || !legalName.MatchString(name) {
		return false
	}
	taken, _ := instrument.ReservedName(name)
	return !n.columns || taken == ""
}

// name gives the name itself when it can be had.
func (n *namer) name(wanted string) string {
	name := strings.Trim(notInName.ReplaceAllString(plainLetters(wanted), "_"), "_")
	if name == "" || !isLetter(name[0]) {
		name = strings.Trim(n.fallback+"_"+name, "_")
	}
	name = name[:min(len(name), maxName)]
	if !n.free(name) && n.columns {
		if _, instead := instrument.ReservedName(name); instead != "" {
			name = instead[:min(len(instead), maxName)]
		}
	}
	for i := 2; !n.free(name); i++ {
		suffix := "_" + strconv.Itoa(i)
		base := strings.TrimRight(name, "0123456789")
		base = strings.TrimSuffix(base, "_")
		name = base[:min(len(base), maxName-len(suffix))] + suffix
	}
	n.taken[strings.ToLower(name)] = true
	return name
}

// instrumentID makes an instrument's id of a form's; empty when nothing of it would do.
func instrumentID(wanted string) string {
	id := strings.Trim(notInInstrument.ReplaceAllString(strings.ToLower(plainLetters(wanted)), "-"), "-")
	if id != "" && (id[0] < 'a' || id[0] > 'z') {
		id = "form-" + id
	}
	return strings.Trim(id[:min(len(id), maxInstrumentID)], "-")
}

// plainLetters writes the accented letters of Spanish, French and their neighbors without accents.
func plainLetters(s string) string { return accents.Replace(s) }

var accents = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "é", "e", "è", "e", "ê", "e", "ë", "e", "í", "i", "ì", "i", "î", "i", "ï", "i",
	"ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o", "ú", "u", "ù", "u", "û", "u", "ü", "u", "ñ", "n", "ç", "c", "ß", "ss",
	"Á", "A", "É", "E", "Í", "I", "Ó", "O", "Ú", "U", "Ü", "U", "Ñ", "N")

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// integerCode reads a choice's name as a code that is a whole number; spreadsheets write 1 as 1.0 at times.
func integerCode(raw string) (string, bool) {
	if !wholeNumber.MatchString(raw) {
		return "", false
	}
	whole, _, _ := strings.Cut(raw, ".")
	v, err := strconv.Atoi(whole)
	if err != nil {
		return "", false
	}
	return strconv.Itoa(v), true
}

// isState says whether a code says in a labelled export that there is no answer.
func isState(code string) bool {
	v, err := strconv.Atoi(code)
	return err == nil && v >= -94 && v <= -91
}

// nameItems gives every question of the file its id, and tells what was renamed.
func (f *form) nameItems() {
	n := newNamer("q", true)
	for _, q := range f.kept() {
		if n.free(q.name) { // what needs no change keeps its name, whatever stands before it
			q.id = q.name
			n.taken[strings.ToLower(q.name)] = true
		}
	}
	for _, q := range f.kept() {
		if q.id != "" {
			continue
		}
		why := "an id has at most 32 letters, digits and _, begins with a letter and stands once"
		if taken, _ := instrument.ReservedName(q.name); taken != "" {
			why = fmt.Sprintf("%q is %s", q.name, taken)
		}
		q.id = n.name(q.name)
		f.add(q.at, "", fmt.Sprintf("%q is called %s here, in conditions too", q.name, q.id), why)
	}
}

// nameSets gives every set of the file its id and its codes.
func (f *form) nameSets() {
	n := newNamer("list", false)
	for _, s := range f.usedSets() {
		s.id = n.name(s.name)
		if s.id != s.name {
			f.add(s.at, "", fmt.Sprintf("the list %q is called %s here", s.name, s.id), "")
		}
		f.codes(s)
	}
}

func (f *form) namePages() {
	n := newNamer("p", false)
	for i, p := range f.pages {
		if p.name == "" {
			p.name = fmt.Sprintf("p%d", i+1)
		}
		p.id = n.name(p.name)
	}
}
