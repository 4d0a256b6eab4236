package layout

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

var (
	// plainWord is what every reader of YAML takes for the text that it is, in every place.
	plainWord = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_./-]*$`)
	plainKey  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)
	plainInt  = regexp.MustCompile(`^(0|-?[1-9][0-9]{0,8}|[0-9]+\.[0-9]+\.[0-9]+)$`) // or a version
	// special words are something else to some readers, among them single letters of old ones.
	special = regexp.MustCompile(`^(?i:y|n|yes|no|on|off|true|false|null|nan|inf|na)$`)
)

// scalar writes a single value that stands on one line. What a quote or its absence means to the check is kept: an unquoted yes
// stays unquoted, so that check can speak of it.
func scalar(n *node, inBrackets, cut bool) string {
	v := n.y.Value
	if isPlain(n.y) {
		switch {
		case v == "":
			return ""
		case n.shape.text && !special.MatchString(v) && v != "~" && !cut:
			return quote(v)
		case plainSafe(v, inBrackets):
			return v
		}
		return quote(v)
	}
	if !n.shape.text && !special.MatchString(v) && (plainWord.MatchString(v) || plainInt.MatchString(v)) {
		return v
	}
	return quote(v)
}

// keyText writes a key.
func keyText(key *yaml.Node, quoted bool) string {
	v := key.Value
	switch {
	case special.MatchString(v) && isPlain(key):
		return v
	case quoted:
		return quote(v)
	case !special.MatchString(v) && plainKey.MatchString(v):
		return v
	case isPlain(key) && v != "" && plainSafe(v, true):
		return v
	}
	return quote(v)
}

// isPlain says whether a scalar stands without quotes, on a line.
func isPlain(n *yaml.Node) bool {
	const marked = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	return n.Style&marked == 0
}

// plainSafe says whether a text can stand unquoted, as a key or a value, and is read as it stands.
func plainSafe(v string, inBrackets bool) bool {
	if plainWord.MatchString(v) || plainInt.MatchString(v) {
		return true
	}
	if strings.ContainsAny(v, "\n\r\t") || strings.ContainsFunc(v, mustEscape) {
		return false
	}
	form := "k: %s\n"
	if inBrackets {
		form = "{k: %s}\n"
	}
	return readsAs(fmt.Sprintf(form, v), v, isPlain) && readsAs(fmt.Sprintf("- %s\n", v), v, isPlain)
}

// readsAs says whether the only value in a small file is a text of a kind.
func readsAs(file, want string, kind func(*yaml.Node) bool) bool {
	var doc yaml.Node
	if yaml.Unmarshal([]byte(file), &doc) != nil || len(doc.Content) != 1 {
		return false
	}
	in := doc.Content[0]
	if len(in.Content) != 1 && len(in.Content) != 2 {
		return false
	}
	n := in.Content[len(in.Content)-1]
	return n.Kind == yaml.ScalarNode && n.Value == want && kind(n) && n.Anchor == "" && n.Style&yaml.TaggedStyle == 0 &&
		n.LineComment == "" && n.FootComment == "" && in.FootComment == "" && doc.FootComment == ""
}

// quote writes a text in double quotes. Characters that cannot be seen are written by their number.
func quote(v string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range v {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case !mustEscape(r):
			b.WriteRune(r)
		case r <= 0xff:
			fmt.Fprintf(&b, `\x%02X`, r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			fmt.Fprintf(&b, `\U%08X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// mustEscape says whether a character is not to be written as itself. No-break spaces and joiners have their place in texts.
func mustEscape(r rune) bool {
	return !unicode.IsPrint(r) && !slices.Contains([]rune{'\u00a0', '\u202f', '\u200c', '\u200d'}, r)
}

// blockText writes a text below its key: the sign that follows the key, and its lines without their indent. ok is false when it
// has to stand in quotes.
func blockText(n *node) (sign string, lines []string, ok bool) {
	v := n.y.Value
	body := strings.TrimSuffix(v, "\n")
	if strings.TrimSpace(v) == "" || strings.HasSuffix(body, "\n") || strings.ContainsFunc(strings.ReplaceAll(body, "\n", ""), mustEscape) {
		return "", nil, false
	}
	sign, lines = "|", strings.Split(body, "\n")
	if n.y.Style&yaml.FoldedStyle != 0 {
		sign, lines = ">", n.folded
	}
	for _, line := range lines {
		if strings.TrimSpace(line) != "" {
			if line[0] == ' ' {
				sign += "2" // the text itself begins with a space
			}
			break
		}
	}
	if body == v {
		sign += "-"
	}
	file := "k: " + sign + "\n"
	for i, line := range lines {
		if line != "" {
			file += "  " + line
		}
		if i < len(lines)-1 || body != v || n.y.Style&yaml.FoldedStyle != 0 {
			file += "\n"
		}
	}
	return sign, lines, readsAs(strings.TrimSuffix(file, "\n")+"\n", v, isBlockText)
}
