package schema

import (
	"encoding/json"
	"slices"

	"surveyd/internal/instrument"
)

// The patterns of what stands in a file. They are in the part of regular expressions that JavaScript and Go share.
const (
	namePattern       = `^[A-Za-z][A-Za-z0-9_]{0,31}$`
	scaleIDPattern    = `^[A-Za-z][A-Za-z0-9_]{0,21}$`
	instrumentPattern = `^[a-z][a-z0-9-]{0,63}$`
	versionPattern    = `^(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})$`
	languagePattern   = `^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$`
	includePattern    = `^[a-z][a-z0-9-]{0,63}@(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){0,2}(/((pages|scales)/)?[A-Za-z][A-Za-z0-9_]{0,31})?$`
	keyedPattern      = `^-?\s*[A-Za-z][A-Za-z0-9_]{0,31}$`
	datePattern       = `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`
	numberPattern     = `^-?(0|[1-9][0-9]*)?(\.[0-9]+)?([eE][-+]?[0-9]+)?$`
	sharePattern      = `^([0-9]+|[0-9]*\.[0-9]+)\s*%$|^[1-9][0-9]*$`
	integerPattern    = `^(0|-?[1-9][0-9]{0,8})$`
	codePattern       = `^(0|-?[1-9][0-9]{0,8}|[A-Za-z][A-Za-z0-9_-]{0,31})$`
	gradesPattern     = `^(TK|K|[1-9]|1[0-2])(\s*-\s*(TK|K|[1-9]|1[0-2]))?$`
	picturePattern    = `^([^/\\.]|\.[^./\\])[^\\]*\.([sS][vV][gG]|[pP][nN][gG])$`
	audioPattern      = `^([^/\\.]|\.[^./\\])[^\\]*\.([mM][pP]3|[mM]4[aA]|[oO][gG][gG]|[oO][pP][uU][sS])$`
	countPattern      = `^[0-9]+(\.0+)?$`
	visible           = `\S`
)

// patternWords say what would be right, in the place of a pattern that few can read.
var patternWords = map[string]string{
	namePattern:       "An id begins with a letter and goes on with letters, digits or _, at most 32, so that R, SPSS and Stata take it as it stands.",
	scaleIDPattern:    "The id of a scale begins with a letter and goes on with letters, digits or _, at most 22, so that S_favorable and its like fit Stata's 32.",
	instrumentPattern: "It begins with a small letter and goes on with small letters, digits or hyphens, as in math-identity.",
	versionPattern:    "Write major.minor.patch, as in 1.0.0, without leading zeros.",
	languagePattern:   "Write a language tag such as en, es or es-MX; a text with a comma needs double quotes.",
	includePattern:    "Write the id and the major version, as in growth-mindset@1; one page or scale of it as growth-mindset@1/mindset.",
	keyedPattern:      "Write the id of an item, with a leading minus if it is reverse-keyed.",
	datePattern:       "Write year-month-day, as in 2026-01-15.",
	numberPattern:     "Write digits with a decimal point where needed, such as 0.5.",
	sharePattern:      "Write a count such as 3, or a share of the items such as 80%.",
	integerPattern:    "Write a whole number such as 1, or kind: nominal when the options have no order.",
	codePattern:       "Write a whole number; in a nominal set also a short id of letters, digits, _ and -.",
	gradesPattern:     `Write "K-5", "6-12" or "4".`,
	picturePattern:    "Write face-1 to face-5, or the path of an SVG or PNG file beside this one, with /.",
	audioPattern:      "Write the path of an MP3, M4A or Ogg file beside this one, with /.",
	countPattern:      "Write a whole number.",
	visible:           "It is empty; a student in that language would see nothing.",
}

// matching is a pattern with its words.
func matching(s Schema, re string) Schema {
	s.Pattern, s.PatternWords = re, patternWords[re]
	return s
}

// said is a schema with a title and a description.
func said(title, description string, s Schema) *Schema {
	s.Title, s.Description = title, description
	return &s
}

// with adds examples.
func (s *Schema) with(examples ...any) *Schema {
	s.Examples = append(s.Examples, examples...)
	return s
}

// snippet adds what an editor offers to write.
func (s *Schema) snippet(label, description, body string) *Schema {
	s.Snippets = append(s.Snippets, Snippet{label, description, json.RawMessage(body)})
	return s
}

// word is a single value of which the text counts: YAML may take it for a number.
func word(title, description string) *Schema {
	return said(title, description, Schema{Type: []string{"string", "number"}})
}

// pattern is a single value with a text of a certain form.
func pattern(title, description, re string) *Schema {
	return said(title, description, matching(Schema{Type: []string{"string"}}, re))
}

// number is a number, which may stand in quotes.
func number(title, description string) *Schema {
	return said(title, description, matching(Schema{Type: []string{"number", "string"}}, numberPattern))
}

// count is a whole number from low to high.
func count(title, description string, low, high float64) *Schema {
	return said(title, description, matching(Schema{Type: []string{"integer", "string"}, Minimum: &low, Maximum: &high}, countPattern))
}

func (s *Schema) above(low float64) *Schema { s.ExclusiveMinimum = &low; return s }
func (s *Schema) below(high float64) *Schema {
	s.ExclusiveMaximum = &high
	return s
}
func (s *Schema) from(low float64) *Schema { s.Minimum = &low; return s }
func (s *Schema) upTo(high float64) *Schema {
	s.Maximum = &high
	return s
}

func truth(title, description string) *Schema {
	return said(title, description, Schema{Type: []string{"boolean"}})
}

// choice is one of a few words; the first is meant when the key is left out.
func choice[T ~string](title, description string, words ...T) *Schema {
	s := said(title, description, Schema{Type: []string{"string"}})
	for _, w := range words {
		s.Enum = append(s.Enum, string(w))
	}
	return s
}

// orNull allows what stands for a key that is left out.
func orNull(s *Schema) *Schema {
	c := *s
	switch {
	case len(c.AnyOf) > 0:
		c.AnyOf = append(slices.Clone(c.AnyOf), &Schema{Type: []string{"null"}})
	case len(c.Type) > 0:
		c.Type = append(slices.Clone(c.Type), "null")
	}
	if len(c.Enum) > 0 {
		c.Enum = append(slices.Clone(c.Enum), nil)
	}
	return &c
}

// text is what is written once for each language.
func text(title, description string) *Schema {
	return said(title, description, Schema{
		Type: []string{"object"}, MinProperties: 1,
		PropertyNames:        named(languagePattern),
		AdditionalProperties: said("The text in this language", "Put it in double quotes. {{name}} stands for the setting of that name.", matching(Schema{Type: []string{"string", "number"}}, visible)),
	}).snippet("in English and Spanish", "The text in both languages", `{"en":"${1:text}","es":"${2:texto}"}`)
}

func grade() *Schema {
	s := said("Grade", "TK, K or 1 to 12; list each one.", Schema{})
	s.Enum = append(s.Enum, "TK", "K")
	for g := 1; g <= 12; g++ {
		s.Enum = append(s.Enum, g)
	}
	for _, g := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"} {
		s.Enum = append(s.Enum, g)
	}
	return s
}

func language() *Schema {
	return pattern("Language", "A language tag such as en, es or es-MX.", languagePattern).with("en", "es")
}

// picture is a built-in name or a file beside the instrument.
func picture() *Schema {
	names := &Schema{Type: []string{"string"}}
	for _, name := range instrument.BuiltinPictures() {
		names.Enum = append(names.Enum, name)
	}
	file := matching(Schema{Type: []string{"string"}}, picturePattern)
	return said("Picture", "face-1 (a frown) to face-5 (a smile), or the path of an SVG or PNG file beside this one, at most 64 KB.",
		Schema{AnyOf: []*Schema{names, &file}}).with("face-1", "art/yes.svg")
}

// list is a list of things of one kind; none at all is a list that was forgotten.
func list(title, description string, of *Schema) *Schema {
	return said(title, description, Schema{Type: []string{"array"}, Items: of, MinItems: 1})
}

// anyLength is a list that may be empty.
func anyLength(title, description string, of *Schema) *Schema {
	return said(title, description, Schema{Type: []string{"array"}, Items: of})
}

// named is what the keys of a table look like.
func named(re string) *Schema {
	s := matching(Schema{}, re)
	return &s
}

// table is a mapping whose keys are the author's: ids, languages, scores.
func table(title, description, keys string, of *Schema) *Schema {
	return said(title, description, Schema{Type: []string{"object"}, PropertyNames: named(keys), AdditionalProperties: of})
}

// object is a mapping with the keys given and no others. A key that is not required may be null.
func object(title, description string, required []string, keys map[string]*Schema) *Schema {
	s := said(title, description, Schema{Type: []string{"object"}, Properties: map[string]*Schema{}, Required: required, AdditionalProperties: never()})
	for key, of := range keys {
		if !slices.Contains(required, key) {
			of = orNull(of)
		}
		s.Properties[key] = of
	}
	return s
}

// whenKey is the condition that a key is one of some words.
func whenKey(key string, words ...any) *Schema {
	return &Schema{Properties: map[string]*Schema{key: {Enum: words}}, Required: []string{key}}
}

// without refuses keys, unless they are null; words say what would be right.
func without(words string, keys ...string) *Schema {
	s := &Schema{Properties: map[string]*Schema{}}
	for _, key := range keys {
		s.Properties[key] = &Schema{Type: []string{"null"}, TypeWords: words}
	}
	return s
}

// given asks for keys that are not null.
func given(keys ...string) *Schema {
	s := &Schema{Properties: map[string]*Schema{}, Required: keys}
	for _, key := range keys {
		s.Properties[key] = &Schema{Type: []string{"string", "number", "boolean", "array", "object"}, TypeWords: "It is empty; write it."}
	}
	return s
}
