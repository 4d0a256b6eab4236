package fieldwork

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

const (
	rosterMaxBytes = 64 << 20
	rosterMaxField = 200
)

// rosterColumns are the headings that a roster must have; "name" and "role" are optional, any other heading is an attribute.
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
					Hint: "each person has one row"})
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
		return nil, []RosterProblem{{Line: 2, What: "the roster has nobody in it", Hint: "add a row for each person below the headings"}}, nil
	}
	return list, nil, nil
}
