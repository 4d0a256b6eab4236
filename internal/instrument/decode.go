package instrument

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

var topKeys = []string{
	"format", "id", "version", "title", "languages", "audience", "minutes", "provenance", "intro", "closing", "settings",
	"response_sets", "items", "pages", "scales", "quality", "tests",
}

// read decodes the file into a draft.
func (l *loader) read(root *yaml.Node) *draft {
	m := l.mapping(root, "the file", topKeys...)
	d := &draft{
		root: m, in: &Instrument{},
		settings: newNames("setting"), sets: newNames("response set"), items: newNames("item"),
		pages: newNames("page"), scales: newNames("scale"),
		setByID: map[string]*setDraft{}, itemByID: map[string]*itemDraft{}, pageByID: map[string]*pageDraft{},
		scaleByID: map[string]*scaleDraft{}, translation: map[Lang]*mapping{}, badTests: map[int]bool{},
	}
	required := []string{"format", "id", "version", "title", "languages", "audience", "items", "pages"}
	_, d.allIncluded = includesOthers(root)
	if d.allIncluded {
		required = slices.DeleteFunc(required, func(key string) bool { return key == "items" })
	}
	l.require(m, "the file", required...)
	l.readHeader(d)
	l.readProvenance(d)
	l.readSettings(d)
	l.readSets(d)
	l.readItems(d)
	l.readPages(d)
	l.readScales(d)
	l.includeScales(d)
	l.includeSettings(d)
	l.readQuality(d)
	l.includeQuality(d)
	l.readTests(d)
	return d
}

// unreadText stands for a text in error, so that it does not count as missing as well.
const unreadText = "?"

// text reads a text in every language. Its languages and placeholders are checked when all of the file is read.
func (l *loader) text(d *draft, m *mapping, key, path, what string) Text {
	n := m.value(key)
	if n == nil {
		return nil
	}
	return l.textNode(d, m.key(key), n, path, what)
}

func (l *loader) textNode(d *draft, key, n *yaml.Node, path, what string) Text {
	t := &textDraft{path: path, what: what, key: key, node: n, in: map[Lang]*yaml.Node{}, text: Text{}}
	if n.Kind != yaml.MappingNode {
		hint := `write it once for each language: {en: "...", es: "..."}`
		l.errAt(n, "text-without-language", fmt.Sprintf("%s does not say which language it is in", what), hint)
		d.textLost = true
		return nil
	}
	for _, p := range l.mapping(n, what).pairs {
		lang := Lang(p.key.Value)
		if isTruthWord(p.key) {
			l.errAt(p.key, "yaml-truth-value", fmt.Sprintf("the language %s is unquoted, and many readers of YAML take it for true or false", p.key.Value),
				fmt.Sprintf("write \"%s\" in quotes", p.key.Value))
		}
		if isNull(p.value) && p.value.Value == "" && isPlain(p.value) && n.Style&yaml.FlowStyle != 0 && !languagePattern.MatchString(p.key.Value) {
			l.errAt(p.key, "unquoted-comma", fmt.Sprintf("the text before %q was cut at its comma", p.key.Value), commaHint(p.key.Value))
			continue
		}
		t.in[lang] = p.value
		l.cutByComment(p.value, what+" in "+p.key.Value)
		if isNull(p.value) {
			continue
		}
		l.curlyQuotes(p.value, what+" in "+p.key.Value)
		if s, ok := l.word(p.value, what+" in "+p.key.Value); ok {
			t.text[lang] = strings.TrimSpace(s)
		} else {
			t.text[lang] = unreadText
		}
	}
	d.texts = append(d.texts, t)
	return t.text
}

// cutByComment reports a text that was cut at a # that was hardly meant to begin a comment.
func (l *loader) cutByComment(n *yaml.Node, what string) {
	if !isPlain(n) || len(n.LineComment) < 2 || n.LineComment[1] == ' ' {
		return
	}
	at := l.src.spanOf(n)
	line := l.src.line(n.Line)
	if i := strings.Index(line[runeIndex(line, n.Column):], n.LineComment); i >= 0 {
		at.Column, at.Length = n.Column+utf8.RuneCountInString(line[runeIndex(line, n.Column):][:i]), 1
	}
	l.report(diag.Error, at, "yaml-comment", fmt.Sprintf("%s is cut here: a # after a space begins a comment", what),
		"put the text in double quotes if this belongs to it; else leave a space after the #")
}

// maxSettingText is how many characters a setting has at most, as where an administration gives it another text: it stands
// within a sentence. Texts name settings as often as they like, so that a long one would make a page of gigabytes.
const maxSettingText = 200

func (l *loader) readSettings(d *draft) {
	m := l.mapping(d.root.value("settings"), "settings")
	for _, p := range m.pairs {
		id, ok := l.name(p.key, "the name of a setting")
		if !ok || !d.settings.add(l, p.key, id) {
			continue
		}
		if isNull(p.value) {
			l.errAt(p.key, "empty", fmt.Sprintf("the setting %q is empty", id), "give its text in every language")
			continue
		}
		text := l.textNode(d, p.key, p.value, "settings/"+id, fmt.Sprintf("the setting %q", id))
		for _, lang := range d.in.Languages {
			if n := utf8.RuneCountInString(text[lang]); n > maxSettingText {
				l.errAt(p.key, "long-setting", fmt.Sprintf("the setting %q has %d characters in %s, more than %d", id, n, lang, maxSettingText),
					"keep a setting to a name or a phrase; sentences belong into the texts that it stands in")
				text = nil
			}
		}
		d.in.Settings = append(d.in.Settings, Setting{ID: SettingID(id), Text: text})
	}
}
