package codebook

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"surveyd/internal/csvfile"
	"surveyd/internal/instrument"
)

// between values of one cell: commas and semicolons stand in labels too often.
const separator = " | "

// column is one column of the CSV form. Where it speaks, there is one for each language, as heading_LANG.
type column struct {
	heading string
	plain   func(v *Variable, scale *Scale) string
	spoken  func(v *Variable, scale *Scale, lang instrument.Lang) string
}

// columns are the CSV form from left to right. Only the row of S itself repeats what is true of the whole scale.
var columns = []column{
	{heading: "variable", plain: func(v *Variable, _ *Scale) string { return v.Name }},
	{heading: "section", plain: func(v *Variable, _ *Scale) string { return string(v.Section) }},
	{heading: "role", plain: func(v *Variable, _ *Scale) string { return string(v.Role) }},
	{heading: "type", plain: func(v *Variable, _ *Scale) string { return string(v.Type) }},
	{heading: "number", plain: ofItem(func(i *Item) string { return strconv.Itoa(i.Number) })},
	{heading: "label", spoken: func(v *Variable, _ *Scale, lang instrument.Lang) string { return v.Label.In(lang) }},
	{heading: "values", spoken: func(v *Variable, _ *Scale, lang instrument.Lang) string { return valuesIn(v, lang) }},
	{heading: "missing_codes", plain: missingCodes},
	{heading: "states", spoken: func(v *Variable, _ *Scale, lang instrument.Lang) string { return statesIn(v, lang) }},
	{heading: "declined", spoken: func(v *Variable, _ *Scale, lang instrument.Lang) string {
		return ofItem(func(i *Item) string { return i.Declined.In(lang) })(v, nil)
	}},
	{heading: "range_min", plain: func(v *Variable, _ *Scale) string { return limit(v.Range, func(r *Range) *float64 { return r.Min }) }},
	{heading: "range_max", plain: func(v *Variable, _ *Scale) string { return limit(v.Range, func(r *Range) *float64 { return r.Max }) }},
	{heading: "max_length", plain: ofItem(func(i *Item) string { return positive(i.MaxLength) })},
	{heading: "kind", plain: ofItem(func(i *Item) string { return string(i.Kind) })},
	{heading: "response_set", plain: ofItem(func(i *Item) string { return string(i.Set) })},
	{heading: "page", plain: func(v *Variable, _ *Scale) string { return string(v.Page) }},
	{heading: "page_title", spoken: func(v *Variable, _ *Scale, lang instrument.Lang) string {
		return ofItem(func(i *Item) string { return i.PageTitle.In(lang) })(v, nil)
	}},
	{heading: "condition", plain: ofItem(func(i *Item) string { return i.Condition })},
	{heading: "scales", plain: ofItem(uses)},
	{heading: "pictures", plain: pictures},
	{heading: "audio", plain: ofItem(func(i *Item) string { return joined(i.Audio) })},
	{heading: "scale", plain: func(v *Variable, _ *Scale) string { return string(v.Scale) }},
	{heading: "formula", spoken: func(v *Variable, _ *Scale, lang instrument.Lang) string { return v.Formula.In(lang) }},
	{heading: "higher_means", spoken: func(v *Variable, s *Scale, lang instrument.Lang) string {
		return ofScore(func(s *Scale) string { return s.HigherMeans.In(lang) })(v, s)
	}},
	{heading: "min_answered", plain: ofScore(func(s *Scale) string { return strconv.Itoa(s.MinAnswered) })},
	{heading: "favorable", plain: ofScore(func(s *Scale) string { return joined(s.Favorable) })},
	{heading: "reliability_minimum", plain: ofScore(func(s *Scale) string {
		if s.Reliability == nil {
			return ""
		}
		return plain(*s.Reliability)
	})},
	{heading: "identity", plain: ofScore(func(s *Scale) string { return s.Identity })},
	{heading: "home", plain: homeOf},
}

// WriteCSV writes the book, which Say has given its words, as a table: one line for each variable, texts in the languages
// asked for. Cells that a spreadsheet would take for a formula are defused. A byte order mark tells Excel the encoding.
func WriteCSV(w io.Writer, said Book, languages []instrument.Lang, bom bool) error {
	var line []byte
	if bom {
		line = append(line, csvfile.BOM...)
	}
	field := func(first bool, text string) {
		if !first {
			line = append(line, ',')
		}
		line = csvfile.AppendField(line, csvfile.Defuse(text))
	}
	for i, c := range columns {
		if c.plain != nil {
			field(i == 0, c.heading)
			continue
		}
		for _, lang := range languages {
			field(false, c.heading+"_"+strings.ReplaceAll(string(lang), "-", "_"))
		}
	}
	for i := range said.Variables {
		v := &said.Variables[i]
		scale, _ := said.Scale(v.Scale)
		line = append(line, '\n')
		for i, c := range columns {
			if c.plain != nil {
				field(i == 0, c.plain(v, scale))
				continue
			}
			for _, lang := range languages {
				field(false, c.spoken(v, scale, lang))
			}
		}
	}
	if _, err := w.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("codebook as CSV: %w", err)
	}
	return nil
}

func ofItem(cell func(*Item) string) func(*Variable, *Scale) string {
	return func(v *Variable, _ *Scale) string {
		if v.Item == nil {
			return ""
		}
		return cell(v.Item)
	}
}

func ofScore(cell func(*Scale) string) func(*Variable, *Scale) string {
	return func(v *Variable, scale *Scale) string {
		if v.Role != RoleScore || scale == nil {
			return ""
		}
		return cell(scale)
	}
}

func valuesIn(v *Variable, lang instrument.Lang) string {
	var parts []string
	for _, value := range v.Values {
		switch label := value.Label.In(lang); {
		case v.Role == RoleBand, label == "":
			parts = append(parts, value.Code)
		default:
			parts = append(parts, value.Code+" = "+label)
		}
	}
	return strings.Join(parts, separator)
}

func missingCodes(v *Variable, _ *Scale) string {
	var codes []string
	for _, value := range v.Values {
		if value.Missing {
			codes = append(codes, value.Code)
		}
	}
	return strings.Join(codes, separator)
}

func statesIn(v *Variable, lang instrument.Lang) string {
	if v.Item == nil {
		return ""
	}
	var parts []string
	for _, state := range v.Item.States {
		parts = append(parts, state.Name+" = "+state.Code+": "+state.Text.In(lang)) // a cell that begins with - would be defused
	}
	return strings.Join(parts, separator)
}

func pictures(v *Variable, _ *Scale) string {
	if !slices.ContainsFunc(v.Values, func(value Value) bool { return value.Picture != "" }) {
		return ""
	}
	var parts []string
	for _, value := range v.Values {
		parts = append(parts, value.Code+" = "+value.Picture)
	}
	return strings.Join(parts, separator)
}

func uses(i *Item) string {
	parts := make([]string, len(i.Uses))
	for n, use := range i.Uses {
		var marks []string
		if use.Reversed {
			marks = append(marks, "reversed")
		}
		if use.Weight != 1 {
			marks = append(marks, "weight "+plain(use.Weight))
		}
		parts[n] = string(use.Scale)
		if marks != nil {
			parts[n] += " (" + strings.Join(marks, ", ") + ")"
		}
	}
	return strings.Join(parts, separator)
}

func homeOf(v *Variable, scale *Scale) string {
	switch {
	case v.Item != nil:
		return string(v.Item.Home.ID) + "@" + v.Item.Home.Version
	case scale != nil:
		return string(scale.Home.ID) + "@" + scale.Home.Version
	}
	return ""
}

func limit(r *Range, end func(*Range) *float64) string {
	if r == nil || end(r) == nil {
		return ""
	}
	return plain(*end(r))
}

func positive(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func joined[T ~string](values []T) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = string(v)
	}
	return strings.Join(parts, separator)
}
