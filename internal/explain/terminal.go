package explain

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// terminalWidth is how wide running text is set: half a wide screen, all of a narrow one.
const terminalWidth = 80

// listWidth is how wide the list of codes is set.
const listWidth = 100

// Terminal is an entry as `surveyd explain CODE` prints it.
func (e Entry) Terminal() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %s.\n", e.Code, e.Severity, plain(e.Means))
	for _, paragraph := range strings.Split(e.Why, "\n\n") {
		b.WriteString("\n" + wrap(plain(paragraph), terminalWidth))
	}
	e.terminal(&b, "Wrong", e.Bad)
	e.terminal(&b, "Right", e.Good)
	return b.String()
}

func (e Entry) terminal(b *strings.Builder, label string, list []Example) {
	for _, x := range list {
		b.WriteString("\n" + wrap(joinCaption(label+":", plain(x.Caption)), terminalWidth))
		for _, f := range x.Fragments {
			if f.Name != "" {
				fmt.Fprintf(b, "\n  and in %s\n", f.Name)
			}
			b.WriteString("\n")
			for line := range strings.Lines(f.Text) {
				b.WriteString("    " + line)
			}
			if note := f.note(); note != "" {
				b.WriteString("\n" + wrap(note, terminalWidth))
			}
		}
	}
}

// List names every code, by group, with what it means, as `surveyd explain` prints it.
func List(entries []Entry) string {
	var b strings.Builder
	longest := 0
	for _, e := range entries {
		longest = max(longest, len(e.Code))
	}
	for _, g := range Groups() {
		in := inGroup(entries, g)
		if len(in) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%s\n", g.Title)
		for _, e := range in {
			means := strings.TrimSuffix(wrap(plain(e.Means), listWidth-longest-4), "\n")
			fmt.Fprintf(&b, "  %-*s  %s\n", longest, e.Code, strings.ReplaceAll(means, "\n", "\n"+strings.Repeat(" ", longest+4)))
		}
		b.WriteString("\n")
	}
	b.WriteString("surveyd explain CODE says why one of them matters, and shows what is wrong and what is right.\n")
	return b.String()
}

// plain takes out the marks of Markdown.
func plain(s string) string { return strings.ReplaceAll(s, "`", "") }

// wrap breaks running text into lines of at most so many characters, where words allow it.
func wrap(s string, width int) string {
	var b strings.Builder
	at := 0
	for _, word := range strings.Fields(s) {
		n := utf8.RuneCountInString(word)
		switch {
		case at == 0:
		case at+1+n > width:
			b.WriteString("\n")
			at = 0
		default:
			b.WriteString(" ")
			at++
		}
		b.WriteString(word)
		at += n
	}
	b.WriteString("\n")
	return b.String()
}
