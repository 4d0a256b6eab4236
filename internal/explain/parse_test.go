package explain

import (
	"slices"
	"strings"
	"testing"
)

const sound = "---\nseverity: error\ngroup: keys\nmeans: it is wrong\n---\nWhy.\n\n```yaml bad escaped\nitems:\\u00a0[x]\n             ^\n```\n\n```yaml good\nitems: [y]\n```\n"

func TestCaretsPointAtTheLineAboveAndAreNotInTheFile(t *testing.T) {
	e, err := parse("x", sound)
	if err != nil {
		t.Fatal(err)
	}
	f := e.Bad[0].Fragments[0]
	if want := []string{"items:\u00a0[x]"}; !slices.Equal(f.lines, want) {
		t.Errorf("its lines are %q, want %q", f.lines, want)
	}
	if want := []Mark{{Line: 1, Column: 9, Length: 1}}; !slices.Equal(f.marks, want) {
		t.Errorf("it marks %v, want %v", f.marks, want)
	}
}

func TestAnEntryThatIsNotWholeIsRefused(t *testing.T) {
	for name, change := range map[string][2]string{
		"an unknown severity":     {"severity: error", "severity: bad"},
		"an unknown group":        {"group: keys", "group: kings"},
		"an unknown key":          {"means:", "meens:"},
		"a full stop":             {"it is wrong", "it is wrong."},
		"an unknown base":         {"means:", "base: fr\nmeans:"},
		"no reason":               {"Why.\n", ""},
		"no good example":         {"```yaml good\nitems: [y]\n```\n", ""},
		"an unknown fence":        {"yaml good", "yaml fine"},
		"a fence of one word":     {"```yaml good", "```yaml"},
		"an unknown option":       {"bad escaped", "bad escapd"},
		"a size that is none":     {"bad escaped", "bad size=x"},
		"an open fence":           {"[y]\n```\n", "[y]\n"},
		"text below the examples": {"[y]\n```\n", "[y]\n```\nMore.\n"},
		"carets at the top":       {"items:\\u00a0[x]\n", ""},
		"carets behind the line":  {"             ^", "                ^"},
		"no head":                 {"---\nseverity", "severity"},
	} {
		text := strings.Replace(sound, change[0], change[1], 1)
		if text == sound {
			t.Fatalf("%s changes nothing", name)
		}
		if _, err := parse("x", text); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
