package instrument

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// digestLength is how much of a digest of texts is printed: enough that a change does not go unseen.
const digestLength = 6

// textDigest is the SHA-256 of every text in one language, in hex. Where a text stands in the file, how it is wrapped and
// the texts' order make no difference.
func (d *draft) textDigest(lang Lang) string {
	texts := make([]*textDraft, len(d.texts))
	copy(texts, d.texts)
	slices.SortStableFunc(texts, func(a, b *textDraft) int { return strings.Compare(a.path, b.path) })
	h := sha256.New()
	for _, t := range texts {
		writeToken(h, 'p', t.path)
		writeToken(h, 't', strings.Join(strings.Fields(t.text[lang]), " "))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// digestKnown says whether the digest is that of the texts as they will be when the errors are corrected: none of them is in
// error in that language, nor an id or code that names one.
func (d *draft) digestKnown(lang Lang) bool {
	if d.textLost || !d.includeLost && (d.items.lost || d.pages.lost) {
		return false // what is included has no part in it
	}
	for _, ids := range []*names{d.settings, d.sets, d.items, d.pages, d.scales} {
		if ids.double {
			return false
		}
	}
	for _, s := range d.setList {
		if s.bad || len(s.Options) == 0 {
			return false
		}
	}
	for _, t := range d.texts {
		parts := strings.Split(t.path, "/")
		if text := t.text[lang]; text == "" || text == unreadText || len(parts) > 1 && !namePattern.MatchString(parts[1]) {
			return false
		}
	}
	return true
}
