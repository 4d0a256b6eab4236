package fieldwork

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"surveyd/internal/instrument"
)

// RosterProblem is one thing that is wrong with a roster file. Line counts from 1; Column is a heading, empty when the
// whole row is meant.
type RosterProblem struct {
	Line   int
	Column string
	What   string
	Hint   string
}

// String writes the problem as line, column, what is wrong and what would be right.
func (p RosterProblem) String() string {
	s := fmt.Sprintf("line %d: ", p.Line)
	if p.Column != "" {
		s += "column " + p.Column + ": "
	}
	s += p.What
	if p.Hint != "" {
		s += "; " + p.Hint
	}
	return s
}

const (
	rosterMaxBytes = 64 << 20
	rosterMaxField = 200
)

// rosterColumns are the headings that a roster must have; "name" is optional, any other heading is an attribute.
var rosterColumns = [...]string{"student_id", "grade", "language", "site", "group"}

// ReadRoster reads a roster file. Every row is checked; when there is any problem no participant is to be used. The
// participants have no ID yet: it needs the key.
func ReadRoster(r io.Reader) ([]Participant, []RosterProblem, error) {
	data, err := io.ReadAll(io.LimitReader(r, rosterMaxBytes+1))
	if err != nil {
		return nil, nil, fmt.Errorf("read roster: %w", err)
	}
	if len(data) > rosterMaxBytes {
		return nil, nil, fmt.Errorf("the roster is larger than %d MB", rosterMaxBytes>>20)
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if problems := badUTF8(data); problems != nil {
		return nil, problems, nil
	}
	records := csv.NewReader(bytes.NewReader(data))
	records.FieldsPerRecord = -1
	head, err := records.Read()
	if err == io.EOF {
		return nil, []RosterProblem{{Line: 1, What: "the file is empty", Hint: "the first row names the columns: " + strings.Join(rosterColumns[:], ",")}}, nil
	}
	if err != nil {
		return nil, []RosterProblem{csvProblem(err)}, nil
	}
	h, problems := readHead(head)
	if problems != nil {
		return nil, problems, nil
	}
	return readRows(records, h)
}

// rosterHead says where each column stands.
type rosterHead struct {
	names []string
	at    [len(rosterColumns)]int
	name  int // -1 when the roster has no names
}

func readHead(head []string) (rosterHead, []RosterProblem) {
	h := rosterHead{names: make([]string, len(head)), name: -1}
	for i := range h.at {
		h.at[i] = -1
	}
	var problems []RosterProblem
	seen := map[string]bool{}
	for i, raw := range head {
		name := strings.ToLower(strings.TrimSpace(raw))
		h.names[i] = name
		switch {
		case name == "":
			problems = append(problems, RosterProblem{Line: 1, What: fmt.Sprintf("heading %d is empty", i+1), Hint: "give the column a name or delete it"})
		case seen[name]:
			problems = append(problems, RosterProblem{Line: 1, Column: name, What: "the heading stands twice", Hint: "keep one of the two"})
		case formula(name):
			problems = append(problems, RosterProblem{Line: 1, Column: name, What: "the heading begins like a spreadsheet formula", Hint: "begin it with a letter"})
		}
		seen[name] = true
		for c, want := range rosterColumns {
			if name == want {
				h.at[c] = i
			}
		}
		if name == "name" {
			h.name = i
		}
	}
	for c, i := range h.at {
		if i < 0 {
			hint := "the columns are " + strings.Join(rosterColumns[:], ",") + " and optionally name"
			if len(head) == 1 && strings.ContainsAny(head[0], ";\t") {
				hint = "separate the columns with commas (save as CSV, comma-separated)"
			}
			problems = append(problems, RosterProblem{Line: 1, Column: rosterColumns[c], What: "the column is missing", Hint: hint})
		}
	}
	return h, problems
}

func readRows(records *csv.Reader, h rosterHead) ([]Participant, []RosterProblem, error) {
	var list []Participant
	var problems []RosterProblem
	firstLine := map[StudentID]int{}
	for {
		row, err := records.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			var parse *csv.ParseError
			if !errors.As(err, &parse) {
				return nil, nil, fmt.Errorf("read roster: %w", err)
			}
			// After a broken quote nothing that follows can be trusted to be where it seems.
			problems = append(problems, csvProblem(err))
			break
		}
		line, _ := records.FieldPos(0)
		if blank(row) {
			continue
		}
		if len(row) != len(h.names) {
			problems = append(problems, RosterProblem{Line: line, What: fmt.Sprintf("the row has %d fields, the heading has %d", len(row), len(h.names)),
				Hint: "put a field that contains a comma in double quotes"})
			continue
		}
		p, bad := readRow(line, row, h)
		problems = append(problems, bad...)
		if p.Student != "" {
			if first, doubled := firstLine[p.Student]; doubled {
				problems = append(problems, RosterProblem{Line: line, Column: "student_id", What: fmt.Sprintf("%q stands on line %d already", p.Student, first),
					Hint: "each student has one row"})
			} else {
				firstLine[p.Student] = line
			}
		}
		list = append(list, p)
	}
	if len(problems) > 0 {
		return nil, problems, nil
	}
	if len(list) == 0 {
		return nil, []RosterProblem{{Line: 2, What: "the roster has no students", Hint: "add a row for each student below the headings"}}, nil
	}
	return list, nil, nil
}

func readRow(line int, row []string, h rosterHead) (Participant, []RosterProblem) {
	var problems []RosterProblem
	for i, cell := range row {
		row[i] = strings.TrimSpace(cell)
		switch {
		case formula(row[i]) && !signedNumber(row[i]):
			problems = append(problems, RosterProblem{Line: line, Column: h.names[i], What: fmt.Sprintf("%q begins like a spreadsheet formula", short(row[i])),
				Hint: "remove the leading " + row[i][:1]})
		case len(row[i]) > rosterMaxField:
			problems = append(problems, RosterProblem{Line: line, Column: h.names[i], What: "the field is longer than 200 bytes", Hint: "shorten it"})
		case strings.ContainsFunc(row[i], unicode.IsControl):
			problems = append(problems, RosterProblem{Line: line, Column: h.names[i], What: "the field contains a control character or line break", Hint: "remove it"})
		}
	}
	p := Participant{
		Student: StudentID(row[h.at[0]]), Language: instrument.Lang(strings.ToLower(row[h.at[2]])),
		Site: SiteID(row[h.at[3]]), Group: GroupID(row[h.at[4]]),
	}
	for c, i := range h.at {
		if row[i] == "" {
			problems = append(problems, RosterProblem{Line: line, Column: rosterColumns[c], What: "the field is empty", Hint: "every student needs one"})
		}
	}
	if text := row[h.at[1]]; text != "" {
		grade, ok := readGrade(text)
		if !ok {
			problems = append(problems, RosterProblem{Line: line, Column: "grade", What: fmt.Sprintf("%q is no grade", short(text)), Hint: "write TK, K or 1 to 12"})
		}
		p.Grade = grade
	}
	if lang := string(p.Language); lang != "" && !languageTag(lang) {
		problems = append(problems, RosterProblem{Line: line, Column: "language", What: fmt.Sprintf("%q is no language code", short(lang)), Hint: "write two letters such as en or es"})
	}
	for i, name := range h.names {
		if i == h.name {
			p.Name = row[i]
			continue
		}
		if !isRosterColumn(name) && row[i] != "" {
			p.Attributes = append(p.Attributes, Attribute{Name: name, Value: row[i]})
		}
	}
	return p, problems
}

// readGrade takes the forms that school systems write: "5", "05" and lower case.
func readGrade(text string) (instrument.Grade, bool) {
	text = strings.ToUpper(text)
	if len(text) == 2 && text[0] == '0' {
		text = text[1:]
	}
	grade := instrument.Grade(text)
	_, ok := grade.Rank()
	return grade, ok
}

func languageTag(s string) bool {
	if len(s) < 2 || len(s) > 3 {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return r < 'a' || r > 'z' })
}

func isRosterColumn(name string) bool {
	for _, c := range rosterColumns {
		if c == name {
			return true
		}
	}
	return false
}

// formula says whether a spreadsheet would compute a cell instead of showing it.
func formula(cell string) bool {
	return cell != "" && strings.ContainsRune("=+-@", rune(cell[0]))
}

func signedNumber(cell string) bool {
	rest := strings.TrimLeft(cell[1:], "0123456789")
	rest = strings.TrimLeft(strings.TrimPrefix(rest, "."), "0123456789")
	return (cell[0] == '-' || cell[0] == '+') && len(cell) > 1 && rest == ""
}

func blank(row []string) bool {
	for _, cell := range row {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

func short(s string) string {
	if utf8.RuneCountInString(s) <= 40 {
		return s
	}
	return string([]rune(s)[:40]) + "…"
}

func badUTF8(data []byte) []RosterProblem {
	if utf8.Valid(data) {
		return nil
	}
	var problems []RosterProblem
	for i, line := range bytes.Split(data, []byte("\n")) {
		if !utf8.Valid(line) {
			problems = append(problems, RosterProblem{Line: i + 1, What: "the row is not valid UTF-8", Hint: "save the file as CSV UTF-8"})
		}
	}
	return problems
}

func csvProblem(err error) RosterProblem {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return RosterProblem{Line: parse.Line, What: "a double quote is out of place", Hint: "put the whole field in double quotes and double those inside it"}
	}
	return RosterProblem{Line: 1, What: err.Error()}
}
