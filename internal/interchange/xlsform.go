package interchange

import (
	"fmt"
	"slices"
	"strings"
)

// XLSForm makes an instrument file of an XLSForm workbook (xlsform.org). name is the file's name without its folder. The
// error is an *Error when nothing can be made of the workbook; what was noted until then is in the result.
func XLSForm(name string, data []byte, opt Options) (Result, error) {
	sheets, err := readWorkbook(data)
	if err != nil {
		return Result{}, err
	}
	x := &xlsform{form: &form{source: "an XLSForm", file: name, dialect: xpath, title: text{}}, opt: opt, lists: map[string]*set{}, named: map[string]bool{}}
	var survey, choices, settings *sheet
	for _, s := range sheets {
		switch strings.ToLower(s.name) {
		case "survey":
			survey = s
		case "choices":
			choices = s
		case "settings":
			settings = s
		default:
			if len(s.rows) > 0 {
				x.add(place{sheet: s.name}, "", fmt.Sprintf("the sheet was not read (%s)", countOf(len(s.rows), "row", "rows")), "")
			}
		}
	}
	if survey == nil {
		return Result{Notes: x.sorted()}, &Error{"the workbook has no sheet called survey, so it is no XLSForm"}
	}
	x.id = strings.TrimSuffix(strings.TrimSuffix(name, ".xlsx"), ".xlsm")
	x.settings(settings)
	x.languagesOf(survey, choices)
	x.choices(choices)
	x.survey(survey)
	for _, s := range x.sets {
		if !x.named[s.name] {
			x.add(s.at, "", fmt.Sprintf("the list %q is used by no question and was left out", s.name), "")
		}
	}
	if len(x.questions) > maxQuestions {
		return Result{}, &Error{fmt.Sprintf("the form has more than %d questions", maxQuestions)}
	}
	if opt.ID != "" {
		x.id = opt.ID
	}
	return x.finish(opt)
}

// xlsform is a form while its sheets are read.
type xlsform struct {
	*form
	opt    Options
	plain  string // the language of columns that name none
	lists  map[string]*set
	named  map[string]bool // lists that a question has
	groups []group
	page   *page // where the next question goes; nil where a new page begins
}

// column is the heading of one column: its kind in lower case, and the language that it names.
type column struct {
	index    int
	heading  string
	kind     string
	language string // as it is written; empty for none
}

// columnAliases are older and shorter names of columns.
var columnAliases = map[string]string{
	"relevance": "relevant", "caption": "label", "command": "type", "list name": "list_name", "read_only": "readonly", "read only": "readonly",
	"image": "media::image", "audio": "media::audio", "video": "media::video", "big-image": "media::big-image", "title": "form_title", "id_string": "form_id",
	"bind::relevant": "relevant", "bind::required": "required", "bind::constraint": "constraint", "body::appearance": "appearance",
}

// columnsOf reads a sheet's headings.
func columnsOf(s *sheet) []column {
	var out []column
	for i, heading := range s.columns {
		if heading == "" {
			continue
		}
		parts := strings.Split(heading, "::")
		if len(parts) == 1 {
			if base, lang, ok := strings.Cut(heading, ":"); ok && slices.Contains(translated, strings.ToLower(strings.TrimSpace(base))) {
				parts = []string{base, lang}
			}
		}
		c := column{index: i, heading: heading, kind: strings.ToLower(strings.TrimSpace(parts[0]))}
		rest := parts[1:]
		if (c.kind == "media" || c.kind == "bind" || c.kind == "body" || c.kind == "instance") && len(rest) > 0 {
			c.kind += "::" + strings.ToLower(strings.TrimSpace(rest[0]))
			rest = rest[1:]
		}
		c.language = strings.TrimSpace(strings.Join(rest, "::"))
		if alias, ok := columnAliases[c.kind]; ok {
			c.kind = alias
		}
		out = append(out, c)
	}
	return out
}

// translated are the columns whose cells are in a language.
var translated = []string{"label", "hint", "form_title", "title", "guidance_hint", "constraint_message", "required_message"}

// settings reads the settings sheet: its first row with values counts.
func (x *xlsform) settings(s *sheet) {
	x.plain = x.opt.Language
	if s == nil || len(s.rows) == 0 {
		x.plain = orElse(x.plain, "en")
		return
	}
	first := s.rows[0]
	at := place{s.name, first.number}
	var titles []column
	for _, c := range columnsOf(s) {
		value := first.cell(c.index)
		if value == "" {
			continue
		}
		switch c.kind {
		case "form_title":
			titles = append(titles, c)
		case "form_id":
			x.id = value
		case "version":
			x.version = value
		case "default_language":
			if tag, ok := languageOf(value); ok {
				x.plain = orElse(x.plain, tag)
			} else if !strings.EqualFold(value, "default") {
				x.add(at, c.heading, fmt.Sprintf("%s is no language that can be told", quoted(value)), "write it with its tag, as in English (en)")
			}
		default:
			x.add(at, c.heading, "the setting was not carried: "+quoted(value), "")
		}
	}
	x.plain = orElse(x.plain, "en")
	for _, c := range titles {
		if tag, ok := x.tag(c); ok {
			x.title = x.title.with(tag, x.textOf(at, c.heading, first.cell(c.index)))
		}
	}
	for _, r := range s.rows[1:] {
		x.add(place{s.name, r.number}, "", "only the first row of the settings is read", "")
	}
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// languagesOf lists the languages of the labels; the one of columns that name none comes first.
func (x *xlsform) languagesOf(sheets ...*sheet) {
	var found []string
	unnamed := false
	for _, s := range sheets {
		if s == nil {
			continue
		}
		for _, c := range columnsOf(s) {
			if c.kind != "label" {
				continue
			}
			tag, ok := x.tag(c)
			switch {
			case !ok:
				x.add(place{sheet: s.name}, c.heading, fmt.Sprintf("%s is no language that can be told; the column was not carried", quoted(c.language)), "write it with its tag, as in label::Español (es)")
			case !slices.Contains(found, tag):
				found = append(found, tag)
			}
			unnamed = unnamed || c.language == ""
		}
	}
	if unnamed && x.opt.Language == "" {
		x.add(place{}, "", fmt.Sprintf("labels that name no language are taken for %s", x.plain), "import again with --language if they are not")
	}
	if i := slices.Index(found, x.plain); i > 0 {
		found = append([]string{x.plain}, slices.Delete(found, i, i+1)...)
	}
	if len(found) == 0 {
		found = []string{x.plain}
	}
	x.form.languages = found
}

// tag is the language of a column.
func (x *xlsform) tag(c column) (string, bool) {
	if c.language == "" {
		return x.plain, true
	}
	return languageOf(c.language)
}

// translations reads the cells of one kind of column in every language. A column that names its language comes before one
// that names none.
func (x *xlsform) translations(s *sheet, columns []column, kind string, r row) text {
	out := text{}
	for _, c := range columns {
		if c.kind != kind || r.cell(c.index) == "" {
			continue
		}
		if tag, ok := x.tag(c); ok && (out[tag] == "" || c.language != "") {
			out[tag] = x.textOf(place{s.name, r.number}, c.heading, r.cell(c.index))
		}
	}
	return out
}

// value reads a cell of a kind of column that stands once.
func value(columns []column, kind string, r row) (cell, heading string) {
	for _, c := range columns {
		if c.kind == kind {
			if cell := r.cell(c.index); cell != "" {
				return cell, c.heading
			}
		}
	}
	return "", kind
}

// choices reads the lists.
func (x *xlsform) choices(s *sheet) {
	if s == nil {
		return
	}
	columns := columnsOf(s)
	for _, r := range s.rows {
		at := place{s.name, r.number}
		list, _ := value(columns, "list_name", r)
		name, _ := value(columns, "name", r)
		if name == "" {
			name, _ = value(columns, "value", r)
		}
		if list == "" || name == "" {
			x.add(at, "", "the row has no list_name or no name and was left out", "")
			continue
		}
		if x.lists[list] == nil {
			x.lists[list] = &set{name: list, at: at}
			x.sets = append(x.sets, x.lists[list])
		}
		x.lists[list].options = append(x.lists[list].options, &option{at: at, raw: name, label: x.translations(s, columns, "label", r)})
		for _, c := range columns {
			switch c.kind {
			case "list_name", "name", "value", "label":
			case "media::image", "media::big-image", "media::audio", "media::video":
				if cell := r.cell(c.index); cell != "" {
					x.add(at, c.heading, "the choice's "+strings.TrimPrefix(c.kind, "media::")+" was not carried", "put an SVG or PNG file beside the instrument and name it in picture")
				}
			default:
				if r.cell(c.index) != "" {
					x.add(at, c.heading, "the column was not carried", "")
				}
			}
		}
	}
}
