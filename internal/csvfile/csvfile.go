// Package csvfile reads and writes CSV text (RFC 4180, UTF-8, with commas or whatever else spreadsheets put between fields)
// without changing a byte that it was not asked to change: a record gives each field both as it stands in the file and as the
// value that it means. It refuses to know what the columns are.
package csvfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// maxRecord bounds one record, so that a quote that is never closed cannot pull a whole file into memory.
const maxRecord = 16 << 20

// maxFields bounds the fields of one record, each of which takes more room than the comma that makes it. A spreadsheet has a
// quarter of that.
const maxFields = 1 << 16

// BOM is the byte order mark that spreadsheets put before UTF-8.
const BOM = "\ufeff"

// SyntaxError is text that is no CSV.
type SyntaxError struct {
	Line    int // counts from 1; of a record over several lines, where the fault stands
	Message string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Message) }

// Reader reads records one after the other; its memory does not grow with their number.
type Reader struct {
	src      io.Reader
	buf      []byte
	pos, end int // buf[pos:end] is read from src but belongs to later records
	eof      bool

	line   int // of the record that Next found
	next   int // of the record after it
	bom    bool
	comma  byte
	before []byte // the line that names the separator, as it stands in the file
	crlf   bool
	record []byte
	fields []field
	value  []byte // scratch for a value with doubled quotes
}

// field is a part of Reader.record.
type field struct {
	start, end int
	quoted     bool
	doubled    bool // has doubled quotes within
}

// NewReader reads from src, with commas between fields. A byte order mark is taken off; text in UTF-16 is a *SyntaxError.
func NewReader(src io.Reader) (*Reader, error) {
	r := &Reader{src: src, buf: make([]byte, 128<<10), next: 1, comma: ','}
	for r.end < 3 && !r.eof {
		if err := r.fill(); err != nil {
			return nil, err
		}
	}
	head := r.buf[:r.end]
	if bytes.HasPrefix(head, []byte{0xFF, 0xFE}) || bytes.HasPrefix(head, []byte{0xFE, 0xFF}) {
		return nil, &SyntaxError{Line: 1, Message: "the file is UTF-16; save it as CSV UTF-8"}
	}
	if bytes.HasPrefix(head, []byte(BOM)) {
		r.bom = true
		r.pos = len(BOM)
	}
	return r, nil
}

// HasBOM says whether the text began with a byte order mark.
func (r *Reader) HasBOM() bool { return r.bom }

// CRLF says whether the current record ended with CR LF.
func (r *Reader) CRLF() bool { return r.crlf }

// Len is the number of fields of the current record.
func (r *Reader) Len() int { return len(r.fields) }

// Blank says whether the current record is an empty line, or one of spaces.
func (r *Reader) Blank() bool { return len(r.fields) == 1 && len(bytes.TrimSpace(r.record)) == 0 }

// Raw is field i as it stands in the file, with its quotes; valid until Next.
func (r *Reader) Raw(i int) []byte { return r.record[r.fields[i].start:r.fields[i].end] }

// Value is what field i means; valid until the next call of Value or Next.
func (r *Reader) Value(i int) []byte {
	f := r.fields[i]
	if !f.quoted {
		return r.record[f.start:f.end]
	}
	inner := r.record[f.start+1 : f.end-1]
	if !f.doubled {
		return inner
	}
	r.value = r.value[:0]
	for {
		q := bytes.IndexByte(inner, '"')
		if q < 0 {
			r.value = append(r.value, inner...)
			return r.value
		}
		r.value = append(r.value, inner[:q+1]...)
		inner = inner[q+2:]
	}
}

// Line is the line on which the current record begins, counted from 1.
func (r *Reader) Line() int { return r.line }

// LastLine is the line on which the current record ends: a later one than Line when a field holds line breaks.
func (r *Reader) LastLine() int { return r.line + bytes.Count(r.record, []byte{'\n'}) }

// LineOf is the line on which field i of the current record begins.
func (r *Reader) LineOf(i int) int {
	return r.line + bytes.Count(r.record[:r.fields[i].start], []byte{'\n'})
}

// Next goes to the next record. io.EOF after the last; a *SyntaxError for what is no CSV, behind which only Skip leads; else src's
// error.
func (r *Reader) Next() error {
	for {
		n, done, err := r.scan()
		if err != nil {
			return err
		}
		if done {
			r.line = r.next
			r.next += bytes.Count(r.buf[r.pos:r.pos+n], []byte{'\n'})
			r.pos += n
			return nil
		}
		if r.eof {
			return io.EOF
		}
		if err := r.fill(); err != nil {
			return err
		}
	}
}

// Skip passes over the line on which a record begins that Next could not read, so that Next goes on with the line after it. What the
// record was to hold beyond that line is read as rows of its own.
func (r *Reader) Skip() error {
	for {
		if end := bytes.IndexByte(r.buf[r.pos:r.end], '\n'); end >= 0 {
			r.pos += end + 1
			r.next++
			return nil
		}
		r.pos = r.end
		if r.eof {
			return nil
		}
		if err := r.fill(); err != nil {
			return err
		}
	}
}

// fill reads more behind what is there; it makes room first.
func (r *Reader) fill() error {
	if r.pos > 0 {
		r.end = copy(r.buf, r.buf[r.pos:r.end])
		r.pos = 0
	}
	if r.end == len(r.buf) {
		if len(r.buf) >= maxRecord {
			return &SyntaxError{Line: r.next, Message: "the row that begins here is longer than 16 MB; is a quote not closed?"}
		}
		r.buf = append(r.buf, make([]byte, len(r.buf))...)
	}
	for range 100 {
		n, err := r.src.Read(r.buf[r.end:])
		r.end += n
		if errors.Is(err, io.EOF) {
			r.eof = true
			return nil
		}
		if err != nil || n > 0 {
			return err
		}
	}
	return io.ErrNoProgress
}
