package codebook

import (
	"surveyd/internal/instrument"
)

// Of makes the codebook of an instrument. What is said in the interface's words, such as the labels of scores, is not in it
// yet: Say adds it.
func Of(in *instrument.Instrument) Book {
	m := maker{in: in}
	b := Book{Instrument: m.about(), Scales: []Scale{}}
	for _, page := range in.Pages {
		for _, item := range page.Items {
			b.Variables = append(b.Variables, m.item(page, item, len(b.Variables)+1))
		}
	}
	for _, scale := range in.Scales {
		b.Scales = append(b.Scales, m.scale(scale))
		b.Variables = append(b.Variables, m.scores(scale)...)
	}
	b.Variables = append(b.Variables, flags(in.Quality))
	b.Variables = append(b.Variables, administrative(in)...)
	return b
}

// maker makes the parts of a book.
type maker struct{ in *instrument.Instrument }

func (m maker) about() About {
	in, p := m.in, m.in.Provenance
	a := About{
		ID: in.ID, Version: in.Version.String(), Hash: in.Hash, Title: m.fill(in.Title), Languages: in.Languages,
		Grades: list(in.Audience.Grades), Adults: in.Audience.Adults, ReadingLevel: in.Audience.ReadingLevel, Minutes: in.Minutes,
		Citations: []Citation{}, Populations: []Population{}, Translations: []Translation{}, Settings: []Setting{}, Parts: []Home{},
		Authors: list(p.Authors), License: p.License, Evidence: string(p.Evidence.Status), Consent: string(p.Consent), ProtectedTopics: list(p.ProtectedTopics),
	}
	for _, c := range p.Citations {
		a.Citations = append(a.Citations, Citation(c))
	}
	for _, q := range p.Evidence.Populations {
		a.Populations = append(a.Populations, Population{Grades: list(q.Grades), Languages: list(q.Languages), N: q.N, Source: q.Source})
	}
	for _, t := range p.Translation {
		a.Translations = append(a.Translations, Translation{Language: t.Lang, Method: t.Method, Reviewer: t.Reviewer, Date: t.Date})
	}
	for _, s := range in.Settings {
		a.Settings = append(a.Settings, Setting(s))
	}
	for _, part := range in.Parts {
		a.Parts = append(a.Parts, Home{ID: part.ID, Version: part.Version.String(), Hash: part.Hash})
	}
	return a
}

// list is never nil, so that JSON has a list where nothing is in it.
func list[T any](values []T) []T {
	if values == nil {
		return []T{}
	}
	return values
}

// homeIn is where something was written.
func homeIn(h instrument.Home) Home {
	return Home{ID: h.ID, Version: h.Version.String(), Hash: h.Hash}
}

// fill fills {{name}} with the default of the setting; the compiler has seen to it that there is one.
func (m maker) fill(text instrument.Text) instrument.Text {
	if text == nil {
		return nil
	}
	filled := make(instrument.Text, len(text))
	for lang, words := range text {
		filled[lang] = instrument.FillPlaceholders(words, func(id instrument.SettingID) string {
			for _, s := range m.in.Settings {
				if s.ID == id {
					return s.Text.In(lang)
				}
			}
			return "{{" + string(id) + "}}"
		})
	}
	return filled
}
