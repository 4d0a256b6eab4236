package schema_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"surveyd/internal/schema"
)

// keyTable is a table of the reference: the keys of one mapping.
type keyTable struct {
	of       string // as its head says
	keys     []string
	required []string // with a *
}

var (
	tableHead = regexp.MustCompile(`(?m)^\| key of ([^|]+) \| value \| left out \| rule \|\n\|[-|]+\n((?:\|.*\n)+)`)
	keyCell   = regexp.MustCompile("`([a-z_]+)`( \\*)?")
)

func referenceTables(t *testing.T) []keyTable {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "instrument-reference.md"))
	if err != nil {
		t.Fatal(err)
	}
	var tables []keyTable
	for _, m := range tableHead.FindAllStringSubmatch(string(text), -1) {
		table := keyTable{of: m[1]}
		for row := range strings.Lines(m[2]) {
			for _, key := range keyCell.FindAllStringSubmatch(strings.Split(row, "|")[1], -1) {
				table.keys = append(table.keys, key[1])
				if key[2] != "" {
					table.required = append(table.required, key[1])
				}
			}
			if cells := strings.Count(row, "|"); cells != 5 {
				t.Errorf("the keys of %s: a row has %d cells: %s", table.of, cells-1, row)
			}
		}
		tables = append(tables, table)
	}
	return tables
}

func TestTheReferenceHasTheKeysOfEveryMappingAndNoOther(t *testing.T) {
	got := map[string]bool{}
	for _, table := range referenceTables(t) {
		set := setOf(table.keys)
		if len(strings.Fields(set)) != len(table.keys) || got[set] {
			t.Errorf("the keys of %s stand twice: %q", table.of, table.keys)
		}
		got[set] = true
	}
	for set := range readSources(t).keys {
		if !got[set] {
			t.Errorf("docs/instrument-reference.md has no table of the keys [%s]", set)
		}
		delete(got, set)
	}
	for set := range got {
		t.Errorf("docs/instrument-reference.md has a table of the keys [%s], which no mapping has", set)
	}
}

// requiredOnCondition are keys that stand with a * in the reference, whose row says when they may be left out.
var requiredOnCondition = map[string][]string{
	"the file":             {"items"},
	"a page":               {"id", "items"},
	"a scale":              {"range"},
	"an item's parameters": {"a"},
}

func TestTheReferenceMarksTheKeysThatAreRequired(t *testing.T) {
	required := map[string][]string{} // by the set of keys
	each("", schema.Instrument(), func(_ string, s *schema.Schema) {
		if len(s.Properties) == 0 || s.AdditionalProperties == nil {
			return
		}
		var keys []string
		for key := range s.Properties {
			keys = append(keys, key)
		}
		required[setOf(keys)] = s.Required
	})
	for _, table := range referenceTables(t) {
		want := append(slices.Clone(required[setOf(table.keys)]), requiredOnCondition[table.of]...)
		if got, want := setOf(table.required), setOf(want); got != want {
			t.Errorf("of the keys of %s the reference marks [%s], required are [%s]", table.of, got, want)
		}
	}
}

// Every mapping has an example: a key that stands in none is hard to write from its row alone.
func TestTheReferenceShowsEveryKeyInAnExample(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "instrument-reference.md"))
	if err != nil {
		t.Fatal(err)
	}
	var examples string
	for i, part := range strings.Split("\n"+string(text), "\n```") {
		if i%2 == 1 && strings.HasPrefix(part, "yaml") {
			examples += part
		}
	}
	inline := map[string]string{ // a row shows these, since an example would need a file, or be warned of
		"audio": "`{en: q1.en.mp3, es: q1.es.mp3}`", "required": "`true`",
	}
	for _, table := range referenceTables(t) {
		for _, key := range table.keys {
			shown := regexp.MustCompile(fmt.Sprintf(`(?m)(^\s*(- )?|[{,] ?)%s:`, key)).MatchString(examples)
			if !shown && (inline[key] == "" || !strings.Contains(string(text), inline[key])) {
				t.Errorf("no example shows %s of %s", key, table.of)
			}
		}
	}
}
