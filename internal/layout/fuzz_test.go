package layout

import (
	"os"
	"path/filepath"
	"testing"

	"surveyd/internal/instrument"
)

func FuzzFormat(f *testing.F) {
	files, err := filepath.Glob("../../instruments/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	mistakes, err := filepath.Glob("../catalog/testdata/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range append(append(files, "../instrument/testdata/whole.yaml"), mistakes...) {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	for _, src := range []string{
		"{a: 1, # b\n c: [d, {e: f # g\n}]} # h\n", "- # a\n", "a: |2-\n   b\n\n # c\n", "a:\n- - - b # c\n    # d\n  # e\n", "? a\n: b\n", "a: >+\n b\n  c\n\n\nd: e\n",
		"%YAML 1.1\n--- # a\nb: c\n...\n", "\"a\\x00\\u2028\": 'b''c'\n", "a: {b, c: , \"d\":e}\n", "a: b\n  c # d\n", "[a: b]: c", "a: [b: c, d]\n",
		"\xef\xbb\xbfa: b\r\nc: |\r\n d\r\n", "items:\n- # a\n  # b\n  - # c\n    x: # d\n      - y\n", "a: ''\nb: \"\"\nc: ~\n", "a: 'b\n\n  c'\n",
	} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		once, problems, err := Format("a.yaml", src)
		if err != nil {
			t.Fatalf("%v\n%s", err, src)
		}
		if len(problems) > 0 {
			return
		}
		want, err := instrument.SourceHash(src)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := instrument.SourceHash(once.Text); err != nil || got != want {
			t.Fatalf("another content, %v:\n%s", err, once.Text)
		}
		twice, problems, err := Format("a.yaml", once.Text)
		if err != nil || len(problems) > 0 || string(twice.Text) != string(once.Text) {
			t.Fatalf("not the same again: %v %v\n%q\n%q", err, problems, twice.Text, once.Text)
		}
	})
}
