package answer

import (
	"slices"
	"strings"

	"surveyd/internal/instrument"
)

// Form is the fields of a browser form, named after items. A name that begins with an underscore is none of an answer's
// business and is passed over.
type Form interface {
	Names() []string
	Values(name string) []string
}

// ParseForm reads a whole form. A field that is there and blank is skipped; an item without a field is not reached. Every
// problem of the form is given, those of items in the order of the file, unknown names after them in order of name. An item
// with a problem has an invalid answer that keeps what was given, but for two texts, which are not put together.
func ParseForm(in *instrument.Instrument, form Form) (Set, []Problem) {
	set := New(in)
	var problems []Problem
	var unknown []string
	given := make([]bool, len(in.Items))
	for _, name := range form.Names() {
		item, ok := in.Item(instrument.ItemID(name))
		switch {
		case ok:
			given[item.Index] = true
		case !strings.HasPrefix(name, "_"):
			unknown = append(unknown, name)
		}
	}
	for i, item := range in.Items {
		if !given[i] {
			continue
		}
		var problem *Problem
		if set[i], problem = ParseValues(item, form.Values(string(item.ID))); problem != nil {
			problems = append(problems, *problem)
		}
	}
	slices.Sort(unknown)
	for _, name := range slices.Compact(unknown) {
		problems = append(problems, Problem{Item: instrument.ItemID(name), Code: UnknownItem})
	}
	return set, problems
}

// ParseValues reads the values that a form holds for one item: several for a multiple item, else at most one that is not
// blank. None is skipped. CodeDeclined is the response set's declined choice where it offers one.
func ParseValues(item *instrument.Item, values []string) (Answer, *Problem) {
	var given []string
	for _, v := range values {
		if strings.TrimSpace(v) != "" && !slices.Contains(given, v) {
			given = append(given, v)
		}
	}
	if len(given) == 0 {
		return Answer{State: Skipped, Option: -1}, nil
	}
	declines := item.Responses != nil && item.Responses.Declined != nil && slices.Contains(given, CodeDeclined)
	switch {
	case declines && len(given) == 1:
		return Answer{State: Declined, Option: -1}, nil
	case declines, len(given) > 1 && item.Kind != instrument.Multiple:
		a, problem := invalid(item, strings.Join(given, ";"), TwoValues, 0)
		if item.Kind == instrument.FreeText {
			// Two texts put together would be a legal text, which nobody wrote.
			a = Answer{State: Skipped, Option: -1}
		}
		return a, problem
	}
	return read(item, strings.Join(given, ";"))
}
