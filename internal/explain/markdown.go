package explain

import (
	"fmt"
	"slices"
	"strings"
)

// intro opens the page; what follows it is made from the entries.
const intro = `# What ` + "`surveyd check`" + ` says

Every problem has a code that does not change between versions, so that a script or an editor can rely on it. ` + "`surveyd check`" + `
prints each as ` + "`file:line:column: error CODE: what is wrong; what would be right`" + `, with the source line and a caret;
` + "`surveyd check --format json`" + ` prints an array of objects with ` + "`file`, `line`, `column`, `length`, `severity`, `code`, `message` and" + `
` + "`hint`; `surveyd check --format github`" + ` prints annotations for a workflow on GitHub. Lines and columns count from 1, columns in
characters.

An error keeps an instrument from being used. A warning does not: it names something that a reviewer should have seen.

` + "`surveyd explain CODE`" + ` prints what this page says of a code. Below, each code stands with why it matters, an example that is
wrong, with carets under the place that is reported, and one that is right. Fragments are completed by the instrument at the end of this page.

<!-- Made from internal/explain/entries by: go test ./internal/explain -update -->
`

// Markdown is the whole catalogue as docs/diagnostics.md: first every code in tables, then every entry.
func Markdown(entries []Entry) string {
	var b strings.Builder
	b.WriteString(intro)
	for _, g := range Groups() {
		in := inGroup(entries, g)
		if len(in) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n", g.Title)
		if g.Intro != "" {
			b.WriteString(g.Intro + "\n\n")
		}
		b.WriteString("| code | | what it means |\n|---|---|---|\n")
		for _, e := range in {
			fmt.Fprintf(&b, "| [`%s`](#%s) | %s | %s |\n", e.Code, e.Code, e.Severity, strings.ReplaceAll(e.Means, "|", `\|`))
		}
	}
	b.WriteString("\n## Each code\n")
	for _, g := range Groups() {
		for _, e := range inGroup(entries, g) {
			e.markdown(&b)
		}
	}
	b.WriteString("\n## The instrument behind the fragments\n\n" + `What a fragment above does not say is taken from this file. A fragment with items or response sets of its own has one page
with all its items instead, and no scales. In examples with two languages every text stands in Spanish too.` + "\n")
	b.WriteString("\n```yaml\n" + baseEnglish + "```\n")
	return b.String()
}

func inGroup(entries []Entry, g Group) []Entry {
	var in []Entry
	for _, e := range entries {
		if e.Group == g.ID {
			in = append(in, e)
		}
	}
	return in
}

func (e Entry) markdown(b *strings.Builder) {
	fmt.Fprintf(b, "\n### %s\n\n**%s:** %s.\n\n%s\n", e.Code, capital(e.Severity), e.Means, e.Why)
	e.examples(b, "Wrong:", e.Bad)
	e.examples(b, "Right:", e.Good)
}

func (e Entry) examples(b *strings.Builder, label string, list []Example) {
	for _, x := range list {
		fmt.Fprintf(b, "\n%s\n", joinCaption(label, x.Caption))
		for _, f := range x.Fragments {
			if f.Name != "" {
				fmt.Fprintf(b, "\nand in `%s`\n", f.Name)
			}
			fmt.Fprintf(b, "\n```yaml\n%s```\n", f.Text)
			if note := f.note(); note != "" {
				b.WriteString("\n" + note + "\n")
			}
		}
	}
}

// joinCaption puts what an example shows behind its label.
func joinCaption(label, caption string) string {
	if caption == "" {
		return label
	}
	return label[:len(label)-1] + ". " + caption
}

// note says how a fragment is to be read that cannot be shown as it is.
func (f Fragment) note() string {
	var said []string
	if f.Escaped {
		said = append(said, escapes(f.Text))
	}
	if f.size > 0 {
		said = append(said, fmt.Sprintf("The file goes on like this to %d bytes.", f.size))
	}
	return strings.Join(said, " ")
}

// escapes says what the escapes of a text stand for.
func escapes(text string) string {
	var each []string
	for _, e := range escape.FindAllString(text, -1) {
		what := ""
		switch e[1] {
		case 't':
			what = "a tab"
		case 'r':
			what = "a carriage return"
		case 'x':
			what = "the byte with the number " + e[2:] + " (hexadecimal)"
		default:
			what = "the character U+" + strings.ToUpper(e[2:])
		}
		if said := e + " stands for " + what; !slices.Contains(each, said) {
			each = append(each, said)
		}
	}
	return strings.Join(each, ", ") + "."
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
