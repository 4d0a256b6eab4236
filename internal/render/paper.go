package render

import (
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"surveyd/internal/i18n"
)

//go:embed style/paper.css
var paperCSS string

// paperStyle is the stylesheet of a page that is a file of its own, to be kept, sent and printed: it stands inside it. On
// paper every page but a cover has left and right above it, and its number below. The paper's size is left to the printer.
func paperStyle(words i18n.Words, left, right string, cover bool) template.CSS {
	var css strings.Builder
	css.WriteString(paperCSS)
	fmt.Fprintf(&css, "@page { @top-left { content: %s } @top-right { content: %s } @bottom-right { content: %s counter(page) %s counter(pages) } }\n",
		cssString(left), cssString(right), cssString(words.T("packet.page.word", nil)+" "), cssString(" "+words.T("packet.of.word", nil)+" "))
	if cover {
		css.WriteString("@page :first { @top-left { content: none } @top-right { content: none } }\n")
	}
	return template.CSS(css.String())
}

// cssString quotes a text for a stylesheet that stands in a page: all but letters, digits and what is harmless there is
// written as its number.
func cssString(text string) string {
	var quoted strings.Builder
	quoted.WriteByte('"')
	for _, r := range text {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`"\'<>&`, r) {
			fmt.Fprintf(&quoted, `\%x `, r)
			continue
		}
		quoted.WriteRune(r)
	}
	quoted.WriteByte('"')
	return quoted.String()
}
