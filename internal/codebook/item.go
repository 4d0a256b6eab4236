package codebook

import (
	"slices"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
)

// item is the variable of one item; number is its position in the survey.
func (m maker) item(page *instrument.Page, item *instrument.Item, number int) Variable {
	detail := &Item{
		Number: number, Kind: item.Kind, Home: homeIn(item.Home), PageTitle: m.fill(page.Title), MaxLength: item.MaxLength,
		Required: item.Required, Condition: item.ShowIfSrc, States: states(item), Uses: m.uses(item),
	}
	for _, lang := range m.in.Languages {
		if item.Audio[lang] != nil {
			detail.Audio = append(detail.Audio, lang)
		}
	}
	v := Variable{
		Name: string(item.ID), Section: Items, Role: RoleItem, Type: typeOf(item), Label: m.fill(item.Text), Page: page.ID, Item: detail,
	}
	if item.Min != nil || item.Max != nil {
		v.Range = &Range{Min: item.Min, Max: item.Max}
	}
	if set := item.Responses; set != nil {
		detail.Set, detail.Ordinal, detail.Declined = set.ID, set.Kind == instrument.Ordinal, m.fill(set.Declined)
		for _, o := range set.Options {
			v.Values = append(v.Values, Value{
				Code: string(o.Code), Label: m.fill(o.Label), Detail: m.fill(o.Description), Missing: o.Missing, Picture: o.Picture,
			})
		}
	}
	return v
}

func typeOf(item *instrument.Item) Type {
	switch item.Kind {
	case instrument.Multiple:
		return List
	case instrument.Number:
		return Number
	case instrument.FreeText:
		return Words
	}
	if item.Responses != nil && slices.ContainsFunc(item.Responses.Options, func(o instrument.Option) bool { return !o.IsNumber }) {
		return Words
	}
	return Integer
}

// states are those that an answer to the item can be in: not_shown needs a condition, declined a choice of that kind.
func states(item *instrument.Item) []State {
	var list []State
	if item.ShowIf != nil {
		list = append(list, State{Code: answer.CodeNotShown, Name: "not_shown"})
	}
	list = append(list, State{Code: answer.CodeSkipped, Name: "skipped"}, State{Code: answer.CodeNotReached, Name: "not_reached"})
	if item.Responses != nil && item.Responses.Declined != nil {
		list = append(list, State{Code: answer.CodeDeclined, Name: "declined"})
	}
	return list
}

func (m maker) uses(item *instrument.Item) []Use {
	uses := []Use{}
	for _, scale := range m.in.Scales {
		for _, key := range scale.Items {
			if key.Item.ID == item.ID {
				uses = append(uses, Use{Scale: scale.ID, Reversed: key.Reversed, Weight: key.Weight})
			}
		}
	}
	return uses
}
