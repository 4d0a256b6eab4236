package codebook

import (
	"maps"
	"strings"

	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

// Say gives the book with what the interface says of it: labels of scores and other columns, formulas, the meaning of
// values and states, in every language of the instrument. A language that the interface does not speak gets the words of
// the source language.
func (b Book) Say(bundle *i18n.Bundle) Book {
	said := b
	said.Variables = make([]Variable, len(b.Variables))
	for i, v := range b.Variables {
		v.Values = append([]Value(nil), v.Values...)
		if v.Item != nil {
			item := *v.Item
			item.States = append([]State(nil), v.Item.States...)
			v.Item = &item
		}
		v.Label, v.Formula = maps.Clone(v.Label), nil
		for _, lang := range b.Instrument.Languages {
			s := speaker{book: &b, lang: lang, words: bundle.Words(lang)}
			s.say(&v)
		}
		said.Variables[i] = v
	}
	return said
}

// speaker says one language's words.
type speaker struct {
	book  *Book
	lang  instrument.Lang
	words i18n.Words
}

func (s speaker) say(v *Variable) {
	if v.Role != RoleItem {
		put(&v.Label, s.lang, s.label(v))
	}
	if formula := s.formula(v); formula != "" {
		put(&v.Formula, s.lang, formula)
	}
	for i := range v.Values {
		if id := valueWords[v.Values[i].Code]; id != "" && v.Role != RoleItem && v.Role != RoleBand {
			put(&v.Values[i].Label, s.lang, s.words.T(id, s.data(v)))
		}
	}
	if v.Name == "language" && v.Role == RoleIdentity {
		for i := range v.Values {
			put(&v.Values[i].Label, s.lang, s.words.T("codebook.language.value", i18n.Data{"Tag": v.Values[i].Code}))
		}
	}
	if v.Item == nil {
		return
	}
	for i := range v.Item.States {
		put(&v.Item.States[i].Text, s.lang, s.words.T(stateWords[v.Item.States[i].Name], nil))
	}
}

// put adds one language's words without writing into a text that others hold.
func put(text *instrument.Text, lang instrument.Lang, words string) {
	whole := maps.Clone(*text)
	if whole == nil {
		whole = instrument.Text{}
	}
	whole[lang] = words
	*text = whole
}

// data is what messages about a variable may fill in.
func (s speaker) data(v *Variable) i18n.Data {
	data := i18n.Data{"Page": string(v.Page)}
	scale, ok := s.book.Scale(v.Scale)
	if !ok {
		return data
	}
	terms := make([]string, len(scale.Keys))
	for i, key := range scale.Keys {
		terms[i] = key.Term
	}
	codes := make([]string, len(scale.Favorable))
	for i, code := range scale.Favorable {
		codes[i] = string(code)
	}
	data["Scale"], data["Terms"], data["Codes"] = scale.Title.In(s.lang), strings.Join(terms, ", "), strings.Join(codes, ", ")
	data["Least"], data["All"] = scale.MinAnswered, len(scale.Keys)
	data["Of"] = string(scale.ID)
	if _, scaled := s.book.Variable(string(scale.ID) + "_scaled"); scaled {
		data["Of"] = string(scale.ID) + "_scaled"
	}
	return data
}

func (s speaker) label(v *Variable) string {
	id := labelWords[v.Role]
	switch {
	case v.Role == RoleIdentity:
		id = columnWords[v.Name]
	case v.Role == RoleFavorable:
		if scale, ok := s.book.Scale(v.Scale); ok && len(scale.Favorable) == 0 {
			id = "codebook.favorable_none.label"
		}
	}
	return s.words.T(id, s.data(v))
}
