package render

import (
	"embed"
	"fmt"
	"html/template"
	"time"

	"surveyd/internal/i18n"
)

//go:embed templates/*.html
var templateFiles embed.FS

// parseTemplates parses every template for one language: words are looked up while a page is written.
func parseTemplates(words i18n.Words, files assets) (*template.Template, error) {
	return template.New("pages").Funcs(template.FuncMap{
		"lang":  words.Lang,
		"t":     func(id string, pairs ...any) (string, error) { return say(words, id, pairs) },
		"say":   func(m Message) (string, error) { return words.Say(m.ID, m.Data) },
		"asset": files.path,
		"date":  func(at time.Time) string { return sayDate(words, at) },
		"moment": func(at time.Time) string {
			return at.Format(time.RFC3339)
		},
	}).ParseFS(templateFiles, "templates/*.html")
}

// say takes a template's name and value pairs to a message's data.
func say(words i18n.Words, id string, pairs []any) (string, error) {
	if len(pairs) == 0 {
		return words.Say(id, nil)
	}
	data := i18n.Data{}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return "", fmt.Errorf("message %q: %v is no name", id, pairs[i])
		}
		data[name] = pairs[i+1]
	}
	return words.Say(id, data)
}
