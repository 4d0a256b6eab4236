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
	if len(d.in.Languages) == 0 {
		return // reported already; every text would be wrong
	}
	l.languagesCalledOtherwise(d)
	languages := d.in.Languages
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

// languagesCalledOtherwise reports, once, a declared language in which there is no text while most texts are in one that is not
// declared, as es-MX where all of them say es. From then on the language goes by the name that the texts give it.
func (l *loader) languagesCalledOtherwise(d *draft) {
	texts := map[Lang]int{}
	for _, t := range d.texts {
		for lang := range t.in {
			texts[lang]++
		}
	}
	for i, lang := range d.in.Languages {
		if texts[lang] > 0 {
			continue
		}
		called, ok := d.calledInstead(lang, texts)
		if !ok {
			continue
		}
		at := d.root.key("languages")
		for _, n := range d.root.value("languages").Content {
			if n.Value == string(lang) {
				at = n
				break
			}
		}
		l.errAt(at, "unknown-language", fmt.Sprintf("no text is in %s, but %d of %d are in %s, which is not among the languages", lang, texts[called], len(d.texts), called),
			fmt.Sprintf("write %s here, or %s in every text", called, lang))
		d.in.Languages[i] = called
	}
}

// calledInstead finds the undeclared language that most texts have; of several the one of the same base, as es for es-MX.
func (d *draft) calledInstead(lang Lang, texts map[Lang]int) (Lang, bool) {
	var found []Lang
	for other, count := range texts {
		if 2*count > len(d.texts) && count > 1 && languagePattern.MatchString(string(other)) && !slices.Contains(d.in.Languages, other) {
			found = append(found, other)
		}
	}
	slices.Sort(found)
	for _, other := range found {
		if baseOf(other) == baseOf(lang) {
			return other, true
		}
	}
	if len(found) == 1 {
		return found[0], true
	}
	return "", false
}

// baseOf is a language without its script and region: es of es-MX.
func baseOf(lang Lang) string {
	base, _, _ := strings.Cut(string(lang), "-")
	return base
}
