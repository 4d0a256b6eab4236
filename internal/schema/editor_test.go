package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"surveyd/internal/schema"
)

// compiled is the schema as an editor reads it: from its JSON, held to the meta-schema of its draft.
func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	var out bytes.Buffer
	if err := schema.Write(&out); err != nil {
		t.Fatal(err)
	}
	return compileJSON(t, &out)
}

// compile makes a schema within another ready by itself.
func compile(t *testing.T, s *schema.Schema) *jsonschema.Schema {
	t.Helper()
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return compileJSON(t, bytes.NewReader(text))
}

func compileJSON(t *testing.T, text io.Reader) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft7)
	if err := c.AddResource("instrument.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("instrument.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The core schema of YAML 1.2, by which editors decide what a plain scalar is.
var (
	yamlNull  = regexp.MustCompile(`^(~|null|Null|NULL|)$`)
	yamlTrue  = regexp.MustCompile(`^(true|True|TRUE)$`)
	yamlFalse = regexp.MustCompile(`^(false|False|FALSE)$`)
	yamlInt   = regexp.MustCompile(`^[-+]?[0-9]+$`)
	yamlFloat = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
)

// inEditor is a YAML file as an editor hands it to a schema. ok is false for what the editor itself calls no YAML.
func inEditor(t *testing.T, src []byte) (value any, ok bool) {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(src, &doc); err != nil || len(doc.Content) != 1 {
		return nil, false
	}
	return valueOf(t, doc.Content[0]), true
}

func valueOf(t *testing.T, n *yaml.Node) any {
	t.Helper()
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = valueOf(t, n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, valueOf(t, c))
		}
		return list
	case yaml.AliasNode:
		return valueOf(t, n.Alias)
	}
	plain := n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
	switch {
	case !plain:
		return n.Value
	case yamlNull.MatchString(n.Value):
		return nil
	case yamlTrue.MatchString(n.Value):
		return true
	case yamlFalse.MatchString(n.Value):
		return false
	case yamlInt.MatchString(n.Value), yamlFloat.MatchString(n.Value):
		f, err := strconv.ParseFloat(n.Value, 64)
		if err != nil {
			t.Fatal(err)
		}
		return json.Number(strconv.FormatFloat(f, 'f', -1, 64))
	}
	return n.Value
}

func TestPlainScalarsAreWhatAnEditorTakesThemFor(t *testing.T) {
	got, ok := inEditor(t, []byte(`[1.10, 1.0.0, "1", 010, no, true, ~, 2026-01-15, 80%, 9f31c0, 1e3]`))
	want := "[1.1 1.0.0 1 10 no true <nil> 2026-01-15 80% 9f31c0 1000]"
	if !ok || fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}
