package instrument

import (
	"fmt"
	"math"
	"regexp"
	"strings"

	"surveyd/internal/diag"
)

// The fewest words that a reading level is computed from; a formula made for a page says nothing of three words.
const minReadingWords = 12

// A single item is judged too when it has this many words, and reads that many grades above: one sentence is a noisy sample.
const (
	minItemWords = 10
	itemMargin   = 3
)

// adultReadingLevel is what plain-language guides ask of texts for the general public.
const adultReadingLevel = 8

var (
	markdownLink = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
	markdownSign = regexp.MustCompile(`[*_#>` + "`" + `]+`)
)

// checkReading warns of texts above the audience's reading level: the items together, the intro, the closing. Languages
// other than English and Spanish have no formula here and are not judged.
func (l *loader) checkReading(d *draft) {
	level, ok := d.audienceLevel()
	if !ok {
		return
	}
	for _, lang := range d.in.Languages {
		base, _, _ := strings.Cut(string(lang), "-")
		f, ok := readingFormulas[base]
		if !ok {
			continue
		}
		for _, group := range []string{"items", "intro", "closing"} {
			l.checkReadingOf(d, group, lang, f, level)
		}
	}
}

// audienceLevel is the school grade whose readers should manage the texts: the declared one, else the lowest grade.
func (d *draft) audienceLevel() (float64, bool) {
	a := &d.in.Audience
	if d.audience == nil {
		return 0, false
	}
	if d.audience.value("reading_level") != nil {
		return a.ReadingLevel, true
	}
	if a.Adults != "" {
		return adultReadingLevel, true
	}
	lowest, found := 13, false
	for _, g := range a.Grades {
		rank, _ := g.Rank()
		lowest, found = min(lowest, max(rank, 0)), true
	}
	return float64(lowest), found
}

func (l *loader) checkReadingOf(d *draft, group string, lang Lang, f readingFormula, level float64) {
	var all proseCounts
	var hardest *textDraft
	worst := math.Inf(-1)
	for _, t := range d.texts {
		if t.path != group && !(group == "items" && strings.HasPrefix(t.path, "items/")) || t.text[lang] == "" {
			continue
		}
		c := countProse(d.plainText(t.text[lang], lang), f.syllables)
		all.add(c)
		if g := f.grade(c); c.words > 0 && g > worst {
			worst, hardest = g, t
		}
		if g := f.grade(c); group == "items" && c.words >= minItemWords && g > level+itemMargin {
			l.warnAt(t.in[lang], "reading-level", fmt.Sprintf("%s reads at grade %.1f in %s (%s), above the audience's %g", t.what, g, lang, f.name, level),
				"use shorter sentences and plainer words")
		}
	}
	if all.words < minReadingWords {
		return
	}
	grade := f.grade(all)
	if grade <= level+0.5 {
		return
	}
	message := fmt.Sprintf("the %s in %s reads at grade %.1f (%s), above the audience's %g", group, lang, grade, f.name, level)
	at := d.audience.place("reading_level")
	if group != "items" {
		at = hardest.in[lang]
	} else {
		message = fmt.Sprintf("the items in %s read at grade %.1f (%s), above the audience's %g; the hardest is in line %d", lang, grade, f.name, level, hardest.in[lang].Line)
	}
	l.report(diag.Warning, l.src.spanOf(at), "reading-level", message, "use shorter sentences and plainer words")
}

// plainText is a text as it is read: placeholders filled, markdown signs gone.
func (d *draft) plainText(s string, lang Lang) string {
	s = placeholderPattern.ReplaceAllStringFunc(s, func(found string) string {
		id := placeholderPattern.FindStringSubmatch(found)[1]
		return d.filled()[id][lang]
	})
	return markdownSign.ReplaceAllString(markdownLink.ReplaceAllString(s, "$1"), "")
}

// filled gives the texts of settings by their names.
func (d *draft) filled() map[string]Text {
	if d.settingTexts == nil {
		d.settingTexts = make(map[string]Text, len(d.in.Settings))
		for _, setting := range d.in.Settings {
			d.settingTexts[string(setting.ID)] = setting.Text
		}
	}
	return d.settingTexts
}
