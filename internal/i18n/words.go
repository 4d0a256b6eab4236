package i18n

import (
	"fmt"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"

	"surveyd/internal/instrument"
)

// Words speaks one language in one register.
type Words struct {
	lang      instrument.Lang
	known     map[string]bool
	localizer *goi18n.Localizer
	register  Register
}

// Register is how the words speak to a person.
func (w Words) Register() Register { return w.register }

// Lang is the language that the words are in.
func (w Words) Lang() instrument.Lang { return w.lang }

// T gives the words of a message. A message that this language does not have, which the tests rule out, reads as its
// id in brackets: seen at once, and never another language's words in the middle of a page.
func (w Words) T(id string, data Data) string {
	text, err := w.Say(id, data)
	if err != nil {
		return "[" + id + "]"
	}
	return text
}

// Say gives the words of a message. Errors: an id that the language does not have, data that the message cannot use.
func (w Words) Say(id string, data Data) (string, error) {
	id = w.variant(id)
	if !w.known[id] {
		return "", fmt.Errorf("no message %q in language %q", id, w.lang)
	}
	config := &goi18n.LocalizeConfig{MessageID: id}
	if data != nil {
		config.TemplateData = map[string]any(data)
		if count, ok := data["Count"]; ok {
			config.PluralCount = count
		}
	}
	text, err := w.localizer.Localize(config)
	if err != nil {
		return "", fmt.Errorf("message %q in language %q: %w", id, w.lang, err)
	}
	return text, nil
}
