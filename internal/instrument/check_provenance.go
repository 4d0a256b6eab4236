package instrument

import (
	"fmt"
	"slices"
	"strings"
)

// checkProvenance verifies what parents must be asked, and warns of an instrument that does not say where it comes from.
func (l *loader) checkProvenance(d *draft) {
	p := &d.in.Provenance
	m := d.provenance
	if m == nil {
		l.warnAt(d.root.place("provenance"), "no-provenance", "there is no provenance", "add provenance: who wrote it, under which license, with what evidence")
		return
	}
	for _, key := range []string{"authors", "license"} {
		if m.value(key) == nil {
			l.warnAt(d.root.key("provenance"), "no-provenance", fmt.Sprintf("the provenance has no %s", key), fmt.Sprintf("add %s: others must know whose words these are and how they may use them", key))
		}
	}
	if d.evidence == nil {
		l.warnAt(d.root.key("provenance"), "no-evidence", "the provenance has no evidence", "add evidence: {status: experimental} if nobody has answered it yet")
	}
	topics := m.value("protected_topics")
	if len(p.ProtectedTopics) > 0 && p.Consent != OptOut && p.Consent != OptIn {
		at := m.value("consent")
		if at == nil {
			at = topics.Content[0]
		}
		l.errAt(at, "consent-too-weak", "the instrument asks about a topic protected by the PPRA, and parents could not refuse",
			"write consent: opt-out or consent: opt-in")
	}
}

// checkEvidence warns of evidence that does not reach the audience.
func (l *loader) checkEvidence(d *draft) {
	if d.evidence == nil {
		return
	}
	e := &d.in.Provenance.Evidence
	status := d.evidence.value("status")
	if e.Status == Retired {
		l.warnAt(status, "retired", "the instrument is retired", "give its successor; this one stays readable for old data")
	}
	if len(e.Populations) == 0 {
		if e.Status == Piloted || e.Status == Validated {
			l.warnAt(status, "evidence-gap", fmt.Sprintf("the status is %s, but no population is named", e.Status), "add populations: [{grades, languages, n, source}]")
		}
		return
	}
	bare := e.bare(d.in.Audience.Grades, d.in.Languages)
	if len(bare) > 0 {
		l.warnAt(d.evidence.key("populations"), "evidence-gap", "no population covers "+strings.Join(bare, ", "), "add the study that does, or narrow the audience; reports warn outside of it")
	}
}

// checkTranslations verifies that every translation says which source texts it was made from.
func (l *loader) checkTranslations(d *draft) {
	if len(d.in.Languages) == 0 || d.provenance == nil {
		return
	}
	source := d.in.Languages[0]
	digest, known := d.textDigest(source), d.digestKnown(source)
	withDigest := func(hint string) string {
		if !known {
			return "correct the errors in the source texts and ids; then the digest of the source texts is printed here"
		}
		return fmt.Sprintf(hint, digest[:digestLength])
	}
	m := l.provenanceTranslation(d)
	for _, p := range m {
		lang := Lang(p.key.Value)
		switch {
		case lang == source:
			l.errAt(p.key, "unknown-language", fmt.Sprintf("%s is the source language, the first of languages", lang), "name a language that was translated from it")
		case !slices.Contains(d.in.Languages, lang):
			l.errAt(p.key, "unknown-language", fmt.Sprintf("there is no language %q", lang), "add it to languages, or take the entry away")
		}
	}
	for _, lang := range d.in.Languages[1:] {
		t := d.translation[lang]
		switch {
		case t == nil:
			l.warnAt(d.root.key("provenance"), "translation-unrecorded", fmt.Sprintf("nothing is said of the translation to %s", lang),
				withDigest("add translation: {"+string(lang)+": {method, reviewer, date, source: \"%s\"}}; that is the digest of the source texts as they are now"))
		case t.value("source") == nil:
			at := t.place("source")
			l.warnAt(at, "translation-unrecorded", fmt.Sprintf("the translation to %s does not say which source texts it was made from", lang),
				withDigest("add source: \"%s\" if it was made from the texts as they are now"))
		case !known: // whether the source still matches cannot be said
		default:
			n := t.value("source")
			if said := strings.ToLower(n.Value); len(said) < digestLength || !strings.HasPrefix(digest, said) {
				l.warnAt(n, "translation-stale", fmt.Sprintf("the translation to %s was made from other source texts than the present ones", lang),
					withDigest("have it looked over, then write source: \"%s\""))
			}
		}
	}
}

func (l *loader) provenanceTranslation(d *draft) []pair {
	n := d.provenance.value("translation")
	if n == nil {
		return nil
	}
	quiet := &loader{src: l.src} // its keys have been reported
	return quiet.mapping(n, "the translation").pairs
}
