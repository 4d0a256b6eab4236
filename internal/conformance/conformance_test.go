package conformance

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the table of docs/scoring.md anew")

const (
	page  = "../../docs/scoring.md"
	begin = "<!-- written by: go test ./internal/conformance -update -->\n"
	end   = "<!-- end of what is written -->\n"
)

func TestEveryStatisticIsThatOfRAndTheTableSaysHowNearly(t *testing.T) {
	var all []*measure
	for _, part := range []func(*testing.T) []*measure{persons, models, norms, reliability, omega, favorable, change, dif, schools, quality} {
		all = append(all, part(t)...)
	}
	values := 0
	for _, m := range all {
		values += m.values
		if m.worst > m.tolerance {
			t.Errorf("%s: the largest deviation is %.3g, beyond %.3g; %s", m.statistic, m.worst, m.tolerance, m.where)
		}
		if m.values == 0 {
			t.Errorf("%s: nothing was compared", m.statistic)
		}
	}
	if t.Failed() {
		return
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), begin)
	written, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s does not have the lines between which the table stands", page)
	}
	if *update {
		if err := os.WriteFile(page, []byte(before+begin+render(all, values)+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	check(t, all, values, written)
}

// render writes the table.
func render(all []*measure, values int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s values of %d statistics are compared.\n\n| statistic | in R | values | largest deviation | at most |\n|---|---|---:|---:|---:|\n", thousands(values), len(all))
	for _, m := range all {
		fmt.Fprintf(&b, "%s%s | %s |\n", row(m), exponent(m.bound()), exponent(m.tolerance))
	}
	return b.String() + "\n"
}

// row is a line of the table up to the deviation.
func row(m *measure) string {
	return fmt.Sprintf("| %s | `%s` | %d | ", m.statistic, m.oracle, m.values)
}

// check holds the table to what was measured. The deviations of another processor may be others, as long as they keep to what is said.
func check(t *testing.T, all []*measure, values int, written string) {
	t.Helper()
	if !strings.Contains(written, thousands(values)+" values of ") {
		t.Errorf("%s does not say that %s values are compared: run go test ./internal/conformance -update", page, thousands(values))
	}
	lines := strings.Split(written, "\n")
	for _, m := range all {
		said, found := "", false
		for _, line := range lines {
			if rest, ok := strings.CutPrefix(line, row(m)); ok {
				said, _, _ = strings.Cut(rest, " |")
				found = true
			}
		}
		if !found {
			t.Errorf("%s has no line %q: run go test ./internal/conformance -update", page, row(m))
			continue
		}
		if bound, err := strconv.ParseFloat(said, 64); err != nil || m.worst > bound || bound > m.tolerance {
			t.Errorf("%s: the page says %s of at most %g, measured is %.3g; %s", m.statistic, said, m.tolerance, m.worst, m.where)
		}
		t.Logf("%-45s %5d values, largest deviation %.2g (%s)", m.statistic, m.values, m.worst, m.where)
	}
	if rows := strings.Count(written, "\n| ") - 1; rows != len(all) {
		t.Errorf("%s has %d lines, %d statistics are compared: run go test ./internal/conformance -update", page, rows, len(all))
	}
}

func exponent(x float64) string { return strconv.FormatFloat(x, 'e', -1, 64) }

// thousands writes a number with a comma before every three digits.
func thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
