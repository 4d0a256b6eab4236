package internal_test

import (
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var markdownLink = regexp.MustCompile(`\]\(([^)\s]+)\)`)

func TestEveryLinkInTheDocsLeadsToAFile(t *testing.T) {
	root := ".."
	links := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "testdata" || entry.Name() == ".git") {
			return filepath.SkipDir
		}
		if entry.IsDir() || filepath.Ext(path) != ".md" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, match := range markdownLink.FindAllStringSubmatch(string(text), -1) {
			link, err := url.Parse(match[1])
			if err != nil {
				t.Errorf("%s: the link %s cannot be read: %v", path, match[1], err)
				continue
			}
			if link.Scheme != "" {
				continue
			}
			links++
			to := path
			if link.Path != "" {
				to = filepath.Join(filepath.Dir(path), link.Path)
			}
			if _, err := os.Stat(to); err != nil {
				t.Errorf("%s: the link %s leads nowhere", strings.TrimPrefix(path, root+"/"), match[1])
				continue
			}
			if link.Fragment != "" && filepath.Ext(to) == ".md" && !anchors(t, to)[link.Fragment] {
				t.Errorf("%s: the link %s names no heading", strings.TrimPrefix(path, root+"/"), match[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if links == 0 {
		t.Error("no link was found: is the test looking in the right place?")
	}
}

var (
	heading   = regexp.MustCompile(`(?m)^#+ (.*)$`)
	fenced    = regexp.MustCompile("(?ms)^```.*?^```$")
	notInLink = regexp.MustCompile(`[^\p{L}\p{N}_ -]`)
)

// anchors gives the names under which the headings of a page are reached, as GitHub makes them.
func anchors(t *testing.T, page string) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, m := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(string(text), ""), -1) {
		name := strings.ReplaceAll(notInLink.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-")
		for base, n := name, 1; named[name]; n++ {
			name = fmt.Sprintf("%s-%d", base, n)
		}
		named[name] = true
	}
	return named
}
