package interchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// A workbook is a zip of XML, and both can be made to cost a thousand times their size. So only the parts that are needed
// reach the reader of workbooks, and each is first walked through as bytes, with nothing kept: how large it is unpacked, how
// deep, how long its tags and its texts, how many cells a row has.

const (
	maxParts      = 2000      // files in the zip
	maxSmallPart  = 512 << 10 // bytes of the workbook's own description
	maxStrings    = 4 << 20   // bytes of the shared texts
	maxSheet      = 16 << 20  // bytes of one sheet
	maxUnpacked   = 48 << 20  // bytes of all parts that are read
	maxShared     = 200_000   // shared texts
	maxTag        = 8 << 10   // bytes of one tag with its attributes
	maxXMLDepth   = 60
	inMemoryParts = 256 << 10 // bytes from which the reader of workbooks puts a sheet into a temporary file
)

var errNoWorkbook = errors.New("this is no .xlsx workbook; save the form as an Excel workbook (.xlsx)")

// guarded gives a workbook with the parts that are needed alone, after having walked through them.
func guarded(data []byte) ([]byte, error) {
	if len(data) > maxFile {
		return nil, fmt.Errorf("the workbook is larger than %d MB", maxFile>>20)
	}
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errNoWorkbook
	}
	if len(in.File) > maxParts {
		return nil, errors.New("the workbook has too many parts")
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	total, seen := uint64(0), map[string]bool{}
	for _, part := range in.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(part.Name, `\`, "/"), "/"))
		limit := partLimit(name)
		if limit == 0 {
			continue
		}
		if total += part.UncompressedSize64; part.UncompressedSize64 > limit || total > maxUnpacked {
			return nil, fmt.Errorf("%s of the workbook is too large for a form", quoted(part.Name))
		}
		if seen[name] {
			return nil, fmt.Errorf("%s stands twice in the workbook", quoted(part.Name))
		}
		seen[name] = true
		if err := walkPart(part, strings.HasSuffix(name, "sharedstrings.xml")); err != nil {
			return nil, fmt.Errorf("%s of the workbook: %w", quoted(part.Name), err)
		}
		if err := w.Copy(part); err != nil {
			return nil, errNoWorkbook
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// partLimit is how large a part may be unpacked; 0 for a part that is not read: styles, drawings, macros.
func partLimit(name string) uint64 {
	switch dir := path.Dir(name); {
	case name == "[content_types].xml", strings.HasSuffix(name, ".rels") && (dir == "_rels" || dir == "xl/_rels"),
		dir == "xl" && strings.HasPrefix(name, "xl/workbook"):
		return maxSmallPart
	case name == "xl/sharedstrings.xml":
		return maxStrings
	case dir == "xl/worksheets" && strings.HasSuffix(name, ".xml"):
		return maxSheet
	}
	return 0
}

func walkPart(part *zip.File, shared bool) error {
	r, err := part.Open()
	if err != nil {
		return errNoWorkbook
	}
	defer r.Close()
	walk := xmlWalk{shared: shared}
	buf := make([]byte, 32<<10)
	for {
		n, err := r.Read(buf)
		for _, c := range buf[:n] {
			if err := walk.byte(c); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return walk.end()
		}
		if err != nil {
			return errNoWorkbook
		}
	}
}

// xmlWalk goes through XML byte by byte and keeps counts only.
type xmlWalk struct {
	shared bool // the part of shared texts
	state  walkState
	tag    []byte // the first bytes of the tag that is read
	length int    // of the tag, comment or text that is read
	quote  byte
	last   [2]byte
	depth  int
	cells  int  // of the row that is read, or the shared texts
	inside bool // a cell, or a shared text
	text   int  // bytes of the cell or shared text that is read
}

type walkState uint8

const (
	walkText walkState = iota
	walkTag
	walkComment
	walkCData
	walkInstruction
)

var (
	errTooDeep   = errors.New("it is nested too deep")
	errLongTag   = errors.New("a tag is too long")
	errLongText  = fmt.Errorf("a cell has more than %d characters", maxCell)
	errWide      = fmt.Errorf("a row has more than %d cells", maxColumns)
	errEncoding  = errors.New("it is not in UTF-8")
	errManyTexts = fmt.Errorf("it has more than %d texts", maxShared)
	errDamaged   = errors.New("it is damaged")
	errDoctype   = errors.New("it has a document type, which no workbook needs")
)

// end verifies that the part is whole: readers of workbooks stop at the first fault without a word.
func (w *xmlWalk) end() error {
	if w.state != walkText || w.depth != 0 {
		return errDamaged
	}
	return nil
}

func (w *xmlWalk) byte(c byte) error {
	if c == 0 || c >= 0xfe {
		return errEncoding
	}
	last := w.last
	w.last = [2]byte{last[1], c}
	switch w.state {
	case walkText:
		if c == '<' {
			w.state, w.length, w.tag, w.quote = walkTag, 0, w.tag[:0], 0
			return nil
		}
		return w.textByte()
	case walkComment:
		if c == '>' && last == [2]byte{'-', '-'} {
			w.state = walkText
		}
	case walkCData:
		if c == '>' && last == [2]byte{']', ']'} {
			w.state = walkText
			return nil
		}
		return w.textByte()
	case walkInstruction:
		if w.length++; w.length > maxTag {
			return errLongTag
		}
		w.tag = append(w.tag, c)
		if c == '>' && last[1] == '?' {
			w.state = walkText
			return w.instruction()
		}
	case walkTag:
		return w.tagByte(c)
	}
	return nil
}

func (w *xmlWalk) textByte() error {
	if w.text++; w.inside && w.text > maxCell {
		return errLongText
	}
	return nil
}

// maxTagKept is how much of a tag is looked at: its name.
const maxTagKept = 64

func (w *xmlWalk) tagByte(c byte) error {
	if w.length++; w.length > maxTag {
		return errLongTag
	}
	if w.quote != 0 {
		if c == w.quote {
			w.quote = 0
		}
		return nil
	}
	if c == '>' {
		w.state = walkText
		return w.endTag(w.last[0] == '/')
	}
	if len(w.tag) < maxTagKept {
		w.tag = append(w.tag, c)
	}
	switch s := string(w.tag); {
	case s == "!--":
		w.state, w.last = walkComment, [2]byte{}
	case s == "![CDATA[":
		w.state = walkCData
	case s == "?":
		w.state = walkInstruction
	case s == "!DOCTYPE", s == "!ENTITY":
		return errDoctype
	case c == '"' || c == '\'':
		w.quote = c
	}
	return nil
}

func (w *xmlWalk) endTag(closedItself bool) error {
	name, _, _ := strings.Cut(strings.TrimRight(string(w.tag), "/"), " ")
	if i := strings.IndexAny(name, "\t\r\n"); i >= 0 {
		name = name[:i]
	}
	if strings.HasPrefix(name, "!") {
		return errDoctype
	}
	name, closing := strings.CutPrefix(name, "/")
	if _, local, ok := strings.Cut(name, ":"); ok {
		name = local
	}
	switch {
	case closing:
		w.depth--
	case !closedItself:
		w.depth++
	}
	if w.depth > maxXMLDepth {
		return errTooDeep
	}
	switch {
	case w.shared && name == "si", !w.shared && name == "c":
		w.inside, w.text = !closing && !closedItself, 0
		if !closing {
			w.cells++
		}
	case name == "row":
		w.cells = 0
	}
	switch {
	case w.shared && w.cells > maxShared:
		return errManyTexts
	case !w.shared && w.cells > maxColumns:
		return errWide
	}
	return nil
}

// instruction verifies that the part says no other encoding than the one that was walked through.
func (w *xmlWalk) instruction() error {
	s := strings.ToLower(string(w.tag))
	_, after, found := strings.Cut(s, "encoding")
	if !found {
		return nil
	}
	after = strings.TrimLeft(after, " \t\r\n=\"'")
	if strings.HasPrefix(after, "utf-8") || strings.HasPrefix(after, "us-ascii") {
		return nil
	}
	return errEncoding
}
