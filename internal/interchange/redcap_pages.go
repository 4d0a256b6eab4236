package interchange

import (
	"fmt"
	"strings"

	"surveyd/internal/condition"
)

// pagesOf divides the fields into pages: a form, a section header, a matrix and a descriptive text each begin one.
func (c *redcap) pagesOf() {
	forms := map[string]bool{}
	var form, matrix, header string
	var headerAt place
	var p *page
	open := func(at place, name string) {
		p = &page{at: at, name: name}
		c.pages = append(c.pages, p)
	}
	for _, d := range c.fields {
		if name := d.get("form_name"); name != form || p == nil {
			if form = name; name != "" {
				forms[name] = true
				c.only = name
			}
			c.strayHeader(header, headerAt)
			matrix, header = "", ""
			open(d.at, form)
		}
		// The header of a field that was left out belongs to the next one that is there.
		if h := d.get("section_header"); h != "" {
			header, headerAt = c.textOf(d.at, headingOf("section_header"), h), d.at
		}
		if d.question == nil {
			c.descriptive(d, &p, open)
			continue
		}
		if d.question.left != "" {
			continue
		}
		group := d.get("matrix_group_name")
		if header != "" || group != matrix {
			if len(p.questions) > 0 || !p.title.empty() && header != "" {
				open(d.at, "")
			}
			if group != "" {
				p.name = group
				p.grid = d.question.kind == condition.ChoiceItem
			}
			if header != "" {
				p.title, p.at = text{c.language: header}, headerAt
			}
		}
		matrix, header = group, ""
		p.questions = append(p.questions, d.question)
		c.asked = true
	}
	c.strayHeader(header, headerAt)
	if len(forms) != 1 {
		c.only = ""
	}
	c.closingTexts()
}

// strayHeader tells of a section header below which no question was carried.
func (c *redcap) strayHeader(header string, at place) {
	if header != "" {
		c.add(at, headingOf("section_header"), fmt.Sprintf("the header %s stands over no question that was carried, and was left out", quoted(header)), "")
	}
}

// descriptive reads a field that only says something: before all questions it is part of the intro, else the title of a page.
func (c *redcap) descriptive(d *field, p **page, open func(place, string)) {
	words := text{c.language: c.proseOf(d.at, headingOf("field_label"), d.get("field_label"))}
	name := d.get("field_name")
	switch {
	case words.empty():
		c.add(d.at, "", fmt.Sprintf("the descriptive field %q has no text and was left out", name), "")
	case d.get("branching_logic") != "" || strings.Contains(d.get("field_annotation"), "@HIDDEN"):
		c.add(d.at, headingOf("branching_logic"), fmt.Sprintf("the text %s was left out: texts between questions have no condition", quoted(words[c.language])), "put it into the text of the question that it belongs to")
	case !c.asked:
		c.intro = append(c.intro, &prose{d.at, words})
	default:
		if len((*p).questions) > 0 || !(*p).title.empty() {
			open(d.at, "")
		}
		(*p).title, (*p).note, (*p).at = oneLine(words), words, d.at
	}
}

// closingTexts makes the closing of the texts behind the last question.
func (c *redcap) closingTexts() {
	for len(c.pages) > 0 {
		last := c.pages[len(c.pages)-1]
		if len(last.questions) > 0 || last.note == nil {
			return
		}
		c.closing = append([]*prose{{last.at, last.note}}, c.closing...)
		c.pages = c.pages[:len(c.pages)-1]
	}
}
