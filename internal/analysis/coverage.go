package analysis

import (
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
	Grades     []string
	Languages  []string
	Unfamiliar int // respondents of a grade that the instrument is not written for
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
		if !slices.Contains(c.Grades, grade) && grade != "" {
			c.Grades = append(c.Grades, grade)
		}
		if !slices.Contains(c.Languages, language) && language != "" {
			c.Languages = append(c.Languages, language)
		}
	}
	sortValues(c.Grades)
	sortValues(c.Languages)
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
