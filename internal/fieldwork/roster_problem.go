package fieldwork

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"unicode/utf8"
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
