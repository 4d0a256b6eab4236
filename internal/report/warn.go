package report

import (
	"fmt"
	"strings"

	"surveyd/internal/analysis"
	"surveyd/internal/instrument"
	"surveyd/internal/psychometrics"
)

// warning is one thing to beware of, in words.
type warning struct {
	about string // a scale's id; empty when it is the file
	words string
}

func (w warning) String() string {
	if w.about == "" {
		return w.words
	}
	return w.about + ": " + w.words
}

func warningsOf(list []warning) []string {
	words := make([]string, len(list))
	for i, w := range list {
		words[i] = w.String()
	}
	return words
}

// When a share at the end of a range, and a number of persons, is warned of.
const (
	endShare     = 0.15 // Terwee and others (2007)
	smallSample  = 30
	lowItemRest  = 0.20
	attritionMax = 0.20
	smallForDIF  = 200
)

func analysisWarnings(a analysis.Analysis) []warning {
	var list []warning
	list = append(list, coverageWarnings(a.Covered, a.Respondents)...)
	for _, s := range a.Scales {
		list = append(list, scaleWarnings(s)...)
	}
	if a.By != nil && a.By.Without > 0 {
		list = append(list, warning{"", fmt.Sprintf("%s no value in column %q and %s in no group.", counted(a.By.Without, "respondent has", "respondents have"), a.By.Column, plural(a.By.Without, "is", "are"))})
	}
	return list
}

func coverageWarnings(c analysis.Coverage, respondents int) []warning {
	var list []warning
	add := func(format string, args ...any) { list = append(list, warning{"", fmt.Sprintf(format, args...)}) }
	switch {
	case c.Status == instrument.Retired:
		add("The instrument is retired.")
	case c.None && c.Status != "":
		add("The instrument's evidence is %q and names no population: nothing yet says that these scores mean what they are taken for.", c.Status)
	case c.None:
		add("The instrument names no evidence: nothing yet says that these scores mean what they are taken for.")
	case !c.Known:
		add("The file has no column \"grade\" or \"language\", so it cannot be told whether the instrument's evidence covers its respondents.")
	}
	if c.Uncovered > 0 {
		add("The instrument's evidence does not cover %d of %d respondents: %s.", c.Uncovered, respondents, kindsWords(c.Of))
	}
	if c.Unfamiliar > 0 {
		add("%s in a grade for which the instrument is not written.", counted(c.Unfamiliar, "respondent is", "respondents are"))
	}
	return list
}

// shownKinds is how many kinds of respondents a warning lists.
const shownKinds = 6

func kindsWords(kinds []analysis.Kind) string {
	var parts []string
	for _, k := range kinds[:min(len(kinds), shownKinds)] {
		of := ""
		if k.Grade != "" {
			of += " in grade " + k.Grade
		}
		if k.Language != "" {
			of += " in " + k.Language
		}
		parts = append(parts, fmt.Sprintf("%d%s", k.N, of))
	}
	if more := len(kinds) - shownKinds; more > 0 {
		parts = append(parts, fmt.Sprintf("and %d kinds more", more))
	}
	return strings.Join(parts, ", ")
}

func scaleWarnings(s analysis.Scale) []warning {
	var list []warning
	add := func(format string, args ...any) {
		list = append(list, warning{string(s.Scale.ID), fmt.Sprintf(format, args...)})
	}
	a := s.Alpha
	switch {
	case !a.Raw.OK() && a.Raw.Why != psychometrics.SmallCell && a.Raw.Why != psychometrics.Complementary:
		add("there is no alpha: %s.", reasonWords(a.Raw.Why))
	case a.Negative:
		add("alpha is negative (%s). Check the keying: are the right items reversed?", decimals(a.Raw.Value, 2))
	case a.Raw.OK() && s.Scale.Reliability != nil && a.Raw.Value < *s.Scale.Reliability:
		below := ""
		if a.CI != nil && a.CI.High >= *s.Scale.Reliability {
			below = "; the interval reaches it"
		}
		add("alpha %s is under the instrument's own minimum of %s%s.", decimals(a.Raw.Value, 2), decimals(*s.Scale.Reliability, 2), below)
	}
	if a.Raw.OK() && a.N < smallSample {
		add("only %s all items; a reliability from fewer than %d says little.", counted(a.N, "person answered", "persons answered"), smallSample)
	}
	if s.Floor.OK() && s.Floor.Value > endShare {
		add("%s have the lowest possible score (floor effect).", percent(s.Floor.Value))
	}
	if s.Ceiling.OK() && s.Ceiling.Value > endShare {
		add("%s have the highest possible score (ceiling effect).", percent(s.Ceiling.Value))
	}
	for _, it := range s.Items {
		switch r := it.ItemRest; {
		case r.OK() && r.Value < 0:
			add("%s goes against the other items (item-rest %s). Check its keying and its wording.", it.Of.ID, decimals(r.Value, 2))
		case r.OK() && r.Value < lowItemRest && a.N >= smallSample:
			add("%s has little in common with the other items (item-rest %s).", it.Of.ID, decimals(r.Value, 2))
		case it.SD.OK() && it.SD.Value == 0 && it.N > 1:
			add("everybody gave the same answer to %s.", it.Of.ID)
		}
	}
	return list
}

func changeWarnings(c analysis.Waves) []warning {
	var list []warning
	add := func(about instrument.ScaleID, format string, args ...any) {
		list = append(list, warning{string(about), fmt.Sprintf(format, args...)})
	}
	m := c.Matching
	if m.Matched == 0 && m.Pre > 0 && m.Post > 0 {
		add("", "No id is in both files. Are they written alike? The first has %q, the second %q.", m.ExamplePre, m.ExamplePost)
	}
	if m.Attrition.OK() && m.Attrition.Value > attritionMax && m.Matched > 0 {
		add("", "%s of the first wave are not in the second. Change is that of those who stayed.", percent(m.Attrition.Value))
	}
	if n := m.WithoutPre + m.WithoutPost; n > 0 {
		add("", "%s without an id in column %q cannot be matched.", counted(n, "row", "rows"), m.Column)
	}
	for _, s := range c.Scales {
		switch {
		case s.Why != "":
		case s.N < 2:
			add(s.Scale.ID, "%s a score in both waves.", counted(s.N, "person has", "persons have"))
		case !s.SDDiff.OK():
			add(s.Scale.ID, "everybody changed by the same amount, so there is nothing to test.")
		case s.N < smallSample:
			add(s.Scale.ID, "only %d pairs; intervals are wide.", s.N)
		}
		if s.Reliable.Reliability.OK() && s.Alpha.N < smallSample {
			add(s.Scale.ID, "the reliability behind reliable change rests on %s.", counted(s.Alpha.N, "person", "persons"))
		}
		if s.Alpha.Negative {
			add(s.Scale.ID, "alpha of the first wave is negative. Check the keying.")
		}
	}
	return list
}

func difWarnings(f analysis.Functioning) []warning {
	var list []warning
	add := func(about instrument.ScaleID, format string, args ...any) {
		list = append(list, warning{string(about), fmt.Sprintf(format, args...)})
	}
	if f.Focal == "" {
		add("", "Column %q has one group only; there is nothing to compare.", f.Column)
		return list
	}
	if f.Without > 0 {
		add("", "%s no value in column %q and %s left out.", counted(f.Without, "respondent has", "respondents have"), f.Column, plural(f.Without, "is", "are"))
	}
	for _, s := range f.Scales {
		if len(s.Items) > 0 && s.Items[0].Small {
			add(s.Scale.ID, "%d and %d persons answered every item; with fewer than %d in a group DIF is easily missed.", s.Items[0].Reference, s.Items[0].Focal, smallForDIF)
		}
		for _, it := range s.Items {
			if it.Why == "" && it.Class != "A" {
				add(s.Scale.ID, "%s %s (class %s): at the same total, %s %s.", it.Of.ID, difSize(it.Class), it.Class, f.Focal, direction(it.SMD, f.Reference))
			}
		}
	}
	return list
}

func difSize(class string) string {
	if class == "B" {
		return "functions moderately differently"
	}
	return "functions very differently"
}

func direction(smd psychometrics.Figure, reference string) string {
	switch {
	case smd.OK() && smd.Value < 0:
		return "answer lower than " + reference
	case smd.OK() && smd.Value > 0:
		return "answer higher than " + reference
	}
	return "answer otherwise than " + reference
}
