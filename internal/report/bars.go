package report

import (
	"fmt"

	"surveyd/internal/analysis"
	"surveyd/internal/instrument"
)

// bars is how the answers to items of one response set are distributed: a stacked bar for each item, so that the middle of the
// response set stands on one line in all of them.
type bars struct {
	Caption string
	Middle  float64 // where that line is, in percent of the chart
	Keys    []tone
	Rows    []barRow
}

// tone is an option and its colour.
type tone struct{ Name, Class string }

// barRow is one item; a segment's left end and width are in percent of the chart.
type barRow struct {
	ID, Text, About string
	Segments        []segment
	N               int
	below           float64 // share of the answers below the middle
}

type segment struct {
	Class       string
	Left, Width float64
	Label       string // empty where it would not fit
	About       string
}

// labelFits is from which share on a segment has room for its number.
const labelFits = 0.09

// itemBars groups a scale's items by response set.
func itemBars(s analysis.Scale, lang instrument.Lang) []*bars {
	var list []*bars
	at := map[*instrument.ResponseSet]*bars{}
	for _, it := range s.Items {
		set := it.Of.Responses
		if it.Of.Kind != instrument.Choice || it.Hidden != "" || it.N == 0 {
			continue
		}
		b := at[set]
		if b == nil {
			b = &bars{Caption: "Answers as they were given; each bar is all valid answers to an item, and the line is the middle of the answers that could be given"}
			at[set] = b
			for i, c := range it.Counts {
				b.Keys = append(b.Keys, tone{c.Code + " " + c.Label.In(lang), toneClass(i, len(it.Counts))})
			}
			list = append(list, b)
		}
		b.Rows = append(b.Rows, rowOf(it, lang))
	}
	for _, b := range list {
		b.spread()
	}
	return list
}

// spread makes the bars of a chart as wide as all of them have room for.
func (b *bars) spread() {
	before, behind := 0.0, 0.0
	for _, row := range b.Rows {
		before, behind = max(before, row.below), max(behind, 1-row.below)
	}
	scale := 100 / (before + behind)
	b.Middle = before * scale
	for _, row := range b.Rows {
		for i := range row.Segments {
			s := &row.Segments[i]
			s.Left, s.Width = scale*(before-row.below+s.Left), scale*s.Width
		}
	}
}

// rowOf gives an item's segments as shares of its answers.
func rowOf(it analysis.Item, lang instrument.Lang) barRow {
	row := barRow{ID: string(it.Of.ID), Text: it.Of.Text.In(lang), N: it.N}
	if it.Reversed {
		row.ID = "−" + row.ID
	}
	k := len(it.Counts)
	for i, c := range it.Counts {
		switch share := float64(c.N) / float64(it.N); {
		case 2*i+1 < k:
			row.below += share
		case 2*i+1 == k:
			row.below += share / 2
		}
	}
	left := 0.0
	for i, c := range it.Counts {
		share := float64(c.N) / float64(it.N)
		about := fmt.Sprintf("%s: %s (%d)", c.Label.In(lang), percent(share), c.N)
		if row.About != "" {
			row.About += ", "
		}
		row.About += about
		if c.N == 0 {
			continue
		}
		seg := segment{Class: toneClass(i, k), Left: left, Width: share, About: about}
		if share >= labelFits {
			seg.Label = decimals(100*share, 0)
		}
		row.Segments = append(row.Segments, seg)
		left += share
	}
	return row
}

// toneClass spreads k options over nine tones, from n4 by z to p4.
func toneClass(i, k int) string {
	classes := [...]string{"n4", "n3", "n2", "n1", "z", "p1", "p2", "p3", "p4"}
	if k == 1 {
		return "z"
	}
	at := (i*(len(classes)-1)*2 + (k - 1)) / (2 * (k - 1)) // rounded
	return classes[at]
}
