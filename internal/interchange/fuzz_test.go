package interchange

import (
	"errors"
	"strings"
	"testing"

	"surveyd/internal/catalog"
	"surveyd/internal/condition"
	"surveyd/internal/diag"
)

// holds fails unless a result is an instrument file without an error, or a refusal with its reason.
func holds(t *testing.T, r Result, err error) {
	t.Helper()
	for _, n := range r.Notes {
		if strings.ContainsAny(n.String(), "\n\r") {
			t.Errorf("a note of several lines: %q", n.String())
		}
	}
	if err != nil {
		if refused := new(Error); !errors.As(err, &refused) || refused.Message == "" {
			t.Fatalf("no reason: %v", err)
		}
		return
	}
	_, problems := catalog.Check([]catalog.Source{{Name: "form.yaml", Bytes: r.YAML}})
	if diag.HasError(problems) {
		t.Fatalf("%v\n%s", problems, r.YAML)
	}
}

func FuzzXLSForm(f *testing.F) {
	f.Add(workbook(f, sheetsOf(f, "club.xlsform.txt")...))
	f.Add(workbook(f, table{"survey", "type | name | label\ntext | a | A"}))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := XLSForm("form.xlsx", data, Options{})
		holds(t, r, err)
	})
}

// FuzzXLSFormCells fills the sheets with any cells: mutating a zip's bytes hardly ever gets past its checksums.
func FuzzXLSFormCells(f *testing.F) {
	for _, file := range []string{"club.xlsform.txt"} {
		var parts []string
		for _, s := range sheetsOf(f, file) {
			parts = append(parts, s.rows)
		}
		f.Add(parts[0], parts[1], parts[2])
	}
	f.Add("type | name | label\nselect_one a | q | Q?", "list_name | name | label\na | -92 | A\na | NA | B", "form_title\nT")
	f.Fuzz(func(t *testing.T, survey, choices, settings string) {
		x := &xlsform{form: &form{source: "an XLSForm", dialect: xpath, title: text{}, id: "form"}, lists: map[string]*set{}, named: map[string]bool{}}
		x.settings(cellsOf("settings", settings))
		a, b := cellsOf("survey", survey), cellsOf("choices", choices)
		x.languagesOf(a, b)
		x.choices(b)
		x.survey(a)
		r, err := x.finish(Options{})
		holds(t, r, err)
	})
}

func cellsOf(name, src string) *sheet {
	s := &sheet{name: name}
	for n, line := range strings.Split(strings.ToValidUTF8(src, "\ufffd"), "\n") {
		var cells []string
		for cell := range strings.SplitSeq(line, "|") {
			cells = append(cells, strings.ReplaceAll(strings.TrimSpace(cell), `\n`, "\n"))
		}
		if n == 0 {
			s.columns = cells
			continue
		}
		s.rows = append(s.rows, row{number: n + 1, cells: cells})
	}
	return s
}

func FuzzREDCap(f *testing.F) {
	f.Add(dictionary(f, "club.redcap.csv"))
	f.Add([]byte("field_name,field_type,field_label,select_choices_or_calculations\na,radio,A,\"1, x | 1, y | NA, z\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := REDCap("dictionary.csv", data, Options{})
		holds(t, r, err)
	})
}

// FuzzREDCapRows keeps the headings, so that the rows below are read.
func FuzzREDCapRows(f *testing.F) {
	head, rows, _ := strings.Cut(string(dictionary(f, "club.redcap.csv")), "\n")
	for line := range strings.SplitSeq(rows, "\n") {
		f.Add(line)
	}
	f.Add(rows)
	f.Fuzz(func(t *testing.T, rows string) {
		r, err := REDCap("dictionary.csv", []byte(head+"\n"+rows), Options{})
		holds(t, r, err)
	})
}

func fuzzExpr(f *testing.F, d dialect, seeds ...string) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		e, err := parseExpr(src, d)
		if err != nil {
			return
		}
		for _, negated := range []bool{false, true} {
			l, err := scene(d).translate(e, negated)
			if err != nil || l.kind == logicTrue || l.kind == logicFalse {
				continue
			}
			out := l.String()
			if _, problem := condition.Parse(out); problem != nil && problem.Code != "condition-too-deep" {
				t.Fatalf("%q became %q: %s", src, out, problem.Message)
			}
		}
	})
}

func FuzzXPath(f *testing.F) {
	fuzzExpr(f, xpath, `${q1} = 1`, `selected(${b}, 'x') and not(${hours} > 3 or ${club} != 'yes')`, `string-length(${more}) > 0`, `. >= 0 and . <= 40`,
		`count-selected(${b}) = 0 or (${q1} != '' and ${q1} - 1 > 2)`, `true() and -1 < number(${hours})`)
}

func FuzzBranchingLogic(f *testing.F) {
	fuzzExpr(f, logical, `[q1] = '1' and ([b(2)] = "1" or [hours] > 3)`, `[q1] <> '' && !([two] = '0')`, `not [q1] = '5' or [b(x)] <> 1`, `[event_1][q1] = 1`)
}
