package instrument

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Word processors turn straight quotes into typographic ones, which YAML takes for letters.
const (
	curlyDouble = "“”„‟«»"
	curlySingle = "‘’‚‛"
)

// curlyQuotes warns of an unquoted text within typographic quotes: they would be shown. A text that quotes more than once, as in
// “yes” or “no”, is meant so.
func (l *loader) curlyQuotes(n *yaml.Node, what string) {
	if n.Kind != yaml.ScalarNode || !isPlain(n) {
		return
	}
	first, size := utf8.DecodeRuneInString(n.Value)
	last, end := utf8.DecodeLastRuneInString(n.Value)
	if len(n.Value) <= size+end {
		return
	}
	inside := n.Value[size : len(n.Value)-end]
	switch {
	case strings.ContainsRune(curlyDouble, first) && strings.ContainsRune(curlyDouble, last) && !strings.ContainsAny(inside, curlyDouble):
	case strings.ContainsRune(curlySingle, first) && strings.ContainsRune(curlySingle, last) && !strings.ContainsRune(inside, '‘'):
	default:
		return
	}
	l.warnAt(n, "curly-quotes", fmt.Sprintf("%s stands in %c %c, which are no quotes to YAML: students would see them", what, first, last),
		fmt.Sprintf("write straight quotes: \"%s\"; if the marks belong to the text, put straight ones around them", inside))
}

// commaHint says what would be right for a text that was cut at a comma; rest is what stands behind it.
func commaHint(rest string) string {
	if strings.ContainsAny(rest, curlyDouble) {
		return "inside { } a text with a comma needs straight quotes, \"...\"; typographic ones are no quotes to YAML"
	}
	return "inside { } a text with a comma needs quotes"
}
