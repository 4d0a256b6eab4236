package instrument

import (
	"fmt"
	"regexp"
	"strings"

	"surveyd/internal/diag"
)

// What is pasted from a word processor or a web page brings characters that look like a space, or like nothing, and are neither
// to YAML. Within a text a no-break space has its place; where it separates or indents it has none.

var blockText = regexp.MustCompile(`(^|[:-]\s+)[|>][-+0-9]*(\s+#.*)?$`)

const pasted = "it was pasted from a word processor or a web page; "

// cleanInvisible reports such characters, and puts spaces in the place of no-break spaces so that reading can go on. changed
// says whether there were any.
func (l *loader) cleanInvisible() (changed bool) {
	if !strings.ContainsFunc(strings.Join(l.src.lines, ""), func(r rune) bool { return isWideBlank(r) || isZeroWidth(r) }) {
		return false
	}
	outside := l.src.outsideTexts()
	for i, line := range l.src.lines {
		column := 0
		var clean strings.Builder
		for at, r := range line {
			column++
			switch {
			case isZeroWidth(r):
				l.report(diag.Error, l.src.span(i+1, column, 1), "control-character", fmt.Sprintf("the invisible character U+%04X stands here", r), pasted+"delete it")
			case isWideBlank(r) && separates(outside[i], at):
				l.report(diag.Error, l.src.span(i+1, column, 1), "control-character", fmt.Sprintf("U+%04X stands here, which looks like a space and is none to YAML", r),
					pasted+"type a space instead")
				clean.WriteByte(' ')
				changed = true
				continue
			}
			clean.WriteRune(r)
		}
		l.src.lines[i] = clean.String()
	}
	return changed
}

func isWideBlank(r rune) bool {
	return r == '\u00a0' || r == '\u2007' || r == '\u202f' || r == '\u3000'
}
func isZeroWidth(r rune) bool { return r == '\u200b' || r == '\u2060' }

// separates says whether a blank at a place of a line stands where YAML wants a space: before or behind what divides keys and
// values, or at either end of the line. Places within texts hold a zero byte.
func separates(line string, at int) bool {
	if line[at] == 0 {
		return false
	}
	blank := func(r rune) bool { return r == ' ' || r == '\t' || isWideBlank(r) }
	before, after := strings.TrimRightFunc(line[:at], blank), strings.TrimLeftFunc(line[at:], blank)
	switch {
	case before == "", after == "", after[0] == '#':
		return true
	case strings.IndexByte(":,[{", before[len(before)-1]) >= 0, strings.TrimLeft(before, " -") == "":
		return true
	}
	return strings.IndexByte(",]}", after[0]) >= 0 || after[0] == ':' && (len(after) == 1 || after[1] == ' ')
}

// outsideTexts gives the lines with a zero byte in the place of each byte of quoted texts, of block texts and of comments.
func (s *source) outsideTexts() []string {
	out := make([]string, len(s.lines))
	var quote byte
	block := -1 // the indent of the entry whose block text is read
	for i, line := range s.lines {
		masked := []byte(line)
		indent := len(line) - len(strings.TrimLeft(line, " "))
		if block >= 0 && (strings.TrimSpace(line) == "" || indent > block) {
			out[i] = strings.Repeat("\x00", len(line))
			continue
		}
		block = -1
		for at := 0; at < len(line); at++ {
			c := line[at]
			before := strings.TrimRight(line[:at], " \t\u00a0")
			switch {
			case quote != 0:
				end := closing(line, at, quote)
				if end < 0 {
					end = len(line)
				} else {
					quote = 0
				}
				for j := at; j < end; j++ {
					masked[j] = 0
				}
				at = end
			case (c == '"' || c == '\'') && (before == "" || strings.IndexByte(":,[{-", before[len(before)-1]) >= 0):
				quote = c
			case c == '#' && (at == 0 || line[at-1] == ' ' || line[at-1] == '\t'):
				for j := at + 1; j < len(line); j++ {
					masked[j] = 0
				}
				at = len(line)
			}
		}
		out[i] = string(masked)
		if text := strings.TrimRight(line, " "); quote == 0 && blockText.MatchString(text) {
			block = indent
			for strings.HasPrefix(line[block:], "- ") {
				block += 2
			}
			if !strings.Contains(line[block:], ":") {
				block -= 2
			}
		}
	}
	return out
}
