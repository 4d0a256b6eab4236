package preview

import (
	"strconv"
	"strings"

	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

const (
	// tolerated is how far the whole may read above the audience's level, as surveyd check allows it too.
	tolerated = 0.5
	// itemTolerated is the same for one item: a formula made for pages judges one sentence roughly.
	itemTolerated = 1.5
)

// readingView is how hard each text reads, beside what the audience manages.
type readingView struct {
	HasLevel bool
	Level    string
	Above    int // items above the level in some language
	Columns  []readingColumn
	Rows     []readingRow
}

type readingColumn struct {
	Tag           instrument.Lang
	Name, Formula string
}

type readingRow struct {
	Item   instrument.ItemID // empty of what is no item
	Text   string
	Lang   instrument.Lang
	Whole  bool
	Levels []readingLevel // one for each column
}

type readingLevel struct {
	Known, Above, Rough bool
	Grade               string
}

// readingOf judges the introduction, the closing, all items together, and each by itself.
func (w *Workbench) readingOf(in *instrument.Instrument, words i18n.Words) readingView {
	level, has := in.Audience.Level()
	v := readingView{HasLevel: has, Level: number(level)}
	shown := i18n.Negotiate(in.Languages, string(words.Lang()))
	everything := instrument.Text{}
	for i, lang := range w.languagesOf(in.Languages) {
		texts := make([]string, len(in.Items))
		for j, item := range in.Items {
			texts[j] = item.Text.In(in.Languages[i])
		}
		everything[lang.Tag] = strings.Join(texts, "\n")
		column := readingColumn{Tag: lang.Tag, Name: lang.Name}
		if r, ok := in.Reading(everything, lang.Tag); ok {
			column.Formula = r.Formula
		}
		v.Columns = append(v.Columns, column)
	}
	add := func(row readingRow, text instrument.Text, margin float64) {
		if text == nil {
			return
		}
		above := false
		for _, lang := range in.Languages {
			l := readingLevel{}
			if r, ok := in.Reading(text, lang); ok {
				l = readingLevel{Known: true, Rough: r.Rough, Grade: strconv.FormatFloat(r.Grade, 'f', 1, 64), Above: has && r.Grade > level+margin}
			}
			above = above || l.Above
			row.Levels = append(row.Levels, l)
		}
		if above && row.Item != "" {
			v.Above++
		}
		v.Rows = append(v.Rows, row)
	}
	add(readingRow{Text: words.T("preview.screen.intro", nil), Whole: true}, in.Intro, tolerated)
	add(readingRow{Text: words.T("preview.reading.items", nil), Whole: true}, everything, tolerated)
	add(readingRow{Text: words.T("preview.screen.closing", nil), Whole: true}, in.Closing, tolerated)
	for _, item := range in.Items {
		add(readingRow{Item: item.ID, Text: item.Text.In(shown), Lang: shown}, item.Text, itemTolerated)
	}
	return v
}
