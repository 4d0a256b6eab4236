package interchange

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

var (
	htmlBreak    = regexp.MustCompile(`(?i)<(br|/li)\s*/?>`)
	htmlBlock    = regexp.MustCompile(`(?i)</(p|div|h[1-6]|ul|ol)\s*>`)
	htmlBold     = regexp.MustCompile(`(?i)</?(b|strong)>`)
	manyBreaks   = regexp.MustCompile(`\n\s*\n\s*`)
	htmlTag      = regexp.MustCompile(`</?[A-Za-z][^<>]*>`)
	boldSign     = regexp.MustCompile(`\*\*([^*]+)\*\*|__([^_]+)__`)
	headingSign  = regexp.MustCompile(`(?m)^#{1,6}\s+`)
	xlsformPiped = regexp.MustCompile(`\$\{[^}]*\}`)
	redcapPiped  = regexp.MustCompile(`\[[a-z][a-z0-9_-]*(\([^)\]]*\))?(:[a-z0-9_:-]+)?\]`)
)

// textOf reads what a respondent sees: one line of plain text. What had to change is told of.
func (f *form) textOf(at place, column, raw string) string {
	s := f.proseOf(at, column, raw)
	if plain := withoutSigns(s); plain != s {
		s = plain
		f.add(at, column, "signs for bold type and headings were taken out", "")
	}
	return strings.Join(strings.Fields(s), " ")
}

// withoutSigns takes out Markdown's signs for bold type and headings, which only the intro and the closing draw.
func withoutSigns(s string) string {
	return headingSign.ReplaceAllString(boldSign.ReplaceAllString(s, "$1$2"), "")
}

// proseOf is textOf with its paragraphs and its bold type kept, as the intro and the closing have them.
func (f *form) proseOf(at place, column, raw string) string {
	s, invisible := visible(raw)
	if invisible {
		f.add(at, column, "invisible characters were taken out", "")
	}
	if htmlTag.MatchString(s) {
		s = htmlBlock.ReplaceAllString(htmlBreak.ReplaceAllString(htmlBold.ReplaceAllString(s, "**"), "\n"), "\n\n")
		s = manyBreaks.ReplaceAllString(htmlTag.ReplaceAllString(s, ""), "\n\n")
		f.add(at, column, "HTML was taken out of the text", "look whether it reads well without")
	}
	if unescaped := html.UnescapeString(s); unescaped != s {
		s, _ = visible(unescaped)
	}
	if strings.Contains(s, "{{") || strings.Contains(s, "}}") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "{{", "{ {"), "}}", "} }")
		for strings.Contains(s, "{{") || strings.Contains(s, "}}") {
			s = strings.ReplaceAll(strings.ReplaceAll(s, "{{", "{ {"), "}}", "} }")
		}
		f.add(at, column, "double braces, which name a setting here, were drawn apart", "")
	}
	piped := xlsformPiped
	if f.dialect == logical {
		piped = redcapPiped
	}
	if found := piped.FindString(s); found != "" {
		f.add(at, column, "the text shows an earlier answer ("+found+"), which a text here cannot; students would read it as it stands", "reword it")
	}
	return strings.TrimSpace(s)
}

// visible takes out what cannot be seen, and what is no UTF-8. Line ends stay.
func visible(s string) (out string, changed bool) {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	out = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case r == unicode.ReplacementChar, unicode.IsControl(r), r == '\u200b', r == '\u2060', r == '\ufeff', r == '\u2028', r == '\u2029', r == 0xfffe, r == 0xffff:
			return -1
		}
		return r
	}, s)
	return out, len(out) != len(strings.ReplaceAll(s, "\t", " "))
}

// quoted shows a piece of the form in a note: on one line, not too long.
func quoted(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > 120 {
		s = string(runes[:119]) + "…"
	}
	return strconv.Quote(s)
}
