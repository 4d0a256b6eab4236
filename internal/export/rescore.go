package export

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"surveyd/internal/answer"
	"surveyd/internal/csvfile"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// InvalidCell is a cell that holds no legal answer. It counts as missing.
type InvalidCell struct {
	Line   int
	Number int    // of its column, from 1
	Column string // the heading
	Value  string
}

// Unread is how many cells of one kind could not be read, and the first of them.
type Unread struct {
	N     int
	First InvalidCell
}

// ScoreReport is what scoring a file has found.
type ScoreReport struct {
	Rows     int
	Invalid  int
	Missing  []instrument.ItemID // items that no score rests on and that have no column, in the order of the file
	Replaced []string            // columns of earlier scores that did not stand at the end as this instrument writes them
	Grades   Unread              // where the grade decides what is too fast, or the norms
	Seconds  Unread
	Orders   Unread
}

// ScoreCSV copies a CSV file with answers from src to dst and adds the columns of scores. Every column passes unchanged and
// in its order, but for those of earlier scores, which are dropped. Each invalid cell is given to onInvalid, whose error ends
// the work. A file that cannot be read gives a *csvfile.SyntaxError or a *HeaderError; what was written by then must not
// be used.
func ScoreCSV(in *instrument.Instrument, src io.Reader, dst io.Writer, onInvalid func(InvalidCell) error) (ScoreReport, error) {
	reader, err := csvfile.NewReader(src)
	if err != nil {
		return ScoreReport{}, err
	}
	if err := reader.Next(); errors.Is(err, io.EOF) {
		return ScoreReport{}, &HeaderError{Message: "the file is empty; its first line must name the columns"}
	} else if err != nil {
		return ScoreReport{}, err
	}
	s := &rescorer{
		reader: reader, dst: dst, person: newPerson(in), scores: NewScoreColumns(in), onInvalid: onInvalid,
		seconds: make([]float64, len(in.Pages)), orders: make([][]int, len(in.Pages)),
	}
	for i := range s.seconds {
		s.seconds[i] = math.NaN()
	}
	s.gradeDecides = in.Quality.TooFast != nil || hasNorms(in)
	if s.heading, err = readHeading(in, reader, s.scores.Names(), &s.report); err != nil {
		return s.report, err
	}
	s.cells = make([]cellCache, len(in.Items))
	for i, item := range in.Items {
		s.cells[i].item = item
	}
	if err := s.writeHeading(); err != nil {
		return s.report, err
	}
	for {
		if err := reader.Next(); errors.Is(err, io.EOF) {
			return s.report, nil
		} else if err != nil {
			return s.report, err
		}
		if reader.Blank() && len(s.heading.roles) > 1 {
			continue
		}
		if err := s.row(); err != nil {
			return s.report, err
		}
	}
}

// rescorer is one run of ScoreCSV.
type rescorer struct {
	reader    *csvfile.Reader
	dst       io.Writer
	heading   *heading
	person    *person
	scores    *ScoreColumns
	cells     []cellCache
	onInvalid func(InvalidCell) error
	report    ScoreReport

	line  []byte
	grade instrument.Grade
	// gradeDecides says that the grade decides what is too fast, or the norms.
	gradeDecides bool
	gradeCell    string // that grade was read from
	language     instrument.Lang
	seconds      []float64
	orders       [][]int
}

func (s *rescorer) writeHeading() error {
	s.line = s.line[:0]
	if s.reader.HasBOM() {
		s.line = append(s.line, csvfile.BOM...)
	}
	s.line = s.appendKept(s.line)
	for _, name := range s.scores.Names() {
		s.line = append(s.line, ',')
		s.line = csvfile.AppendField(s.line, csvfile.Defuse(name))
	}
	return s.end()
}

// appendKept appends the columns that pass through, as they stand in the file.
func (s *rescorer) appendKept(dst []byte) []byte {
	for i, from := range s.heading.kept {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, s.reader.Raw(from)...)
	}
	return dst
}

func (s *rescorer) end() error {
	if s.heading.crlf {
		s.line = append(s.line, '\r')
	}
	s.line = append(s.line, '\n')
	if _, err := s.dst.Write(s.line); err != nil {
		return fmt.Errorf("write scores: %w", err)
	}
	return nil
}

func (s *rescorer) row() error {
	if got, want := s.reader.Len(), len(s.heading.roles); got != want {
		return &csvfile.SyntaxError{Line: s.reader.Line(), Message: fmt.Sprintf("the row has %d fields, the heading %d", got, want)}
	}
	s.report.Rows++
	for _, column := range s.heading.read {
		if err := s.cell(column); err != nil {
			return err
		}
	}
	s.person.resolver.Resolve(s.person.answers)
	who := scoring.Respondent{Grade: s.grade, Language: s.language, Seconds: s.seconds, Order: s.orders}
	s.person.scorer.ScoreInto(&s.person.result, s.person.answers, who)
	s.line = s.scores.Append(s.appendKept(s.line[:0]), &s.person.result)
	return s.end()
}

// cell reads one cell that scoring needs.
func (s *rescorer) cell(column int) error {
	role := s.heading.roles[column]
	value := s.reader.Value(column)
	switch role.kind {
	case roleItem:
		a := s.cells[role.index].parse(value)
		s.person.answers[role.index] = a
		if a.Invalid {
			s.report.Invalid++
			return s.onInvalid(s.unread(column, value))
		}
	case roleGrade:
		s.readGrade(column, value)
	case roleLanguage:
		if string(value) != string(s.language) {
			s.language = instrument.Lang(strings.TrimSpace(string(value)))
		}
	case roleSeconds:
		s.seconds[role.index] = s.readSeconds(column, value)
	case roleOrder:
		s.orders[role.index] = s.readOrder(column, value, s.person.in.Pages[role.index])
	}
	return nil
}

func (s *rescorer) unread(column int, value []byte) InvalidCell {
	return InvalidCell{Line: s.reader.LineOf(column), Number: column + 1, Column: s.heading.names[column], Value: string(value)}
}

func (s *rescorer) note(u *Unread, column int, value []byte) {
	if u.N == 0 {
		u.First = s.unread(column, value)
	}
	u.N++
}

func (s *rescorer) readGrade(column int, value []byte) {
	if string(value) != s.gradeCell {
		s.gradeCell = string(value)
		s.grade = gradeOf(csvfile.Undefuse(s.gradeCell))
	}
	if _, ok := s.grade.Rank(); !ok && s.grade != "" && s.grade != "NA" && s.gradeDecides {
		s.note(&s.report.Grades, column, value)
	}
}

func (s *rescorer) readSeconds(column int, value []byte) float64 {
	text := strings.TrimSpace(string(value))
	if text == "" || text == "NA" {
		return math.NaN()
	}
	seconds, err := strconv.ParseFloat(text, 64)
	if err != nil || !csvfile.IsNumber(text) || !scoring.KnownSeconds(seconds) {
		s.note(&s.report.Seconds, column, value)
		return math.NaN()
	}
	return seconds
}

func (s *rescorer) readOrder(column int, value []byte, page *instrument.Page) []int {
	order := s.orders[page.Index][:0]
	text := strings.TrimSpace(string(value))
	if text == "" || text == "NA" {
		return order
	}
	for id := range strings.SplitSeq(text, ";") {
		item, ok := s.person.in.Item(instrument.ItemID(strings.TrimSpace(id)))
		if !ok {
			s.note(&s.report.Orders, column, value)
			return order[:0]
		}
		order = append(order, item.Index)
	}
	if !scoring.IsOrder(page, order) {
		s.note(&s.report.Orders, column, value)
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

func (c *cellCache) parse(cell []byte) answer.Answer {
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
	a := answer.ParseCell(c.item, text)
	if len(text) <= 32 && len(c.long) < cacheLimit {
		if c.long == nil {
			c.long = make(map[string]answer.Answer)
		}
		c.long[text] = a
	}
	return a
}
