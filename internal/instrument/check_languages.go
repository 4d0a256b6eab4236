package instrument

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

// checkLanguages holds every text to exist in every language, and in no other.
func (l *loader) checkLanguages(d *draft) {
	languages := d.in.Languages
	if len(languages) == 0 {
		return // reported already; every text would be wrong
	}
	names := make([]string, len(languages))
	for i, lang := range languages {
		names[i] = string(lang)
	}
	for _, t := range d.texts {
		var missing []string
		for _, lang := range languages {
			n, ok := t.in[lang]
			switch {
			case !ok:
				missing = append(missing, string(lang))
			case isNull(n), t.text[lang] == "":
				place := n
				if n.Value == "" && isPlain(n) {
					place = l.keyOf(t, lang)
				}
				l.errAt(place, "missing-text", fmt.Sprintf("%s is empty in %s", t.what, lang), "write it; a student in that language would see nothing")
			}
		}
		if len(missing) > 0 {
			l.errAt(t.key, "missing-text", fmt.Sprintf("%s has no text in %s", t.what, strings.Join(missing, ", ")),
				fmt.Sprintf("add %s: \"...\"; every text exists in every language", missing[0]))
		}
		for i := 0; i+1 < len(t.node.Content); i += 2 {
			key := t.node.Content[i]
			if _, read := t.in[Lang(key.Value)]; read && !slices.Contains(languages, Lang(key.Value)) {
				l.errAt(key, "unknown-language", fmt.Sprintf("%s has a text in %q, which is not among the languages", t.what, key.Value),
					diag.DidYouMean(key.Value, names, "add it to languages, or take the text away"))
			}
		}
	}
}

// keyOf finds the node of a text's language tag.
func (l *loader) keyOf(t *textDraft, lang Lang) *yaml.Node {
	for i := 0; i+1 < len(t.node.Content); i += 2 {
		if t.node.Content[i].Value == string(lang) {
			return t.node.Content[i]
		}
	}
	return t.node
}
