// Package i18n gives the interface's words in a person's language, and finds out which language that is. It knows
// messages by id. It refuses to know instruments' texts, which are content, and where on a page a word stands.
package i18n

import (
	"fmt"
	"io/fs"
	"sort"
	"strings"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"

	"surveyd/internal/instrument"
	"surveyd/locales"
)

// Source is the language that the words are written in first, and the one that a person gets whose own is not offered.
const Source instrument.Lang = "en"

// Data fills the {{.Name}} of a message. Its "Count", an int, also chooses the plural form.
type Data map[string]any

// Bundle holds the words of every language.
type Bundle struct {
	messages  *goi18n.Bundle
	languages []instrument.Lang // the source language first
	ids       map[instrument.Lang]map[string]bool
}

// Load reads the words that are compiled into the program.
func Load() (*Bundle, error) { return LoadFS(locales.FS) }

// LoadFS reads active.LANG.yaml files. Errors: a file that cannot be read, a missing source language.
func LoadFS(files fs.FS) (*Bundle, error) {
	names, err := fs.Glob(files, "active.*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list the words: %w", err)
	}
	b := &Bundle{messages: goi18n.NewBundle(language.MustParse(string(Source))), ids: map[instrument.Lang]map[string]bool{}}
	b.messages.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	for _, name := range names {
		lang := instrument.Lang(strings.TrimSuffix(strings.TrimPrefix(name, "active."), ".yaml"))
		file, err := b.messages.LoadMessageFileFS(files, name)
		if err != nil {
			return nil, fmt.Errorf("read the words of %s: %w", name, err)
		}
		ids := make(map[string]bool, len(file.Messages))
		for _, message := range file.Messages {
			ids[message.ID] = true
		}
		b.ids[lang] = ids
		b.languages = append(b.languages, lang)
	}
	if b.ids[Source] == nil {
		return nil, fmt.Errorf("read the words: no file active.%s.yaml", Source)
	}
	sort.Slice(b.languages, func(i, j int) bool {
		return b.languages[i] == Source || (b.languages[j] != Source && b.languages[i] < b.languages[j])
	})
	return b, nil
}

// Languages are those that the interface speaks, the source language first.
func (b *Bundle) Languages() []instrument.Lang {
	return append([]instrument.Lang(nil), b.languages...)
}

// Speaks says whether the interface has words in lang.
func (b *Bundle) Speaks(lang instrument.Lang) bool { return b.ids[lang] != nil }

// IDs are all message ids of a language, sorted.
func (b *Bundle) IDs(lang instrument.Lang) []string {
	ids := make([]string, 0, len(b.ids[lang]))
	for id := range b.ids[lang] {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}

// Words gives the words of one language; of the source language where the interface does not speak lang.
func (b *Bundle) Words(lang instrument.Lang) Words {
	if !b.Speaks(lang) {
		lang = Source
	}
	return Words{lang: lang, known: b.ids[lang], localizer: goi18n.NewLocalizer(b.messages, string(lang))}
}
