package analysis

import (
	"cmp"
	"slices"

	"surveyd/internal/instrument"
)

// The columns that say whom the evidence must cover.
const (
	gradeColumn    = "grade"
	languageColumn = "language"
)

// Coverage is which of the respondents no population behind the instrument is like.
type Coverage struct {
	Status     instrument.EvidenceStatus
	None       bool // the instrument names no population at all
	Known      bool // the file says grade or language
	Uncovered  int  // respondents of a grade and language that no population has
	Of         []Kind
	Unfamiliar int // respondents of a grade that the instrument is not written for
}

// Kind is how many respondents have one grade and one language, either empty where the file does not say it.
type Kind struct {
	Grade, Language string
	N               int
}

func coverage(d *Data) Coverage {
	evidence := d.in.Provenance.Evidence
	c := Coverage{Status: evidence.Status, None: len(evidence.Populations) == 0}
	grades, languages := d.Column(gradeColumn), d.Column(languageColumn)
	c.Known = grades != nil || languages != nil
	if !c.Known {
		return c
	}
	for p := range d.Persons {
		grade, language := "", ""
		if grades != nil && !empty(grades.Of(p)) {
			grade = grades.Of(p)
		}
		if languages != nil && !empty(languages.Of(p)) {
			language = languages.Of(p)
		}
		if grade != "" && len(d.in.Audience.Grades) > 0 && !slices.Contains(d.in.Audience.Grades, instrument.Grade(grade)) {
			c.Unfamiliar++
		}
		if c.None || covered(evidence.Populations, grade, language) {
			continue
		}
		c.Uncovered++
		at := slices.IndexFunc(c.Of, func(k Kind) bool { return k.Grade == grade && k.Language == language })
		if at < 0 {
			at = len(c.Of)
			c.Of = append(c.Of, Kind{Grade: grade, Language: language})
		}
		c.Of[at].N++
	}
	slices.SortStableFunc(c.Of, func(a, b Kind) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Grade+a.Language, b.Grade+b.Language)) })
	return c
}

// covered says whether a population has persons of the grade and the language; one that the file does not say is not held against it,
// and a population that names no grades or languages is of all.
func covered(populations []instrument.Population, grade, language string) bool {
	return slices.ContainsFunc(populations, func(p instrument.Population) bool {
		return (grade == "" || len(p.Grades) == 0 || slices.Contains(p.Grades, instrument.Grade(grade))) &&
			(language == "" || len(p.Languages) == 0 || slices.Contains(p.Languages, instrument.Lang(language)))
	})
}
