package instrument

import (
	"math"
	"strings"
	"testing"
)

// The syllables are those of the dictionaries: Merriam-Webster's for English, the Real Academia Española's for Spanish.
func TestSyllablesAreCountedAsADictionaryDividesWords(t *testing.T) {
	english := map[string]int{
		"i": 1, "like": 1, "math": 1, "mathematics": 4, "science": 2, "question": 2, "people": 2, "usual": 3, "language": 2, "region": 2,
		"musician": 3, "create": 2, "idea": 3, "area": 3, "asked": 1, "wanted": 2, "classes": 2, "likes": 1, "little": 2, "engineer": 3,
		"technology": 4, "the": 1, "agree": 2, "student's": 2, "well-known": 2, "quality": 3, "social": 2, "yes": 1, "family": 3,
	}
	for word, want := range english {
		if got := englishSyllables(word); got != want {
			t.Errorf("%s has %d syllables, counted %d", word, want, got)
		}
	}
	spanish := map[string]int{
		"me": 1, "gusta": 2, "matemáticas": 5, "ciencia": 2, "tecnología": 5, "ingeniería": 5, "que": 1, "quien": 1, "guerra": 2, "pingüino": 3,
		"muy": 1, "yo": 1, "maestra": 3, "leer": 2, "país": 2, "ahora": 3, "prohibido": 3, "escuela": 3, "averiguáis": 4, "rey": 1, "río": 2,
		"estudiante": 4, "tú": 1, "día": 2, "ayuda": 3,
	}
	for word, want := range spanish {
		if got := spanishSyllables(word); got != want {
			t.Errorf("%s has %d syllables, counted %d", word, want, got)
		}
	}
}

func TestFleschKincaidIsThePublishedFormula(t *testing.T) {
	// "I like math. We do math at home." has 8 words, 8 syllables, 2 sentences: 0.39*4 + 11.8*1 - 15.59 is below 0.
	if got := fleschKincaid(countProse("I like math. We do math at home.", englishSyllables)); got != 0 {
		t.Errorf("got %v, want 0", got)
	}
	// 10 words, 20 syllables, 1 sentence: 0.39*10 + 11.8*2 - 15.59 = 11.91.
	if got := fleschKincaid(proseCounts{sentences: 1, words: 10, syllables: 20}); math.Abs(got-11.91) > 1e-9 {
		t.Errorf("got %v, want 11.91", got)
	}
}

func TestFernandezHuertaIsThePublishedFormula(t *testing.T) {
	// 10 words, 20 syllables, 1 sentence: 206.84 - 60*2 - 1.02*10 = 76.64, between 85 (grade 5) and 75 (grade 6).
	c := proseCounts{sentences: 1, words: 10, syllables: 20}
	if got := fernandezHuerta(c); math.Abs(got-76.64) > 1e-9 {
		t.Errorf("ease %v, want 76.64", got)
	}
	if got := fernandezHuertaGrade(c); math.Abs(got-5.836) > 1e-9 {
		t.Errorf("grade %v, want 5.836", got)
	}
	if fernandezHuertaGrade(proseCounts{sentences: 1, words: 60, syllables: 240}) != 17 || fernandezHuertaGrade(proseCounts{}) > 4 {
		t.Error("the ends of the table do not hold")
	}
}

func TestATextWithoutAFullStopIsASentence(t *testing.T) {
	c := countProse("What I think\n\nI like it! Do you? Yes", englishSyllables)
	if c.sentences != 4 || c.words != 9 {
		t.Errorf("got %+v, want 4 sentences of 9 words", c)
	}
}

func FuzzReading(f *testing.F) {
	f.Add("¿Te gustan las matemáticas?")
	f.Fuzz(func(t *testing.T, s string) {
		for _, formula := range readingFormulas {
			if g := formula.grade(countProse(strings.ToLower(s), formula.syllables)); math.IsNaN(g) || g < 0 {
				t.Errorf("%q reads at %v", s, g)
			}
		}
	})
}
