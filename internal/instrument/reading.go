package instrument

import (
	"strings"
	"unicode"
)

// proseCounts are what reading formulas are made of.
type proseCounts struct{ sentences, words, syllables int }

func (c *proseCounts) add(o proseCounts) {
	c.sentences += o.sentences
	c.words += o.words
	c.syllables += o.syllables
}

// readingFormula turns counts into the school grade whose readers manage the text.
type readingFormula struct {
	name      string
	syllables func(word string) int
	grade     func(proseCounts) float64
}

var readingFormulas = map[string]readingFormula{
	"en": {"Flesch-Kincaid", englishSyllables, fleschKincaid},
	"es": {"Fernández-Huerta", spanishSyllables, fernandezHuertaGrade},
}

// fleschKincaid is the grade level of Kincaid, Fishburne, Rogers and Chissom (1975), Derivation of new readability
// formulas for Navy enlisted personnel: 0.39 words per sentence + 11.8 syllables per word - 15.59.
func fleschKincaid(c proseCounts) float64 {
	if c.words == 0 {
		return 0
	}
	return max(0, 0.39*float64(c.words)/float64(max(c.sentences, 1))+11.8*float64(c.syllables)/float64(c.words)-15.59)
}

// fernandezHuerta is the ease of reading of Fernández Huerta (1959), Medidas sencillas de lecturabilidad, as it is used
// today: 206.84 - 60 syllables per word - 1.02 words per sentence. (The paper prints sentences per 100 words in the last
// place; Law, 2011, shows that words per sentence are what its own examples compute.)
func fernandezHuerta(c proseCounts) float64 {
	if c.words == 0 {
		return 100
	}
	return 206.84 - 60*float64(c.syllables)/float64(c.words) - 1.02*float64(c.words)/float64(max(c.sentences, 1))
}

// fernandezHuertaGrades are the middles of the bands in the paper's table and the school grades that it gives them.
var fernandezHuertaGrades = [...]struct{ ease, grade float64 }{
	{105, 3}, {95, 4}, {85, 5}, {75, 6}, {65, 7.5}, {55, 10.5}, {40, 13.5}, {15, 17},
}

// fernandezHuertaGrade reads the grade off the paper's table, in a straight line between the bands' middles.
func fernandezHuertaGrade(c proseCounts) float64 {
	ease := fernandezHuerta(c)
	table := fernandezHuertaGrades[:]
	if ease >= table[0].ease {
		return table[0].grade
	}
	for i := 1; i < len(table); i++ {
		if a, b := table[i-1], table[i]; ease >= b.ease {
			return a.grade + (b.grade-a.grade)*(a.ease-ease)/(a.ease-b.ease)
		}
	}
	return table[len(table)-1].grade
}

// countProse counts sentences, words and syllables. A text that does not end in a full stop is a sentence all the same,
// and so is each of its paragraphs.
func countProse(s string, syllables func(string) int) proseCounts {
	var c proseCounts
	for _, line := range strings.Split(s, "\n") {
		open := false
		for _, field := range strings.Fields(line) {
			word := strings.ToLower(strings.TrimFunc(field, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
			if word != "" {
				c.words++
				c.syllables += max(1, syllables(word))
				open = true
			}
			if open && strings.ContainsAny(field[len(field)-1:], ".!?:") || open && strings.HasSuffix(field, "…") {
				c.sentences++
				open = false
			}
		}
		if open {
			c.sentences++
		}
	}
	return c
}

// englishSyllables counts groups of vowels, less the silent ones at the end: an e (but not -le after a consonant), the e of
// -es and -ed where it is not spoken.
func englishSyllables(word string) int {
	if strings.Contains(word, "-") {
		n := 0
		for _, part := range strings.Split(word, "-") {
			if part != "" {
				n += max(1, englishSyllables(part))
			}
		}
		return n
	}
	word = strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s")
	const vowels = "aeiouy"
	n, last := 0, false
	for i, r := range word {
		vowel := strings.ContainsRune(vowels, r)
		if i == 0 && r == 'y' {
			vowel = false
		}
		if vowel && !last {
			n++
		}
		last = vowel
	}
	for _, apart := range [...]string{"ia", "io", "iu", "eo", "ua", "ying", "uing", "eing", "creat", "scien", "idea", "area"} {
		n += strings.Count(word, apart)
	}
	for _, together := range [...]string{"tion", "sion", "cial", "tial", "cian", "gion", "cious", "tious", "qua", "gua", "peop"} {
		n -= strings.Count(word, together)
	}
	switch {
	case strings.HasSuffix(word, "le") && len(word) > 2 && !strings.ContainsRune(vowels, rune(word[len(word)-3])):
	case strings.HasSuffix(word, "e") && !strings.HasSuffix(word, "ee") && !strings.HasSuffix(word, "ie") && !strings.HasSuffix(word, "ue") && !strings.HasSuffix(word, "ye") && n > 1:
		n--
	case strings.HasSuffix(word, "ed") && n > 1 && len(word) > 3 && !strings.ContainsAny(word[len(word)-3:len(word)-2], "tdaeiouy"):
		n--
	case strings.HasSuffix(word, "es") && n > 1 && len(word) > 3 && !strings.ContainsAny(word[len(word)-3:len(word)-2], "scgxzhaeiouy"):
		n--
	}
	return max(n, 1)
}

// spanishSyllables counts the nuclei of a Spanish word by the orthography of the Real Academia Española: a weak vowel joins
// its neighbour, two strong ones or an accented weak one stand apart, and the u of que, qui, gue, gui is silent.
func spanishSyllables(word string) int {
	letters := []rune(word)
	n := 0
	var before rune // the vowel just before, 0 after a consonant
	for i, r := range letters {
		switch {
		case r == 'u' && i > 0 && i+1 < len(letters) && (letters[i-1] == 'q' || letters[i-1] == 'g') && strings.ContainsRune("eiéí", letters[i+1]):
			before = 0
			continue
		case r == 'y' && i+1 == len(letters):
			r = 'i'
		case r == 'h' && before != 0 && i+1 < len(letters):
			continue // a silent h does not part vowels
		}
		if !isSpanishVowel(r) {
			before = 0
			continue
		}
		if before == 0 || isHiatus(before, r) {
			n++
		}
		before = r
	}
	return max(n, 1)
}

func isSpanishVowel(r rune) bool { return strings.ContainsRune("aeiouáéíóúü", r) }

// isHiatus says whether two vowels in a row belong to two syllables.
func isHiatus(a, b rune) bool {
	strong := func(r rune) bool { return strings.ContainsRune("aeoáéó", r) }
	accentedWeak := func(r rune) bool { return r == 'í' || r == 'ú' }
	switch {
	case strong(a) && strong(b):
		return true
	case accentedWeak(a) && strong(b), strong(a) && accentedWeak(b):
		return true
	}
	return a == b
}
