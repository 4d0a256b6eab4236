package config

import (
	"fmt"
	"strings"
)

// Problem is one bad value.
type Problem struct {
	Source   string // the flag or variable, as the operator wrote it
	Value    string // without any password
	Expected string
	Cause    error // from the operating system, if it has more to say
}

func (p Problem) String() string {
	text := fmt.Sprintf("%s: %q is not valid; expected %s", p.Source, p.Value, p.Expected)
	if p.Cause != nil {
		text += fmt.Sprintf(" (%v)", p.Cause)
	}
	return text
}

// Problems are all bad values of one start. Error gives one line for each.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}
