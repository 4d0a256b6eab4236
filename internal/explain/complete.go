package explain

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
)

//go:embed base.yaml
var baseEnglish string

//go:embed base-es.yaml
var baseSpanish string

// Bases are the instruments that fragments are completed from: first the one in English, then the one in two languages.
func Bases() []string { return []string{baseEnglish, baseSpanish} }

// firstName is the file of an example that names none.
const firstName = "example.yaml"

var (
	topKey = regexp.MustCompile(`^([a-z_]+):`)
	itemID = regexp.MustCompile(`^\s+- (?:\{\s*)?id:\s*['"]?([A-Za-z0-9_-]+)`)
	setID  = regexp.MustCompile(`^  ([A-Za-z0-9_]+):`)
)

// block is a top-level key of a file, and its lines.
type block struct {
	key   string
	lines []string
}

// blocks cuts a file at its top-level keys. Lines before the first are a block without a key.
func blocks(lines []string) []block {
	var out []block
	for _, line := range lines {
		m := topKey.FindStringSubmatch(line)
		if m != nil || len(out) == 0 {
			b := block{}
			if m != nil {
				b.key = m[1]
			}
			out = append(out, b)
		}
		last := &out[len(out)-1]
		last.lines = append(last.lines, line)
	}
	return out
}

// Complete makes whole instruments of the example's fragments, as the package comment says, and gives the places that its
// carets point at, with their lines in those files. Files that stand beside the instruments come last.
func (e Example) Complete() (files []File, marks []Mark) {
	for i := range e.Fragments {
		f := &e.Fragments[i]
		name := f.Name
		if name == "" {
			name = firstName
		}
		before := e.completion(blocks(f.lines))
		for _, m := range f.marks {
			m.File, m.Line = i, m.Line+len(before)
			marks = append(marks, m)
		}
		files = append(files, File{Name: name, Bytes: f.bytes(before...)})
	}
	return append(files, e.beside...), marks
}

// Whole says whether the example's first fragment is an instrument as it stands.
func (e Example) Whole() bool {
	return hasKey(blocks(e.Fragments[0].lines), "format") || !anyKey(blocks(e.Fragments[0].lines))
}

func anyKey(list []block) bool {
	for _, b := range list {
		if b.key != "" {
			return true
		}
	}
	return false
}

func hasKey(list []block, key string) bool {
	for _, b := range list {
		if b.key == key {
			return true
		}
	}
	return false
}

// completion gives the lines that stand before a fragment.
func (e Example) completion(given []block) []string {
	if hasKey(given, "format") || !anyKey(given) {
		return nil
	}
	base := baseEnglish
	if e.base == "es" {
		base = baseSpanish
	}
	left := map[string]bool{}
	for _, b := range given {
		left[b.key] = true
	}
	items, sets := left["items"], left["response_sets"]
	if !items && includes(given) {
		left["items"], left["response_sets"], left["scales"], left["quality"], left["tests"] = true, true, true, true, true
	}
	if items || sets || left["languages"] {
		left["scales"], left["quality"], left["tests"] = true, true, true
	}
	if left["scales"] {
		left["tests"] = true
	}
	var own []string
	if sets && !items {
		left["items"] = true
		own = e.itemsOfSets(given)
	}
	if (items || sets) && !left["pages"] {
		left["pages"] = true
		own = append(own, "pages:", "  - {id: p1, items: ["+strings.Join(itemIDs(append(given, blocks(own)...)), ", ")+"]}")
	}
	var lines []string
	for _, b := range blocks(strings.Split(strings.TrimSuffix(base, "\n"), "\n")) {
		if !left[b.key] {
			lines = append(lines, b.lines...)
		}
	}
	return append(lines, own...)
}

// includes says whether a page of the blocks includes another instrument.
func includes(given []block) bool {
	for _, b := range given {
		if b.key == "pages" && strings.Contains(strings.Join(b.lines, "\n"), "include: ") {
			return true
		}
	}
	return false
}

// itemsOfSets makes an item of each response set that a fragment has.
func (e Example) itemsOfSets(given []block) []string {
	text := `{en: "I like math."}`
	if e.base == "es" {
		text = `{en: "I like math.", es: "Me gustan las matemáticas."}`
	}
	lines := []string{"items:"}
	for _, b := range given {
		for _, line := range b.lines {
			if m := setID.FindStringSubmatch(line); m != nil && b.key == "response_sets" {
				lines = append(lines, fmt.Sprintf("  - {id: q%d, text: %s, responses: %s}", len(lines), text, m[1]))
			}
		}
	}
	return lines
}

// itemIDs lists the items of the blocks, each once without regard to case.
func itemIDs(list []block) []string {
	var ids []string
	seen := map[string]bool{}
	for _, b := range list {
		for _, line := range b.lines {
			m := itemID.FindStringSubmatch(line)
			if m != nil && b.key == "items" && !seen[strings.ToLower(m[1])] {
				seen[strings.ToLower(m[1])] = true
				ids = append(ids, m[1])
			}
		}
	}
	return ids
}
