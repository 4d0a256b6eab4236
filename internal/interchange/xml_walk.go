package interchange

import (
	"errors"
	"fmt"
	"strings"
)

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
