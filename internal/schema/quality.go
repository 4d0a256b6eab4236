package schema

func quality() *Schema {
	share := func(title, description string) *Schema { return number(title, description).above(0).upTo(1).with(0.5) }
	return object("Quality", "Flags that a submission can raise. They inform; nobody's answers are dropped.", nil, map[string]*Schema{
		"straight_line": object("Straight line", "Many answers in a row with one code.", []string{"page", "run"}, map[string]*Schema{
			"page": pattern("Page", "The id of a page.", namePattern),
			"run":  count("Run", "How many in a row.", 2, 1000),
		}),
		"too_fast": object("Too fast", "Pages answered faster than one can read.", []string{"seconds_per_item"}, map[string]*Schema{
			"seconds_per_item": table("Seconds for an item", "For a grade, or a span of grades in quotes.", gradesPattern, number("Seconds", "Above 0.").above(0)).with(map[string]float64{"K-5": 1.5, "6-12": 1}),
			"share":            share("Share", "Of the pages that must be too fast: above 0, up to 1; 0.5 when left out."),
		}),
		"missing_share": share("Missing share", "Of the items left blank: above 0, up to 1; 0.5 when left out."),
		"attention": anyLength("Attention", "Items whose right answer is known.", object("Attention item", "An item and the code that shows attention.", []string{"item", "expect"}, map[string]*Schema{
			"item":   pattern("Item", "The id of a choice item.", namePattern),
			"expect": word("Expect", "The code that is right."),
		})),
	})
}

func test() *Schema {
	cell := &Schema{Type: []string{"string", "number", "null"}}
	answer := said("Answer", "A code, a number, a text, a list of codes for a multiple item, or a state: -91 not shown, -92 skipped, -93 not reached, -94 declined.",
		Schema{AnyOf: []*Schema{cell, {Type: []string{"array"}, Items: &Schema{Type: []string{"string", "number"}}}}})
	expect := object("Expect", "What must come out: scores, missing scores, flags.", nil, map[string]*Schema{
		"scores":  table("Scores", "Of scales, in full or rounded to two decimals or more; S_scaled is the scale score of S.", namePattern, number("Score", "Worked out by hand.")),
		"missing": table("Missing", "Scales without a score, and why.", namePattern, choice("Reason", "Why there is no score.", "too_few_answered", "not_answered", "not_shown")),
		"flags":   anyLength("Flags", "All flags that are raised; left out, any may be.", choice("Flag", "A flag of quality.", "straight_line", "too_fast", "missing_share", "attention")),
	})
	expect.MinProperties = 1
	return object("Test", "Answers, and what must come of them.", []string{"expect"}, map[string]*Schema{
		"name":    word("Name", "What the test shows.").with("reverse-keyed item flips"),
		"answers": table("Answers", "By item; an item that is not named is skipped.", namePattern, answer),
		"expect":  expect,
	}).
		snippet("score", "A score that must come out", `{"name":"${1:all answered}","answers":{"${2:q1}":"${3:1}"},"expect":{"scores":{"${4:scale}":"${5:1}"}}}`).
		snippet("missing", "Too few answers", `{"name":"${1:one is too few}","answers":{"${2:q1}":"${3:1}"},"expect":{"missing":{"${4:scale}":"too_few_answered"}}}`)
}
