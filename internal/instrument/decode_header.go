package instrument

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

var (
	versionPattern = regexp.MustCompile(`^(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})$`)
	twoPartNumber  = regexp.MustCompile(`^[0-9]+(\.[0-9]*)?$`)
)

// maxMinutes is an hour and a half: longer than that no class sits over a survey.
const maxMinutes = 90

func (l *loader) readHeader(d *draft) {
	m, in := d.root, d.in
	if n := m.value("format"); n != nil {
		if s, ok := l.word(n, "the format"); ok && s != "1" {
			l.errAt(n, "unsupported-format", fmt.Sprintf("the format is %q", s), "this version of surveyd reads format 1: write format: 1")
		}
	}
	if n := m.value("id"); n != nil {
		if s, ok := l.word(n, "the instrument's id"); ok {
			if !instrumentPattern.MatchString(s) || len(s) > 64 {
				l.errAt(n, "illegal-id", fmt.Sprintf("the instrument's id is %q", s),
					"it begins with a small letter and goes on with small letters, digits or hyphens, as in math-identity")
			}
			in.ID = ID(s)
		}
	}
	if n := m.value("version"); n != nil {
		in.Version = l.version(n)
		in.versionAt = l.src.spanOf(n)
	}
	in.Title = l.text(d, m, "title", "title", "the title")
	in.Languages = l.languages(m.value("languages"), "languages")
	l.readAudience(d)
	if n := m.value("minutes"); n != nil {
		in.Minutes, _ = l.count(n, "minutes", 1, maxMinutes)
	}
	in.Intro = l.text(d, m, "intro", "intro", "the intro")
	in.Closing = l.text(d, m, "closing", "closing", "the closing")
}

func (l *loader) version(n *yaml.Node) Version {
	s, ok := l.word(n, "the version")
	if !ok {
		return Version{}
	}
	parts := versionPattern.FindStringSubmatch(s)
	if parts == nil {
		if isPlain(n) && twoPartNumber.MatchString(s) {
			l.errAt(n, "yaml-number", fmt.Sprintf("the version %s is a plain number to YAML, so that 1.10 and 1.1 are one", s),
				"write all three parts, major.minor.patch, as in 1.10.0")
		} else {
			l.errAt(n, "illegal-version", fmt.Sprintf("the version is %q", s), "write major.minor.patch, as in 1.0.0, without leading zeros")
		}
		return Version{}
	}
	var v [3]int
	for i := range v {
		v[i], _ = strconv.Atoi(parts[i+1]) // the pattern lets only short runs of digits through
	}
	return Version{Major: v[0], Minor: v[1], Patch: v[2]}
}

func (l *loader) languages(n *yaml.Node, what string) []Lang {
	var out []Lang
	seen := newNames("language")
	for _, item := range l.items(n, what) {
		s, ok := l.word(item, "a language")
		if !ok && s == "" {
			continue
		}
		if ok && !languagePattern.MatchString(s) {
			l.errAt(item, "illegal-language", fmt.Sprintf("%q is not a language tag", s), "write a tag such as en, es or es-MX")
			continue
		}
		if seen.add(l, item, s) {
			out = append(out, Lang(s))
		}
	}
	if n != nil && n.Kind == yaml.SequenceNode && len(n.Content) == 0 && what == "languages" {
		l.errAt(n, "empty", "the list of languages is empty", "name at least the source language, as in [en, es]")
	}
	return out
}

func (l *loader) readAudience(d *draft) {
	n := d.root.value("audience")
	if n == nil {
		return
	}
	m := l.mapping(n, "the audience", "grades", "adults", "reading_level")
	d.audience = m
	a := &d.in.Audience
	a.Grades = l.grades(m.value("grades"), "grades of the audience")
	if adults := m.value("adults"); adults != nil {
		a.Adults, _ = choice(l, adults, "adults", "family", "staff")
		if m.value("grades") != nil {
			l.errAt(m.key("adults"), "wrong-audience", "the audience has both grades and adults", "write one instrument for each: wording and consent differ")
		}
	} else if grades := m.value("grades"); n.Kind == yaml.MappingNode && grades == nil {
		l.errAt(m.place("grades"), "missing-key", "the audience has neither grades nor adults", "write {grades: [4, 5, 6]}, {adults: family} or {adults: staff}")
	} else if grades != nil && grades.Kind == yaml.SequenceNode && len(grades.Content) == 0 {
		l.errAt(grades, "empty", "the grades of the audience are empty", "name each, as in [4, 5, 6]")
	}
	if level := m.value("reading_level"); level != nil {
		if v, ok := l.number(level, "reading_level"); ok {
			if v < 0 || v > 16 {
				l.errAt(level, "out-of-range", fmt.Sprintf("reading_level is %s", level.Value), "write the school grade whose readers should manage the text, 0 to 16")
			} else {
				a.ReadingLevel = v
			}
		}
	}
}

// grades reads a list of grades, each TK, K or 1 to 12.
func (l *loader) grades(n *yaml.Node, what string) []Grade {
	var out []Grade
	seen := newNames("grade")
	for _, item := range l.items(n, what) {
		if g, ok := l.grade(item); ok && seen.add(l, item, string(g)) {
			out = append(out, g)
		}
	}
	return out
}

func (l *loader) grade(n *yaml.Node) (Grade, bool) {
	s, ok := l.word(n, "a grade")
	if !ok {
		return "", false
	}
	if octalPattern.MatchString(s) {
		l.octal(n, "a grade")
		return "", false
	}
	if _, ok := Grade(s).Rank(); !ok {
		hint := "write TK, K or a number from 1 to 12"
		if strings.Contains(s, "-") {
			hint += "; list each grade of a span, as in [6, 7, 8]"
		}
		l.errAt(n, "unknown-grade", fmt.Sprintf("%q is not a grade", s), hint)
		return "", false
	}
	return Grade(s), true
}
