package explain

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// head is what stands between the dashes of an entry.
type head struct {
	Severity string   `yaml:"severity"`
	Group    string   `yaml:"group"`
	Means    string   `yaml:"means"`
	Base     string   `yaml:"base"`
	Also     []string `yaml:"also"`
}

// parse reads the file of one entry.
func parse(code, text string) (Entry, error) {
	rest, ok := strings.CutPrefix(text, "---\n")
	top, body, closed := strings.Cut(rest, "\n---\n")
	if !ok || !closed {
		return Entry{}, errors.New("it does not begin with a head between two lines of ---")
	}
	var h head
	dec := yaml.NewDecoder(bytes.NewReader([]byte(top)))
	dec.KnownFields(true)
	if err := dec.Decode(&h); err != nil {
		return Entry{}, fmt.Errorf("the head: %w", err)
	}
	switch {
	case h.Severity != "error" && h.Severity != "warning" && h.Severity != "error or warning":
		return Entry{}, fmt.Errorf("there is no severity %q", h.Severity)
	case !slices.ContainsFunc(Groups(), func(g Group) bool { return g.ID == h.Group }):
		return Entry{}, fmt.Errorf("there is no group %q", h.Group)
	case h.Means == "" || strings.HasSuffix(h.Means, "."):
		return Entry{}, errors.New("means is empty, or ends with a full stop")
	case h.Base != "" && h.Base != "es":
		return Entry{}, fmt.Errorf("there is no base %q", h.Base)
	}
	e := Entry{Code: code, Severity: h.Severity, Group: h.Group, Means: h.Means, Also: h.Also}
	if err := e.readBody(body, h.Base); err != nil {
		return Entry{}, err
	}
	if e.Why == "" || len(e.Bad) == 0 || len(e.Good) == 0 {
		return Entry{}, errors.New("it needs a reason why, a bad example and a good one")
	}
	return e, nil
}

// readBody reads the paragraphs and the fences below the head. Text above the first fence says why; text above a later one
// belongs to that example.
func (e *Entry) readBody(body, base string) error {
	var beside []File
	var said []string
	first := true
	for body != "" {
		before, rest, found := strings.Cut(body, "```")
		said = append(said, strings.TrimSpace(before))
		if !found {
			break
		}
		info, rest, _ := strings.Cut(rest, "\n")
		content, after, closed := strings.Cut(rest, "```\n")
		if !closed {
			return errors.New("a fence is not closed")
		}
		body = after
		words := strings.Fields(info)
		if len(words) < 2 {
			return fmt.Errorf("the fence %q says neither yaml bad, yaml good nor file NAME", info)
		}
		caption := strings.TrimSpace(strings.Join(said, "\n"))
		said = nil
		if first {
			e.Why, caption, first = caption, "", false
		}
		f, err := readFragment(content, words[2:])
		if err != nil {
			return fmt.Errorf("the fence %q: %w", info, err)
		}
		switch strings.Join(words[:2], " ") {
		case "yaml bad":
			e.Bad = addFragment(e.Bad, f, caption, base)
		case "yaml good":
			e.Good = addFragment(e.Good, f, caption, base)
		default:
			if words[0] != "file" {
				return fmt.Errorf("the fence %q says neither yaml bad, yaml good nor file NAME", info)
			}
			beside = append(beside, File{Name: words[1], Bytes: f.bytes()})
		}
	}
	if caption := strings.TrimSpace(strings.Join(said, "\n")); caption != "" {
		return fmt.Errorf("text below the last fence: %q", caption)
	}
	for i := range e.Bad {
		e.Bad[i].beside = beside
	}
	for i := range e.Good {
		e.Good[i].beside = beside
	}
	return nil
}

// addFragment adds a fence as an example of its own, or, when it names a file, to the example before it.
func addFragment(list []Example, f Fragment, caption, base string) []Example {
	if f.Name != "" && len(list) > 0 {
		last := &list[len(list)-1]
		last.Fragments = append(last.Fragments, f)
		return list
	}
	return append(list, Example{Caption: caption, Fragments: []Fragment{f}, base: base})
}

func readFragment(content string, options []string) (Fragment, error) {
	f := Fragment{Text: content}
	for _, word := range options {
		size, sized := strings.CutPrefix(word, "size=")
		switch {
		case word == "escaped":
			f.Escaped = true
		case sized:
			n, err := strconv.Atoi(size)
			if err != nil {
				return f, fmt.Errorf("%q is no size", size)
			}
			f.size = n
		case f.Name == "" && strings.Contains(word, "."):
			f.Name = word
		default:
			return f, fmt.Errorf("%q means nothing there", word)
		}
	}
	return f, f.read()
}
