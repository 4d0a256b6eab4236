package report

import (
	"strconv"

	"surveyd/internal/analysis"
)

// missingColumns are the columns of a table of items that say who gave no valid answer. Those who were not asked, and those whose
// answer is never scored, did not skip the item; each has a column of its own where there are any.
type missingColumns struct{ notAsked, notScored bool }

func missingOf(items []analysis.Item) missingColumns {
	var m missingColumns
	for _, it := range items {
		if it.Hidden == "" {
			m.notAsked = m.notAsked || it.Missing.NotShown > 0
			m.notScored = m.notScored || total(it.Unscored) > 0
		}
	}
	return m
}

func (m missingColumns) columns() []column {
	list := []column{right("missing", "skipped, declined, not reached or invalid")}
	if m.notAsked {
		list = append(list, right("not asked", "the item was not shown"))
	}
	if m.notScored {
		list = append(list, right("not scored", "answers such as does not apply, which are never scored"))
	}
	return list
}

func (m missingColumns) cells(it analysis.Item) []any {
	counted := func(n int) any {
		if it.Hidden != "" {
			return dash
		}
		return strconv.Itoa(n)
	}
	list := []any{counted(it.Missing.Total() - it.Missing.NotShown)}
	if m.notAsked {
		list = append(list, counted(it.Missing.NotShown))
	}
	if m.notScored {
		list = append(list, counted(total(it.Unscored)))
	}
	return list
}
