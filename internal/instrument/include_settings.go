package instrument

import (
	"fmt"
	"maps"
	"strings"
)

// includeSettings brings the settings that included texts speak of. What the battery defines itself goes before what a part
// says; parts that say different things leave it to the battery.
func (l *loader) includeSettings(d *draft) {
	given := map[SettingID]*include{}
	d.eachIncludedText(func(from *include, t Text) {
		for _, text := range t {
			for _, m := range placeholderPattern.FindAllStringSubmatch(text, -1) {
				l.includeSetting(d, given, from, SettingID(m[1]))
			}
		}
	})
}

func (l *loader) includeSetting(d *draft, given map[SettingID]*include, from *include, id SettingID) {
	setting, ok := from.part.in.setting(id)
	if !ok {
		return // every text of a part was checked at home
	}
	text := setting.Text.only(d.in.Languages)
	if other := given[id]; other != nil {
		if other.part == from.part {
			return
		}
		if first, _ := d.in.setting(id); maps.Equal(first.Text, text) {
			return
		}
		given[id] = &include{part: from.part} // once is enough
		l.errAt(from.node, "settings-differ", fmt.Sprintf("{{%s}} is one thing in %s and another in %s", id, other.part.what(), from.part.what()),
			fmt.Sprintf("define it here, as settings: {%s: ...}; that goes for all parts", id))
		return
	}
	if _, own := d.in.setting(id); own {
		return
	}
	if first := d.settings.first[strings.ToLower(string(id))]; first != nil {
		l.errAt(first, "doubled-id", fmt.Sprintf("the setting %q is called %q%s", first.Value, id, from.home()), fmt.Sprintf("write %s; names of settings are unique without regard to case", id))
		given[id] = from
		return
	}
	given[id] = from
	d.in.Settings = append(d.in.Settings, Setting{ID: id, Text: text})
	d.settings.first[strings.ToLower(string(id))] = from.node
	d.settings.listed = append(d.settings.listed, string(id))
}

func (in *Instrument) setting(id SettingID) (Setting, bool) {
	for _, s := range in.Settings {
		if s.ID == id {
			return s, true
		}
	}
	return Setting{}, false
}

// eachIncludedText calls each for every text that the parts bring, in the order of the pages, then that of the scales.
func (d *draft) eachIncludedText(each func(*include, Text)) {
	for _, p := range d.pageList {
		if p.from == nil {
			continue
		}
		each(p.from, p.Title)
		for _, it := range p.Items {
			each(p.from, it.Text)
			if it.Responses == nil {
				continue
			}
			each(p.from, it.Responses.Declined)
			for _, o := range it.Responses.Options {
				each(p.from, o.Label)
				each(p.from, o.Description)
			}
		}
	}
	for _, s := range d.scaleList {
		if s.from == nil {
			continue
		}
		each(s.from, s.Title)
		each(s.from, s.HigherMeans)
		if s.Bands != nil {
			for _, c := range s.Bands.Cuts {
				each(s.from, c.Label)
			}
		}
	}
}
