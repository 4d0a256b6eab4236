package instrument

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/condition"
	"surveyd/internal/diag"
)

var (
	namePattern       = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,31}$`)
	instrumentPattern = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)
	languagePattern   = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$`)
	illegalInName     = regexp.MustCompile(`[^A-Za-z0-9_]+`)
)

// maxScaleID leaves room for the longest derived name, S_favorable, within Stata's 32 characters.
const maxScaleID = 22

// reserved words, in lower case, and whose they are. They are refused in any case, since ids are unique without
// regard to case.
var reserved = map[string]string{
	"if": "R and Stata", "else": "R", "repeat": "R", "while": "R", "function": "R", "for": "R", "next": "R", "break": "R",
	"true": "R", "false": "R", "null": "R", "inf": "R", "nan": "R", "na": "R", "na_integer_": "R", "na_real_": "R",
	"na_character_": "R", "na_complex_": "R", "in": "R and Stata",
	"all": "SPSS", "and": "SPSS", "by": "SPSS", "eq": "SPSS", "ge": "SPSS", "gt": "SPSS", "le": "SPSS", "lt": "SPSS", "ne": "SPSS",
	"not": "SPSS", "or": "SPSS", "to": "SPSS", "with": "SPSS and Stata",
	"byte": "Stata", "double": "Stata", "float": "Stata", "int": "Stata", "long": "Stata", "strl": "Stata", "using": "Stata",
}

var stataString = regexp.MustCompile(`^(?i)str[0-9]+$`)

// exportColumns are the columns that stand beside the items in a wide export.
var exportColumns = []string{
	"pseudonym", "administration", "wave", "instrument", "version", "status", "language", "site", "group", "grade", "quality_flags", "student_id",
}

// name reads the id of an item, scale, page or response set.
func (l *loader) name(n *yaml.Node, what string) (string, bool) {
	s, ok := l.word(n, what)
	if !ok {
		return s, s != ""
	}
	if !namePattern.MatchString(s) {
		l.illegalName(n, what, s)
		return s, s != ""
	}
	return s, true
}

func (l *loader) illegalName(n *yaml.Node, what, s string) {
	why := "an id begins with a letter and goes on with letters, digits or _, at most 32, so that R, SPSS and Stata take it as it stands"
	if fixed := strings.Trim(illegalInName.ReplaceAllString(s, "_"), "_"); namePattern.MatchString(fixed) {
		why = fmt.Sprintf("%q would do: %s", fixed, why)
	}
	l.errAt(n, "illegal-id", fmt.Sprintf("%s is %q", what, s), why)
}

// formFields are what the form of a survey calls its own fields, beside those of the items.
var formFields = []string{"action", "confirmed", "lang"}

// columnName checks that an item's or scale's id can be the name of a variable.
func (l *loader) columnName(n *yaml.Node, what, id string) {
	if taken, instead := ReservedName(id); taken != "" {
		l.errAt(n, "reserved-word", fmt.Sprintf("%s is %q, %s", what, id, taken), fmt.Sprintf("rename it, to %s for instance", instead))
	}
}

// ReservedName says what already has an id that an item or scale cannot take, and an id that would do instead; both are
// empty when the id is free.
func ReservedName(id string) (taken, instead string) {
	low := strings.ToLower(id)
	switch {
	case reserved[low] != "":
		return "a reserved word of " + reserved[low], id + "_1"
	case stataString.MatchString(id):
		return "a reserved word of Stata", id + "_1"
	case slices.Contains(condition.Keywords(), low):
		return "a word of conditions", id + "_1"
	case slices.Contains(formFields, low):
		return "a field of the survey's own form", "my_" + low
	case slices.Contains(exportColumns, low), strings.HasPrefix(low, "seconds_"), strings.HasPrefix(low, "order_"), strings.HasPrefix(low, "attribute_"):
		return "which is a column of exports already", "my_" + low
	}
	return "", ""
}

// names keeps the ids of one kind and finds doubles without regard to case.
type names struct {
	what   string
	double bool                  // an id stands twice
	lost   bool                  // the list of what has these ids is missing or could not be read, so that none is unknown
	first  map[string]*yaml.Node // by lower-case id
	listed []string
}

func newNames(what string) *names { return &names{what: what, first: map[string]*yaml.Node{}} }

// add reports a double at its second place.
func (s *names) add(l *loader, n *yaml.Node, id string) bool {
	low := strings.ToLower(id)
	if first, ok := s.first[low]; ok {
		l.errAt(n, "doubled-id", fmt.Sprintf("the %s %q stands twice, first in line %d", s.what, id, first.Line),
			s.doubledHint(first.Value, id))
		s.double = true
		return false
	}
	s.first[low] = n
	s.listed = append(s.listed, id)
	return true
}

func (s *names) doubledHint(first, second string) string {
	switch {
	case s.what == "language" || s.what == "grade" || s.what == "protected topic":
		return "keep one"
	case first != second:
		return fmt.Sprintf("%q and %q are one name to SPSS and to many spreadsheets; rename one", first, second)
	default:
		return "rename one; an id must mean one thing"
	}
}

// unknown reports an id that nothing has.
func (s *names) unknown(l *loader, n *yaml.Node, id string) {
	if s.lost {
		return
	}
	if l.full() {
		l.errAt(n, "unknown-id", "", "") // counted
		return
	}
	otherwise := fmt.Sprintf("define it first, or name one of %s", strings.Join(s.some(), ", "))
	if len(s.listed) == 0 {
		otherwise = "define it first"
	}
	l.errAt(n, "unknown-id", fmt.Sprintf("there is no %s %q", s.what, id), diag.DidYouMean(id, s.listed, otherwise))
}

func (s *names) some() []string {
	if len(s.listed) > 6 {
		return append(slices.Clone(s.listed[:6]), "...")
	}
	return s.listed
}
