package compare

import (
	"fmt"
	"reflect"
	"slices"

	"surveyd/internal/instrument"
)

// header compares what stands above the items: for whom the instrument is, in which languages, where it comes from.
func (d *differ) header() {
	d.text("title", "the title", d.old.Title, d.new.Title, nil)
	d.languages()
	d.audience()
	if d.old.Minutes != d.new.Minutes {
		d.add(Patch, "minutes", fmt.Sprintf("minutes: %d, was %d", d.new.Minutes, d.old.Minutes), noScores)
	}
	d.provenance()
	d.text("intro", "the intro", d.old.Intro, d.new.Intro, nil)
	d.text("closing", "the closing", d.old.Closing, d.new.Closing, nil)
	d.settings()
}

func (d *differ) languages() {
	for _, lang := range missingFrom(d.new.Languages, d.old.Languages) {
		d.add(Minor, "languages", fmt.Sprintf("the language %s is new", lang), "it adds; whether it measures the same as the others is a question for a study").Language = lang
	}
	for _, lang := range missingFrom(d.old.Languages, d.new.Languages) {
		d.add(Major, "languages", fmt.Sprintf("the language %s is gone", lang), "those who answered in it cannot answer again, so that the same group is no longer asked").Language = lang
	}
	if len(d.old.Languages) > 0 && len(d.new.Languages) > 0 && d.old.Languages[0] != d.new.Languages[0] {
		d.add(Patch, "languages", fmt.Sprintf("the source language is %s, was %s", d.new.Languages[0], d.old.Languages[0]), "texts are the same; translations are held against another language from now on")
	}
}

func (d *differ) audience() {
	old, new := d.old.Audience, d.new.Audience
	if old.Adults != new.Adults {
		who := func(a instrument.Audience) string {
			if a.Adults == "" {
				return "students"
			}
			return a.Adults
		}
		d.add(Major, "audience", fmt.Sprintf("it is for %s, was for %s", who(new), who(old)), "other people answer, and their answers are no trend of the former ones")
		return
	}
	if added := missingFrom(new.Grades, old.Grades); len(added) > 0 {
		d.add(Minor, "audience", fmt.Sprintf("the audience has grades more: %s", listed(added)), addsTo)
	}
	if gone := missingFrom(old.Grades, new.Grades); len(gone) > 0 {
		d.add(Minor, "audience", fmt.Sprintf("the audience has grades less: %s", listed(gone)), "fewer are asked; scores of those who are mean the same")
	}
	if old.ReadingLevel != new.ReadingLevel {
		d.add(Patch, "audience/reading_level", fmt.Sprintf("reading_level: %g, was %g", new.ReadingLevel, old.ReadingLevel), noScores)
	}
}

func (d *differ) provenance() {
	old, new := d.old.Provenance, d.new.Provenance
	for _, part := range []struct {
		key      string
		old, new any
	}{
		{"authors", old.Authors, new.Authors}, {"license", old.License, new.License}, {"citations", old.Citations, new.Citations},
		{"evidence", old.Evidence, new.Evidence},
	} {
		if !reflect.DeepEqual(part.old, part.new) {
			d.add(Patch, "provenance/"+part.key, part.key+" of the provenance changed", noScores)
		}
	}
	for _, lang := range d.new.Languages {
		before, now := translationTo(old, lang), translationTo(new, lang)
		if before != now && d.old.HasLanguage(lang) {
			d.add(Patch, "provenance/translation/"+string(lang), fmt.Sprintf("what is said of the translation to %s changed", lang), noScores).Language = lang
		}
	}
	if old.Consent != new.Consent {
		d.add(Minor, "provenance/consent", fmt.Sprintf("consent: %s, was %s", orNone(new.Consent), orNone(old.Consent)), "parents are asked in another way, so that others may come to answer")
	}
	if !slices.Equal(old.ProtectedTopics, new.ProtectedTopics) {
		d.add(Minor, "provenance/protected_topics", fmt.Sprintf("protected_topics: %v, was %v", new.ProtectedTopics, old.ProtectedTopics), "parents are told something else")
	}
}

func orNone[T ~string](s T) string {
	if s == "" {
		return "none"
	}
	return string(s)
}

func translationTo(p instrument.Provenance, lang instrument.Lang) instrument.Translation {
	for _, t := range p.Translation {
		if t.Lang == lang {
			return t
		}
	}
	return instrument.Translation{Lang: lang}
}

func (d *differ) settings() {
	byID := func(list []instrument.Setting) map[instrument.SettingID]instrument.Text {
		out := map[instrument.SettingID]instrument.Text{}
		for _, s := range list {
			out[s.ID] = s.Text
		}
		return out
	}
	before, now := byID(d.old.Settings), byID(d.new.Settings)
	for _, s := range d.new.Settings {
		if old, ok := before[s.ID]; ok {
			d.text("settings/"+string(s.ID), fmt.Sprintf("the setting %s", s.ID), old, s.Text, nil)
		} else {
			d.add(Minor, "settings/"+string(s.ID), fmt.Sprintf("the setting %s is new", s.ID), addsTo)
		}
	}
	for _, s := range d.old.Settings {
		if _, ok := now[s.ID]; !ok {
			d.add(Minor, "settings", fmt.Sprintf("the setting %s is gone", s.ID), "administrations that set it have to be made anew")
		}
	}
}

// parts compares which versions of other instruments a battery includes. What that changes is listed with the items and scales.
func (d *differ) parts() {
	find := func(list []*instrument.Instrument, id instrument.ID) *instrument.Instrument {
		i := slices.IndexFunc(list, func(in *instrument.Instrument) bool { return in.ID == id })
		if i < 0 {
			return nil
		}
		return list[i]
	}
	for _, now := range d.new.Parts {
		path := "pages"
		before := find(d.old.Parts, now.ID)
		var c *Change
		switch {
		case before == nil:
			c = d.add(Minor, path, fmt.Sprintf("the part %s %s is new", now.ID, now.Version), addsTo)
		case before.Version == now.Version && before.Hash == now.Hash:
			continue
		case before.Version == now.Version:
			c = d.add(Patch, path, fmt.Sprintf("the part %s is %s as before, with another content", now.ID, now.Version), "a version that is published does not change; raise the part's version")
		default:
			level := max(Promised(before.Version, now.Version), Promised(now.Version, before.Version))
			c = d.add(level, path, fmt.Sprintf("the part %s is %s, was %s", now.ID, now.Version, before.Version), "a battery changes as much as the version of its part")
		}
		if at, ok := d.places.part(now.ID); ok {
			c.At = at
		}
	}
	for _, before := range d.old.Parts {
		if find(d.new.Parts, before.ID) == nil {
			d.add(Major, "pages", fmt.Sprintf("the part %s is gone", before.ID), "its items are not asked any more")
		}
	}
}
