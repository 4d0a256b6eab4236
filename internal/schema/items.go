package schema

import "surveyd/internal/instrument"

func responseSet() *Schema {
	option := object("Option", "One choice.", []string{"code", "label"}, map[string]*Schema{
		"code": said("Code", "What is stored and scored. In a nominal set it may be a short word; then put yes and no in quotes.",
			matching(Schema{Type: []string{"integer", "string"}, Not: &Schema{Enum: []any{-94, -93, -92, -91, "-94", "-93", "-92", "-91", "NA", "na", "Na", "nA"}}}, codePattern)).with(1, "soccer"),
		"label":       text("Label", "What students see."),
		"description": text("Description", "A rubric's level descriptor."),
		"picture":     picture(),
		"missing":     truth("Missing", "true: it can be chosen and is never scored, as \"does not apply\"."),
	}).snippet("option", "A choice with its code", `{"code":"${1:1}","label":{"en":"${2:label}","es":"${3:etiqueta}"}}`)
	s := object("Response set", "Options that several items share.", []string{"options"}, map[string]*Schema{
		"kind":     choice("Kind", "ordinal (when left out): the codes are ordered whole numbers; nominal: without order.", instrument.Ordinal, instrument.Nominal),
		"options":  list("Options", "In the order in which students see them.", option),
		"declined": text("Declined", "The choice not to say, such as \"I'd rather not say\"."),
	})
	s.If = whenKey("kind", string(instrument.Nominal))
	s.Else = &Schema{Properties: map[string]*Schema{"options": {Items: &Schema{Properties: map[string]*Schema{"code": named(integerPattern)}}}}}
	return s
}

func item() *Schema {
	s := object("Item", "One question.", []string{"id", "text"}, map[string]*Schema{
		"id":         pattern("Id", "The name of its column in every export: a letter, then letters, digits or _, at most 32.", namePattern).with("mi1"),
		"kind":       choice("Kind", "choice (when left out): one option; multiple: several; number; text.", instrument.Choice, instrument.Multiple, instrument.Number, instrument.FreeText),
		"text":       text("Question", "What students read."),
		"responses":  pattern("Responses", "The id of a response set.", namePattern).with("agree5"),
		"audio":      table("Recordings", "The question read aloud, for each language the path of an MP3, M4A or Ogg file beside this one.", languagePattern, pattern("Recording", "A path with slashes.", audioPattern).with("mi1.en.mp3")),
		"show_if":    said("Condition", "Shown only when this is true of earlier items: club == 1, q1 in [1, 2] and not answered(q2). Codes that are words stand in single quotes.", matching(Schema{Type: []string{"string"}}, visible)).with("club == 1", "clubs has 'chess' or hours >= 2.5"),
		"min":        number("Lowest", "Of a number."),
		"max":        number("Highest", "Of a number."),
		"max_length": count("Longest", "Of a text, in characters: 1 to 10000.", 1, 10_000).with(500),
		"required":   truth("Required", "Allowed and warned of: students may skip any question."),
	})
	number := string(instrument.Number)
	free := string(instrument.FreeText)
	s.AllOf = []*Schema{
		{If: whenKey("kind", number, free), Then: without("Take it away: only choice and multiple items have responses.", "responses"), Else: given("responses")},
		{If: whenKey("kind", number), Else: without("Take it away, or write kind: number.", "min", "max")},
		{If: whenKey("kind", free), Else: without("Take it away, or write kind: text.", "max_length")},
	}
	return s.
		snippet("choice", "One option of a response set", `{"id":"${1:q1}","text":{"en":"${2:question}","es":"${3:pregunta}"},"responses":"${4:agree5}"}`).
		snippet("multiple", "Several options", `{"id":"${1:q1}","kind":"multiple","text":{"en":"${2:question}","es":"${3:pregunta}"},"responses":"${4:clubs}"}`).
		snippet("number", "A number to type", `{"id":"${1:hours}","kind":"number","text":{"en":"${2:question}","es":"${3:pregunta}"},"min":"${4:0}","max":"${5:40}"}`).
		snippet("text", "A text to type", `{"id":"${1:why}","kind":"text","text":{"en":"${2:question}","es":"${3:pregunta}"},"max_length":"${4:500}"}`)
}

func page() *Schema {
	s := object("Page", "What students see at a time: items of this file, or another instrument, or a page or scale of one.", nil, map[string]*Schema{
		"id":      pattern("Id", "A letter, then letters, digits or _, at most 32.", namePattern).with("p1"),
		"title":   text("Title", "Above the items."),
		"layout":  choice("Layout", "list (when left out), grid (one response set, options as columns) or cards (one at a time).", instrument.List, instrument.Grid, instrument.Cards),
		"items":   list("Items", "Ids of items; every item stands on exactly one page.", pattern("Item", "The id of an item.", namePattern)).with([]string{"mi1", "mi2"}),
		"shuffle": truth("Shuffle", "true: the order of the items is drawn by lot for each student."),
		"include": pattern("Include", "Another instrument, by id and version: ID@MAJOR, ID@MAJOR.MINOR or ID@MAJOR.MINOR.PATCH; or a page or scale of it, behind a slash. Scales keep their home identity.", includePattern).
			with("growth-mindset@1", "growth-mindset@1.2/mindset"),
	})
	s.If, s.Then, s.Else = given("include"), without("Take it away: what is included keeps what it was tried with.", "items", "title", "layout", "shuffle"), given("id", "items")
	return s.
		snippet("page", "Items of this file", `{"id":"${1:p1}","items":["${2:q1}"]}`).
		snippet("include", "Another instrument, or a part of it", `{"include":"${1:growth-mindset}@${2:1}"}`)
}
