package main

import (
	"fmt"
	"strings"

	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

// leftOutWords say who somebody is whom an instrument is not for, one and several.
var leftOutWords = map[fieldwork.LeftOut][2]string{
	fieldwork.LeftOutGrade:   {"student of another grade", "students of other grades"},
	fieldwork.LeftOutNoGrade: {"student without a grade", "students without a grade"},
	fieldwork.LeftOutStudent: {"student", "students"},
	fieldwork.LeftOutFamily:  {"family row", "family rows"},
	fieldwork.LeftOutStaff:   {"staff member", "staff members"},
}

// beyondWords lists whom an instrument is not for: "12 students of other grades and 3 staff members".
func beyondWords(list []fieldwork.Beyond) string {
	var said []string
	for _, b := range list {
		words := leftOutWords[b.Why]
		if b.People == 1 {
			said = append(said, "1 "+words[0])
		} else {
			said = append(said, fmt.Sprintf("%d %s", b.People, words[1]))
		}
	}
	return inWords(said)
}

func inWords(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

// audienceWords say whom an instrument is for.
func audienceWords(a instrument.Audience) string {
	switch a.Adults {
	case "family":
		return "families"
	case "staff":
		return "staff"
	}
	grades := make([]string, len(a.Grades))
	for i, g := range a.Grades {
		grades[i] = string(g)
	}
	if len(grades) == 1 {
		return "grade " + grades[0]
	}
	return "grades " + inWords(grades)
}

// refuseNobody is the error of an administration that would ask nobody although there are people in its sites and groups:
// it could not be taken back.
func refuseNobody(in *instrument.Instrument, c fieldwork.Coverage) error {
	if c.Covered > 0 || len(c.Beyond) == 0 {
		return nil
	}
	hint := "--everyone asks them all the same"
	if in.Audience.Adults != "" {
		hint = fmt.Sprintf("import rows whose column role says %s, or use --everyone, which asks them all the same", in.Audience.Adults)
	}
	if in.Audience.Adults == "family" {
		hint = "import rows whose column role says family, or use --by-child, which makes a code for each student that the family answers with"
	}
	return fmt.Errorf("%s is for %s, and the roster's people in these sites and groups are %s: nothing was created; %s",
		in.ID, audienceWords(in.Audience), beyondWords(c.Beyond), hint)
}

// tellEnrolment says whom a new administration asks and whom it leaves out.
func tellEnrolment(p process, in *instrument.Instrument, n fieldwork.NewAdministration, c fieldwork.Coverage) {
	beyond := beyondWords(c.Beyond)
	switch {
	case n.Everyone && beyond != "":
		fmt.Fprintf(p.stderr, "warning: %s is for %s; because of --everyone it also asks %s\n", in.ID, audienceWords(in.Audience), beyond)
	case n.ByChild:
		fmt.Fprintf(p.stdout, "asks the families of %s, each with its child's code\n", plural(c.Covered, "student"))
	default:
		fmt.Fprintf(p.stdout, "asks %d on the roster: it is for %s\n", c.Covered, audienceWords(in.Audience))
	}
	if !n.Everyone && beyond != "" {
		fmt.Fprintf(p.stdout, "leaves out %s\n", beyond)
	}
}
