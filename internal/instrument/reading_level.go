package instrument

import "strings"

// Reading is how hard a text is to read, by the formula for its language.
type Reading struct {
	Grade   float64 // the school grade whose readers manage the text
	Words   int
	Formula string
	// Rough says that the text is too short for its grade to mean much.
	Rough bool
}

// Reading judges a text of the instrument in one language, as its respondents read it. ok is false for a text without
// words, and for a language without a formula here: all but English and Spanish.
func (in *Instrument) Reading(text Text, lang Lang) (r Reading, ok bool) {
	base, _, _ := strings.Cut(string(lang), "-")
	formula, ok := readingFormulas[base]
	if !ok {
		return Reading{}, false
	}
	d := draft{in: in}
	c := countProse(d.plainText(text[lang], lang), formula.syllables)
	if c.words == 0 {
		return Reading{}, false
	}
	return Reading{Grade: formula.grade(c), Words: c.words, Formula: formula.name, Rough: c.words < minItemWords}, true
}

// Level is the school grade whose readers should manage the texts: the declared one, else the lowest grade, else, for
// adults, what plain-language guides ask for. ok is false when the file does not say whom it is for.
func (a Audience) Level() (grade float64, ok bool) {
	switch {
	case a.ReadingLevel > 0:
		return a.ReadingLevel, true
	case a.Adults != "":
		return adultReadingLevel, true
	}
	lowest, found := 13, false
	for _, g := range a.Grades {
		rank, _ := g.Rank()
		lowest, found = min(lowest, max(rank, 0)), true
	}
	return float64(lowest), found
}
