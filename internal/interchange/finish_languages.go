package interchange

import (
	"fmt"
	"slices"
)

// told is one text of the file and where it stands in the form.
type told struct {
	at   place
	text text
	what string
}

// texts lists every text of the file but its title.
func (f *form) texts() []told {
	var out []told
	for _, p := range f.intro {
		out = append(out, told{p.at, p.text, "the text"})
	}
	for _, q := range f.kept() {
		out = append(out, told{q.at, q.text, fmt.Sprintf("the question %q", q.name)})
	}
	for _, s := range f.usedSets() {
		for _, o := range s.options {
			out = append(out, told{o.at, o.label, fmt.Sprintf("the choice %q of %q", o.raw, s.name)})
		}
	}
	for _, p := range f.pages {
		if !p.title.empty() {
			out = append(out, told{p.at, p.title, "the title of the page"})
		}
	}
	for _, p := range f.closing {
		out = append(out, told{p.at, p.text, "the text"})
	}
	return out
}

// chooseLanguages keeps the languages in which every text exists. A language with gaps is left out as a whole, and its gaps
// are told of one by one: half a translation would show some students words of another language as if they were theirs.
func (f *form) chooseLanguages() {
	for _, s := range f.usedSets() {
		for _, o := range s.options {
			if !o.label.empty() {
				continue
			}
			f.add(o.at, "", fmt.Sprintf("the choice %q of %q has no label; its name stands there", o.raw, s.name), "write the label that students read")
			for _, lang := range f.languages {
				o.label = o.label.with(lang, f.labelOf(o))
			}
		}
	}
	gaps := map[string][]told{}
	for _, t := range f.texts() {
		for _, lang := range f.languages {
			if t.text[lang] == "" {
				gaps[lang] = append(gaps[lang], t)
			}
		}
	}
	source := f.languages[0]
	if len(gaps[source]) > 0 {
		fewest := slices.MinFunc(f.languages, func(a, b string) int { return len(gaps[a]) - len(gaps[b]) })
		f.add(place{}, "", fmt.Sprintf("the language %s has gaps; %s is the source language here", source, fewest), "")
		source = fewest
	}
	languages := []string{source}
	for _, lang := range f.languages {
		if lang == source {
			continue
		}
		if len(gaps[lang]) == 0 {
			languages = append(languages, lang)
			continue
		}
		f.add(place{}, "", fmt.Sprintf("the language %s was left out: %s in it", lang, countOf(len(gaps[lang]), "text is missing", "texts are missing")), "fill the cells that are listed and import again")
		for _, gap := range gaps[lang] {
			f.add(gap.at, "", fmt.Sprintf("%s has no text in %s", gap.what, lang), "")
		}
	}
	f.languages = languages
	for _, gap := range gaps[source] {
		f.fillGap(gap, source)
	}
}

// fillGap deals with a text that the source language lacks: a question goes, what stands around questions goes, a choice is
// called by its name.
func (f *form) fillGap(gap told, source string) {
	for _, q := range f.kept() {
		if q.text[source] == "" && q.at == gap.at {
			f.leaveOut(q, "", fmt.Sprintf("the question %q has no text in %s and was left out", q.name, source), "write it and import again")
			return
		}
	}
	f.add(gap.at, "", fmt.Sprintf("%s has no text in %s and was left out", gap.what, source), "write it and import again")
	lacks := func(p *prose) bool { return p.text[source] == "" }
	f.intro, f.closing = slices.DeleteFunc(f.intro, lacks), slices.DeleteFunc(f.closing, lacks)
	for _, p := range f.pages {
		if p.title[source] == "" {
			p.title = nil
		}
	}
	for _, s := range f.sets {
		for _, o := range s.options {
			if o.label[source] == "" {
				o.label = o.label.with(source, f.labelOf(o))
			}
		}
	}
}

// labelOf makes a label of a choice's name; of a name that cannot be read, a dash.
func (f *form) labelOf(o *option) string { return orElse(f.textOf(o.at, "", o.raw), "-") }

func (t text) with(lang, s string) text {
	if t == nil {
		t = text{}
	}
	t[lang] = s
	return t
}
