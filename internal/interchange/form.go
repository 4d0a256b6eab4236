package interchange

import (
	"surveyd/internal/condition"
)

// text is one text by language tag. While a form is read, languages may be missing.
type text map[string]string

// form is what both readers make of their file: close to an instrument file, but with names, languages and conditions as
// the other format has them.
type form struct {
	notes

	source    string // what the file is, with its article: "an XLSForm"
	file      string // its name, for the comment that opens the result
	id        string
	version   string
	title     text
	languages []string // the source language first
	dialect   dialect

	sets      []*set
	questions []*question // in order; those that were left out too, so that conditions on them can say why
	pages     []*page
	intro     []*prose
	closing   []*prose

	copied []string // what stands in a second language as it does in the first
}

// set is a list of choices.
type set struct {
	name    string // as conditions and questions of the form call it
	id      string
	at      place
	options []*option
	ordinal bool
	known   bool // its choices are those of the format itself, so that their order needs no word
}

// option is one choice; raw is its name in the form, code what it is here.
type option struct {
	at    place
	raw   string
	code  string
	label text
}

// question is one row that asks something.
type question struct {
	at        place
	name      string
	id        string
	kind      condition.ItemKind
	text      text
	hint      text // what stands below the text in the form; it becomes part of the text
	set       *set
	min, max  *float64
	maxLength int
	required  bool
	when      []*rule
	showIf    string
	lost      []*rule // rules that could not be said: they are kept as comments
	likert    bool    // drawn as one row of a table, if all on its page are
	left      string  // why the question is not in the file; empty when it is
}

// rule is a condition as the form has it. A group's rule is shared by its questions, and is told of once.
type rule struct {
	at     place
	column string
	source string
	told   bool
}

// page is what stands between two breaks of the form.
type page struct {
	at        place
	name      string
	id        string
	title     text
	grid      bool
	note      text // the text that asks nothing with which the page begins, and which became its title; nil for none
	questions []*question
}

// prose is a text that asks nothing.
type prose struct {
	at   place
	text text
}

// leaveOut takes a question out of the file and says why.
func (f *form) leaveOut(q *question, column, why, do string) {
	q.left = why
	f.add(q.at, column, why, do)
}

// kept lists the questions that are in the file.
func (f *form) kept() []*question {
	var out []*question
	for _, q := range f.questions {
		if q.left == "" {
			out = append(out, q)
		}
	}
	return out
}

// usedSets lists the sets that a question of the file has, in the order of the form.
func (f *form) usedSets() []*set {
	used := map[*set]bool{}
	for _, q := range f.kept() {
		if q.set != nil {
			used[q.set] = true
		}
	}
	var out []*set
	for _, s := range f.sets {
		if used[s] {
			out = append(out, s)
		}
	}
	return out
}
