package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const untidy, tidy = "id: 'a'\nformat: 1   # here\n", "format: 1   # here\nid: a\n"

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestFmtPrintsListsAndWrites(t *testing.T) {
	dir := checkFiles(t, map[string]string{"a.yaml": untidy, "b.yaml": tidy})
	a, b := filepath.Join(dir, "a.yaml"), filepath.Join(dir, "b.yaml")
	if err := os.Chmod(a, 0o640); err != nil {
		t.Fatal(err)
	}
	if out, _ := surveyd(t, exitOK, "fmt", a); out != tidy {
		t.Errorf("it prints %q", out)
	}
	if out, _ := surveyd(t, exitFailed, "fmt", "-l", dir); out != a+"\n" || readFile(t, a) != untidy {
		t.Errorf("it lists %q, and a.yaml is %q", out, readFile(t, a))
	}
	before, err := os.Stat(b)
	if err != nil {
		t.Fatal(err)
	}
	if out, _ := surveyd(t, exitOK, "fmt", "-w", dir); out != "" || readFile(t, a) != tidy {
		t.Errorf("it prints %q, and a.yaml is %q", out, readFile(t, a))
	}
	if info, err := os.Stat(a); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
	if after, err := os.Stat(b); err != nil || !os.SameFile(before, after) || !after.ModTime().Equal(before.ModTime()) {
		t.Error("a file that does not change was written")
	}
	surveyd(t, exitOK, "fmt", "-l", dir)
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestFmtReadsStandardInput(t *testing.T) {
	var out, errs bytes.Buffer
	if code := run(context.Background(), []string{"fmt", "-"}, noEnv, strings.NewReader("\xef\xbb\xbf"+strings.ReplaceAll(untidy, "\n", "\r\n")), &out, &errs); code != exitOK || out.String() != tidy {
		t.Errorf("exit %d, %q, %s", code, out.String(), errs.String())
	}
	mustContain(t, "what is said", errs.String(), "byte order mark", "line feed")
}

func TestFmtLeavesAFileAloneThatIsNoYAML(t *testing.T) {
	for _, broken := range []string{"id: a\nid: b\n", "id: [a\n"} {
		dir := checkFiles(t, map[string]string{"a.yaml": broken, "b.yaml": untidy})
		_, errs := surveyd(t, exitFailed, "fmt", "-w", dir)
		mustContain(t, "the report", errs, filepath.Join(dir, "a.yaml")+":", " | ", "^")
		if readFile(t, filepath.Join(dir, "a.yaml")) != broken || readFile(t, filepath.Join(dir, "b.yaml")) != tidy {
			t.Error("a broken file was written, or a sound one was not")
		}
	}
}

func TestFmtWritesThroughALink(t *testing.T) {
	dir := checkFiles(t, map[string]string{"a.yaml": untidy})
	link := filepath.Join(dir, "l.yaml")
	if err := os.Symlink("a.yaml", link); err != nil {
		t.Fatal(err)
	}
	surveyd(t, exitOK, "fmt", "-w", link)
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 || readFile(t, filepath.Join(dir, "a.yaml")) != tidy {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

func TestFmtCalledWronglyEndsWithTwo(t *testing.T) {
	for _, args := range [][]string{{"fmt"}, {"fmt", "--what"}, {"fmt", "-w", "-"}, {"fmt", filepath.Join(t.TempDir(), "none.yaml")}} {
		if _, errs := surveyd(t, exitMisuse, args...); errs == "" {
			t.Errorf("%q says nothing", args)
		}
	}
	out, _ := surveyd(t, exitOK, "fmt", "--help")
	mustContain(t, "the help", out, "-w", "-l")
}

func TestFmtDoesNotWriteStandardInputInPlace(t *testing.T) {
	dir := checkFiles(t, map[string]string{"a.yaml": untidy})
	_, said := surveyd(t, exitMisuse, "fmt", "-w", filepath.Join(dir, "a.yaml"), "-")
	mustContain(t, "what is said", said, "standard input cannot be written in place")
	if got := readFile(t, filepath.Join(dir, "a.yaml")); got != untidy {
		t.Errorf("a.yaml is %q", got)
	}
}
