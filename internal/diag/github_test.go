package diag

import (
	"bytes"
	"strings"
	"testing"
)

func annotated(t *testing.T, list ...Diagnostic) string {
	t.Helper()
	var out bytes.Buffer
	if err := WriteGitHub(&out, list, func(file string) string { return "instruments/" + file }); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestAnAnnotationNamesItsPlaceFromTheFirstToTheLastCharacter(t *testing.T) {
	d, warning := at(2, 5, 3), at(3, 1, 1)
	warning.Severity, warning.Code, warning.Hint = Warning, "few-tests", ""
	want := "::error file=instruments/a.yaml,line=2,endLine=2,col=5,endColumn=7,title=unknown-key::there is no key; take it away\n" +
		"::warning file=instruments/a.yaml,line=3,endLine=3,col=1,endColumn=1,title=few-tests::there is no key\n"
	if got := annotated(t, d, warning); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestNothingInAFileCanEndItsAnnotationOrBeginAnother(t *testing.T) {
	d := at(1, 1, 1)
	d.File, d.Message, d.Hint = "50%, a:b\r\n.yaml", "100% of \"a,b:c\"\n::error::planted\r", ""
	want := "::error file=instruments/50%25%2C a%3Ab%0D%0A.yaml,line=1,endLine=1,col=1,endColumn=1,title=unknown-key::100%25 of \"a,b:c\"%0A::error::planted%0D\n"
	if got := annotated(t, d); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestAnnotationsThatCannotBeWrittenAreAnError(t *testing.T) {
	if WriteGitHub(brokenPipe{}, []Diagnostic{at(1, 1, 1)}, strings.ToLower) == nil {
		t.Error("the error is lost")
	}
}
