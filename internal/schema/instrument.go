package schema

import "surveyd/internal/instrument"

// Instrument is the schema of a whole file.
func Instrument() *Schema {
	s := object("surveyd instrument", "One survey or scale: what students read in every language, how answers become scores, what evidence stands behind it, and tests that prove the scoring.",
		[]string{"format", "id", "version", "title", "languages", "audience", "pages"}, map[string]*Schema{
			"format":        said("Format", "Always 1.", Schema{Enum: []any{1, "1"}}),
			"id":            pattern("Id of the instrument", "Small letters, digits and hyphens. It stays the same in every version.", instrumentPattern).with("math-identity"),
			"version":       pattern("Version", "major.minor.patch: a major change breaks the trend line, a minor one adds, a patch corrects wording and keeps its meaning. A version once published never changes.", versionPattern).with("1.0.0"),
			"title":         text("Title", "What students see above the survey."),
			"languages":     said("Languages", "The first is the source language; every text exists in all of them.", Schema{Type: []string{"array"}, Items: language(), MinItems: 1, UniqueItems: true}).with([]string{"en", "es"}),
			"audience":      audience(),
			"minutes":       count("Minutes", "How long a student needs, 1 to 90.", 1, 90).with(5),
			"provenance":    provenance(),
			"intro":         text("Introduction", "What students read before they decide to take part. Markdown: paragraphs, bold, lists and links."),
			"closing":       text("Closing", "Thanks, and where to find help. Markdown as in intro."),
			"settings":      table("Settings", "Named texts that {{name}} in any text stands for; an administration may override them.", namePattern, text("Setting", "The text that stands for {{name}}.")),
			"response_sets": table("Response sets", "The options that items share, by the id that items name.", namePattern, responseSet()),
			"items":         anyLength("Items", "The questions, each on exactly one page.", item()),
			"pages":         list("Pages", "What students see at a time, in order.", page()),
			"scales":        anyLength("Scales", "Which items make which score, and how.", scale()),
			"quality":       quality(),
			"tests":         anyLength("Tests", "Answers and the scores that they must give, worked out by hand. Three for each scale: all answered, exactly min_answered, one fewer.", test()),
		})
	s.Dialect = Dialect
	// Only a battery has no items of its own.
	s.If = &Schema{Properties: map[string]*Schema{"pages": {Type: []string{"array"}, Items: given("include")}}}
	s.Else = given("items")
	s.Else.Properties["items"].MinItems = 1
	return s
}

func audience() *Schema {
	s := object("Audience", "Whom the instrument is written for: grades, or adults.", nil, map[string]*Schema{
		"grades":        list("Grades", "Every grade, one by one.", grade()).with([]int{4, 5, 6, 7, 8}),
		"adults":        choice("Adults", "Families or staff, in place of grades.", "family", "staff"),
		"reading_level": number("Reading level", "The school grade whose readers should manage the texts, 0 to 16. Left out, it is the lowest grade.").from(0).upTo(16),
	})
	s.If, s.Then, s.Else = given("adults"), without("Keep grades or adults: write one instrument for each, since wording and consent differ.", "grades"), given("grades")
	return s.snippet("grades", "For students", `{"grades":["${1:6}"]}`).snippet("families", "For families", `{"adults":"family"}`)
}

func provenance() *Schema {
	evidence := object("Evidence", "How far the instrument has been tried, and with whom.", nil, map[string]*Schema{
		"status": choice("Status", "experimental: nobody has answered it yet; piloted; validated; retired.", instrument.Experimental, instrument.Piloted, instrument.Validated, instrument.Retired),
		"populations": anyLength("Populations", "The samples that evidence comes from; reports warn of groups outside of them.", object("Population", "One sample.", nil, map[string]*Schema{
			"grades":    anyLength("Grades", "Grades of the sample.", grade()),
			"languages": anyLength("Languages", "Languages in which it was asked.", language()),
			"n":         count("Size", "How many persons.", 1, 100_000_000),
			"source":    word("Source", "The study."),
		})),
	})
	translation := object("Translation", "How the texts of this language were made.", nil, map[string]*Schema{
		"method":   word("Method", "Who translated it and how it was reviewed.").with("translated by two people, reconciled, read back with students"),
		"reviewer": word("Reviewer", "Who read it last."),
		"date":     pattern("Date", "year-month-day.", datePattern).with("2026-01-15"),
		"source":   word("Digest", "The digest of the source texts that it was made from, in quotes; surveyd check prints the present one.").with("9f31c0"),
	})
	return object("Provenance", "Where the instrument comes from, what stands behind it, and what parents are asked.", nil, map[string]*Schema{
		"authors": anyLength("Authors", "Whose words these are.", word("Author", "A name.")),
		"license": word("License", "How others may use it, best an SPDX identifier.").with("CC-BY-4.0"),
		"citations": anyLength("Citations", "The works that it rests on.", object("Citation", "One work: its text, its DOI, or both.", nil, map[string]*Schema{
			"text": word("Text", "The citation as it is printed."),
			"doi":  word("DOI", "Without https://doi.org/.").with("10.1000/xyz123"),
		})),
		"evidence":         evidence,
		"translation":      table("Translation", "For each language but the source: how its texts were made.", languagePattern, orNull(translation)),
		"consent":          choice("Consent", "notice: parents are told; opt-out: they may refuse; opt-in: they must agree.", instrument.Notice, instrument.OptOut, instrument.OptIn),
		"protected_topics": anyLength("Protected topics", "Areas of the PPRA that are asked about: 1 political beliefs, 2 mental health, 3 sexual behavior, 4 illegal or demeaning behavior, 5 judgments of family members, 6 privileged relationships, 7 religion, 8 income. They need opt-out or opt-in.", count("Area", "1 to 8.", 1, 8)),
	})
}
