package main

import (
	"bytes"
	"strings"
	"testing"
)

func explained(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(t.Context(), append([]string{"explain"}, args...), func(string) (string, bool) { return "", false }, strings.NewReader(""), &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

func TestExplainSaysWhyACodeMattersAndShowsBothExamples(t *testing.T) {
	code, out, errs := explained(t, "unknown-key")
	if code != exitOK || !strings.HasPrefix(out, "unknown-key (error): ") || !strings.Contains(out, "\nWrong:\n") || !strings.Contains(out, "\nRight:\n") {
		t.Errorf("ended with %d: %s%s", code, out, errs)
	}
}

func TestExplainWithoutACodeListsAll(t *testing.T) {
	code, out, errs := explained(t)
	if code != exitOK || strings.Count(out, "\n") < 80 || !strings.Contains(out, "\n  wrong-range ") {
		t.Errorf("ended with %d: %s%s", code, out, errs)
	}
}

func TestExplainGuessesAMistypedCode(t *testing.T) {
	if code, out, errs := explained(t, "unknwon-key"); code != exitFailed || out != "" || !strings.Contains(errs, "did you mean unknown-key?") {
		t.Errorf("ended with %d: %s%s", code, out, errs)
	}
	if code, _, errs := explained(t, "zebra"); code != exitFailed || !strings.Contains(errs, "surveyd explain lists every code") {
		t.Errorf("ended with %d: %s", code, errs)
	}
}

func TestExplainHelpsWithItself(t *testing.T) {
	if code, out, errs := explained(t, "--help"); code != exitOK || !strings.Contains(out, "surveyd explain CODE") || errs != "" {
		t.Errorf("ended with %d: %s%s", code, out, errs)
	}
}

func TestExplainCalledWronglyEndsWithTwo(t *testing.T) {
	for _, args := range [][]string{{"unknown-key", "wrong-range"}, {"--what"}} {
		if code, out, errs := explained(t, args...); code != exitMisuse || out != "" || errs == "" {
			t.Errorf("explain %q ended with %d and said %q", args, code, errs)
		}
	}
}
