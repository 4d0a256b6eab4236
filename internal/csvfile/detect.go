package csvfile

import (
	"bytes"
	"errors"
	"io"
)

// separators are what spreadsheets put between fields, the likeliest first: Excel takes semicolons where the comma is the
// decimal mark.
const separators = ",;\t"

// Detect reads from src like NewReader, and finds out what stands between the fields: what a first line such as sep=; says, or else
// the separator that divides the heading into most fields. Blank lines before the heading are passed over.
// A workbook is a *SyntaxError.
func Detect(src io.Reader) (*Reader, error) {
	r, err := NewReader(src)
	if err != nil {
		return nil, err
	}
	if head := r.buf[r.pos:r.end]; bytes.HasPrefix(head, []byte("PK\x03")) || bytes.HasPrefix(head, []byte{0xD0, 0xCF, 0x11}) {
		return nil, &SyntaxError{Line: 1, Message: "this is a workbook; save it as CSV (UTF-8) and give that file"}
	}
	if err := r.passBlank(); err != nil {
		return nil, err
	}
	if named, err := r.named(); named || err != nil {
		return r, err
	}
	most := 0
	best := byte(',')
	for i := range len(separators) {
		r.comma = separators[i]
		n, err := r.peek()
		var syntax *SyntaxError
		switch {
		case errors.As(err, &syntax): // Next will say so, unless another separator makes sense of the line
		case err != nil:
			return nil, err
		case n > most:
			most, best = n, separators[i]
		}
	}
	r.comma = best
	return r, nil
}

// Separator is what stands between the fields.
func (r *Reader) Separator() byte { return r.comma }

// SeparatorLine is the line before the heading that names the separator, with its line end; empty when the file has none.
func (r *Reader) SeparatorLine() []byte { return r.before }

// peek gives the number of fields of the record that Next will find; 0 at the end.
func (r *Reader) peek() (int, error) {
	for {
		_, done, err := r.scan()
		if err != nil {
			return 0, err
		}
		if done {
			return len(r.fields), nil
		}
		if r.eof {
			return 0, nil
		}
		if err := r.fill(); err != nil {
			return 0, err
		}
	}
}

// passBlank goes to the first line that holds something.
func (r *Reader) passBlank() error {
	for {
		text := r.buf[r.pos:r.end]
		end := bytes.IndexByte(text, '\n')
		switch {
		case end >= 0 && len(bytes.TrimSpace(text[:end])) == 0:
			r.pos += end + 1
			r.next++
		case end >= 0 || r.eof || len(bytes.TrimSpace(text)) > 0:
			return nil
		default:
			if err := r.fill(); err != nil {
				return err
			}
		}
	}
}

// namesSeparator is how the line begins by which Excel is told the separator.
const namesSeparator = "sep="

// named takes a line such as sep=; off and believes it.
func (r *Reader) named() (bool, error) {
	const longest = len("\"sep=;\"\r\n")
	for r.end-r.pos < longest && !r.eof {
		if err := r.fill(); err != nil {
			return false, err
		}
	}
	text := r.buf[r.pos:r.end]
	end := bytes.IndexByte(text, '\n')
	if end < 0 || end >= longest {
		return false, nil
	}
	line := bytes.Trim(bytes.TrimSuffix(text[:end], []byte{'\r'}), `"`)
	if len(line) != len(namesSeparator)+1 || !bytes.EqualFold(line[:len(namesSeparator)], []byte(namesSeparator)) {
		return false, nil
	}
	comma := line[len(namesSeparator)]
	if comma >= 0x80 || comma == '"' || comma < ' ' && comma != '\t' {
		return false, nil
	}
	r.comma = comma
	r.before = bytes.Clone(text[:end+1])
	r.pos += end + 1
	r.next++
	return true, nil
}
