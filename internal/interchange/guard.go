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
