package interchange

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"surveyd/internal/condition"
)

var (
	actionTag = regexp.MustCompile(`@[A-Z][A-Z0-9_-]*`)
	charLimit = regexp.MustCompile(`@CHARLIMIT\s*=\s*["']?([0-9]{1,5})`)
	recordID  = regexp.MustCompile(`(?i)(^|_)id$`)
)

// field reads one row of the dictionary; first says whether it is the first, which names the record.
func (c *redcap) field(d *field, first bool) {
	if kind := strings.ToLower(d.get("field_type")); kind == "descriptive" {
		c.uncarried(d)
		return
	}
	q := &question{at: d.at, name: d.get("field_name")}
	d.question = q
	c.questions = append(c.questions, q)
	q.text = text{c.language: c.textOf(d.at, headingOf("field_label"), d.get("field_label"))}
	if note := d.get("field_note"); note != "" {
		q.hint = text{c.language: c.textOf(d.at, headingOf("field_note"), note)}
	}
	if c.refused(d, q, first) {
		return
	}
	c.kind(d, q)
	if q.left != "" {
		return
	}
	switch strings.ToLower(d.get("required_field")) {
	case "y", "yes", "1":
		q.required = true
	}
	if logic := d.get("branching_logic"); logic != "" {
		q.when = []*rule{{at: d.at, column: headingOf("branching_logic"), source: logic}}
		c.warnBlank(d, logic)
	}
	if m := charLimit.FindStringSubmatch(d.get("field_annotation")); m != nil && q.kind == condition.TextItem {
		if n, _ := strconv.Atoi(m[1]); n >= 1 && n <= maxTextLength {
			q.maxLength = n
		}
	}
	c.uncarried(d)
}

// warnBlank tells where the two systems may differ over a field without an answer.
func (c *redcap) warnBlank(d *field, logic string) {
	if strings.Contains(strings.NewReplacer("<>", "").Replace(logic), "<") {
		c.add(d.at, headingOf("branching_logic"), "with no answer, a comparison with < or <= is not true here; to some versions of REDCap an empty field is 0", "look at it in the preview")
	}
}

// refused takes out what must not be asked or cannot be answered.
func (c *redcap) refused(d *field, q *question, first bool) bool {
	kind, validation := strings.ToLower(d.get("field_type")), strings.ToLower(d.get("text_validation_type_or_show_slider_number"))
	identifier := strings.ToLower(d.get("identifier"))
	switch {
	case identifier == "y" || identifier == "yes" || identifier == "1":
		c.leaveOut(q, headingOf("identifier"), fmt.Sprintf("IDENTIFIER: %q identifies a person and was left out", q.name), "it must not be asked here: who answers is on the roster, and answers are kept apart from it")
	case first && kind == "text" && validation == "" && recordID.MatchString(q.name):
		c.leaveOut(q, headingOf("field_name"), fmt.Sprintf("%q names the record and was left out", q.name), "the code that a student signs in with does that")
	case slices.Contains([]string{"email", "phone", "ssn", "mrn_10d", "mrn_generic", "vmrn", "zipcode"}, validation) || strings.HasPrefix(validation, "phone_") || strings.HasPrefix(validation, "postalcode_"):
		c.leaveOut(q, headingOf("text_validation_type_or_show_slider_number"), fmt.Sprintf("IDENTIFIER: %q asks for %s, which identifies a person, and was left out", q.name, validation), "who answers is on the roster, and answers are kept apart from it")
	case slices.ContainsFunc(actionTag.FindAllString(d.get("field_annotation"), -1), func(tag string) bool { return strings.HasPrefix(tag, "@HIDDEN") || strings.HasPrefix(tag, "@READONLY") }):
		c.leaveOut(q, headingOf("field_annotation"), fmt.Sprintf("%q is hidden or read-only (%s) and was left out", q.name, quoted(d.get("field_annotation"))), "nobody answers it")
	}
	return q.left != ""
}

// kind reads what kind of answer a field takes.
func (c *redcap) kind(d *field, q *question) {
	switch kind := strings.ToLower(d.get("field_type")); kind {
	case "radio", "dropdown", "select":
		q.kind = condition.ChoiceItem
		c.choices(d, q)
	case "checkbox":
		q.kind = condition.MultipleItem
		c.choices(d, q)
	case "yesno":
		q.kind = condition.ChoiceItem
		q.set = c.fixed(d, "yes_no", []option{{raw: "1", label: text{"en": "Yes", "es": "Sí"}}, {raw: "0", label: text{"en": "No", "es": "No"}}})
	case "truefalse":
		q.kind = condition.ChoiceItem
		q.set = c.fixed(d, "true_false", []option{{raw: "1", label: text{"en": "True", "es": "Verdadero"}}, {raw: "0", label: text{"en": "False", "es": "Falso"}}})
	case "slider":
		q.kind = condition.NumberItem
		low, high := 0.0, 100.0
		q.min, q.max = &low, &high
		c.bounds(d, q)
		if labels := d.get("select_choices_or_calculations"); labels != "" {
			c.add(d.at, headingOf("select_choices_or_calculations"), fmt.Sprintf("the labels of the slider %q were not carried: %s", q.name, quoted(labels)), "a number item has none; say in its text what the ends mean")
		}
	case "notes":
		q.kind = condition.TextItem
	case "text":
		c.textField(d, q)
	case "calc":
		c.leaveOut(q, headingOf("field_type"), fmt.Sprintf("%q (calc) was left out: nothing is computed while a student answers", q.name), "scales compute scores afterwards: "+quoted(d.get("select_choices_or_calculations")))
	case "":
		c.leaveOut(q, headingOf("field_type"), fmt.Sprintf("%q has no field type and was left out", q.name), "")
	default:
		c.leaveOut(q, headingOf("field_type"), fmt.Sprintf("%q was left out: there is no item of the type %s", q.name, quoted(kind)), "")
	}
}

// textField reads a text by its validation, which may make it a number.
func (c *redcap) textField(d *field, q *question) {
	heading := headingOf("text_validation_type_or_show_slider_number")
	switch v := strings.ToLower(d.get("text_validation_type_or_show_slider_number")); {
	case v == "" || v == "alpha_only":
		q.kind = condition.TextItem
		if v != "" {
			c.add(d.at, heading, "that only letters are allowed was not carried", "")
		}
	case v == "integer" || v == "int" || v == "float" || strings.HasPrefix(v, "number"):
		q.kind = condition.NumberItem
		c.bounds(d, q)
		if v != "number" && v != "float" {
			c.add(d.at, heading, fmt.Sprintf("%s was not carried as such", v), "a number item takes 2.5 too, written with a point")
		}
	default:
		c.leaveOut(q, heading, fmt.Sprintf("%q was left out: there is no item for %s", q.name, quoted(v)), "ask in another way, as with choices")
	}
}

func (c *redcap) bounds(d *field, q *question) {
	for _, b := range []struct {
		key string
		to  **float64
	}{{"text_validation_min", &q.min}, {"text_validation_max", &q.max}} {
		cell := d.get(b.key)
		if cell == "" {
			continue
		}
		if n, err := parseNumber(cell); err == nil && bounded(n) {
			*b.to = &n
			continue
		}
		c.add(d.at, headingOf(b.key), fmt.Sprintf("%s is no number and was not carried", quoted(cell)), "")
	}
	if q.min != nil && q.max != nil && *q.min >= *q.max {
		c.add(d.at, headingOf("text_validation_max"), fmt.Sprintf("the bounds of %q leave one number or none and were not carried", q.name), "")
		q.min, q.max = nil, nil
	}
}

// choices reads 1, Yes | 2, No. Fields with the same choices share one set.
func (c *redcap) choices(d *field, q *question) {
	source := d.get("select_choices_or_calculations")
	key := strings.Join(strings.Fields(source), " ")
	if c.lists[key] != nil {
		q.set = c.lists[key]
		return
	}
	s := &set{name: orElse(d.get("matrix_group_name"), q.name+"_choices"), at: d.at}
	for _, part := range splitChoices(source) {
		raw, label, _ := strings.Cut(part, ",")
		raw = strings.TrimSpace(raw)
		if raw == "" {
			c.add(d.at, headingOf("select_choices_or_calculations"), fmt.Sprintf("the choice %s has no code and was left out", quoted(part)), "")
			continue
		}
		s.options = append(s.options, &option{at: d.at, raw: raw, label: text{c.language: c.textOf(d.at, headingOf("select_choices_or_calculations"), label)}})
	}
	c.lists[key] = s
	c.sets = append(c.sets, s)
	q.set = s
}

// splitChoices cuts at bars and at line ends, which both separate choices.
func splitChoices(s string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == '|' || r == '\n' || r == '\r' }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// fixed gives the set of a field type whose choices REDCap knows by itself.
func (c *redcap) fixed(d *field, name string, options []option) *set {
	if s := c.lists["\x00"+name]; s != nil {
		return s
	}
	s := &set{name: name, at: d.at, known: true}
	for _, o := range options {
		o.at = d.at
		label := o.label[c.language]
		if label == "" {
			label = o.label["en"]
			c.add(d.at, headingOf("field_type"), fmt.Sprintf("the choice %q of %s is in English: its word in %s is not known", label, name, c.language), "translate it in the file")
		}
		o.label = text{c.language: label}
		s.options = append(s.options, &o)
	}
	c.lists["\x00"+name] = s
	c.sets = append(c.sets, s)
	return s
}

// uncarried tells of what has no place here.
func (c *redcap) uncarried(d *field) {
	for _, column := range []struct{ key, advice string }{
		{"custom_alignment", "surveyd draws questions in its own way, the same on every device"},
		{"question_number", ""},
		{"matrix_ranking", "every row of a grid is answered by itself"},
	} {
		if cell := d.get(column.key); cell != "" && !strings.EqualFold(cell, "n") {
			c.add(d.at, headingOf(column.key), fmt.Sprintf("%s was not carried", quoted(cell)), column.advice)
		}
	}
	annotation := d.get("field_annotation")
	rest := strings.TrimSpace(charLimit.ReplaceAllString(annotation, ""))
	if d.question != nil && d.question.maxLength == 0 {
		rest = annotation
	}
	if rest = strings.Trim(rest, `"' `); rest != "" {
		c.add(d.at, headingOf("field_annotation"), fmt.Sprintf("%s was not carried", quoted(annotation)), "")
	}
	if d.question == nil || d.question.kind == condition.ChoiceItem && strings.EqualFold(d.get("field_type"), "dropdown") {
		if v := d.get("text_validation_type_or_show_slider_number"); v != "" {
			c.add(d.at, headingOf("text_validation_type_or_show_slider_number"), fmt.Sprintf("%s was not carried", quoted(v)), "")
		}
	}
}
