// Package schema describes the instrument file as a JSON Schema, with titles, descriptions, examples and snippets, so that an
// editor completes keys and underlines mistakes while one types. It refuses to replace `surveyd check`: it knows the shape of
// a file, and nothing of what one part of it says about another.
//
// The dialect is draft-07: yaml-language-server, and with it VS Code and Vim, reads it in every version, and JetBrains does too.
// Nothing is referred to by $ref, since draft-07 ignores what stands beside a $ref, and editors then lose titles.
package schema

import (
	"encoding/json"
	"fmt"
	"io"
)

// Dialect is the JSON Schema draft that Instrument is written in.
const Dialect = "http://json-schema.org/draft-07/schema#"

// Schema is one schema: what JSON Schema calls by the same names. The zero value allows everything.
type Schema struct {
	Dialect     string `json:"$schema,omitempty"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	Examples    []any  `json:"examples,omitempty"`

	Type    []string `json:"type,omitempty"`
	Enum    []any    `json:"enum,omitempty"`
	Pattern string   `json:"pattern,omitempty"`

	Minimum          *float64 `json:"minimum,omitempty"`
	Maximum          *float64 `json:"maximum,omitempty"`
	ExclusiveMinimum *float64 `json:"exclusiveMinimum,omitempty"`
	ExclusiveMaximum *float64 `json:"exclusiveMaximum,omitempty"`

	Items       *Schema `json:"items,omitempty"`
	MinItems    int     `json:"minItems,omitempty"`
	MaxItems    int     `json:"maxItems,omitempty"`
	UniqueItems bool    `json:"uniqueItems,omitempty"`

	Properties           map[string]*Schema `json:"properties,omitempty"`
	Required             []string           `json:"required,omitempty"`
	PropertyNames        *Schema            `json:"propertyNames,omitempty"`
	AdditionalProperties *Schema            `json:"additionalProperties,omitempty"`
	MinProperties        int                `json:"minProperties,omitempty"`

	AllOf []*Schema `json:"allOf,omitempty"`
	AnyOf []*Schema `json:"anyOf,omitempty"`
	Not   *Schema   `json:"not,omitempty"`
	If    *Schema   `json:"if,omitempty"`
	Then  *Schema   `json:"then,omitempty"`
	Else  *Schema   `json:"else,omitempty"`

	// PatternWords and TypeWords are what VS Code and yaml-language-server say in the place of a pattern or a type.
	PatternWords string `json:"patternErrorMessage,omitempty"`
	TypeWords    string `json:"errorMessage,omitempty"`

	// Snippets are offered by VS Code and by yaml-language-server; others pass them over.
	Snippets []Snippet `json:"defaultSnippets,omitempty"`

	never bool
}

// Snippet is a piece of a file that an editor offers to write. In the body, "${1:q1}" is the first place to fill in, with q1
// in it.
type Snippet struct {
	Label       string          `json:"label"`
	Description string          `json:"description"`
	Body        json.RawMessage `json:"body"`
}

// never is the schema that allows nothing. Editors have better words for it than for the same said with "not".
func never() *Schema { return &Schema{never: true} }

// MarshalJSON writes a schema with its type as a word where there is one alone.
func (s *Schema) MarshalJSON() ([]byte, error) {
	if s.never {
		return []byte("false"), nil
	}
	type plain Schema
	if len(s.Type) != 1 {
		return json.Marshal((*plain)(s))
	}
	return json.Marshal(struct {
		*plain
		Type string `json:"type"`
	}{(*plain)(s), s.Type[0]})
}

// Write writes the schema of the instrument file as JSON.
func Write(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(Instrument()); err != nil {
		return fmt.Errorf("write the schema: %w", err)
	}
	return nil
}
