package layout

import (
	"strings"
	"testing"
)

// formatted lays out a file that can be laid out, and holds that doing so again changes nothing.
func formatted(t *testing.T, src string) string {
	t.Helper()
	once, problems, err := Format("a.yaml", []byte(src))
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v %v\n%s", err, problems, src)
	}
	twice, problems, err := Format("a.yaml", once.Text)
	if err != nil || len(problems) > 0 {
		t.Fatalf("what was laid out cannot be laid out: %v %v\n%s", err, problems, once.Text)
	}
	if string(once.Text) != string(twice.Text) {
		t.Errorf("laid out twice it is\n%s\nonce\n%s\nfrom\n%s", twice.Text, once.Text, src)
	}
	return string(once.Text)
}

func TestLayout(t *testing.T) {
	long := strings.Repeat("long ", 30) + "text"
	for _, test := range []struct{ name, src, want string }{
		{"keys take the order of the format, unknown ones the end",
			"zz: 1\ntitle: {es: \"b\", en: \"a\"}\nlanguages: [en, es]\nformat: 1\n",
			"format: 1\ntitle: {en: \"a\", es: \"b\"}\nlanguages: [en, es]\nzz: 1\n"},
		{"short mappings are put on one line, texts into double quotes, ids out of them",
			"items:\n- text:\n    en: How are you?\n  responses: 'agree5'\n  id: \"q1\"\n",
			"items:\n  - {id: q1, text: {en: \"How are you?\"}, responses: agree5}\n"},
		{"what is too long goes on below",
			"items:\n  - {id: q1, text: {en: \"" + long + "\", es: \"" + long + "\"}}\n",
			"items:\n  - id: q1\n    text:\n      en: \"" + long + "\"\n      es: \"" + long + "\"\n"},
		{"what was below and fits in 210 columns but not in 150 stays below",
			"items:\n  - id: q1\n    text: {en: \"" + long + "\"}\n",
			"items:\n  - id: q1\n    text: {en: \"" + long + "\"}\n"},
		{"words keep what quotes mean", // the check explains an unquoted no, and a version of two parts
			"version: 1.10\nid: \"012\"\nitems:\n  - {id: no, required: \"true\", show_if: a == 1, text: {en: no, es: 'no'}}\n",
			"id: \"012\"\nversion: 1.10\n\nitems:\n  - {id: no, text: {en: no, es: \"no\"}, required: \"true\", show_if: a == 1}\n"},
		{"a condition that brackets would break is quoted there",
			"items:\n  - id: b\n    show_if: a in [1, 2]\n",
			"items:\n  - {id: b, show_if: \"a in [1, 2]\"}\n"},
		{"integers are taken out of their quotes, other numbers not",
			"response_sets: {a: {options: [{code: '1'}, {code: \"01\"}, {code: \"1.10\"}]}}\n",
			"response_sets:\n  a:\n    options:\n      - {code: 1}\n      - {code: \"01\"}\n      - {code: \"1.10\"}\n"},
		{"spans of grades stand in quotes",
			"quality:\n  too_fast: {share: 0.5, seconds_per_item: {K-5: 1.5}}\n",
			"quality:\n  too_fast: {seconds_per_item: {\"K-5\": 1.5}, share: 0.5}\n"},
		{"block texts stay as they are",
			"intro:\n    es: |-\n        Hola.\n\n          Más.\n    en: >\n      A\n      b.\n\n      C.\n",
			"intro:\n  es: |-\n    Hola.\n\n      Más.\n  en: >\n    A\n    b.\n\n    C.\n"},
		{"a block text that begins with a space says so", "intro:\n  en: |2\n     a\n    b\n", "intro:\n  en: |2\n     a\n    b\n"},
		{"a block text with lines at its end that count stands in quotes", "intro:\n  en: |+\n    a\n\n\n", "intro:\n  en: \"a\\n\\n\\n\"\n"},
		{"one blank line is kept between groups, and one stands before a section",
			"\n\nid: a\nitems:\n\n  - {id: a}\n  - {id: b}\n\n\n  - {id: c}\npages: []\n",
			"id: a\n\nitems:\n  - {id: a}\n  - {id: b}\n\n  - {id: c}\n\npages: []\n"},
		{"intro and closing stand together", "closing: {en: \"b\"}\nintro: {en: \"a\"}\nid: a\n", "id: a\n\nintro: {en: \"a\"}\nclosing: {en: \"b\"}\n"},
		{"a list of ids goes on in the next line",
			"pages:\n  - {id: p, items: [" + strings.Repeat("abcdefgh, ", 24) + "z]}\n",
			"pages:\n  - id: p\n    items: [" + strings.Repeat("abcdefgh, ", 12) + "abcdefgh,\n      " + strings.Repeat("abcdefgh, ", 11) + "z]\n"},
		{"lines of ids that an author began stay, unless all of them fit on one line",
			"pages:\n  - id: p\n    items: [\n        " + strings.Repeat("abcdefgh, ", 9) + "z,\n      " + strings.Repeat("bcdefghi, ", 9) + "y\n    ]\nlanguages: [en,\n es]\n",
			"languages: [en, es]\n\npages:\n  - id: p\n    items: [\n      " + strings.Repeat("abcdefgh, ", 9) + "z,\n      " + strings.Repeat("bcdefghi, ", 9) + "y]\n"},
		{"what says nothing says nothing", "minutes:\nscales:\n  - norms: null\n    irt: ~\n    lookup:\nitems:\n  -\n", "minutes:\n\nitems:\n  -\n\nscales:\n  - norms: null\n    lookup:\n    irt: ~\n"},
		{"what cannot be seen is written by its number", "title: {en: \"a\\u200bb\\tc\\x01\"}\n", "title: {en: \"a\\u200Bb\\tc\\x01\"}\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := formatted(t, test.src); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestCommentsStandWhereTheyBelong(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"the title of a file stays on top, whatever key comes first",
			"# about the file\n#\n# more\n\n# and more\nid: a  # the id\nformat: 1\n",
			"# about the file\n#\n# more\n\n# and more\nformat: 1\nid: a  # the id\n"},
		{"a comment goes with its key", "minutes: 5\n# about the id\nid: a\n", "# about the id\nid: a\nminutes: 5\n"},
		{"above, beside and below",
			"items:\n  # above a\n  - {id: a}   # beside a\n  # above b\n\n  - {id: b}\n\n  # below all\npages: []  # none\n# the end\n",
			"items:\n  # above a\n  - {id: a}   # beside a\n  # above b\n\n  - {id: b}\n\n  # below all\n\npages: []  # none\n# the end\n"},
		{"behind a key", "items:   # all of them\n  - {id: a}\n", "items:   # all of them\n  - {id: a}\n"},
		{"in brackets: what holds a comment stands below",
			"audience: { # whom\n  # the grades\n  grades: [4, # four\n    5], # both\n  # last\n  } # done\n",
			"# whom\naudience:   # done\n  # the grades\n  grades:   # both\n    - 4       # four\n    - 5\n  # last\n"},
		{"behind a dash, and before the first key that follows it",
			"items:\n  - # behind\n    # before\n    text: {en: \"a\"} # text\n    # the id\n    id: a\n",
			"items:\n  # behind\n  # before\n  # the id\n  - id: a\n    text: {en: \"a\"}   # text\n"},
		{"between a key and its value", "id:\n  # above\n  a\nversion: # beside\n  1.0.0\n", "# above\nid: a\nversion: 1.0.0   # beside\n"},
		{"at a block text", "intro:\n  en: |  # markdown\n    # no comment\n    a\n  # below\n", "intro:\n  en: |  # markdown\n    # no comment\n    a\n  # below\n"},
		{"no comment at all", "title: {en: \"a # b\", es: 'c # d', fr: e#f}\n", "title: {en: \"a # b\", es: \"c # d\", fr: \"e#f\"}\n"},
		{"a text that a comment seems to cut stays as it is, so that the check can tell", "title:\n  en: Question #1\n", "title:\n  en: Question   #1\n"},
		{"columns that line up stay", "tests:\n  - name: a\n    expect: {scores: {s: 1}}      # 1/1\n  - name: b\n    expect: {scores: {s: 0.25}}   # 1/4\n",
			"tests:\n  - name: a\n    expect: {scores: {s: 1}}      # 1/1\n  - name: b\n    expect: {scores: {s: 0.25}}   # 1/4\n"},
		{"a deeper comment belongs to what is above it, a shallower one to what follows",
			"scales:\n  - id: s\n    items: [a]\n    # of s\n  # of t\n  - id: t\n# of tests\ntests: []\n",
			"scales:\n  - id: s\n    items: [a]\n    # of s\n  # of t\n  - id: t\n\n# of tests\ntests: []\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := formatted(t, test.src); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestAFileThatIsNotPlainYAMLIsNotLaidOut(t *testing.T) {
	for name, test := range map[string]struct{ src, code string }{
		"a key twice":            {"id: a\nid: b\n", "doubled-key"},
		"a key twice, deep":      {"items:\n  - {id: a, text: {en: \"a\", en: \"b\"}}\n", "doubled-key"},
		"no YAML":                {"id: [a\n", "yaml-syntax"},
		"an alias":               {"id: &a x\nversion: *a\n", "yaml-alias"},
		"a tag":                  {"id: !!str x\n", "yaml-tag"},
		"two documents":          {"id: a\n---\nid: b\n", "several-documents"},
		"nothing":                {"", "empty"},
		"a list":                 {"- a\n", "wrong-shape"},
		"Latin-1":                {"id: \xf1\n", "encoding"},
		"a lone carriage return": {"id: a # b\r\r\nversion: 1.0.0\n", "control-character"},
		"an invisible character": {"title: {en: \"a\u200bb\"}\n", "control-character"},
		"a mapping as a key":     {"{a: 1}: b\n", "wrong-shape"},
		"nested too deep":        {"items: " + strings.Repeat("[", 40) + strings.Repeat("]", 40) + "\n", "wrong-shape"},
		"a second half broken":   {"id: a\n---\n{\n", "several-documents"},
	} {
		t.Run(name, func(t *testing.T) {
			out, problems, err := Format("a.yaml", []byte(test.src))
			if err != nil || out.Text != nil {
				t.Fatalf("%v, %q", err, out.Text)
			}
			found := false
			for _, d := range problems {
				found = found || d.Code == test.code
			}
			if !found {
				t.Errorf("no %s among %v", test.code, problems)
			}
		})
	}
}

func TestOtherSystemsLineEndsAreNormalisedAndTold(t *testing.T) {
	out, problems, err := Format("a.yaml", []byte("\xef\xbb\xbfid: a\r\nintro:\r\n  en: |\r\n    a\r\n    b\r\n"))
	if err != nil || len(problems) > 0 || string(out.Text) != "id: a\n\nintro:\n  en: |\n    a\n    b\n" || len(out.Notes) != 2 {
		t.Errorf("%q %v %v %v", out.Text, out.Notes, problems, err)
	}
}
