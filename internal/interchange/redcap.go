package interchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"surveyd/internal/csvfile"
)

// REDCap makes an instrument file of a REDCap data dictionary, the CSV file of 18 columns that a project's designer gives
// out. A dictionary has one language. name is the file's name without its folder. The error is an *Error when nothing can be
// made of the dictionary; what was noted until then is in the result.
func REDCap(name string, data []byte, opt Options) (Result, error) {
	if len(data) > maxFile {
		return Result{}, &Error{fmt.Sprintf("the dictionary is larger than %d MB", maxFile>>20)}
	}
	if !utf8.Valid(data) {
		return Result{}, &Error{"the dictionary is not in UTF-8; save it as CSV UTF-8"}
	}
	language := orElse(opt.Language, "en")
	c := &redcap{form: &form{source: "a REDCap data dictionary", file: name, dialect: logical, title: text{}, languages: []string{language}}, language: language, lists: map[string]*set{}}
	if err := c.read(data); err != nil {
		return Result{Notes: c.sorted()}, err
	}
	c.pagesOf()
	c.id = orElse(opt.ID, orElse(c.only, strings.TrimSuffix(name, ".csv")))
	if c.only = strings.TrimSpace(c.only); c.only != "" {
		c.title[language] = humanized(c.textOf(place{}, headingOf("form_name"), c.only))
	}
	if c.title[language] != "" {
		c.add(place{}, "", fmt.Sprintf("the title %q was made of the name of the form", c.title[language]), "write the title that students read")
	}
	return c.finish(opt)
}

// redcap is a form while its dictionary is read.
type redcap struct {
	*form
	language string
	lists    map[string]*set // by what their choices are
	fields   []*field
	asked    bool   // a question stands before
	only     string // the form's name, when the dictionary has one form
}

// field is one row of a dictionary.
type field struct {
	at       place
	values   map[string]string
	question *question // nil for a row that asks nothing
}

func (d *field) get(key string) string { return d.values[key] }

// redcapColumns are the columns of a dictionary as REDCap heads them, and as its API calls them.
var redcapColumns = []struct{ key, heading string }{
	{"field_name", "Variable / Field Name"}, {"form_name", "Form Name"}, {"section_header", "Section Header"}, {"field_type", "Field Type"},
	{"field_label", "Field Label"}, {"select_choices_or_calculations", "Choices, Calculations, OR Slider Labels"}, {"field_note", "Field Note"},
	{"text_validation_type_or_show_slider_number", "Text Validation Type OR Show Slider Number"}, {"text_validation_min", "Text Validation Min"},
	{"text_validation_max", "Text Validation Max"}, {"identifier", "Identifier?"}, {"branching_logic", "Branching Logic (Show field only if...)"},
	{"required_field", "Required Field?"}, {"custom_alignment", "Custom Alignment"}, {"question_number", "Question Number (surveys only)"},
	{"matrix_group_name", "Matrix Group Name"}, {"matrix_ranking", "Matrix Ranking?"}, {"field_annotation", "Field Annotation"},
}

// redcapColumn finds what a heading stands for. A name in quotes at the very beginning is what old versions wrote.
func redcapColumn(heading string) string {
	low := strings.ToLower(strings.Join(strings.Fields(strings.Trim(heading, `"`)), " "))
	for _, c := range redcapColumns {
		if heading := strings.ToLower(c.heading); low == c.key || low == heading || low == strings.TrimSuffix(heading, "?") {
			return c.key
		}
	}
	switch low {
	case "choices or calculations", "choices, calculations or slider labels":
		return "select_choices_or_calculations"
	case "branching logic":
		return "branching_logic"
	}
	return ""
}

// headingOf is how REDCap heads a column, for notes.
func headingOf(key string) string {
	for _, c := range redcapColumns {
		if c.key == key {
			return c.heading
		}
	}
	return key
}

func (c *redcap) read(data []byte) error {
	reader, err := csvfile.NewReader(bytes.NewReader(data))
	if err != nil {
		return redcapError(err)
	}
	var columns []string
	for {
		switch err := reader.Next(); {
		case errors.Is(err, io.EOF) && columns == nil:
			return &Error{"the file is empty"}
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return redcapError(err)
		}
		if reader.Blank() {
			continue
		}
		if reader.Len() > maxColumns {
			return &Error{fmt.Sprintf("line %d has more than %d columns; a data dictionary has %d", reader.Line(), maxColumns, len(redcapColumns))}
		}
		if columns == nil {
			if columns, err = c.headings(reader); err != nil {
				return err
			}
			continue
		}
		if len(c.fields) >= maxQuestions {
			return &Error{fmt.Sprintf("the dictionary has more than %d fields", maxQuestions)}
		}
		if err := c.record(reader, columns); err != nil {
			return err
		}
	}
}

func redcapError(err error) error {
	var syntax *csvfile.SyntaxError
	if errors.As(err, &syntax) {
		return &Error{syntax.Error()}
	}
	return err
}

func (c *redcap) headings(reader *csvfile.Reader) ([]string, error) {
	columns := make([]string, reader.Len())
	found := map[string]bool{}
	for i := range columns {
		heading := string(reader.Value(i))
		columns[i] = redcapColumn(heading)
		if found[columns[i]] {
			columns[i] = ""
		}
		if found[columns[i]] = true; columns[i] == "" && strings.TrimSpace(heading) != "" {
			c.add(place{row: reader.Line()}, "", fmt.Sprintf("the column %s is none of a data dictionary's and was not read", quoted(heading)), "")
		}
	}
	for _, needed := range []string{"field_name", "field_type", "field_label"} {
		if !found[needed] {
			message := fmt.Sprintf("there is no column %q, so the file is no data dictionary", headingOf(needed))
			if len(columns) == 1 {
				message += "; the columns must be separated by commas"
			}
			return nil, &Error{message}
		}
	}
	return columns, nil
}

func (c *redcap) record(reader *csvfile.Reader, columns []string) error {
	d := &field{at: place{row: reader.Line()}, values: map[string]string{}}
	for i := range reader.Len() {
		value := strings.TrimSpace(string(reader.Value(i)))
		switch {
		case len(value) > maxCell:
			return &Error{fmt.Sprintf("line %d: a cell has more than %d characters", d.at.row, maxCell)}
		case value == "":
		case i >= len(columns):
			c.add(d.at, "", fmt.Sprintf("the cell %s stands behind the last column and was not read", quoted(value)), "")
		case columns[i] != "":
			d.values[columns[i]] = value
		}
	}
	c.fields = append(c.fields, d)
	c.field(d, len(c.fields) == 1)
	return nil
}

// humanized makes a title of a form's name.
func humanized(name string) string {
	s := strings.TrimSpace(strings.ReplaceAll(name, "_", " "))
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}
