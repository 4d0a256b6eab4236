// Package starter writes the first file of a new instrument: one that passes every check, and says of every key why it is there.
// It refuses to know where the file goes, and invents no words in languages that it does not have.
package starter

import (
	"bytes"
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"text/template"
	"time"

	"surveyd/internal/instrument"
	"surveyd/internal/layout"
)

// Wish is what the author wants to begin with.
type Wish struct {
	ID        instrument.ID
	Languages []instrument.Lang  // the first is the source language; none means English and Spanish
	Grades    []instrument.Grade // none, and no adults, means grades 4 to 8
	Adults    string             // "family" or "staff"
	Date      time.Time          // when the translation is made
}

//go:embed starter.txt
var source string

// Inside of the file double braces are placeholders of texts.
var starterTemplate = template.Must(template.New("starter").Delims("<<", ">>").Funcs(template.FuncMap{
	"text": func(string) string { return "" }, "paragraphs": func(string) string { return "" },
}).Parse(source))

// Make writes the file. Errors: a wish that cannot be met, in words for the author.
func Make(w Wish) ([]byte, error) {
	if err := w.complete(); err != nil {
		return nil, err
	}
	draft, err := w.fill("")
	if err != nil {
		return nil, err
	}
	if len(w.Languages) > 1 { // the translation is made from the texts as they stand
		digest, ok := instrument.SourceDigest(draft)
		if !ok {
			return nil, fmt.Errorf("the starter file of %s has no digest of its texts", w.ID)
		}
		if draft, err = w.fill(digest); err != nil {
			return nil, err
		}
	}
	out, problems, err := layout.Format(string(w.ID), draft)
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return nil, fmt.Errorf("the starter file of %s cannot be laid out: %s", w.ID, problems[0])
	}
	return out.Text, nil
}

func (w *Wish) complete() error {
	if err := CheckID(string(w.ID)); err != nil {
		return err
	}
	if len(w.Languages) == 0 {
		w.Languages = []instrument.Lang{"en", "es"}
	}
	for i, lang := range w.Languages {
		if !slices.Contains(known, lang) {
			return fmt.Errorf("there are no starter texts in %s; begin with en, es or both, and add %s to languages: surveyd check then lists each text that lacks it", lang, lang)
		}
		if slices.Contains(w.Languages[:i], lang) {
			return fmt.Errorf("the language %s stands twice", lang)
		}
	}
	switch {
	case w.Adults != "" && len(w.Grades) > 0:
		return fmt.Errorf("an instrument is for grades or for adults; write one for each")
	case w.Adults != "" && w.Adults != "family" && w.Adults != "staff":
		return fmt.Errorf("adults are family or staff, not %q", w.Adults)
	case w.Adults == "" && len(w.Grades) == 0:
		w.Grades = []instrument.Grade{"4", "5", "6", "7", "8"}
	}
	return nil
}

var (
	idPattern = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)
	notInID   = regexp.MustCompile(`[^a-z0-9]+`)
)

// maxID is the longest id of an instrument, in characters.
const maxID = 64

// CheckID says what is wrong with an id for an instrument, and what would do.
func CheckID(id string) error {
	if idPattern.MatchString(id) && len(id) <= maxID {
		return nil
	}
	would := strings.Trim(notInID.ReplaceAllString(strings.ToLower(id), "-"), "-")
	would = strings.TrimLeft(would, "0123456789-")
	would = strings.TrimRight(would[:min(len(would), maxID)], "-")
	rule := "an id begins with a small letter and goes on with small letters, digits or hyphens, at most 64, as in math-identity"
	if would == "" {
		return fmt.Errorf("%q is no id for an instrument: %s", id, rule)
	}
	return fmt.Errorf("%q is no id for an instrument, %s would do: %s", id, would, rule)
}

// view is what the template shows.
type view struct {
	ID, Item, Audience, Who, Seconds, Date, Source string
	Level                                          int
	Languages                                      []instrument.Lang
	Young                                          bool // some of the grades are below those that reading formulas speak of
	Others                                         []instrument.Lang
	Names                                          map[instrument.Lang]string
}

func (w *Wish) fill(digest string) ([]byte, error) {
	v := view{
		ID: string(w.ID), Item: itemPrefix(string(w.ID)), Date: w.Date.Format(time.DateOnly), Source: digest,
		Languages: w.Languages, Others: w.Languages[1:], Names: languageNames,
	}
	texts := studentTexts
	switch w.Adults {
	case "family":
		texts = familyTexts
	case "staff":
		texts = staffTexts
	}
	if w.Adults != "" {
		v.Audience, v.Who, v.Level = "adults: "+w.Adults, w.Adults, adultLevel
	} else {
		v.Audience, v.Who = "grades: ["+joined(w.Grades)+"]", "students"
		lowest := rank(w.Grades[0])
		for _, g := range w.Grades {
			lowest = min(lowest, rank(g))
		}
		v.Level, v.Young, v.Seconds = max(lowest, youngestLevel), lowest < youngestLevel, seconds(w.Grades)
	}
	t, err := starterTemplate.Clone()
	if err != nil {
		return nil, fmt.Errorf("starter file: %w", err)
	}
	t.Funcs(template.FuncMap{
		"text":       func(name string) (string, error) { return texts.inline(name, w.Languages) },
		"paragraphs": func(name string) (string, error) { return texts.block(name, w.Languages) },
	})
	var out bytes.Buffer
	if err := t.Execute(&out, v); err != nil {
		return nil, fmt.Errorf("starter file: %w", err)
	}
	return out.Bytes(), nil
}

// The reading levels of the texts: no formula says anything of grades below 3, and plain language for adults is that of grade 8.
const (
	youngestLevel = 3
	adultLevel    = 8
)

// itemPrefix makes the beginning of item ids from the id of an instrument: they are columns of a table, where q1 would be anybody's.
func itemPrefix(id string) string {
	var initials string
	parts := strings.FieldsFunc(id, func(r rune) bool { return r == '-' })
	for _, part := range parts {
		initials += part[:1]
	}
	if len(parts) == 1 {
		initials = parts[0][:min(len(parts[0]), 4)]
	}
	initials = initials[:min(len(initials), 6)]
	if last := initials[len(initials)-1]; last >= '0' && last <= '9' || initials == "str" { // str1 is a reserved word of Stata
		initials += "_"
	}
	return initials
}
