package diag

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func at(line, column, length int) Diagnostic {
	return Diagnostic{
		Span: Span{File: "a.yaml", Line: line, Column: column, Length: length}, Severity: Error, Code: "unknown-key",
		Message: "there is no key", Hint: "take it away",
	}
}

func printed(t *testing.T, src string, list ...Diagnostic) []string {
	t.Helper()
	var out bytes.Buffer
	if err := Print(&out, list, func(string) []byte { return []byte(src) }); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
}

func TestADiagnosticIsPrintedWithItsLineAndACaretUnderTheScalar(t *testing.T) {
	got := printed(t, "format: 1\nidd: x\n", at(2, 1, 3))
	want := []string{
		"a.yaml:2:1: error unknown-key: there is no key; take it away",
		"  2 | idd: x",
		"    | ^^^",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestTheCaretStandsUnderTabsWideAndCombiningCharacters(t *testing.T) {
	for _, c := range []struct {
		line   string
		column int
		want   string
	}{
		{"\tx: y", 5, "           ^"},           // a tab is four columns: 4 + "x: "
		{"日本: y", 5, "          ^"},             // two wide characters, a colon and a space: 6 columns
		{"e\u0301: y", 5, "       ^"},           // a combining accent takes no column
		{"a\u0007b: y", 6, "                ^"}, // a control character is shown as <U+0007>
		{"é: y", 4, "       ^"},
	} {
		got := printed(t, c.line+"\n", at(1, c.column, 1))
		if under := strings.Replace(got[2], "    | ", "    ", 1); under != c.want {
			t.Errorf("%q: the caret is at %q, want %q\n%s", c.line, under, c.want, strings.Join(got, "\n"))
		}
	}
}

func TestOfALongLineThePartAroundTheCaretIsShown(t *testing.T) {
	line := strings.Repeat("a", 300) + "WRONG" + strings.Repeat("b", 300)
	got := printed(t, line, at(1, 301, 5))
	text, under := []rune(got[1]), []rune(got[2])
	if len(text) > lineWidth+10 || !strings.Contains(got[1], "…") {
		t.Errorf("the line has %d characters", len(text))
	}
	caret := strings.IndexRune(string(under), '^')
	if string(text[caret:caret+5]) != "WRONG" || strings.Count(got[2], "^") != 5 {
		t.Errorf("the caret is not under the word:\n%s\n%s", got[1], got[2])
	}
}

func TestNoNameReachesTheTerminalAsAnOrder(t *testing.T) {
	d := Diagnostic{Span: Span{File: "a\x1b[2J\n::error::b.yaml", Line: 9, Column: 1, Length: 1}, Severity: Error, Code: "unknown-id", Message: "there is no \u202eq\u009b31m", Hint: "name\r\x1b]0;x\a"}
	var out strings.Builder
	if err := Print(&out, []Diagnostic{d}, func(string) []byte { return nil }); err != nil {
		t.Fatal(err)
	}
	const want = "a<U+001B>[2J<U+000A>::error::b.yaml:9:1: error unknown-id: there is no <U+202E>q<U+009B>31m; name<U+000D><U+001B>]0;x<U+0007>\n"
	if out.String() != want {
		t.Errorf("got  %q\nwant %q", out.String(), want)
	}
}

func TestASpanBehindTheEndOfALineOrFileIsPrintedAllTheSame(t *testing.T) {
	if got := printed(t, "ab\n", at(1, 9, 3)); len(got) != 3 || !strings.HasSuffix(got[2], "^") {
		t.Errorf("got %q", got)
	}
	if got := printed(t, "ab\n", at(9, 1, 1)); len(got) != 1 {
		t.Errorf("got %q", got)
	}
}

func TestCarriageReturnsAndAByteOrderMarkAreNotPrinted(t *testing.T) {
	got := printed(t, "\ufeffab: c\r\nd: e\r\n", at(1, 1, 2), at(2, 1, 1))
	if got[1] != "  1 | ab: c" || got[4] != "  2 | d: e" {
		t.Errorf("got %q", got)
	}
}

func TestDiagnosticsAreSortedByPlaceErrorsFirst(t *testing.T) {
	warning := at(2, 1, 1)
	warning.Severity = Warning
	other := at(1, 1, 1)
	other.File = "b.yaml"
	list := []Diagnostic{other, warning, at(2, 1, 1), at(1, 9, 1), at(1, 2, 1)}
	Sort(list)
	var got []string
	for _, d := range list {
		got = append(got, strings.SplitN(d.String(), " ", 3)[0]+string(d.Severity))
	}
	if s := strings.Join(got, " "); s != "a.yaml:1:2:error a.yaml:1:9:error a.yaml:2:1:error a.yaml:2:1:warning b.yaml:1:1:error" {
		t.Error(s)
	}
	if errs, warnings := Count(list); errs != 4 || warnings != 1 || !HasError(list) || HasError([]Diagnostic{warning}) {
		t.Errorf("counted %d errors, %d warnings", errs, warnings)
	}
}

func TestJSONIsAPlainArrayEvenOfNothing(t *testing.T) {
	var out bytes.Buffer
	if err := WriteJSON(&out, nil); err != nil || out.String() != "[]\n" {
		t.Errorf("%q %v", out.String(), err)
	}
	out.Reset()
	d := at(2, 1, 3)
	d.Message = "a < b"
	if err := WriteJSON(&out, []Diagnostic{d}); err != nil {
		t.Fatal(err)
	}
	want := `[{"file":"a.yaml","line":2,"column":1,"length":3,"severity":"error","code":"unknown-key","message":"a < b","hint":"take it away"}]`
	if got := strings.NewReplacer("\n", "", "  ", "", `": `, `":`).Replace(out.String()); got != want {
		t.Errorf("got %s", got)
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestAWriterThatFailsIsReported(t *testing.T) {
	if Print(brokenPipe{}, []Diagnostic{at(1, 1, 1)}, func(string) []byte { return nil }) == nil || WriteJSON(brokenPipe{}, nil) == nil {
		t.Error("the error is lost")
	}
}

func TestNearestFindsTyposAndNothingElse(t *testing.T) {
	candidates := []string{"format", "minutes", "response_sets", "items", "score", "q1", "q2"}
	for name, want := range map[string]string{
		"formatt": "format", "fromat": "format", "minuts": "minutes", "response_set": "response_sets", "item": "items", "Score": "score",
		"Q1": "q1", "": "", "x": "", "q3": "", "zebra": "", "audience": "",
	} {
		if got, ok := Nearest(name, candidates); got != want || ok != (want != "") {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := DidYouMean("minuts", candidates, "x"); got != `did you mean "minutes"?` {
		t.Error(got)
	}
	if got := DidYouMean("zebra", candidates, "write one of them"); got != "write one of them" {
		t.Error(got)
	}
}

func TestDistanceCountsEdits(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"abc", "", 3}, {"abc", "acb", 1}, {"abc", "abd", 1}, {"kitten", "sitting", 3}, {"ca", "abc", 3}} {
		if got := distance([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("%s to %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func FuzzPrint(f *testing.F) {
	f.Add("a: b\n", 1, 1, 1)
	f.Add("\t日本\u0301\x00\xff", 1, 3, 99)
	f.Fuzz(func(t *testing.T, src string, line, column, length int) {
		var out bytes.Buffer
		if err := Print(&out, []Diagnostic{at(line, column, length)}, func(string) []byte { return []byte(src) }); err != nil {
			t.Fatal(err)
		}
		if !utf8.Valid(out.Bytes()) || bytes.ContainsAny(out.Bytes(), "\x1b\x07") {
			t.Errorf("%q is not safe to print", out.String())
		}
	})
}
