package fieldwork

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"surveyd/internal/csvfile"
	"surveyd/internal/instrument"
)

func readRow(line int, row []string, h rosterHead) (Participant, []RosterProblem) {
	var problems []RosterProblem
	for i, cell := range row {
		row[i] = strings.TrimSpace(cell)
		switch {
		case formula(row[i]):
			problems = append(problems, RosterProblem{Line: line, Column: h.names[i], What: fmt.Sprintf("%q begins like a spreadsheet formula", short(row[i])),
				Hint: "begin it with a letter or a digit"})
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
		// An adult has no grade; a student without one is counted in the plan.
		if row[i] == "" && rosterColumns[c] != "grade" {
			problems = append(problems, RosterProblem{Line: line, Column: rosterColumns[c], What: "the field is empty", Hint: "everybody on the roster needs one"})
		}
	}
	if text := row[h.at[1]]; text != "" {
		grade, ok := readGrade(text)
		if !ok {
			problems = append(problems, RosterProblem{Line: line, Column: "grade", What: fmt.Sprintf("%q is no grade", short(text)), Hint: "write TK, K or 1 to 12; for an adult leave it empty"})
		}
		p.Grade = grade
	}
	if h.role >= 0 {
		role, ok := readRole(row[h.role])
		if !ok {
			problems = append(problems, RosterProblem{Line: line, Column: "role", What: fmt.Sprintf("%q is no role", short(row[h.role])),
				Hint: "write student, family or staff; empty means student"})
		}
		p.Role = role
	}
	if lang := string(p.Language); lang != "" && !languageTag(lang) {
		problems = append(problems, RosterProblem{Line: line, Column: "language", What: fmt.Sprintf("%q is no language code", short(lang)), Hint: "write two letters such as en or es"})
	}
	for i, name := range h.names {
		if i == h.name {
			p.Name = row[i]
			continue
		}
		if i != h.role && !isRosterColumn(name) && row[i] != "" {
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

func readRole(text string) (Role, bool) {
	switch strings.ToLower(text) {
	case "", "student":
		return RoleStudent, true
	case "family":
		return RoleFamily, true
	case "staff":
		return RoleStaff, true
	}
	return "", false
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

// formula says whether a spreadsheet would compute a cell instead of showing it: what an export would have to defuse.
func formula(cell string) bool { return csvfile.Defuse(cell) != cell }

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
