package instrument

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

var (
	yamlMessage = regexp.MustCompile(`^yaml: (?:line ([0-9]+): )?(.*)$`)
	secondColon = regexp.MustCompile(`:\s+[^'"\s\[{|>#][^'"]*?(:)(\s|$)`)
	noSpace     = regexp.MustCompile(`^\s*(- +)?[A-Za-z_]+:[^\s:]`)
)

// syntaxError explains why the file is not YAML at all. The parser names a line at best, so the place within it is
// found here.
func (l *loader) syntaxError(err error) {
	faults := l.src.faults()
	for _, f := range faults {
		line := l.src.line(f.line)
		l.report(diag.Error, l.src.span(f.line, utf8.RuneCountInString(line[:f.at])+1, f.length), f.code, f.message, f.hint)
	}
	if len(faults) > 0 {
		return
	}
	m := yamlMessage.FindStringSubmatch(err.Error())
	if m == nil {
		l.errAt(nil, "yaml-syntax", err.Error(), "correct it; nothing else can be checked before that")
		return
	}
	message := m[2]
	line, _ := strconv.Atoi(m[1]) // empty means the first line, which the parser counts as 0
	switch {
	case strings.HasPrefix(message, "did not find expected key"), strings.HasPrefix(message, "did not find expected '-'"),
		strings.HasPrefix(message, "did not find expected node"):
		line = l.failingLine(err)
	case strings.HasPrefix(message, "did not find"):
		line++ // the parser counts the start of an open bracket from 0
	case m[1] == "":
		line = l.failingLine(err)
	}
	l.explainSyntax(max(line, 1), message)
}

// failingLine finds the first line with which the file fails as the whole does.
func (l *loader) failingLine(whole error) int {
	low, high := 1, len(l.src.lines)
	for low < high {
		mid := (low + high) / 2
		var n yaml.Node
		err := yaml.Unmarshal([]byte(strings.Join(l.src.lines[:mid], "\n")+"\n"), &n)
		if err != nil && err.Error() == whole.Error() {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}

func (l *loader) explainSyntax(number int, message string) {
	line := l.src.line(number)
	at := func(offset, length int, code, message, hint string) {
		l.report(diag.Error, l.src.span(number, utf8.RuneCountInString(line[:offset])+1, length), code, message, hint)
	}
	start := len(line) - len(strings.TrimLeft(line, " "))
	if strings.HasPrefix(message, "mapping values are not allowed") {
		if m := secondColon.FindStringSubmatchIndex(line); m != nil {
			at(m[2], 1, "unquoted-colon", "a colon stands inside of an unquoted text", "put the text in double quotes")
			return
		}
	}
	switch {
	case strings.HasPrefix(message, "mapping values are not allowed"):
		at(start, 1, "yaml-syntax", "this line is indented deeper than the key it belongs to, or a text in it has an unquoted colon", "line it up with the keys above, or put the text in quotes")
	case strings.Contains(message, "cannot start any token"):
		offset := strings.IndexAny(line, "@`%")
		if offset < 0 {
			offset = start
		}
		at(offset, 1, "yaml-syntax", fmt.Sprintf("a text cannot begin with %s", firstChar(line[offset:])), "put the text in quotes")
	case strings.HasPrefix(message, "did not find expected key"), strings.HasPrefix(message, "did not find expected '-'"):
		at(start, 1, "yaml-syntax", "this line does not fit the ones above", "line it up: the keys of one thing, and the dashes of one list, begin in one column")
	case strings.HasPrefix(message, "block sequence entries are not allowed"):
		at(max(strings.Index(line, "- "), start), 1, "yaml-syntax", "a dash begins a list here, where a value should stand", "put a text that begins with a dash in double quotes; the items of a list begin new lines")
	case strings.HasPrefix(message, "could not find expected ':'") && noSpace.MatchString(line):
		at(start, utf8.RuneCountInString(strings.TrimSpace(line)), "yaml-syntax", "a space is missing behind the colon", "write key: value")
	case strings.HasPrefix(message, "could not find expected ':'"):
		at(start, 1, "yaml-syntax", "a key without a colon stands here or in the line above", "write key: value")
	case strings.Contains(message, "anchor"):
		offset := max(strings.IndexByte(line, '*'), 0)
		at(offset, 1, "yaml-alias", message, "write that part out; a text that begins with * needs quotes")
	default:
		at(start, 1, "yaml-syntax", "this is not YAML: "+message, "correct it; nothing else can be checked before that")
	}
}

func firstChar(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	return fmt.Sprintf("%q", r)
}
