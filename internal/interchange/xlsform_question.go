package interchange

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"surveyd/internal/condition"
)

// question reads a row that asks.
func (x *xlsform) question(r *surveyRow) {
	q := &question{at: r.at, name: r.name}
	x.questions = append(x.questions, q)
	if slices.Contains(metadata, r.word) {
		x.leaveOut(q, "type", fmt.Sprintf("%s was left out: it records no answer", r.word), "surveyd keeps times and codes of its own")
		return
	}
	var other *question
	switch r.word {
	case "select_one", "select_multiple":
		q.kind = condition.ChoiceItem
		if r.word == "select_multiple" {
			q.kind = condition.MultipleItem
		}
		other = x.choose(r, q)
	case "integer", "decimal", "range":
		q.kind = condition.NumberItem
	case "text":
		q.kind = condition.TextItem
	case "calculate", "hidden":
		x.leaveOut(q, "type", fmt.Sprintf("%q (%s) was left out: nothing is computed while a student answers", r.name, r.word), "scales compute scores afterwards")
	default:
		x.leaveOut(q, "type", fmt.Sprintf("%q was left out: there is no item of the type %s", r.name, quoted(r.word)), "")
	}
	if i := slices.IndexFunc(x.groups, func(g group) bool { return g.repeat }); i >= 0 && q.left == "" {
		x.leaveOut(q, "", fmt.Sprintf("the question %q was left out with the repeat %q", r.name, x.groups[i].name), "")
	}
	if q.left != "" {
		return
	}
	q.text = x.translations(r.sheet, r.columns, "label", r.row)
	q.hint = x.translations(r.sheet, r.columns, "hint", r.row)
	x.rules(r, q)
	x.details(r, q)
	x.uncarried(r)
	if q.left != "" {
		return
	}
	x.identifies(r, q)
	x.place(q)
	if other != nil {
		x.questions = append(x.questions, other)
		x.rules(r, other)
		x.place(other)
	}
}

// place puts a question on the present page, or on a new one.
func (x *xlsform) place(q *question) {
	if x.page == nil {
		x.page = &page{at: q.at}
		x.pages = append(x.pages, x.page)
	}
	x.page.questions = append(x.page.questions, q)
}

// rules gives a question its own condition and those of the groups around it.
func (x *xlsform) rules(r *surveyRow, q *question) {
	var rules []*rule
	for _, g := range x.groups {
		if g.rule != nil {
			rules = append(rules, g.rule)
		}
	}
	if source, heading := r.value("relevant"); source != "" {
		rules = append(rules, &rule{at: r.at, column: heading, source: source})
	}
	q.when = append(rules, q.when...)
}

// choose finds a question's list. With or_other it gives the question for what else there may be.
func (x *xlsform) choose(r *surveyRow, q *question) *question {
	list := r.rest
	for _, words := range []string{" or_other", " or specify other", " or other"} {
		if name, found := strings.CutSuffix(list, words); found {
			return x.orOther(r, q, strings.TrimSpace(name))
		}
	}
	q.set, x.named[list] = x.lists[list], true
	if q.set == nil {
		x.leaveOut(q, "type", fmt.Sprintf("%q was left out: there is no list %q on the choices sheet", r.name, list), "")
	}
	return nil
}

// otherWords are what XLSForm's or_other adds to a form, in the languages that it can be written in here.
var (
	otherLabel = text{"en": "Other", "es": "Otra respuesta"}
	otherText  = text{"en": "What else? Please write it.", "es": "¿Cuál? Escríbela aquí."}
)

func (x *xlsform) orOther(r *surveyRow, q *question, list string) *question {
	plain := x.lists[list]
	if plain == nil {
		x.leaveOut(q, "type", fmt.Sprintf("%q was left out: there is no list %q on the choices sheet", r.name, list), "")
		return nil
	}
	q.set, x.named[list] = plain, true
	if slices.ContainsFunc(x.languages, func(lang string) bool { return otherLabel[lang] == "" }) {
		x.add(r.at, "type", fmt.Sprintf("or_other of %q was not carried: its words are known in English and Spanish only", r.name), "add an option and a text item")
		return nil
	}
	name := list + "_other"
	if x.lists[name] == nil {
		s := &set{name: name, at: r.at}
		for _, o := range plain.options {
			clone := *o
			s.options = append(s.options, &clone)
		}
		s.options = append(s.options, &option{at: r.at, raw: "other", label: maps.Clone(otherLabel)})
		x.lists[name], x.named[name] = s, true
		x.sets = append(x.sets, s)
	}
	q.set = x.lists[name]
	x.add(r.at, "type", fmt.Sprintf("or_other became the choice \"other\" of %s and the text item %s", name, r.name+"_other"), "look over their words")
	verb := "selected(${" + r.name + "}, 'other')"
	return &question{at: r.at, name: r.name + "_other", kind: condition.TextItem, text: maps.Clone(otherText), when: []*rule{{at: r.at, column: "type", source: verb}}}
}
