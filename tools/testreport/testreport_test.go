package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// read feeds events, one JSON object a line, and returns the report and what it printed.
func read(t *testing.T, events string) (*report, *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	r := newReport(&out)
	if err := r.read(strings.NewReader(events)); err != nil {
		t.Fatal(err)
	}
	return r, &out
}

func expect(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

const passing = `{"Action":"start","Package":"m/a"}
{"Action":"run","Package":"m/a","Test":"TestGood"}
{"Action":"output","Package":"m/a","Test":"TestGood","Output":"=== RUN   TestGood\n"}
{"Action":"output","Package":"m/a","Test":"TestGood","Output":"    a_test.go:1: chatter\n"}
{"Action":"output","Package":"m/a","Test":"TestGood","Output":"--- PASS: TestGood (0.00s)\n"}
{"Action":"pass","Package":"m/a","Test":"TestGood"}
{"Action":"output","Package":"m/a","Output":"PASS\n"}
{"Action":"output","Package":"m/a","Output":"ok  \tm/a\t0.10s\n"}
{"Action":"pass","Package":"m/a"}
`

const skipping = `{"Action":"start","Package":"m/b"}
{"Action":"run","Package":"m/b","Test":"TestLater"}
{"Action":"run","Package":"m/b","Test":"TestLater/sub"}
{"Action":"output","Package":"m/b","Test":"TestLater/sub","Output":"    b_test.go:7: no server\n"}
{"Action":"output","Package":"m/b","Test":"TestLater/sub","Output":"    --- SKIP: TestLater/sub (0.00s)\n"}
{"Action":"skip","Package":"m/b","Test":"TestLater/sub"}
{"Action":"pass","Package":"m/b","Test":"TestLater"}
{"Action":"output","Package":"m/b","Output":"ok  \tm/b\t0.10s\n"}
{"Action":"pass","Package":"m/b"}
`

func TestAGoodPackageIsOneLine(t *testing.T) {
	r, out := read(t, passing)
	if code := r.close(true); code != 0 {
		t.Errorf("exit status %d", code)
	}
	expect(t, out.String(), "ok  \tm/a\t0.10s\n1 passed, 0 failed, 0 skipped\n")
}

func TestAFailureIsShownInFullAndAloneWithTheParentFirst(t *testing.T) {
	r, out := read(t, `{"Action":"run","Package":"m/a","Test":"TestGood"}
{"Action":"output","Package":"m/a","Test":"TestGood","Output":"    a_test.go:1: chatter\n"}
{"Action":"pass","Package":"m/a","Test":"TestGood"}
{"Action":"run","Package":"m/a","Test":"TestBad"}
{"Action":"run","Package":"m/a","Test":"TestBad/sub"}
{"Action":"output","Package":"m/a","Test":"TestBad/sub","Output":"    a_test.go:9: got 1, want 2\n"}
{"Action":"output","Package":"m/a","Test":"TestBad","Output":"--- FAIL: TestBad (0.00s)\n"}
{"Action":"output","Package":"m/a","Test":"TestBad/sub","Output":"    --- FAIL: TestBad/sub (0.00s)\n"}
{"Action":"fail","Package":"m/a","Test":"TestBad/sub"}
{"Action":"fail","Package":"m/a","Test":"TestBad"}
{"Action":"output","Package":"m/a","Output":"FAIL\n"}
{"Action":"output","Package":"m/a","Output":"FAIL\tm/a\t0.10s\n"}
{"Action":"fail","Package":"m/a"}
`)
	if code := r.close(true); code != 1 {
		t.Errorf("exit status %d", code)
	}
	expect(t, out.String(), `--- FAIL: TestBad (0.00s)
    a_test.go:9: got 1, want 2
    --- FAIL: TestBad/sub (0.00s)
FAIL
FAIL	m/a	0.10s
1 passed, 2 failed, 0 skipped
`)
}

func TestATestCutOffByAPanicIsShown(t *testing.T) {
	r, out := read(t, `{"Action":"run","Package":"m/a","Test":"TestHangs"}
{"Action":"output","Package":"m/a","Test":"TestHangs","Output":"panic: test timed out after 1s\n"}
{"Action":"output","Package":"m/a","Output":"FAIL\tm/a\t1.00s\n"}
{"Action":"fail","Package":"m/a"}
`)
	if r.close(true) != 1 || !strings.Contains(out.String(), "panic: test timed out") {
		t.Errorf("printed\n%s", out.String())
	}
}

func TestABuildErrorAndStrayLinesAreShown(t *testing.T) {
	r, out := read(t, `{"ImportPath":"m/a","Action":"build-output","Output":"a/a.go:3:5: undefined: x\n"}
{"ImportPath":"m/a","Action":"build-fail"}
not an event
{"Action":"start","Package":"m/a"}
{"Action":"output","Package":"m/a","Output":"FAIL\tm/a [build failed]\n"}
{"Action":"fail","Package":"m/a","FailedBuild":"m/a"}
`)
	if code := r.close(true); code != 1 {
		t.Errorf("exit status %d", code)
	}
	expect(t, out.String(), `a/a.go:3:5: undefined: x
not an event
FAIL	m/a [build failed]
0 passed, 1 failed, 0 skipped
`)
}

func TestAPackageWithoutAnEndFails(t *testing.T) {
	r, out := read(t, passing+`{"Action":"start","Package":"m/lost"}`+"\n")
	if r.close(true) != 1 || !strings.Contains(out.String(), "FAIL\tm/lost") {
		t.Errorf("printed\n%s", out.String())
	}
}

func TestNoTestAtAllFails(t *testing.T) {
	r, _ := read(t, `{"Action":"output","Package":"m/a","Output":"?   \tm/a\t[no test files]\n"}
{"Action":"skip","Package":"m/a"}
`)
	if r.close(true) != 1 {
		t.Error("a run without a test passed")
	}
}

func TestASkipIsHeldAgainstTheList(t *testing.T) {
	for _, test := range []struct {
		name, list, printed string
		good                bool
	}{
		{"listed", "# why\n\nm/b.TestLater/sub   needs a server\n", "SKIP\tm/b.TestLater/sub\tneeds a server\n", true},
		{"not listed", "", "FAIL\tm/b.TestLater/sub\tskipped without being listed in list: b_test.go:7: no server\n", false},
		{
			"the parent's entry is not the subtest's", "m/b.TestLater  all of it",
			"FAIL\tm/b.TestLater/sub\tskipped without being listed in list: b_test.go:7: no server\n", false,
		},
		{
			"an entry of a test that is gone", "m/b.TestLater/sub  needs a server\nm/b.TestGone  needs a server",
			"SKIP\tm/b.TestLater/sub\tneeds a server\nFAIL\tm/b.TestGone\tlisted at list:2, but there is no such test\n", false,
		},
		{
			"an entry of a package that did not run", "m/b.TestLater/sub  needs a server\nm/c.TestOther  needs a server",
			"SKIP\tm/b.TestLater/sub\tneeds a server\n", true,
		},
		{
			"an entry of a test that ran this time", "m/b.TestLater/sub  needs a server\nm/a.TestGood  needs a server",
			"SKIP\tm/b.TestLater/sub\tneeds a server\n", true,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			allowed, err := parseAllowedSkips("list", test.list)
			if err != nil {
				t.Fatal(err)
			}
			r, _ := read(t, passing+skipping)
			var out bytes.Buffer
			if good := allowed.judge(r, &out); good != test.good {
				t.Errorf("good: %t", good)
			}
			expect(t, out.String(), test.printed)
		})
	}
}

func TestAListWithoutReasonsIsRefused(t *testing.T) {
	for list, want := range map[string]string{
		"# x\nm/b.TestLater\n":             "list:2: m/b.TestLater has no reason; write package.TestName, spaces, the reason",
		"m/b.TestLater a\nm/b.TestLater b": "list:2: m/b.TestLater is listed twice",
	} {
		if _, err := parseAllowedSkips("list", list); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// TestARealRunIsReported holds the reading of events against the go command that is installed.
func TestARealRunIsReported(t *testing.T) {
	t.Setenv("GOFLAGS", "")
	t.Setenv("GOWORK", "off")
	dir := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("go.mod", "module m\n\ngo 1.26\n")
	write("good/a_test.go", "package good\n\nimport \"testing\"\n\nfunc TestGood(t *testing.T) {}\n\nfunc TestSkips(t *testing.T) { t.Skip(\"no server\") }\n")
	write("bad/a_test.go", "package bad\n\nimport \"testing\"\n\nfunc TestBad(t *testing.T) { t.Error(\"what is wrong\") }\n")
	skips := write("skips.txt", "m/good.TestSkips  needs a server\n")

	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"-skips", skips, "-modules", dir, "--", "./good"}, &stdout, &stderr); code != 0 {
		t.Errorf("good package: exit status %d\n%s%s", code, stdout.String(), stderr.String())
	}
	for _, want := range []string{"ok  \tm/good\t", "SKIP\tm/good.TestSkips\tneeds a server\n", "1 passed, 0 failed, 1 skipped\n"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("good package: no %q in\n%s", want, stdout.String())
		}
	}

	for name, args := range map[string][]string{
		"failing test":  {"-skips", skips, "-modules", dir, "--", "./..."},
		"unlisted skip": {"-modules", dir, "--", "./good"},
		"no package":    {"-modules", dir, "--", "./gone"},
		"second module": {"-skips", skips, "-modules", filepath.Join(dir, "good") + "," + filepath.Join(dir, "bad")},
	} {
		stdout.Reset()
		stderr.Reset()
		if code := run(t.Context(), args, &stdout, &stderr); code != 1 {
			t.Errorf("%s: exit status %d\n%s%s", name, code, stdout.String(), stderr.String())
		}
		if name == "failing test" && !strings.Contains(stdout.String(), "a_test.go:5: what is wrong\n--- FAIL: TestBad") &&
			!strings.Contains(stdout.String(), "--- FAIL: TestBad (0.00s)\n    a_test.go:5: what is wrong\n") {
			t.Errorf("failure not shown in full:\n%s", stdout.String())
		}
	}

	if code := run(t.Context(), []string{"-skips", filepath.Join(dir, "gone")}, &stdout, &stderr); code != 2 {
		t.Errorf("list that is not there: exit status %d", code)
	}
}
