package interchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"surveyd/internal/condition"
	"surveyd/internal/diag"
	"surveyd/internal/instrument"
	"surveyd/internal/layout"
)

// assumedGrades are whom surveyd's own instruments are mostly for.
var assumedGrades = []string{"6", "7", "8", "9", "10", "11", "12"}

// write writes the form down; laidOut gives it its final shape.
func (f *form) write(opt Options) []byte {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# Made by surveyd import from %s (%s).", f.source, comment(f.file))
	line("# What could not be carried was listed by the import; comments say \"not carried\" where a condition is missing.")
	line("format: 1")
	line("id: %s", plainOrQuoted(f.id))
	line("version: %s", f.version)
	line("title: %s", f.flow(f.title))
	line("languages: %s", languageList(f.languages))
	switch {
	case opt.Adults != "":
		line("audience: {adults: %s}", opt.Adults)
	case len(opt.Grades) > 0:
		line("audience: {grades: [%s]}", strings.Join(opt.Grades, ", "))
	default:
		line("audience: {grades: [%s]}   # assumed: the form does not say who is asked", strings.Join(assumedGrades, ", "))
	}
	f.writeTranslations(line)
	if len(f.intro)+len(f.closing) > 0 {
		line("")
	}
	f.writeProse(line, "intro", f.intro)
	f.writeProse(line, "closing", f.closing)
	f.writeSets(line)
	line("\nitems:")
	for _, q := range f.kept() {
		f.writeItem(line, q)
	}
	line("\npages:")
	for _, p := range f.pages {
		f.writePage(line, p)
	}
	return []byte(b.String())
}

// laidOut gives the file in the layout that surveyd fmt keeps.
func (f *form) laidOut(src []byte) ([]byte, error) {
	if len(src) > instrument.MaxSource {
		return nil, &Error{fmt.Sprintf("the form makes an instrument of %d KB, and an instrument file has %d KB at most; divide the form", len(src)>>10, instrument.MaxSource>>10)}
	}
	formatted, problems, err := layout.Format(f.file, src)
	if err != nil {
		return nil, fmt.Errorf("lay out the instrument: %w", err)
	}
	if diag.HasError(problems) {
		return nil, fmt.Errorf("lay out the instrument: line %d: %s", problems[0].Line, problems[0].Message)
	}
	return formatted.Text, nil
}

func (f *form) writeTranslations(line func(string, ...any)) {
	if len(f.languages) < 2 {
		return
	}
	line("\nprovenance:")
	line("  translation:")
	method := "Taken over from " + f.source + "; how it was made is not known."
	if len(f.copied) > 0 {
		method += " Copied from " + f.languages[0] + " and not translated: " + strings.Join(slices.Compact(f.copied), ", ") + "."
	}
	for _, lang := range f.languages[1:] {
		line("    %s: {method: %s}", lang, quote(method))
	}
}

func (f *form) writeProse(line func(string, ...any), key string, parts []*prose) {
	if len(parts) == 0 {
		return
	}
	line("%s:", key)
	for _, lang := range f.languages {
		line("  %s: |", lang)
		for i, p := range parts {
			if i > 0 {
				line("")
			}
			for _, paragraph := range strings.Split(p.text[lang], "\n") {
				if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
					line("    %s", paragraph)
				} else {
					line("")
				}
			}
		}
	}
}

func (f *form) writeSets(line func(string, ...any)) {
	sets := f.usedSets()
	if len(sets) == 0 {
		return
	}
	line("\nresponse_sets:")
	for _, s := range sets {
		kind := "nominal"
		if s.ordinal {
			kind = "ordinal"
		}
		line("  %s:", plainOrQuoted(s.id))
		line("    kind: %s", kind)
		line("    options:")
		for _, o := range s.options {
			line("      - {code: %s, label: %s}", plainOrQuoted(o.code), f.flow(o.label))
		}
	}
}

func (f *form) writeItem(line func(string, ...any), q *question) {
	for _, r := range q.lost {
		where := Note{Sheet: r.at.sheet, Rows: []int{r.at.row}, Column: r.column, What: r.source}
		line("  # not carried, %s", comment(where.String()))
	}
	keys := []string{"id: " + plainOrQuoted(q.id)}
	if q.kind != condition.ChoiceItem {
		keys = append(keys, "kind: "+string(q.kind))
	}
	keys = append(keys, "text: "+f.flow(q.text))
	if q.set != nil {
		keys = append(keys, "responses: "+plainOrQuoted(q.set.id))
	}
	if q.min != nil {
		keys = append(keys, "min: "+number64(*q.min))
	}
	if q.max != nil {
		keys = append(keys, "max: "+number64(*q.max))
	}
	if q.maxLength > 0 {
		keys = append(keys, fmt.Sprintf("max_length: %d", q.maxLength))
	}
	if q.required {
		keys = append(keys, "required: true")
	}
	if q.showIf != "" {
		showIf := q.showIf
		if strings.ContainsAny(showIf, ",[]{}\"#:") {
			showIf = quote(showIf)
		}
		keys = append(keys, "show_if: "+showIf)
	}
	line("  - {%s}", strings.Join(keys, ", "))
}

func (f *form) writePage(line func(string, ...any), p *page) {
	keys := []string{"id: " + plainOrQuoted(p.id)}
	if !p.title.empty() {
		keys = append(keys, "title: "+f.flow(p.title))
	}
	if p.grid {
		keys = append(keys, "layout: grid")
	}
	ids := make([]string, len(p.questions))
	for i, q := range p.questions {
		ids[i] = plainOrQuoted(q.id)
	}
	line("  - {%s, items: [%s]}", strings.Join(keys, ", "), strings.Join(ids, ", "))
}

// flow writes a text as {en: "...", es: "..."}.
func (f *form) flow(t text) string {
	parts := make([]string, len(f.languages))
	for i, lang := range f.languages {
		parts[i] = lang + ": " + quote(t[lang])
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// quote writes a double-quoted scalar of YAML; texts hold no control characters by now.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}

// plainOrQuoted writes an id or code; the words that YAML takes for something else stand in quotes.
func plainOrQuoted(word string) string {
	switch strings.ToLower(word) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf":
		return quote(word)
	}
	return word
}

func number64(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// comment makes one line of a text.
func comment(s string) string {
	s, _ = visible(s)
	return strings.Join(strings.Fields(s), " ")
}
