package interchange

import (
	"fmt"
	"slices"
	"strings"
)

// group is a begin that has no end yet.
type group struct {
	at     place
	name   string
	repeat bool
	rule   *rule // nil when the group is always shown
}

// typeAliases are XLSForm's other words for the types of rows.
var typeAliases = map[string]string{
	"begin_group": "begin group", "end_group": "end group", "begin_repeat": "begin repeat", "end_repeat": "end repeat",
	"int": "integer", "string": "text", "select one": "select_one", "select1": "select_one", "select multiple": "select_multiple",
	"add select one prompt using": "select_one", "add select multiple prompt using": "select_multiple",
}

// metadata are types that record something beside the questions.
var metadata = []string{"start", "end", "today", "deviceid", "phonenumber", "username", "email", "audit", "simserial", "subscriberid", "start-geopoint", "background-audio"}

// rowType cuts a type into its word and what follows: select_one, the list.
func rowType(s string) (word, rest string) {
	fields := strings.Fields(s)
	for n := min(len(fields), 5); n > 0; n-- {
		joined := strings.ToLower(strings.Join(fields[:n], " "))
		if alias, ok := typeAliases[joined]; ok {
			return alias, strings.Join(fields[n:], " ")
		}
		if n == 2 && (joined == "begin group" || joined == "end group" || joined == "begin repeat" || joined == "end repeat") {
			return joined, strings.Join(fields[n:], " ")
		}
	}
	if len(fields) == 0 {
		return "", ""
	}
	return strings.ToLower(fields[0]), strings.Join(fields[1:], " ")
}

// surveyRow is one row of the survey sheet.
type surveyRow struct {
	sheet   *sheet
	columns []column
	row     row
	at      place
	word    string // its type
	rest    string // what follows the type's word
	name    string
}

func (r *surveyRow) value(kind string) (cell, heading string) { return value(r.columns, kind, r.row) }

// survey reads the rows that ask.
func (x *xlsform) survey(s *sheet) {
	columns := columnsOf(s)
	for _, raw := range s.rows {
		r := &surveyRow{sheet: s, columns: columns, row: raw, at: place{s.name, raw.number}}
		kind, _ := r.value("type")
		r.word, r.rest = rowType(kind)
		r.name, _ = r.value("name")
		if disabled, heading := r.value("disabled"); isTrue(disabled) {
			x.add(r.at, heading, fmt.Sprintf("the row %q is disabled in the form and was left out", r.name), "")
			continue
		}
		x.surveyRow(r)
	}
	for _, g := range x.groups {
		x.add(g.at, "", fmt.Sprintf("the group %q has no end", g.name), "")
	}
	x.notesAtEnd()
}

func (x *xlsform) surveyRow(r *surveyRow) {
	switch r.word {
	case "":
		if r.name != "" || !x.translations(r.sheet, r.columns, "label", r.row).empty() {
			x.add(r.at, "type", "the row has no type and was left out", "")
		}
	case "begin group", "begin repeat":
		x.begin(r)
	case "end group", "end repeat":
		if len(x.groups) == 0 {
			x.add(r.at, "", "the row ends a group that does not begin", "")
			return
		}
		x.groups = x.groups[:len(x.groups)-1]
		x.page = nil
	case "note":
		x.note(r)
	default:
		x.question(r)
	}
}

func (x *xlsform) begin(r *surveyRow) {
	g := group{at: r.at, name: r.name, repeat: r.word == "begin repeat"}
	if source, heading := r.value("relevant"); source != "" {
		g.rule = &rule{at: r.at, column: heading, source: source}
	}
	if g.repeat {
		x.add(r.at, "", fmt.Sprintf("the repeat %q was not carried: a question has one answer here", r.name), "write each of its questions as often as it may be asked")
	}
	p := &page{at: r.at, name: r.name, title: x.translations(r.sheet, r.columns, "label", r.row)}
	if g.repeat {
		p.title = nil
	}
	appearance, heading := r.value("appearance")
	for _, word := range strings.Fields(appearance) {
		switch word {
		case "field-list": // the questions stand on one screen, as those of a page do
		case "table-list":
			p.grid = true
		default:
			x.add(r.at, heading, fmt.Sprintf("the appearance %q was not carried", word), "")
		}
	}
	x.uncarried(r)
	x.groups = append(x.groups, g)
	x.page = p
	x.pages = append(x.pages, p)
}

// note reads a text that asks nothing: before all questions it is part of the intro, after all of the closing, and between
// them it opens a page as its title.
func (x *xlsform) note(r *surveyRow) {
	source, heading := r.value("relevant")
	words := x.proseTranslations(r)
	switch {
	case words.empty():
		x.add(r.at, "", fmt.Sprintf("the note %q has no text and was left out", r.name), "")
	case source != "" || x.conditional():
		x.add(r.at, heading, fmt.Sprintf("the note %s was left out: texts between questions have no condition", quoted(first(words))), "put it into the text of the question that it belongs to")
	case len(x.groups) == 0 && !slices.ContainsFunc(x.pages, func(p *page) bool { return len(p.questions) > 0 }):
		x.intro = append(x.intro, &prose{r.at, words})
		x.uncarried(r)
	default:
		if x.page != nil && len(x.page.questions) == 0 && !x.page.title.empty() {
			x.add(r.at, "", fmt.Sprintf("the note %s was left out: the page has a title already", quoted(first(words))), "put it into the title, or into the text of the question that it belongs to")
			return
		}
		if x.page == nil || len(x.page.questions) > 0 {
			x.page = &page{at: r.at, name: r.name}
			x.pages = append(x.pages, x.page)
		}
		x.page.title, x.page.note, x.page.at = oneLine(words), words, r.at
		x.uncarried(r)
	}
}

// notesAtEnd makes the closing of the notes behind the last question.
func (x *xlsform) notesAtEnd() {
	for len(x.pages) > 0 {
		last := x.pages[len(x.pages)-1]
		if len(last.questions) > 0 || last.note == nil {
			return
		}
		x.closing = append([]*prose{{last.at, last.note}}, x.closing...)
		x.pages = x.pages[:len(x.pages)-1]
	}
}

// conditional says whether the row stands in a group with a condition, or in a repeat.
func (x *xlsform) conditional() bool {
	return slices.ContainsFunc(x.groups, func(g group) bool { return g.repeat || g.rule != nil })
}

func (x *xlsform) proseTranslations(r *surveyRow) text {
	out := text{}
	for _, c := range r.columns {
		if tag, ok := x.tag(c); c.kind == "label" && ok && r.row.cell(c.index) != "" && (out[tag] == "" || c.language != "") {
			out[tag] = x.proseOf(r.at, c.heading, r.row.cell(c.index))
		}
	}
	return out
}

func oneLine(t text) text {
	out := text{}
	for lang, s := range t {
		out[lang] = strings.Join(strings.Fields(withoutSigns(s)), " ")
	}
	return out
}

// first gives a text in the language that comes first in the alphabet, to show it in a note.
func first(t text) string {
	var languages []string
	for lang, s := range t {
		if s != "" {
			languages = append(languages, lang)
		}
	}
	if len(languages) == 0 {
		return ""
	}
	return t[slices.Min(languages)]
}

// isTrue reads the words that XLSForm takes for yes.
func isTrue(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "yes", "true", "true()", "1":
		return true
	}
	return false
}

func isFalse(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "", "no", "false", "false()", "0":
		return true
	}
	return false
}
