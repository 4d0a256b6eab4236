package render

import (
	"html"
	"html/template"
	"net/url"
	"regexp"
	"strings"
)

// Markdown turns the subset that instruments may use into safe HTML: paragraphs, line breaks inside them, **bold**,
// lists with - or 1., and [links](https://...). Everything else is text, and is escaped. Links leave by http or https only;
// any other stays as it was written.
func Markdown(source string) template.HTML {
	var out strings.Builder
	var list string // "ul" or "ol" while inside one
	var paragraph []string
	closeParagraph := func() {
		if len(paragraph) > 0 {
			out.WriteString("<p>" + strings.Join(paragraph, "<br>") + "</p>")
			paragraph = nil
		}
	}
	closeList := func() {
		if list != "" {
			out.WriteString("</" + list + ">")
			list = ""
		}
	}
	for line := range strings.Lines(source) {
		line = strings.TrimSpace(line)
		kind, rest := listItem(line)
		switch {
		case line == "":
			closeParagraph()
			closeList()
		case kind != "":
			closeParagraph()
			if list != kind {
				closeList()
				out.WriteString("<" + kind + ">")
				list = kind
			}
			out.WriteString("<li>" + inline(rest) + "</li>")
		default:
			closeList()
			paragraph = append(paragraph, inline(line))
		}
	}
	closeParagraph()
	closeList()
	return template.HTML(out.String())
}

var numbered = regexp.MustCompile(`^\d{1,3}[.)]\s+`)

func listItem(line string) (kind, rest string) {
	if rest, ok := strings.CutPrefix(line, "- "); ok {
		return "ul", rest
	}
	if rest, ok := strings.CutPrefix(line, "* "); ok {
		return "ul", rest
	}
	if mark := numbered.FindString(line); mark != "" {
		return "ol", line[len(mark):]
	}
	return "", ""
}

var inlineMark = regexp.MustCompile(`\*\*([^*]+)\*\*|\[([^\]\[]+)\]\(([^()\s]+)\)`)

// inline escapes a line and sets its bold words and links.
func inline(line string) string {
	var out strings.Builder
	at := 0
	for _, m := range inlineMark.FindAllStringSubmatchIndex(line, -1) {
		out.WriteString(html.EscapeString(line[at:m[0]]))
		at = m[1]
		if m[2] >= 0 {
			out.WriteString("<strong>" + html.EscapeString(line[m[2]:m[3]]) + "</strong>")
			continue
		}
		label, address := line[m[4]:m[5]], line[m[6]:m[7]]
		if !isWebAddress(address) {
			out.WriteString(html.EscapeString(line[m[0]:m[1]]))
			continue
		}
		out.WriteString(`<a href="` + html.EscapeString(address) + `" rel="noopener noreferrer">` + html.EscapeString(label) + `</a>`)
	}
	out.WriteString(html.EscapeString(line[at:]))
	return out.String()
}

func isWebAddress(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
