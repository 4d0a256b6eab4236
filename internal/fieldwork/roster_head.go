package fieldwork

import (
	"fmt"
	"strings"
)

// rosterHead says where each column stands.
type rosterHead struct {
	names []string
	at    [len(rosterColumns)]int
	name  int // -1 when the roster has no names
	role  int // -1 when everybody is a student
}

func readHead(head []string) (rosterHead, []RosterProblem) {
	h := rosterHead{names: make([]string, len(head)), name: -1, role: -1}
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
		switch name {
		case "name":
			h.name = i
		case "role":
			h.role = i
		}
	}
	for c, i := range h.at {
		if i < 0 {
			hint := "the columns are " + strings.Join(rosterColumns[:], ",") + " and optionally name and role"
			if rosterColumns[c] == "grade" {
				hint = "where nobody has a grade, leave its cells empty"
			}
			if len(head) == 1 && strings.ContainsAny(head[0], ";\t") {
				hint = "separate the columns with commas (save as CSV, comma-separated)"
			}
			problems = append(problems, RosterProblem{Line: 1, Column: rosterColumns[c], What: "the column is missing", Hint: hint})
		}
	}
	return h, problems
}
