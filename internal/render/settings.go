package render

import (
	"fmt"

	"surveyd/internal/instrument"
)

// filler fills {{name}} in an instrument's texts of one language.
type filler struct {
	lang   instrument.Lang
	values map[instrument.SettingID]string
}

func newFiller(in *instrument.Instrument, lang instrument.Lang, overrides Settings) filler {
	f := filler{lang: lang, values: make(map[instrument.SettingID]string, len(in.Settings))}
	for _, setting := range in.Settings {
		f.values[setting.ID] = setting.Text.In(lang)
		if text, ok := overrides[setting.ID][lang]; ok {
			f.values[setting.ID] = text
		}
	}
	return f
}

// fill gives the text in the filler's language. Errors: a placeholder that no setting fills.
func (f filler) fill(text instrument.Text) (string, error) {
	var unknown error
	filled := instrument.FillPlaceholders(text.In(f.lang), func(id instrument.SettingID) string {
		value, ok := f.values[id]
		if !ok && unknown == nil {
			unknown = fmt.Errorf("no setting fills {{%s}} in %q", id, text.In(f.lang))
		}
		return value
	})
	return filled, unknown
}
