package answerfile

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"surveyd/internal/answer"
	"surveyd/internal/csvfile"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// cell reads one cell that scoring needs.
func (r *Reader) cell(column int) error {
	role := r.heading.roles[column]
	value := r.csv.Value(column)
	switch role.kind {
	case roleItem:
		a := r.cells[role.index].parse(value, r.comma)
		r.answers[role.index] = a
		if a.Invalid {
			r.report.Invalid++
			if r.hearing.Invalid != nil {
				fault := r.unread(column, value)
				fault.Unjoined = unjoined(r.in.Items[role.index], fault.Value)
				return r.hearing.Invalid(fault)
			}
		}
	case roleGrade:
		r.readGrade(column, value)
	case roleLanguage:
		if string(value) != string(r.language) {
			r.language = instrument.Lang(strings.TrimSpace(string(value)))
		}
	case roleSeconds:
		r.seconds[role.index] = r.readSeconds(column, value)
	case roleOrder:
		r.orders[role.index] = r.readOrder(column, value, r.in.Pages[role.index])
	}
	return nil
}

// unjoined says whether a cell holds codes of an item with several answers that are parted by spaces, commas or bars.
func unjoined(item *instrument.Item, cell string) bool {
	if item.Kind != instrument.Multiple || strings.Contains(cell, ";") {
		return false
	}
	codes := strings.FieldsFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '|' })
	return len(codes) > 1 && !answer.ParseCell(item, strings.Join(codes, ";")).Invalid
}

func (r *Reader) unread(column int, value []byte) InvalidCell {
	text, _ := csvfile.Text(value)
	return InvalidCell{Line: r.csv.LineOf(column), Number: column + 1, Column: r.heading.names[column], Value: text}
}

func (r *Reader) note(u *Unread, column int, value []byte) {
	if u.N == 0 {
		u.First = r.unread(column, value)
	}
	u.N++
}

func (r *Reader) readGrade(column int, value []byte) {
	if string(value) != r.gradeCell {
		r.gradeCell = string(value)
		r.grade = Grade(csvfile.Undefuse(r.gradeCell))
	}
	if _, ok := r.grade.Rank(); !ok && r.grade != "" && r.grade != "NA" && r.gradeDecides {
		r.note(&r.report.Grades, column, value)
	}
}

// Grade reads a grade as a file writes it. Tables of numbers write 6.0, or 6,0, for 6.
func Grade(cell string) instrument.Grade {
	text := strings.TrimSpace(cell)
	if at := strings.IndexAny(text, ".,"); at > 0 && at+1 < len(text) && strings.Trim(text[at+1:], "0") == "" && strings.Trim(text[:at], "0123456789") == "" {
		text = text[:at]
	}
	return instrument.Grade(text)
}

func (r *Reader) readSeconds(column int, value []byte) float64 {
	text := strings.TrimSpace(string(value))
	if text == "" || text == "NA" {
		return math.NaN()
	}
	if r.comma {
		text = decimalPoint(text)
	}
	seconds, err := strconv.ParseFloat(text, 64)
	if err != nil || !csvfile.IsNumber(text) || !scoring.KnownSeconds(seconds) {
		r.note(&r.report.Seconds, column, value)
		return math.NaN()
	}
	return seconds
}

func (r *Reader) readOrder(column int, value []byte, page *instrument.Page) []int {
	order := r.orders[page.Index][:0]
	text := strings.TrimSpace(string(value))
	if text == "" || text == "NA" {
		return order
	}
	for id := range strings.SplitSeq(text, ";") {
		item, ok := r.in.Item(instrument.ItemID(strings.TrimSpace(id)))
		if !ok {
			r.note(&r.report.Orders, column, value)
			return order[:0]
		}
		order = append(order, item.Index)
	}
	if !scoring.IsOrder(page, order) {
		r.note(&r.report.Orders, column, value)
		return order[:0]
	}
	return order
}

// cellCache keeps what the cells of one item's column mean: a column has few different cells and very many rows.
type cellCache struct {
	item  *instrument.Item
	short [128]*answer.Answer // of cells of one ASCII character
	long  map[string]answer.Answer
}

// cacheLimit keeps a column with many different cells, such as free text, from filling the memory.
const cacheLimit = 512

func (c *cellCache) parse(cell []byte, decimalComma bool) answer.Answer {
	if len(cell) == 1 && cell[0] < 128 {
		if a := c.short[cell[0]]; a != nil {
			return *a
		}
		a := answer.ParseCell(c.item, string(cell))
		c.short[cell[0]] = &a
		return a
	}
	if a, ok := c.long[string(cell)]; ok {
		return a
	}
	text := string(cell)
	a := answer.ParseCell(c.item, c.reading(text, decimalComma))
	if len(text) <= 32 && len(c.long) < cacheLimit {
		if c.long == nil {
			c.long = make(map[string]answer.Answer)
		}
		c.long[text] = a
	}
	return a
}

// reading is a cell as it must have been before it was saved: a text in UTF-8, and a number with a decimal point.
func (c *cellCache) reading(cell string, decimalComma bool) string {
	switch {
	case c.item.Kind == instrument.FreeText:
		cell, _ = csvfile.Text([]byte(cell))
	case decimalComma:
		cell = decimalPoint(cell)
	}
	return cell
}

// decimalPoint writes 2,5 as 2.5: where semicolons or tabs part the fields, a comma between digits is the decimal mark. Anything
// else stays.
func decimalPoint(cell string) string {
	if at := strings.IndexByte(cell, ','); at > 0 && at+1 < len(cell) && !strings.Contains(cell, ".") {
		if number := cell[:at] + "." + cell[at+1:]; csvfile.IsNumber(strings.TrimSpace(number)) {
			return number
		}
	}
	return cell
}
