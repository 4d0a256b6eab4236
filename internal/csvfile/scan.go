package csvfile

import (
	"bytes"
	"fmt"
)

// scan looks for one whole record at r.pos. It gives the record's length with its line end; done is false when the record
// does not end in what has been read so far.
func (r *Reader) scan() (n int, done bool, err error) {
	text := r.buf[r.pos:r.end]
	if len(text) == 0 {
		return 0, false, nil
	}
	r.fields = r.fields[:0]
	comma := r.comma
	for i := 0; ; i++ {
		f := field{start: i}
		if i < len(text) && text[i] == '"' {
			f.quoted = true
			i, f.doubled = closingQuote(text, i+1)
			if i < 0 || i == len(text) && !r.eof {
				if i < 0 && r.eof {
					return 0, false, r.fault(text, f.start, "the quote that opens here is never closed")
				}
				return 0, false, nil
			}
			if i+1 == len(text) && text[i] == '\r' && !r.eof {
				return 0, false, nil
			}
			f.end = i
			i += lineEndCR(text[i:])
			if i < len(text) && text[i] != comma && text[i] != '\n' {
				return 0, false, r.fault(text, i, "text follows a closing quote; a quote inside a quoted field is written twice")
			}
		} else {
			for i < len(text) && text[i] != comma && text[i] != '\n' {
				i++
			}
			if i == len(text) && !r.eof {
				return 0, false, nil
			}
			f.end = i
			if ends := i == len(text) || text[i] == '\n'; ends && i > f.start && text[i-1] == '\r' {
				f.end--
			}
		}
		if len(r.fields) == maxFields {
			return 0, false, r.fault(text, 0, fmt.Sprintf("the row that begins here has more than %d fields", maxFields))
		}
		r.fields = append(r.fields, f)
		if i < len(text) && text[i] == comma {
			continue
		}
		r.record = text[:f.end]
		r.crlf = i < len(text) && f.end < i
		return min(i+1, len(text)), true, nil
	}
}

// closingQuote finds the position after the quote that closes a field whose inside begins at i; -1 when there is none.
func closingQuote(text []byte, i int) (after int, doubled bool) {
	for {
		q := bytes.IndexByte(text[i:], '"')
		if q < 0 {
			return -1, doubled
		}
		i += q + 1
		if i == len(text) || text[i] != '"' {
			return i, doubled
		}
		doubled = true
		i++
	}
}

// lineEndCR is 1 when text begins with the CR of a line end, else 0.
func lineEndCR(text []byte) int {
	if len(text) > 0 && text[0] == '\r' && (len(text) == 1 || text[1] == '\n') {
		return 1
	}
	return 0
}

func (r *Reader) fault(text []byte, at int, message string) error {
	return &SyntaxError{Line: r.next + bytes.Count(text[:at], []byte{'\n'}), Message: message}
}
