package answer

import (
	"strings"

	"surveyd/internal/csvfile"
	"surveyd/internal/instrument"
)

// The codes that stand for states in a labelled file.
const (
	CodeNotShown   = "-91"
	CodeSkipped    = "-92"
	CodeNotReached = "-93"
	CodeDeclined   = "-94"
)

// notAvailable is what R writes into an empty cell.
const notAvailable = "NA"

// ParseCell reads the cell of a CSV row under an item's heading. Empty and NA are skipped; -91 to -94 are states. What is
// no legal answer gives an invalid one that keeps the cell.
func ParseCell(item *instrument.Item, cell string) Answer {
	value := strings.TrimSpace(cell)
	if value == "" || value == notAvailable {
		return Answer{State: Skipped, Option: -1}
	}
	if state, ok := stateOfCell(item, value); ok {
		return Answer{State: state, Option: -1}
	}
	a, _ := read(item, plain(item, value))
	return a
}

// stateOfCell reads a state's code. In a column of numbers it may have become -92.0.
func stateOfCell(item *instrument.Item, value string) (State, bool) {
	if value == "" || value[0] != '-' {
		return NotReached, false
	}
	switch value {
	case CodeNotShown:
		return NotShown, true
	case CodeSkipped:
		return Skipped, true
	case CodeNotReached:
		return NotReached, true
	case CodeDeclined:
		return Declined, true
	}
	if item.Kind == instrument.FreeText {
		return NotReached, false
	}
	number, ok := parseNumber(value)
	if !ok {
		return NotReached, false
	}
	return stateOfNumber(number)
}

func stateOfNumber(number float64) (State, bool) {
	switch number {
	case -91:
		return NotShown, true
	case -92:
		return Skipped, true
	case -93:
		return NotReached, true
	case -94:
		return Declined, true
	}
	return NotReached, false
}

// Cell writes the answer as the cell of a plain CSV: empty unless the item was answered. ParseCell reads the same answer
// back. What a spreadsheet would take for a formula is defused.
func (a Answer) Cell(item *instrument.Item) string {
	if a.State != Answered {
		return ""
	}
	value := a.value(item)
	if (a.Invalid || item.Kind == instrument.FreeText) && meansNoAnswer(item, value) {
		return "'" + value
	}
	return csvfile.Defuse(value)
}

// plain takes off the apostrophe that Cell put on.
func plain(item *instrument.Item, cell string) string {
	if strings.HasPrefix(cell, "'") && meansNoAnswer(item, cell) {
		return cell[1:]
	}
	return csvfile.Undefuse(cell)
}

// meansNoAnswer says whether, but for apostrophes before it, value is what a file writes where there is no answer. Somebody
// who wrote such a thing did answer, so it is kept apart by one apostrophe more.
func meansNoAnswer(item *instrument.Item, value string) bool {
	value = strings.TrimSpace(strings.TrimLeft(value, "'"))
	if value == notAvailable {
		return true
	}
	_, state := stateOfCell(item, value)
	return state
}

// value is what was given, in the form in which it is stored.
func (a Answer) value(item *instrument.Item) string {
	if a.Invalid {
		return a.Text
	}
	switch item.Kind {
	case instrument.Multiple:
		codes := make([]string, len(a.Options))
		for i, option := range a.Options {
			codes[i] = string(item.Responses.Options[option].Code)
		}
		return strings.Join(codes, ";")
	case instrument.Number:
		return string(csvfile.AppendNumber(nil, a.Number))
	case instrument.FreeText:
		return a.Text
	default:
		return string(item.Responses.Options[a.Option].Code)
	}
}
