package analysis

import (
	"slices"

	"surveyd/internal/instrument"
	"surveyd/internal/psychometrics"
)

// Item is what some persons' answers say of one item.
type Item struct {
	psychometrics.Item                         // of an item of no scale only N, and of a number Mean and SD
	CI                 *psychometrics.Interval // of the mean
	Of                 *instrument.Item
	Reversed           bool
	Counts             []Count // valid answers by raw code, in the order of the response set; of a number by value
	Unscored           []Count // answers with a code that is never scored, such as "does not apply"
	Missing            Missing
	Favorable          psychometrics.Figure // share of the valid answers; NotDeclared where the scale names none
	FavorableCI        *psychometrics.Interval
	Hidden             psychometrics.Reason // why the counts are not shown
}

// Count is how many answers have one code.
type Count struct {
	Code  string
	Label instrument.Text // nil of a number
	N     int
}

// Missing is how many persons have no valid answer, by state.
type Missing struct{ Skipped, Declined, NotShown, NotReached, Invalid int }

// Total is all of them.
func (m Missing) Total() int { return m.Skipped + m.Declined + m.NotShown + m.NotReached + m.Invalid }

// scaleItems describes the items of a scale on the keyed metric.
func (d *Data) scaleItems(index int, persons []int, sample psychometrics.Sample) []Item {
	keyed := &d.keyed[index]
	items := make([]Item, len(keyed.keys))
	for i, statistics := range psychometrics.ItemsOf(sample) {
		k := &keyed.keys[i]
		column := psychometrics.Sample{Columns: sample.Columns[i : i+1]}
		favorable := psychometrics.FavorableOf(column, keyed.isFavorable, d.in.Scales[index].Favorable != nil)
		items[i] = Item{
			Item: statistics, CI: psychometrics.Describe(sample.Columns[i]).CI, Of: k.item, Reversed: k.reversed,
			Favorable: favorable.Responses, FavorableCI: favorable.CI,
		}
		d.count(&items[i], persons)
	}
	return items
}

// others describes the items of no scale.
func (d *Data) others(persons []int) []Item {
	used := map[int]bool{}
	for _, scale := range d.in.Scales {
		for _, key := range scale.Items {
			used[key.Item.Index] = true
		}
	}
	var items []Item
	for i, item := range d.in.Items {
		if used[i] {
			continue
		}
		none := psychometrics.None(psychometrics.NotDeclared)
		it := Item{Of: item, Favorable: none, Item: psychometrics.Item{Mean: none, SD: none, ItemRest: none, AlphaIfDropped: none}}
		d.count(&it, persons)
		for _, c := range it.Counts {
			it.N += c.N
		}
		switch item.Kind {
		case instrument.Number:
			described := psychometrics.Describe(present(d.items[i].numbers, persons))
			it.N, it.Mean, it.SD, it.CI = described.N, described.Mean, described.SD, described.CI
		case instrument.Multiple, instrument.FreeText:
			it.N = len(persons) - it.Missing.Total()
		}
		items = append(items, it)
	}
	return items
}

// count counts an item's answers and states.
func (d *Data) count(it *Item, persons []int) {
	data := &d.items[it.Of.Index]
	options := make([]int, 0)
	if it.Of.Responses != nil {
		options = make([]int, len(it.Of.Responses.Options))
	}
	values := map[float64]int{}
	for _, p := range persons {
		switch given := data.given[p]; {
		case given < 0:
			it.Missing.add(given)
		case it.Of.Kind == instrument.Number:
			values[data.numbers[p]]++
		case it.Of.Kind == instrument.Multiple:
			for _, o := range data.chosen[given] {
				options[o]++
			}
		default:
			options[given]++
		}
	}
	for o, n := range options {
		option := &it.Of.Responses.Options[o]
		count := Count{Code: string(option.Code), Label: option.Label, N: n}
		if option.Missing {
			it.Unscored = append(it.Unscored, count)
		} else {
			it.Counts = append(it.Counts, count)
		}
	}
	it.Counts = append(it.Counts, numberCounts(values)...)
}

func numberCounts(values map[float64]int) []Count {
	sorted := make([]float64, 0, len(values))
	for x := range values {
		sorted = append(sorted, x)
	}
	slices.Sort(sorted)
	counts := make([]Count, len(sorted))
	for i, x := range sorted {
		counts[i] = Count{Code: plainNumber(x), N: values[x]}
	}
	return counts
}

func (m *Missing) add(state int32) {
	switch state {
	case skipped:
		m.Skipped++
	case declined:
		m.Declined++
	case notShown:
		m.NotShown++
	case notReached:
		m.NotReached++
	case invalid:
		m.Invalid++
	}
}
