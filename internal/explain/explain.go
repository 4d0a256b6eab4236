// Package explain is the catalogue of what `surveyd check` can say: of every diagnostic code what it means, why it matters to
// a study, and an instrument that is wrong beside one that is right. It refuses to know how a file is checked; its tests run
// every example through the check.
//
// # How to add a code
//
// Write entries/CODE.md:
//
//	---
//	severity: error
//	group: keys
//	means: there is no such key here
//	---
//	Why it matters to the study, in a paragraph or two: what would happen to students, answers or scores.
//
//	```yaml bad
//	items:
//	  - {id: q1, txet: {en: "I like math."}, responses: agree3}
//	             ^^^^
//	```
//
//	```yaml good
//	items:
//	  - {id: q1, text: {en: "I like math."}, responses: agree3}
//	```
//
// and run `go test ./internal/explain -update`, which tries the examples and writes docs/diagnostics.md anew. Nobody edits that
// page by hand.
//
// severity is error, warning, or "error or warning". group is an ID of Groups. means is one phrase, with a small letter and no
// full stop: what is wrong where this is reported.
//
// A line of spaces and carets points at the line above it and is not part of the file: the check must report the code with
// exactly that place and length. Nothing else may be reported of a bad example, and nothing at all of a good one, except for
// codes that the head lists, as in `also: [long-item]`. An entry may have several bad and several good examples; a line of
// text above a fence says what it shows.
//
// A fragment is completed to a whole instrument (see Example.Complete):
//
//   - one that has the key format stands as it is;
//   - else every top-level key that it does not have is taken from base.yaml, or from base-es.yaml when the head says
//     `base: es`;
//   - when it has items, response_sets or languages, the base's scales, quality and tests are left out; when it has no pages,
//     its items stand on one page p1; when it has response_sets but no items, there is one item q1, q2 ... of each set;
//   - when a page includes another instrument and there are no items, the base's items, response sets, scales, quality and
//     tests are left out;
//   - when it has scales but no tests, the base's tests are left out;
//   - no-tests, few-tests, unused and translation-stale, which a completion gives rise to, are passed over, unless the entry
//     is about them.
//
// More words behind "yaml bad" and "yaml good":
//
//   - escaped: \t, \r, \xHH and \uHHHH stand for those bytes and characters; carets count them as written here;
//   - a file name such as other.yaml: this and the fences before it are several files of one example;
//   - size=N: the file is filled up to N bytes, at its end, with comment lines.
//
// A fence "file NAME", with escaped and size=N if need be, puts a picture or recording beside the instruments of the entry.
package explain

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"surveyd/internal/diag"
)

// Entry is one code of the catalogue.
type Entry struct {
	Code     string
	Severity string // error, warning, or "error or warning"
	Group    string // the ID of a Group
	Means    string // what is wrong where it is reported: a phrase without a full stop
	Why      string // why it matters to the study: paragraphs of Markdown
	Also     []string
	Bad      []Example
	Good     []Example
}

//go:embed entries/*.md
var entryFiles embed.FS

// All reads the whole catalogue, by group and then by code. An error is a mistake in an entry.
func All() ([]Entry, error) {
	names, err := fs.Glob(entryFiles, "entries/*.md")
	if err != nil {
		return nil, fmt.Errorf("list the catalogue of diagnostics: %w", err)
	}
	entries := make([]Entry, 0, len(names))
	for _, name := range names {
		text, err := entryFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read the catalogue of diagnostics: %w", err)
		}
		e, err := parse(strings.TrimSuffix(path.Base(name), ".md"), string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		entries = append(entries, e)
	}
	place := map[string]int{}
	for i, g := range Groups() {
		place[g.ID] = i
	}
	slices.SortStableFunc(entries, func(a, b Entry) int { return place[a.Group] - place[b.Group] })
	return entries, nil
}

// Find gives the entry of a code. When there is none, near is the code that was probably meant; it may be empty.
func Find(entries []Entry, code string) (e Entry, near string, ok bool) {
	codes := make([]string, len(entries))
	for i, e := range entries {
		if e.Code == code {
			return e, "", true
		}
		codes[i] = e.Code
	}
	near, _ = diag.Nearest(code, codes)
	return Entry{}, near, false
}
