package render

import (
	"strconv"
	"strings"

	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

// facts is what stands on the cover.
func (b *packetBuilder) facts() []paperFact {
	length := b.words.T("assent.questions.label", i18n.Data{"Count": len(b.in.Items)})
	if b.in.Minutes > 0 {
		minutes := b.words.T("assent.minutes.label", i18n.Data{"Count": b.in.Minutes})
		length = b.words.T("packet.length.value", i18n.Data{"Questions": length, "Minutes": minutes})
	}
	facts := []paperFact{
		{b.words.T("packet.for.term", nil), b.audience()},
		{b.words.T("packet.length.term", nil), length},
		{b.words.T("packet.languages.term", nil), b.r.tongues(b.in.Languages)},
		{b.words.T("packet.consent.term", nil), b.consent().Label},
		{b.words.T("packet.dates.term", nil), b.view.Dates},
		{b.words.T("packet.contact.term", nil), b.view.Contact},
	}
	return facts
}

func (b *packetBuilder) audience() string {
	switch b.in.Audience.Adults {
	case "family":
		return b.words.T("packet.family.value", nil)
	case "staff":
		return b.words.T("packet.staff.value", nil)
	}
	list := b.in.Audience.Grades
	id := "packet.grades.value"
	if len(list) == 1 {
		id = "packet.grade.value"
	}
	return b.words.T(id, i18n.Data{"Grades": b.grades(list)})
}

// grades says grades in a row by the first and last.
func (b *packetBuilder) grades(list []instrument.Grade) string {
	for i := 1; i < len(list); i++ {
		before, known := list[i-1].Rank()
		rank, ok := list[i].Rank()
		if !known || !ok || rank != before+1 {
			return grades(list)
		}
	}
	if len(list) < 3 {
		return grades(list)
	}
	return b.words.T("packet.from_to.value", i18n.Data{"From": string(list[0]), "To": string(list[len(list)-1])})
}

func (b *packetBuilder) consent() paperConsent {
	say := func(label, text string) paperConsent {
		return paperConsent{Label: b.words.T(label, nil), Text: b.words.T(text, nil)}
	}
	if b.in.Audience.Adults != "" {
		return say("packet.adults.label", "packet.adults.text")
	}
	switch b.in.Provenance.Consent {
	case instrument.Notice:
		return say("packet.notice.label", "packet.notice.text")
	case instrument.OptOut:
		c := say("packet.opt_out.label", "packet.opt_out.text")
		c.Slip = true
		return c
	case instrument.OptIn:
		c := say("packet.opt_in.label", "packet.opt_in.text")
		c.Slip, c.OptIn = true, true
		return c
	}
	return say("packet.consent_unstated.label", "packet.consent_unstated.text")
}

// data is what the server keeps of an answered survey, as its stores do.
func (b *packetBuilder) data() []string {
	words, shuffled := false, false
	for _, item := range b.in.Items {
		words = words || item.Kind == instrument.FreeText
	}
	for _, page := range b.in.Pages {
		shuffled = shuffled || page.Shuffle
	}
	place := "packet.kept_place.text"
	if b.in.Audience.Adults != "" {
		place = "packet.kept_place_adults.text"
	}
	var list []string
	for _, line := range []struct {
		id  string
		has bool
	}{
		{"packet.kept_answers.text", true}, {"packet.kept_words.text", words}, {"packet.kept_time.text", true},
		{"packet.kept_order.text", shuffled}, {place, true}, {"packet.kept_code.text", true},
		{"packet.kept_scores.text", len(b.in.Scales) > 0}, {"packet.kept_not.text", true}, {"packet.kept_no.text", true},
		{"packet.kept_device.text", true},
	} {
		if line.has {
			list = append(list, b.words.T(line.id, nil))
		}
	}
	return list
}

func (b *packetBuilder) scale(s *instrument.Scale) paperScale {
	var all, reversed []string
	for _, key := range s.Items {
		number := strconv.Itoa(b.numbers[key.Item.ID])
		all = append(all, number)
		if key.Reversed {
			reversed = append(reversed, number)
		}
	}
	v := paperScale{
		Title: b.text(s.Title), Higher: b.text(s.HigherMeans),
		Items: b.words.T("packet.scale_items.label", i18n.Data{"Items": strings.Join(all, ", ")}),
	}
	if reversed != nil {
		v.Reversed = b.words.T("packet.reversed.label", i18n.Data{"Items": strings.Join(reversed, ", ")})
	}
	return v
}

// provenance is who wrote the survey, from what, and how far it has been tried.
func (b *packetBuilder) provenance(p *packetPage) {
	from := b.in.Provenance
	p.Evidence = b.words.T("packet.unstated.text", nil)
	if id := triedWords[from.Evidence.Status]; id != "" {
		p.Evidence = b.words.T(id, nil)
	}
	for _, q := range from.Evidence.Populations {
		id := "packet.population.label"
		if len(q.Grades) == 0 {
			id = "packet.population_adults.label"
		}
		p.Populations = append(p.Populations, b.words.T(id, i18n.Data{
			"N": q.N, "Grades": b.grades(q.Grades), "Languages": inWords(b.words, q.Languages), "Source": q.Source,
		}))
	}
	for _, t := range from.Translation {
		lines := []string{t.Method}
		if t.Reviewer != "" {
			lines = append(lines, b.words.T("packet.reviewer.label", nil)+": "+t.Reviewer+".")
		}
		term := b.words.T("packet.translation.label", i18n.Data{"Language": inWords(b.words, []instrument.Lang{t.Lang})})
		p.Translation = append(p.Translation, paperFact{term, strings.Join(lines, " ")})
	}
	p.Sources = b.sources()
	var parts []string
	for _, part := range b.in.Parts {
		// A part's title, which students never see, does not come with the part: what it names only the part defines.
		title := b.textBy(newFiller(part, b.view.Lang, b.view.Settings), part.Title)
		parts = append(parts, title+" ("+string(part.ID)+" "+part.Version.String()+")")
	}
	p.Authors, p.License, p.Parts = strings.Join(from.Authors, "; "), from.License, strings.Join(parts, "; ")
	p.Hash = b.words.T("packet.hash.hint", i18n.Data{"Name": p.Source, "Hash": b.in.Hash})
}

// sources are the works that the instrument and its parts rest on, each once.
func (b *packetBuilder) sources() []sourceView {
	var list []sourceView
	seen := map[string]bool{}
	for _, in := range append([]*instrument.Instrument{b.in}, b.in.Parts...) {
		for _, c := range in.Provenance.Citations {
			if !seen[c.Text] {
				seen[c.Text] = true
				list = append(list, sourceOf(c.Text, c.DOI))
			}
		}
	}
	return list
}

var triedWords = map[instrument.EvidenceStatus]string{
	instrument.Experimental: "packet.experimental.text", instrument.Piloted: "packet.piloted.text",
	instrument.Validated: "packet.validated.text", instrument.Retired: "packet.retired.text",
}
