package interchange

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// sheet is one sheet of a workbook as a table: its first row that holds something is the headings.
type sheet struct {
	name    string
	columns []string // headings as they are written, "" for none
	rows    []row
}

type row struct {
	number int // as the spreadsheet counts
	cells  []string
}

// cell gives a cell without the space around it.
func (r row) cell(column int) string {
	if column < 0 || column >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[column])
}

// readWorkbook reads every sheet of a workbook.
func readWorkbook(data []byte) ([]*sheet, error) {
	lean, err := guarded(data)
	if err != nil {
		return nil, &Error{err.Error()}
	}
	book, err := excelize.OpenReader(bytes.NewReader(lean), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: inMemoryParts,
	})
	if err != nil {
		return nil, &Error{errNoWorkbook.Error()}
	}
	defer book.Close() // takes away its temporary files
	var out []*sheet
	total := 0
	for _, name := range book.GetSheetList() {
		s, size, err := readSheet(book, name, maxText-total)
		if err != nil {
			return nil, &Error{fmt.Sprintf("the sheet %s: %v", quoted(name), err)}
		}
		total += size
		out = append(out, s)
	}
	return out, nil
}

// readSheet reads one sheet row by row; room is how many bytes of text are left to it.
func readSheet(book *excelize.File, name string, room int) (s *sheet, size int, err error) {
	rows, err := book.Rows(name)
	if err != nil {
		return nil, 0, err
	}
	defer func() {
		if closed := rows.Close(); err == nil {
			err = closed
		}
	}()
	s = &sheet{name: strings.TrimSpace(name)}
	for number := 1; rows.Next(); number++ {
		if number > excelize.TotalRows {
			return nil, 0, errDamaged
		}
		cells, err := rows.Columns()
		if err != nil {
			return nil, 0, err
		}
		used := 0
		for i, cell := range cells {
			if strings.TrimSpace(cell) != "" {
				used = i + 1
				size += len(cell)
			}
		}
		switch {
		case used == 0:
			continue
		case used > maxColumns:
			return nil, 0, errWide
		case size > room:
			return nil, 0, fmt.Errorf("the workbook holds more than %d MB of text", maxText>>20)
		case len(s.rows) >= maxRows:
			return nil, 0, fmt.Errorf("it has more than %d rows", maxRows)
		}
		cells = append([]string(nil), cells[:used]...)
		if s.columns == nil {
			for _, heading := range cells {
				s.columns = append(s.columns, strings.TrimSpace(heading))
			}
			continue
		}
		s.rows = append(s.rows, row{number: number, cells: cells})
	}
	return s, size, rows.Error()
}
