package render

import (
	"fmt"
	"strconv"

	"surveyd/internal/condition"
	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

// conditionWords says conditions as a person would: by the numbers of questions and the labels of their options. A negation
// is carried down to the single comparisons, where every one has words of its own.
type conditionWords struct {
	in      *instrument.Instrument
	fill    filler
	words   i18n.Words
	numbers map[instrument.ItemID]int // as the questions are numbered on paper
}

// sentence says when an item is asked; empty when it always is. Errors: a condition on an item that is not there, a
// placeholder that no setting fills.
func (c conditionWords) sentence(item *instrument.Item) (string, error) {
	if item.ShowIf == nil {
		return "", nil
	}
	clause, err := c.clause(item.ShowIf, false)
	if err != nil {
		return "", fmt.Errorf("condition of %s: %w", item.ID, err)
	}
	return c.words.T("condition.asked.hint", i18n.Data{"Condition": clause}), nil
}

func (c conditionWords) clause(n *condition.Node, negated bool) (string, error) {
	switch n.Kind {
	case condition.Not:
		return c.clause(n.Args[0], !negated)
	case condition.And, condition.Or:
		return c.joined(n, negated)
	}
	item, ok := c.in.Item(instrument.ItemID(n.Item))
	if !ok {
		return "", fmt.Errorf("there is no item %s", n.Item)
	}
	data := i18n.Data{"Number": c.numbers[item.ID]}
	id, options, err := c.atom(n, item, negated)
	if err != nil {
		return "", err
	}
	if id == "" { // of an order: a number's limit, or the options that are within it
		data["Value"] = n.Values[0].Text
		return c.words.T(orderWords[order(n.Op, negated)], data), nil
	}
	if options != nil {
		data["Options"] = c.anyOf(options)
	}
	return c.words.T(id, data), nil
}

// joined says "and" and "or". By De Morgan's laws, which hold in three values too, a negation turns one into the other.
func (c conditionWords) joined(n *condition.Node, negated bool) (string, error) {
	id := "condition.both.clause"
	if (n.Kind == condition.Or) != negated {
		id = "condition.either.clause"
	}
	whole := ""
	for i, arg := range n.Args {
		part, err := c.clause(arg, negated)
		if err != nil {
			return "", err
		}
		if isJoined(arg) {
			part = "(" + part + ")"
		}
		if i == 0 {
			whole = part
			continue
		}
		whole = c.words.T(id, i18n.Data{"First": whole, "Second": part})
	}
	return whole, nil
}

// isJoined says whether a condition reads as several with "and" or "or" between them, negated or not.
func isJoined(n *condition.Node) bool {
	for n.Kind == condition.Not {
		n = n.Args[0]
	}
	return n.Kind == condition.And || n.Kind == condition.Or
}

// atom finds the words of one comparison, and the answers that it names; no id for the order of a number item.
func (c conditionWords) atom(n *condition.Node, item *instrument.Item, negated bool) (id string, options []string, err error) {
	switch n.Kind {
	case condition.Answered:
		if negated {
			return "condition.not_answered.clause", nil, nil
		}
		return "condition.answered.clause", nil, nil
	case condition.Has:
		options, err = c.named(n, item)
		if negated {
			return "condition.has_not.clause", options, err
		}
		return "condition.has.clause", options, err
	case condition.Compare:
		if n.Op != condition.Equal && n.Op != condition.NotEqual {
			if item.Responses == nil {
				return "", nil, nil
			}
			options, err = c.within(n, item, negated)
			return "condition.is.clause", options, err
		}
		negated = negated != (n.Op == condition.NotEqual)
	}
	options, err = c.named(n, item)
	if negated {
		return "condition.is_not.clause", options, err
	}
	return "condition.is.clause", options, err
}

// named gives the answers that a comparison writes out: labels in quotes, of a number item the numbers.
func (c conditionWords) named(n *condition.Node, item *instrument.Item) ([]string, error) {
	var list []string
	for _, literal := range n.Values {
		if item.Responses == nil {
			list = append(list, literal.Text)
			continue
		}
		at := item.Responses.Option(instrument.Code(literal.Text))
		if at < 0 {
			return nil, fmt.Errorf("item %s has no option %s", item.ID, literal.Text)
		}
		label, err := c.label(&item.Responses.Options[at])
		if err != nil {
			return nil, err
		}
		list = append(list, label)
	}
	return list, nil
}

// within gives the options of a choice whose codes are in the order asked for.
func (c conditionWords) within(n *condition.Node, item *instrument.Item, negated bool) ([]string, error) {
	var list []string
	for i := range item.Responses.Options {
		option := &item.Responses.Options[i]
		value := condition.Value{Answered: true, Codes: []string{string(option.Code)}, Number: option.Value, IsNumber: option.IsNumber}
		truth := condition.Eval(n, func(string) condition.Value { return value })
		if truth == condition.Unknown || (truth == condition.True) == negated {
			continue
		}
		label, err := c.label(option)
		if err != nil {
			return nil, err
		}
		list = append(list, label)
	}
	return list, nil
}

func (c conditionWords) label(option *instrument.Option) (string, error) {
	label, err := c.fill.fill(option.Label)
	return c.words.T("condition.quoted.value", i18n.Data{"Label": label}), err
}

// anyOf joins answers: commas, and "or" before the last.
func (c conditionWords) anyOf(list []string) string {
	if len(list) == 1 {
		return list[0]
	}
	first := list[0]
	for _, next := range list[1 : len(list)-1] {
		first += ", " + next
	}
	return c.words.T("condition.or.value", i18n.Data{"First": first, "Last": list[len(list)-1]})
}

var orderWords = map[condition.Op]string{
	condition.Less: "condition.less.clause", condition.LessEqual: "condition.at_most.clause",
	condition.Greater: "condition.more.clause", condition.GreaterEqual: "condition.at_least.clause",
}

// order turns a comparison around when it is negated.
func order(op condition.Op, negated bool) condition.Op {
	if !negated {
		return op
	}
	switch op {
	case condition.Less:
		return condition.GreaterEqual
	case condition.LessEqual:
		return condition.Greater
	case condition.Greater:
		return condition.LessEqual
	}
	return condition.Less
}

// paperNumbers numbers the questions in the order of the pages.
func paperNumbers(in *instrument.Instrument) map[instrument.ItemID]int {
	numbers := make(map[instrument.ItemID]int, len(in.Items))
	for _, page := range in.Pages {
		for _, item := range page.Items {
			numbers[item.ID] = len(numbers) + 1
		}
	}
	return numbers
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
