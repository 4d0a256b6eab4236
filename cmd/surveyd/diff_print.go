package main

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"surveyd/internal/compare"
	"surveyd/internal/instrument"
)

// levelWords say what a level of change is.
var levelWords = []struct{ level, words string }{
	{"major", "scores mean something else, or stored answers cannot be read"},
	{"minor", "something is added, or set out in another way"},
	{"patch", "wording that keeps its meaning"},
}

// write prints the changes in groups, the largest first, then the trend lines and the version.
func (r diffReport) write(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s %s -> %s\n", r.ID, r.Old, r.New)
	for _, group := range levelWords {
		first := true
		for _, c := range r.Changes {
			if c.Level != group.level {
				continue
			}
			if first {
				fmt.Fprintf(out, "\n%s: %s\n", group.level, group.words)
				first = false
			}
			c.write(out)
		}
	}
	if len(r.Changes) == 0 {
		fmt.Fprint(out, "\nnothing changed but, at most, comments and layout\n")
	}
	r.writeTrends(out)
	fmt.Fprintf(out, "\n%s\n", r.verdict())
	return out.Flush()
}

func (c diffChange) write(out io.Writer) {
	fmt.Fprintf(out, "  %s:%d: %s\n", c.File, c.Line, c.Message)
	switch {
	case c.Confirm:
		fmt.Fprintf(out, "      old: %s\n      new: %s\n", indented(c.Old), indented(c.New))
		fmt.Fprint(out, "      does it still mean the same? then it is a patch; if not, it is a major change\n")
	default:
		fmt.Fprintf(out, "      %s\n", c.Reason)
	}
}

// indented writes a text of several lines below its first one.
func indented(s string) string {
	lines := strings.Split(`"`+s+`"`, "\n")
	for i, line := range lines {
		if i > 0 && line != "" {
			lines[i] = "           " + line
		}
	}
	return strings.Join(lines, "\n")
}

func (r diffReport) writeTrends(out io.Writer) {
	if len(r.Trends) == 0 {
		return
	}
	width := 0
	for _, t := range r.Trends {
		width = max(width, len(t.Scale))
	}
	fmt.Fprint(out, "\ntrend lines\n")
	for _, t := range r.Trends {
		fmt.Fprintf(out, "  %-*s  %s\n", width, t.Scale, t.words())
	}
}

func (t diffTrend) words() string {
	var s string
	switch t.Effect {
	case compare.Continues:
		s = "continues as " + t.New
	case compare.Breaks:
		s = fmt.Sprintf("breaks: scores before and after cannot be put on one line; %s ends and %s begins", t.Old, t.New)
		if t.Old == t.New {
			s = fmt.Sprintf("breaks: scores before and after cannot be put on one line, yet both are %s; its home needs a new major version", t.Old)
		}
	case compare.Restarts:
		s = fmt.Sprintf("continues in substance, since it is scored as before, under a new name: %s ends and %s begins", t.Old, t.New)
	case compare.Begins:
		s = "begins as " + t.New
	case compare.Ends:
		s = t.Old + " ends"
	}
	if len(t.Words) > 0 && t.Effect != compare.Breaks {
		s += fmt.Sprintf("; only if the new words of %s mean the same", strings.Join(wordsOf(t.Words), ", "))
	}
	return s
}

func wordsOf(ids []instrument.ItemID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

// verdict says whether the version promises what the changes are.
func (r diffReport) verdict() string {
	confirm := ""
	if n := len(slices.DeleteFunc(slices.Clone(r.Changes), func(c diffChange) bool { return !c.Confirm })); n > 0 {
		confirm = fmt.Sprintf("; %s to be confirmed by a person", plural(n, "text"))
	}
	switch {
	case r.Level == compare.None.String() && !r.older:
		return fmt.Sprintf("version: %s will do; nothing has to be promised", r.New)
	case r.older:
		return fmt.Sprintf("version: %s is older than %s; name the old version first, or raise the new one to %s at least", r.New, r.Old, r.Required)
	case !r.Enough && r.New == r.Old:
		return fmt.Sprintf("version: still %s, and a published version never changes; the changes are %s, so it has to be %s at least%s", r.New, r.Level, r.Required, confirm)
	case !r.Enough:
		return fmt.Sprintf("version: %s promises a %s change, but the changes are %s; it has to be %s at least%s", r.New, r.Promised, r.Level, r.Required, confirm)
	case r.Promised == "major" && r.Level != "major":
		return fmt.Sprintf("version: %s promises a major change, which ends every trend line of the instrument; %s would be enough%s", r.New, r.Required, confirm)
	}
	return fmt.Sprintf("version: %s promises enough%s", r.New, confirm)
}
