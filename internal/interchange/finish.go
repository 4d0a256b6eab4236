package interchange

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"surveyd/internal/condition"
)

var versionPattern = regexp.MustCompile(`^(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})$`)

// finish makes an instrument file of a form that was read.
func (f *form) finish(opt Options) (Result, error) {
	f.leaveOutBroken()
	f.mergeHints()
	f.chooseLanguages()
	f.nameItems()
	f.nameSets()
	f.leaveOutEmptySets()
	f.conditions()
	f.arrangePages()
	f.namePages()
	f.header(opt)
	items := f.kept()
	if len(items) == 0 {
		return Result{Notes: f.sorted()}, &Error{"no question of the form can be carried"}
	}
	f.closingNote()
	out, err := f.laidOut(f.write(opt))
	if err != nil {
		return Result{Notes: f.sorted()}, err
	}
	return Result{YAML: out, Notes: f.sorted(), Items: len(items), Languages: f.languages}, nil
}

// leaveOutBroken takes out the questions that cannot be asked at all.
func (f *form) leaveOutBroken() {
	seen := map[string]bool{}
	for _, q := range f.questions {
		if q.left != "" {
			continue
		}
		switch {
		case q.name == "":
			f.leaveOut(q, "", "the question has no name and was left out", "give it one and import again")
		case seen[q.name]:
			f.leaveOut(q, "", fmt.Sprintf("the question %q stands twice and was left out", q.name), "rename it and import again")
		case q.text.empty():
			f.leaveOut(q, "", fmt.Sprintf("the question %q has no text and was left out", q.name), "write its label and import again")
		case q.set == nil && (q.kind == condition.ChoiceItem || q.kind == condition.MultipleItem), q.set != nil && len(q.set.options) == 0:
			f.leaveOut(q, "", fmt.Sprintf("the question %q has no choices and was left out", q.name), "")
		}
		seen[q.name] = seen[q.name] || q.left == ""
	}
}

// leaveOutEmptySets takes out the questions whose choices were all doubles.
func (f *form) leaveOutEmptySets() {
	for _, q := range f.kept() {
		if q.set != nil && len(q.set.options) == 0 {
			f.leaveOut(q, "", fmt.Sprintf("the question %q has no choices and was left out", q.name), "")
		}
	}
}

func (t text) empty() bool {
	for _, s := range t {
		if s != "" {
			return false
		}
	}
	return true
}

// mergeHints puts what stands below a question into its text, where a student still reads it.
func (f *form) mergeHints() {
	for _, q := range f.kept() {
		if q.hint.empty() {
			continue
		}
		f.add(q.at, "", fmt.Sprintf("the hint of %q stands behind its text now", q.name), "reword it if it does not read well")
		merged := text{}
		for _, lang := range f.languages {
			switch s := q.text[lang]; {
			case s == "":
			case q.hint[lang] == "":
				f.add(q.at, "", fmt.Sprintf("the hint of %q has no text in %s", q.name, lang), "")
			default:
				merged[lang] = s + " " + q.hint[lang]
			}
		}
		if merged.empty() { // no language has both
			merged = q.text
		}
		q.text = merged
	}
}

// arrangePages drops the pages without a question and holds grids to what a grid can show.
func (f *form) arrangePages() {
	f.pages = slices.DeleteFunc(f.pages, func(p *page) bool {
		p.questions = slices.DeleteFunc(p.questions, func(q *question) bool { return q.left != "" })
		if len(p.questions) == 0 && !p.title.empty() {
			f.add(p.at, "", fmt.Sprintf("the title %s stands over no question that was carried, and was left out", quoted(p.title[f.languages[0]])), "")
		}
		return len(p.questions) == 0
	})
	for _, p := range f.pages {
		first := p.questions[0]
		if p.note != nil {
			f.add(p.at, "", fmt.Sprintf("the text %s is the title of a page now", quoted(p.title[f.languages[0]])), "")
		}
		fits := !slices.ContainsFunc(p.questions, func(q *question) bool { return q.kind != condition.ChoiceItem || q.set != first.set })
		likert := !slices.ContainsFunc(p.questions, func(q *question) bool { return !q.likert })
		if p.grid && !fits {
			f.add(p.at, "", "the questions of the table do not all have the same choices and one answer; they stand in a list", "")
		}
		p.grid = (p.grid || likert) && fits && len(p.questions) > 1
		for _, q := range p.questions {
			if q.likert && !p.grid {
				f.add(q.at, "appearance", "the question stands in a list, not in a row of a table", "a page is a grid when all its questions have the same choices: write layout: grid")
			}
		}
		if n := len(p.questions); n > longPage {
			f.add(p.at, "", fmt.Sprintf("one page has %d questions", n), "divide it: a student should see the end of a page")
		}
	}
}

// longPage is how many questions on one page are worth a word.
const longPage = 15

// header settles what stands above the items.
func (f *form) header(opt Options) {
	wanted := f.id
	f.id = instrumentID(wanted)
	if f.id == "" {
		f.id = "imported-form"
	}
	if opt.ID == "" && wanted != f.id {
		f.add(place{}, "", fmt.Sprintf("the instrument is called %s here (in the form: %q)", f.id, wanted), "another id can be given with --id")
	}
	if f.version == "" {
		f.version = "1.0.0"
	} else if !versionPattern.MatchString(f.version) {
		f.add(place{}, "", fmt.Sprintf("the version %q became 1.0.0", f.version), "versions here are major.minor.patch")
		f.version = "1.0.0"
	}
	source := f.languages[0]
	if f.title[source] == "" {
		f.title = f.title.with(source, f.id)
		f.add(place{}, "", fmt.Sprintf("the form has no title in %s; the id stands there", source), "write a title that students can read")
	}
	for _, lang := range f.languages[1:] {
		if f.title[lang] == "" {
			f.title = f.title.with(lang, f.title[source])
			f.copied = append(f.copied, "the title")
			f.add(place{}, "", fmt.Sprintf("the title has no text in %s; the one in %s was copied and is not translated", lang, source), "translate it in the file")
		}
	}
	if len(opt.Grades) == 0 && opt.Adults == "" {
		f.add(place{}, "", "the form does not say who is asked; grades 6 to 12 were assumed", "correct audience in the file, or import again with --grades or --adults")
	}
}

// closingNote says what the other format could not say at all.
func (f *form) closingNote() {
	f.add(place{sheet: lastSheet}, "", "the form has no scales: nothing is scored yet",
		"add scales and tests (docs/interchange.md shows how; docs/instrument-reference.md has every key), then run surveyd check")
}

// lastSheet sorts the closing note behind all others; it is shown as what comes next.
const lastSheet = "what comes next"

func countOf(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// languageList writes languages as a list of an instrument file.
func languageList(languages []string) string { return "[" + strings.Join(languages, ", ") + "]" }
