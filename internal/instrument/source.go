package instrument

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"surveyd/internal/diag"
)

// MaxSource is the largest file that is read, in bytes; a battery of 200 items in five languages has less than half of
// it. Read as YAML a file takes up to eighty times its size, which so stays below 100 MB.
const MaxSource = 512 << 10

// source is a file as the author sees it: lines and characters.
type source struct {
	file  string
	lines []string
}

// newSource cuts a file into lines. What could shift positions or is no text at all is reported; ok is false when the
// file cannot be read any further.
func newSource(file string, src []byte) (s *source, body []byte, list []diag.Diagnostic, ok bool) {
	fail := func(line, column int, code, message, hint string) (*source, []byte, []diag.Diagnostic, bool) {
		return nil, nil, []diag.Diagnostic{{
			Span:     diag.Span{File: file, Line: line, Column: column, Length: 1},
			Severity: diag.Error, Code: code, Message: message, Hint: hint,
		}}, false
	}
	if len(src) > MaxSource {
		return fail(1, 1, "file-too-large", fmt.Sprintf("the file has more than %d bytes", MaxSource), "keep one instrument in one file; pictures stand beside it")
	}
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) {
		return fail(1, 1, "encoding", "the file is written in UTF-16", "save it as UTF-8")
	}
	body = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	line, column := 1, 1
	for i := 0; i < len(body); {
		r, size := utf8.DecodeRune(body[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			return fail(line, column, "encoding", fmt.Sprintf("the byte 0x%02X is not UTF-8", body[i]), "save the file as UTF-8; it may be in Latin-1 or Windows-1252")
		case r == '\n':
			line, column, i = line+1, 1, i+1
			continue
		case r == '\r' && i+1 < len(body) && body[i+1] == '\n':
			i++
			continue
		case r == '\r', r == '\u0085', r == '\u2028', r == '\u2029':
			return fail(line, column, "control-character", fmt.Sprintf("U+%04X ends a line for YAML, but not in an editor", r), "end lines with a line feed")
		case r != '\t' && (r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0), r == '\ufeff', r == '\ufffe', r == '\uffff':
			return fail(line, column, "control-character", fmt.Sprintf("the invisible character U+%04X stands here", r), "delete it")
		}
		column++
		i += size
	}
	text := strings.ReplaceAll(string(body), "\r\n", "\n")
	return &source{file: file, lines: strings.Split(text, "\n")}, body, nil, true
}

// line gives a line by its number from 1.
func (s *source) line(n int) string {
	if n < 1 || n > len(s.lines) {
		return ""
	}
	return s.lines[n-1]
}

// span is a place of so many characters; one that would lie behind the end of the file is moved to the end.
func (s *source) span(line, column, length int) diag.Span {
	line = min(max(line, 1), len(s.lines))
	return diag.Span{File: s.file, Line: line, Column: max(column, 1), Length: max(length, 1)}
}

// runeIndex is the byte offset of the character at column in a line.
func runeIndex(line string, column int) int {
	n := 1
	for i := range line {
		if n == column {
			return i
		}
		n++
	}
	return len(line)
}
