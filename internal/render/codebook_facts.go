package render

import (
	"strings"

	"surveyd/internal/codebook"
	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

// about is the facts of the instrument, in the page's language.
func (b *codebookBuilder) about() []factView {
	a := &b.book.Instrument
	var facts factList
	facts.code(b.words.T("codebook.id.term", nil), string(a.ID))
	facts.code(b.words.T("codebook.version.term", nil), a.Version)
	facts.code(b.words.T("codebook.hash.term", nil), a.Hash)
	facts.add(b.words.T("codebook.languages.term", nil), b.tongues(a.Languages))
	facts.add(b.words.T("codebook.audience.term", nil), b.audience())
	if a.ReadingLevel > 0 {
		facts.add(b.words.T("codebook.reading.term", nil), number(a.ReadingLevel))
	}
	if a.Minutes > 0 {
		facts.add(b.words.T("codebook.minutes.term", nil), number(float64(a.Minutes)))
	}
	facts.add(b.words.T("codebook.evidence.term", nil), b.status(a.Evidence))
	facts.add(b.words.T("codebook.populations.term", nil), b.populations()...)
	facts.add(b.words.T("codebook.license.term", nil), b.orNone(a.License))
	facts.add(b.words.T("codebook.authors.term", nil), b.orNone(strings.Join(a.Authors, "; ")))
	facts.add(b.words.T("codebook.consent.term", nil), b.consent())
	facts.add(b.words.T("codebook.protected.term", nil), b.topics()...)
	for _, t := range a.Translations {
		made := []string{inWords(b.words, []instrument.Lang{t.Language}) + ": " + b.orNone(t.Method)}
		if t.Reviewer != "" {
			made = append(made, b.words.T("packet.reviewer.label", nil)+": "+t.Reviewer)
		}
		if t.Date != "" {
			made = append(made, t.Date)
		}
		facts.add(b.words.T("codebook.translation.term", nil), made...)
	}
	if len(a.Settings) > 0 {
		var lines []string
		for _, s := range a.Settings {
			for _, text := range b.spoken(s.Text) {
				lines = append(lines, "{{"+string(s.ID)+"}} ("+string(text.Lang)+"): "+text.Text)
			}
		}
		facts.add(b.words.T("codebook.settings.term", nil), lines...)
	}
	if len(a.Parts) > 0 {
		var lines []string
		for _, part := range a.Parts {
			lines = append(lines, string(part.ID)+" "+part.Version)
		}
		facts.code(b.words.T("codebook.parts.term", nil), lines...)
	}
	return facts
}

// facts is what a variable has beside its texts.
func (b *codebookBuilder) facts(v *codebook.Variable) []factView {
	var facts factList
	if v.Range != nil {
		facts.add(b.words.T("codebook.range.term", nil), interval(v.Range))
	}
	item := v.Item
	if item == nil {
		return facts
	}
	if len(item.Uses) > 0 {
		lines := make([]string, len(item.Uses))
		for i, use := range item.Uses {
			lines[i] = b.use(use)
		}
		facts.add(b.words.T("codebook.scales.term", nil), lines...)
	}
	if item.Condition != "" {
		facts.code(b.words.T("codebook.condition.term", nil), item.Condition)
	}
	if item.MaxLength > 0 {
		facts.add(b.words.T("codebook.length.term", nil), b.words.T("codebook.letters.value", i18n.Data{"Count": item.MaxLength}))
	}
	if item.Set != "" {
		facts.code(b.words.T("codebook.set.term", nil), string(item.Set))
	}
	if item.Required {
		facts.add(b.words.T("codebook.required.term", nil), b.words.T("codebook.yes.value", nil))
	}
	if len(item.Audio) > 0 {
		facts.add(b.words.T("codebook.audio.term", nil), b.tongues(item.Audio))
	}
	var pictures []string
	for _, value := range v.Values {
		if value.Picture != "" {
			pictures = append(pictures, value.Code+" = "+value.Picture)
		}
	}
	if pictures != nil {
		facts.code(b.words.T("codebook.picture.term", nil), strings.Join(pictures, ", "))
	}
	var states []string
	for _, state := range item.States {
		states = append(states, state.Code+" "+state.Text.In(b.words.Lang()))
	}
	facts.add(b.words.T("codebook.no_answer.term", nil), states...)
	facts.code(b.words.T("codebook.home.term", nil), string(item.Home.ID)+" "+item.Home.Version)
	return facts
}

func (b *codebookBuilder) use(use codebook.Use) string {
	var marks []string
	if use.Reversed {
		marks = append(marks, b.words.T("codebook.reversed.value", nil))
	}
	if use.Weight != 1 {
		marks = append(marks, b.words.T("codebook.weight.value", i18n.Data{"Weight": number(use.Weight)}))
	}
	if marks == nil {
		return string(use.Scale)
	}
	return string(use.Scale) + " (" + strings.Join(marks, ", ") + ")"
}

// scaleFacts is what stands behind a scale's scores.
func (b *codebookBuilder) scaleFacts(s *codebook.Scale) []factView {
	var facts factList
	facts.code(b.words.T("codebook.identity.term", nil), s.Identity)
	facts.code(b.words.T("codebook.home.term", nil), string(s.Home.ID)+" "+s.Home.Version)
	if len(s.Favorable) > 0 {
		codes := make([]string, len(s.Favorable))
		for i, code := range s.Favorable {
			codes[i] = string(code)
		}
		facts.add(b.words.T("codebook.favorable.term", nil), strings.Join(codes, ", "))
	}
	if s.Reliability != nil {
		facts.add(b.words.T("codebook.reliability.term", nil), number(*s.Reliability))
	}
	if s.BandSource != "" {
		facts.add(b.words.T("codebook.bands.term", nil), s.BandSource)
	}
	if s.Lookup != nil {
		facts.add(b.words.T("codebook.lookup.term", nil), b.orNone(s.Lookup.Source))
		pairs := make([]string, len(s.Lookup.Rows))
		for i, row := range s.Lookup.Rows {
			pairs[i] = number(row.Raw) + " → " + number(row.Scaled)
		}
		facts.add(b.words.T("codebook.rows.term", nil), strings.Join(pairs, ", "))
	}
	if s.Norms != nil {
		facts.add(b.words.T("codebook.norms.term", nil), b.norms(s.Norms)...)
	}
	if s.IRT != nil {
		lines := []string{strings.ToUpper(string(s.IRT.Model))}
		for _, item := range s.IRT.Items {
			steps := make([]string, len(item.B))
			for i, step := range item.B {
				steps[i] = number(step)
			}
			lines = append(lines, string(item.Item)+": a = "+number(item.A)+", b = "+strings.Join(steps, ", "))
		}
		facts.add(b.words.T("codebook.model.term", nil), lines...)
	}
	return facts
}

func (b *codebookBuilder) norms(n *codebook.Norms) []string {
	lines := []string{b.orNone(n.Source)}
	for _, g := range n.Groups {
		when := make([]string, len(g.When))
		for i, c := range g.When {
			when[i] = c.Attribute + " " + strings.Join(c.Values, ", ")
		}
		whom := strings.Join(when, "; ")
		if whom == "" {
			whom = b.words.T("codebook.everybody.value", nil)
		}
		id := "codebook.norm_group.value"
		if g.N == 0 {
			id = "codebook.norm_group_unsized.value"
		}
		lines = append(lines, b.words.T(id, i18n.Data{"When": whom, "N": g.N, "Mean": number(g.Mean), "SD": number(g.SD)}))
	}
	return lines
}

func (b *codebookBuilder) audience() string {
	a := &b.book.Instrument
	switch a.Adults {
	case "family":
		return b.words.T("codebook.family.value", nil)
	case "staff":
		return b.words.T("codebook.staff.value", nil)
	}
	return b.words.T("codebook.grades.value", i18n.Data{"Grades": grades(a.Grades)})
}

func (b *codebookBuilder) consent() string {
	if id := consentWords[b.book.Instrument.Consent]; id != "" {
		return b.words.T(id, nil)
	}
	return b.words.T("codebook.none.value", nil)
}

func (b *codebookBuilder) topics() []string {
	topics := b.book.Instrument.ProtectedTopics
	if len(topics) == 0 {
		return []string{b.words.T("codebook.no_topics.value", nil)}
	}
	lines := make([]string, len(topics))
	for i, topic := range topics {
		lines[i] = number(float64(topic)) + ": " + b.words.T(topicWords[topic], nil)
	}
	return lines
}

func (b *codebookBuilder) populations() []string {
	var lines []string
	for _, p := range b.book.Instrument.Populations {
		lines = append(lines, b.words.T("codebook.population.value", i18n.Data{
			"N": p.N, "Grades": grades(p.Grades), "Languages": inWords(b.words, p.Languages), "Source": p.Source,
		}))
	}
	if lines == nil {
		return []string{b.words.T("codebook.no_population.value", nil)}
	}
	return lines
}

func (b *codebookBuilder) tongues(languages []instrument.Lang) string { return b.r.tongues(languages) }

func (b *codebookBuilder) orNone(text string) string {
	if text == "" {
		return b.words.T("codebook.none.value", nil)
	}
	return text
}

func interval(r *codebook.Range) string {
	low, high := "…", "…"
	if r.Min != nil {
		low = number(*r.Min)
	}
	if r.Max != nil {
		high = number(*r.Max)
	}
	return low + " – " + high
}

// factList gathers facts.
type factList []factView

func (f *factList) add(term string, lines ...string) {
	*f = append(*f, factView{Term: term, Lines: lines})
}

func (f *factList) code(term string, lines ...string) {
	*f = append(*f, factView{Term: term, Lines: lines, Code: true})
}

// topicWords are the protected subjects of 20 U.S.C. 1232h by number.
var topicWords = [...]string{
	1: "packet.topic_1.label", 2: "packet.topic_2.label", 3: "packet.topic_3.label", 4: "packet.topic_4.label",
	5: "packet.topic_5.label", 6: "packet.topic_6.label", 7: "packet.topic_7.label", 8: "packet.topic_8.label",
}
