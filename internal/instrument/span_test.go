package instrument

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"surveyd/internal/diag"
)

// A § in a condition marks where its problem must be reported, whichever way the condition stands in the file.
func TestConditionProblemsAreExactInEveryKindOfScalar(t *testing.T) {
	for name, item := range map[string]string{
		"plain in a block":          "  - id: fun2\n    text: {en: \"A\", es: \"B\"}\n    responses: agree3\n    show_if: club == 1 and §nope == 2\n",
		"double quotes":             "  - {id: fun2, text: {en: \"A\", es: \"B\"}, responses: agree3, show_if: \"club == 1 and §nope == 2\"}\n",
		"double quotes and escapes": "  - {id: fun2, text: {en: \"A\", es: \"B\"}, responses: agree3, show_if: \"club\\x20== 1 \\u0061nd §nope == 2\"}\n",
		"single quotes":             "  - {id: fun2, text: {en: \"A\", es: \"B\"}, responses: agree3, show_if: 'which has ''chess'' and §nope == 2'}\n",
		"after wide characters":     "  - {id: fun2, text: {en: \"日本 é\", es: \"B\"}, responses: agree3, show_if: club == 1 and §nope == 2}\n",
		"folded plain":              "  - id: fun2\n    text: {en: \"A\", es: \"B\"}\n    responses: agree3\n    show_if: club == 1\n      and §nope == 2\n",
		"folded in quotes":          "  - id: fun2\n    text: {en: \"A\", es: \"B\"}\n    responses: agree3\n    show_if: \"club == 1\n      and §nope == 2\"\n",
	} {
		src, line, column := broken(t, "  - {id: which, kind", item+"  - {id: which2, kind")
		// The condition may name which, so it must stand earlier.
		src = strings.Replace(src, "  - {id: fun, ", "  - {id: which, kind: multiple, text: {en: \"Which?\", es: \"¿Cuáles?\"}, responses: clubs}\n  - {id: fun, ", 1)
		_, list := Load("x.yaml", []byte(src), Options{})
		if !find(list, line+1, column, "unknown-id") {
			t.Errorf("%s: nothing at %d:%d:%s", name, line+1, column, say(list))
		}
		i := slices.IndexFunc(list, func(d diag.Diagnostic) bool { return d.Line == line+1 && d.Column == column })
		if i >= 0 && list[i].Length != len("nope") {
			t.Errorf("%s: %d characters, want 4", name, list[i].Length)
		}
	}
}

func TestAFileThatIsNoTextIsRefusedAtTheByte(t *testing.T) {
	for src, want := range map[string]string{
		"":                          "1:1 empty",
		"# only a comment\n":        "1:1 empty",
		"null\n":                    "1:1 empty",
		"- a\n":                     "1:1 wrong-shape",
		"format: 1\nid: \xff\n":     "2:5 encoding",
		"\xff\xfef\x00":             "1:1 encoding",
		"format: 1\nid: a\x00\n":    "2:6 control-character",
		"format: 1\rid: a\r":        "1:10 control-character",
		"format: 1\nid: \u200b\n\t": "",
		"é: \u0085":                 "1:4 control-character",
	} {
		in, list := Load("x.yaml", []byte(src), Options{})
		if in != nil || len(list) == 0 {
			t.Errorf("%q loads", src)
			continue
		}
		if want == "" {
			continue
		}
		d := list[0]
		if got := strings.TrimPrefix(d.String(), "x.yaml:"); !strings.HasPrefix(strings.ReplaceAll(got, ": error", ""), want+":") {
			t.Errorf("%q: %s, want %s", src, got, want)
		}
	}
}

func TestAFileThatIsTooLargeIsRefused(t *testing.T) {
	_, list := Load("x.yaml", []byte(strings.Repeat("# a comment\n", MaxSource/12+1)), Options{})
	if len(list) != 1 || list[0].Code != "file-too-large" {
		t.Errorf("got%s", say(list))
	}
}

func TestAnAliasBombIsRefusedWithoutUnfoldingIt(t *testing.T) {
	src := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'z'; c++ {
		p := string(c - 1)
		src += string(c) + ": &" + string(c) + " [*" + p + ", *" + p + ", *" + p + ", *" + p + ", *" + p + ", *" + p + ", *" + p + "]\n"
	}
	in, list := Load("x.yaml", []byte(src), Options{})
	if in != nil || !slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code == "yaml-alias" }) {
		t.Errorf("got%s", say(list))
	}
}

func TestDeepNestingIsRefused(t *testing.T) {
	for _, src := range []string{strings.Repeat("[", 5000), strings.Repeat("[", 5000) + strings.Repeat("]", 5000), strings.Repeat("a: {", 3000) + strings.Repeat("}", 3000), "format: " + strings.Repeat("[", 100) + strings.Repeat("]", 100)} {
		if in, list := Load("x.yaml", []byte(src), Options{}); in != nil || len(list) == 0 {
			t.Error("it loads")
		}
	}
}

func TestAPictureThatIsThereIsTaken(t *testing.T) {
	folder := fstest.MapFS{"art/no.svg": {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1l7 7"/></svg>`)}}
	src := strings.Replace(baseYAML(), "missing: true}", "missing: true, picture: art/no.svg}", 1)
	in, list := Load("x.yaml", []byte(src), Options{Files: folder})
	if in == nil {
		t.Fatalf("it does not load:%s", say(list))
	}
	if got := in.ResponseSets[0].Options[3].Picture; got != "art/no.svg" {
		t.Errorf("the picture is %q", got)
	}
}
