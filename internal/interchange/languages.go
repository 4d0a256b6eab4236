package interchange

import (
	"regexp"
	"strings"
)

var (
	languageTag   = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$`)
	tagInBrackets = regexp.MustCompile(`\(([A-Za-z0-9-]+)\)\s*$`)
)

// languageNames are the languages that authors name without a tag: the ones most spoken at home by students in the United
// States, in English and in their own words.
var languageNames = map[string]string{
	"english": "en", "spanish": "es", "español": "es", "espanol": "es", "castellano": "es", "french": "fr", "français": "fr", "francais": "fr",
	"portuguese": "pt", "português": "pt", "portugues": "pt", "chinese": "zh", "中文": "zh", "vietnamese": "vi", "tiếng việt": "vi", "arabic": "ar", "العربية": "ar",
	"korean": "ko", "한국어": "ko", "tagalog": "tl", "filipino": "fil", "armenian": "hy", "հայերեն": "hy", "russian": "ru", "русский": "ru",
	"persian": "fa", "farsi": "fa", "japanese": "ja", "日本語": "ja", "german": "de", "deutsch": "de", "haitian creole": "ht", "hmong": "hmn", "khmer": "km", "somali": "so",
}

// languageOf finds the tag of a language as a heading names it: English (en), en, English.
func languageOf(name string) (string, bool) {
	name = strings.TrimSpace(name)
	if m := tagInBrackets.FindStringSubmatch(name); m != nil {
		if tag := canonicalTag(m[1]); languageTag.MatchString(tag) {
			return tag, true
		}
	}
	if tag, ok := languageNames[strings.ToLower(name)]; ok {
		return tag, true
	}
	tag := canonicalTag(name)
	return tag, languageTag.MatchString(tag)
}

// canonicalTag writes a tag's parts in the case that they have: es-MX, zh-Hant.
func canonicalTag(tag string) string {
	parts := strings.Split(strings.ReplaceAll(tag, "_", "-"), "-")
	for i, part := range parts {
		switch {
		case i == 0:
			parts[i] = strings.ToLower(part)
		case len(part) == 4:
			parts[i] = strings.ToUpper(part[:1]) + strings.ToLower(part[1:])
		default:
			parts[i] = strings.ToUpper(part)
		}
	}
	return strings.Join(parts, "-")
}
