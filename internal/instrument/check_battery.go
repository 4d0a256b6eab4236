package instrument

import (
	"fmt"
	"slices"
	"strings"

	"surveyd/internal/condition"
)

// checkBattery holds what a battery says of itself against the instruments that it includes.
func (l *loader) checkBattery(d *draft) {
	for _, it := range d.itemList {
		if it.from != nil && it.ShowIf != nil {
			l.checkIncludedCondition(d, it)
		}
	}
	l.checkConsent(d)
	for _, p := range d.parts {
		l.checkPart(d, p)
	}
}

// checkIncludedCondition holds what an included item depends on to be included too, and to stand earlier. Another item that
// happens to have the id is not what the condition means.
func (l *loader) checkIncludedCondition(d *draft, it *itemDraft) {
	p := it.from.part
	for _, id := range condition.Items(it.ShowIf) {
		other := p.items[ItemID(id)]
		switch {
		case other == nil:
			hint := fmt.Sprintf("include %s too, or leave %s out", id, it.ID)
			if home, ok := p.in.Item(ItemID(id)); ok {
				page := p.in.Pages[home.Page].ID
				hint = fmt.Sprintf("include the page that asks it too, before this one: %s@%d/pages/%s", p.in.ID, p.in.Version.Major, page)
			}
			l.errAt(it.from.node, "include-lacks-item", fmt.Sprintf("%s of %s is shown only if %s, and %s is not included", it.ID, p.what(), it.ShowIfSrc, id), hint)
		case other.Index > it.Index:
			l.errAt(it.from.node, "condition-later-item", fmt.Sprintf("%s of %s depends on %s, which this battery asks later", it.ID, p.what(), id),
				fmt.Sprintf("move the page that includes %s up", id))
		}
	}
}

// strictness orders what parents are asked; an instrument that does not say asks least.
func (c Consent) strictness() int { return slices.Index([]Consent{"", Notice, OptOut, OptIn}, c) }

// checkConsent gives a battery the strictest consent of its parts and their protected topics, and refuses less.
func (l *loader) checkConsent(d *draft) {
	p := &d.in.Provenance
	m := d.provenance
	if m == nil {
		m = &mapping{}
	}
	said, topics := m.value("consent"), m.value("protected_topics")
	own := slices.Clone(p.ProtectedTopics)
	for _, part := range d.parts {
		theirs := part.in.Provenance
		if theirs.Consent.strictness() > p.Consent.strictness() {
			if said != nil {
				l.errAt(said, "consent-too-weak", fmt.Sprintf("the consent is %s, but that of %s is %s", said.Value, part.what(), theirs.Consent),
					fmt.Sprintf("write consent: %s, or leave it out: it is then that of the strictest part", theirs.Consent))
			}
			p.Consent = theirs.Consent
		}
		var left []string
		for _, topic := range theirs.ProtectedTopics {
			if !slices.Contains(own, topic) {
				left = append(left, fmt.Sprint(topic))
			}
			if !slices.Contains(p.ProtectedTopics, topic) {
				p.ProtectedTopics = append(p.ProtectedTopics, topic)
			}
		}
		if topics != nil && len(left) > 0 {
			l.errAt(topics, "protected-topic-left-out", fmt.Sprintf("protected_topics leaves out %s, which %s asks about", strings.Join(left, ", "), part.what()),
				"add it, or leave protected_topics out: it is then that of all parts together")
		}
	}
}

// checkPart warns of a part that was not made, or not tried, for those whom the battery asks.
func (l *loader) checkPart(d *draft, p *part) {
	at := d.includeOf(p).node
	evidence := &p.in.Provenance.Evidence
	if evidence.Status == Retired {
		l.warnAt(at, "retired", fmt.Sprintf("%s is retired", p.what()), "include its successor; this one stays readable for old data")
	}
	if beyond := d.in.Audience.beyond(p.in.Audience); len(beyond) > 0 {
		l.warnAt(at, "audience-beyond-part", fmt.Sprintf("%s was not written for %s", p.what(), strings.Join(beyond, ", ")),
			"narrow the audience of the battery, or include another instrument; reports warn of these students")
	}
	if len(evidence.Populations) == 0 {
		return
	}
	if bare := evidence.bare(d.in.Audience.Grades, d.in.Languages); len(bare) > 0 {
		l.warnAt(at, "evidence-gap", fmt.Sprintf("no population of %s covers %s", p.what(), strings.Join(bare, ", ")),
			"narrow the audience of the battery, or read its scores there with care; reports warn outside of the evidence")
	}
}

// includeOf is the first include of a part.
func (d *draft) includeOf(p *part) *include {
	for _, page := range d.pageList {
		if page.from != nil && page.from.part == p {
			return page.from
		}
	}
	return &include{part: p, node: d.root.key("pages")}
}

// beyond lists whom an audience has and another has not.
func (a Audience) beyond(other Audience) []string {
	var out []string
	if a.Adults != "" && a.Adults != other.Adults {
		out = append(out, "adults ("+a.Adults+")")
	}
	for _, g := range a.Grades {
		if !slices.Contains(other.Grades, g) {
			out = append(out, "grade "+string(g))
		}
	}
	return out
}

// bare lists the grades and languages that no population covers.
func (e *Evidence) bare(grades []Grade, languages []Lang) []string {
	var out []string
	for _, g := range grades {
		if !slices.ContainsFunc(e.Populations, func(p Population) bool { return slices.Contains(p.Grades, g) }) {
			out = append(out, "grade "+string(g))
		}
	}
	for _, lang := range languages {
		if !slices.ContainsFunc(e.Populations, func(p Population) bool { return slices.Contains(p.Languages, lang) }) {
			out = append(out, "the language "+string(lang))
		}
	}
	return out
}
