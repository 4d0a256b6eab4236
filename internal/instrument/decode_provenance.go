package instrument

import (
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// ppraAreas are the protected areas in the order of the law (20 U.S.C. 1232h), in short.
const ppraAreas = "write the number of the area: 1 political beliefs, 2 mental health, 3 sexual behavior, 4 illegal or demeaning behavior, " +
	"5 judgments of family members, 6 privileged relationships, 7 religion, 8 income"

func (l *loader) readProvenance(d *draft) {
	n := d.root.value("provenance")
	m := l.mapping(n, "the provenance", "authors", "license", "citations", "evidence", "translation", "consent", "protected_topics")
	if n == nil {
		return
	}
	d.provenance = m
	p := &d.in.Provenance
	for _, author := range l.items(m.value("authors"), "authors") {
		if s, ok := l.word(author, "an author"); ok {
			p.Authors = append(p.Authors, s)
		}
	}
	if license := m.value("license"); license != nil {
		p.License, _ = l.word(license, "the license")
	}
	for _, c := range l.items(m.value("citations"), "citations") {
		p.Citations = append(p.Citations, l.citation(c))
	}
	if e := m.value("evidence"); e != nil {
		d.evidence = l.mapping(e, "the evidence", "status", "populations")
		if d.evidence.value("status") == nil && !d.evidence.misspelt("status") {
			l.warnAt(m.key("evidence"), "no-evidence", "the evidence has no status", "add status: experimental if nobody has answered it yet")
		}
		p.Evidence = l.readEvidence(d.evidence)
	}
	l.readTranslations(d, m.value("translation"))
	if c := m.value("consent"); c != nil {
		p.Consent, _ = choice(l, c, "consent", Notice, OptOut, OptIn)
	}
	seen := newNames("protected topic")
	for _, topic := range l.items(m.value("protected_topics"), "protected_topics") {
		if v, ok := l.countOr(topic, "a protected topic", 1, 8, ppraAreas); ok && seen.add(l, topic, strconv.Itoa(v)) {
			p.ProtectedTopics = append(p.ProtectedTopics, v)
		}
	}
}

func (l *loader) citation(n *yaml.Node) Citation {
	m := l.mapping(n, "a citation", "text", "doi")
	if m.value("doi") == nil {
		l.require(m, "a citation", "text")
	}
	var c Citation
	if t := m.value("text"); t != nil {
		c.Text, _ = l.word(t, "the text of a citation")
	}
	if t := m.value("doi"); t != nil {
		c.DOI, _ = l.word(t, "a DOI")
		l.validate(&c, m)
	}
	return c
}

func (l *loader) readEvidence(m *mapping) Evidence {
	var e Evidence
	if s := m.value("status"); s != nil {
		e.Status, _ = choice(l, s, "the status of the evidence", Experimental, Piloted, Validated, Retired)
	}
	for _, n := range l.items(m.value("populations"), "populations") {
		pm := l.mapping(n, "a population", "grades", "languages", "n", "source")
		for _, key := range []string{"n", "source"} {
			if pm.node.Kind == yaml.MappingNode && pm.value(key) == nil && !pm.misspelt(key) {
				l.warnAt(pm.node, "evidence-gap", "a population does not say its "+key, map[string]string{
					"n": "add n: how many answered; evidence is as good as its sample", "source": "add source: the study, so that it can be looked up",
				}[key])
			}
		}
		p := Population{
			Grades:    l.grades(pm.value("grades"), "grades of a population"),
			Languages: l.languages(pm.value("languages"), "languages of a population"),
		}
		if v := pm.value("n"); v != nil {
			p.N, _ = l.count(v, "n", 1, 100_000_000)
		}
		if v := pm.value("source"); v != nil {
			p.Source, _ = l.word(v, "the source of a population")
		}
		e.Populations = append(e.Populations, p)
	}
	return e
}

func (l *loader) readTranslations(d *draft, n *yaml.Node) {
	for _, p := range l.mapping(n, "the translation").pairs {
		lang := Lang(p.key.Value)
		if isNull(p.value) {
			continue
		}
		m := l.mapping(p.value, fmt.Sprintf("the translation to %s", lang), "method", "reviewer", "date", "source")
		d.translation[lang] = m
		t := Translation{Lang: lang}
		for _, f := range []struct {
			key string
			to  *string
		}{{"method", &t.Method}, {"reviewer", &t.Reviewer}, {"date", &t.Date}, {"source", &t.Source}} {
			if v := m.value(f.key); v != nil {
				*f.to, _ = l.word(v, fmt.Sprintf("the %s of the translation to %s", f.key, lang))
			}
		}
		t.Source = strings.ToLower(t.Source)
		l.validate(&t, m)
		d.in.Provenance.Translation = append(d.in.Provenance.Translation, t)
	}
}
