package instrument

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

var placeholderPattern = regexp.MustCompile(`\{\{\s*([A-Za-z][A-Za-z0-9_]*)\s*\}\}`)

// FillPlaceholders puts in the place of each {{name}} what value gives for it.
func FillPlaceholders(text string, value func(SettingID) string) string {
	return placeholderPattern.ReplaceAllStringFunc(text, func(found string) string {
		return value(SettingID(placeholderPattern.FindStringSubmatch(found)[1]))
	})
}

// checkPlaceholders holds every {{name}} to name a setting, and all languages of a text to use the same ones.
func (l *loader) checkPlaceholders(d *draft) {
	for _, t := range d.texts {
		used := map[Lang][]string{}
		for _, lang := range d.in.Languages {
			if n := t.in[lang]; n != nil && n.Kind == yaml.ScalarNode && !isNull(n) {
				before := l.errors()
				used[lang] = l.placeholders(d, t, n)
				d.textLost = d.textLost || lang == d.in.Languages[0] && l.errors() > before
			}
		}
		if len(d.in.Languages) == 0 {
			continue
		}
		source := d.in.Languages[0]
		want, ok := used[source]
		if !ok {
			continue
		}
		for _, lang := range d.in.Languages[1:] {
			if got, ok := used[lang]; ok && !slices.Equal(got, want) {
				l.errAt(t.in[lang], "placeholders-differ", fmt.Sprintf("%s uses %s in %s, but %s in %s", t.what, listed(got), lang, listed(want), source),
					"use the same ones in every language, or one group of students reads less than the other")
			}
		}
	}
}

// placeholders gives the names used in one text, sorted, each once.
func (l *loader) placeholders(d *draft, t *textDraft, n *yaml.Node) []string {
	var out []string
	matches := placeholderPattern.FindAllStringSubmatchIndex(n.Value, -1)
	for _, m := range matches {
		name := n.Value[m[2]:m[3]]
		if l.full() {
			break // a walk to the place of each would take long
		}
		if !slices.Contains(d.settings.listed, name) && !d.settings.lost {
			at := l.src.spanInside(n, m[2], m[3]-m[2])
			l.report(diag.Error, at, "unknown-placeholder", fmt.Sprintf("no setting fills {{%s}}", name),
				diag.DidYouMean(name, d.settings.listed, fmt.Sprintf("add settings: {%s: ...}", name)))
		}
		out = append(out, name)
	}
	bare := placeholderPattern.ReplaceAllStringFunc(n.Value, func(s string) string { return strings.Repeat(" ", len(s)) })
	for _, mark := range []string{"{{", "}}"} {
		if i := strings.Index(bare, mark); i >= 0 {
			l.report(diag.Error, l.src.spanInside(n, i, 2), "unknown-placeholder", fmt.Sprintf("%q in %s begins or ends no placeholder", mark, t.what),
				"write {{name}} with the name of a setting")
			break
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func listed(names []string) string {
	if len(names) == 0 {
		return "no placeholder"
	}
	return "{{" + strings.Join(names, "}}, {{") + "}}"
}
