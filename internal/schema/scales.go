package schema

import "surveyd/internal/instrument"

func scale() *Schema {
	s := object("Scale", "Items that measure one thing, and the rule that scores them.", []string{"id", "title", "items", "score", "min_answered"}, map[string]*Schema{
		"id":           pattern("Id", "The name of its score's column: a letter, then letters, digits or _, at most 22.", scaleIDPattern).with("math_identity"),
		"title":        text("Title", "What reports call it."),
		"higher_means": text("Higher means", "What a higher score says of a student."),
		"items":        list("Items", "Ids of items; a leading minus marks a reverse-keyed one.", pattern("Item", "The id of an item, with a leading minus if it is reverse-keyed.", keyedPattern)).with([]string{"mi1", "-mi2"}),
		"weights":      table("Weights", "Of items that count more or less than 1.", namePattern, number("Weight", "Above 0; 1 when left out.").above(0)),
		"score": choice("Score", "mean, sum, prorated_sum (the mean times the number of items), pomp (percent of maximum possible), eap and wle (item response models).",
			instrument.Mean, instrument.Sum, instrument.ProratedSum, instrument.POMP, instrument.EAP, instrument.WLE),
		"min_answered": said("Fewest answers", "With fewer there is no score: a count, or a share of all the scale's items such as 80%. Of a sum, all of them.", matching(Schema{Type: []string{"integer", "string"}}, sharePattern)).from(1).with(3, "80%"),
		"rounding":     choice("Rounding", "Of a prorated sum, before a lookup.", instrument.RoundNone, instrument.RoundHalfUp, instrument.RoundHalfEven, instrument.RoundUp),
		"range": said("Range", "The lowest and the highest score, as codes and weights give them; of pomp 0 and 100.",
			Schema{Type: []string{"array"}, Items: number("End", "A score."), MinItems: 2, MaxItems: 2}).with([]int{1, 5}),
		"favorable":   anyLength("Favorable", "Codes that count as favorable, as they are after reversal.", word("Code", "A scored code of the items.")).with([]int{4, 5}),
		"reliability": object("Reliability", "What reports hold the scale to.", nil, map[string]*Schema{"minimum": number("Minimum", "Reports warn below it; between 0 and 1.").above(0).below(1).with(0.7)}),
		"norms":       norms(),
		"lookup": object("Lookup", "From raw sums to the scale scores that were published for them.", []string{"table"}, map[string]*Schema{
			"source": word("Source", "Where the table was published."),
			"table":  nonEmpty(table("Table", "Each raw sum and its scale score.", numberPattern, number("Scale score", "For this raw sum."))),
		}),
		"bands": bands(),
		"irt":   irt(),
	})
	s.AllOf = []*Schema{
		{If: whenKey("score", string(instrument.EAP), string(instrument.WLE)), Then: given("irt"), Else: given("range")},
		{If: whenKey("score", string(instrument.ProratedSum)), Else: &Schema{Properties: map[string]*Schema{"rounding": {Enum: []any{string(instrument.RoundNone), nil}, TypeWords: "Take it away: only a prorated_sum is rounded, all else keeps full precision."}}}},
	}
	return s.snippet("scale", "A mean of items", `{"id":"${1:scale}","title":{"en":"${2:title}","es":"${3:título}"},"items":["${4:q1}","${5:q2}","${6:q3}"],"score":"mean","min_answered":"${7:2}","range":["${8:1}","${9:5}"]}`)
}

func nonEmpty(s *Schema) *Schema {
	s.MinProperties = 1
	return s
}

func bands() *Schema {
	return object("Bands", "Named groups of scores.", []string{"cuts"}, map[string]*Schema{
		"source": word("Source", "Where the cuts come from."),
		"cuts": anyLength("Cuts", "In ascending order; each band ends where the next begins.", object("Band", "One group.", []string{"from", "label"}, map[string]*Schema{
			"from":  number("From", "The lowest score of the band. The first begins at the lowest score of all."),
			"label": text("Label", "What reports call the group."),
		})),
	})
}

func norms() *Schema {
	row := object("Row", "One score: its count in the norm sample, or its published percentile and T score.", []string{"score"}, map[string]*Schema{
		"score":      number("Score", "As the scale gives it."),
		"n":          count("Count", "How many of the norm sample have this score.", 0, 100_000_000),
		"percentile": number("Percentile", "0 to 100.").from(0).upTo(100),
		"t":          number("T score", "Mean 50, standard deviation 10."),
	})
	row.If, row.Then, row.Else = given("n"), without("Take it away: percentiles are computed from the counts.", "percentile", "t"), given("percentile")
	when := func(title, description string, of *Schema) *Schema {
		return said(title, description, Schema{AnyOf: []*Schema{of, {Type: []string{"array"}, Items: of}}})
	}
	group := object("Norm group", "The first group that fits a person counts: mean and sd, or a table.", nil, map[string]*Schema{
		"when": object("When", "Whom the group is for; everybody when left out.", nil, map[string]*Schema{
			"grade":    when("Grade", "One grade or a list.", grade()),
			"language": when("Language", "One language or a list.", language()),
		}),
		"mean":  number("Mean", "Of the norm sample."),
		"sd":    number("Standard deviation", "Of the norm sample, above 0.").above(0),
		"n":     count("Size", "Persons in the norm sample.", 1, 100_000_000),
		"table": list("Table", "A row for each score, all with counts or all with percentiles.", row),
	})
	group.MinProperties = 1
	group.If, group.Then, group.Else = given("table"), without("Keep one: the table, or mean and sd.", "mean", "sd"), given("mean", "sd")
	return object("Norms", "Compare a score with those of a norm sample: T score and percentile rank.", []string{"groups"}, map[string]*Schema{
		"source": word("Source", "The study."),
		"groups": list("Groups", "Norm samples, by whom they are for.", group),
	})
}

func irt() *Schema {
	parameters := object("Parameters", "Slope and thresholds, after reversal, between the scored codes in ascending order.", []string{"b"}, map[string]*Schema{
		"a": number("Slope", "Above 0; left out in a pcm.").above(0),
		"b": list("Thresholds", "Thresholds (grm) or steps (gpcm, pcm): one fewer than there are scored codes.", number("Threshold", "On the latent metric.")),
	})
	s := object("Item response model", "A model for ordered answers with its parameters given; needed by eap and wle.", []string{"model", "items"}, map[string]*Schema{
		"model":   choice("Model", "grm: graded response; gpcm: generalized partial credit; pcm: partial credit.", instrument.GRM, instrument.GPCM, instrument.PCM),
		"scaling": number("Scaling", "1, or 1.702 for parameters on the normal metric.").above(0),
		"items":   table("Items", "The parameters of each item of the scale.", namePattern, parameters),
		"prior": object("Prior", "Of eap; a standard normal one when left out.", nil, map[string]*Schema{
			"mean": number("Mean", "Of the prior."), "sd": number("Standard deviation", "Above 0; 1 when left out.").above(0),
		}),
		"quadrature": object("Quadrature", "The grid of eap: 61 nodes from -6 to 6 when left out.", nil, map[string]*Schema{
			"from": number("From", "The lowest node; -6 when left out."), "to": number("To", "The highest node; 6 when left out."), "points": count("Points", "5 to 1001; 61 when left out.", 5, 1001),
		}),
		"report": object("Report", "From the latent metric to the one that is reported: slope times score plus intercept.", nil, map[string]*Schema{
			"slope": number("Slope", "Above 0; 1 when left out.").above(0), "intercept": number("Intercept", "Added; 0 when left out."),
		}),
	})
	s.If = whenKey("model", string(instrument.PCM))
	s.Else = &Schema{Properties: map[string]*Schema{"items": {AdditionalProperties: given("a")}}}
	return s
}
