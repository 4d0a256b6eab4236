package interchange

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"surveyd/internal/catalog"
	"surveyd/internal/diag"
)

// table is one sheet of a form as a test writes it: rows of cells divided by bars.
type table struct{ name, rows string }

// workbook makes an .xlsx of sheets. Empty lines are empty rows; a cell's words need no quotes.
func workbook(t testing.TB, sheets ...table) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, s := range sheets {
		var err error
		if i == 0 {
			err = book.SetSheetName("Sheet1", s.name)
		} else {
			_, err = book.NewSheet(s.name)
		}
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(strings.Trim(s.rows, "\n"), "\n") {
			var cells []any
			for cell := range strings.SplitSeq(line, "|") {
				cells = append(cells, strings.ReplaceAll(strings.TrimSpace(cell), `\n`, "\n"))
			}
			at, _ := excelize.CoordinatesToCellName(1, n+1)
			if err := book.SetSheetRow(s.name, at, &cells); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// sheetsOf reads a form of testdata: sheets headed by "# name", rows of cells divided by bars.
func sheetsOf(t testing.TB, file string) []table {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	return sheetsIn(string(src))
}

func sheetsIn(src string) []table {
	var out []table
	for _, part := range strings.Split("\n"+src, "\n# ")[1:] {
		name, rows, _ := strings.Cut(part, "\n")
		out = append(out, table{strings.TrimSpace(name), rows})
	}
	return out
}

// checked holds a result against the checker of instrument files: no error, whatever the form was.
func checked(t testing.TB, r Result) {
	t.Helper()
	_, problems := catalog.Check([]catalog.Source{{Name: "form.yaml", Bytes: r.YAML}})
	if diag.HasError(problems) {
		var b strings.Builder
		_ = diag.Print(&b, problems, func(string) []byte { return r.YAML })
		t.Fatalf("the file does not check:\n%s\n%s", b.String(), r.YAML)
	}
}

func noted(t testing.TB, r Result, want ...string) {
	t.Helper()
	var lines []string
	for _, n := range r.Notes {
		lines = append(lines, n.String())
	}
	for _, w := range want {
		if !slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, w) }) {
			t.Errorf("no note says %q; they are\n%s", w, strings.Join(lines, "\n"))
		}
	}
}

func contains(t testing.TB, r Result, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(string(r.YAML), w) {
			t.Errorf("the file has no %q:\n%s", w, r.YAML)
		}
	}
}

// golden compares what was made with a file of testdata.
func golden(t *testing.T, file string, r Result) {
	t.Helper()
	var b strings.Builder
	for _, n := range r.Notes {
		b.WriteString(n.String() + "\n")
	}
	for name, got := range map[string]string{file + ".yaml": string(r.YAML), file + ".notes.txt": b.String()} {
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is now\n%s", path, got)
		}
	}
}

func TestAnXLSFormOfTheUsualShapeBecomesAnInstrument(t *testing.T) {
	r, err := XLSForm("club.xlsx", workbook(t, sheetsOf(t, "club.xlsform.txt")...), Options{})
	if err != nil {
		t.Fatal(err)
	}
	checked(t, r)
	golden(t, "club", r)
}

func TestTheSameXLSFormGivesTheSameBytes(t *testing.T) {
	data := workbook(t, sheetsOf(t, "club.xlsform.txt")...)
	first, err := XLSForm("club.xlsx", data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		again, err := XLSForm("club.xlsx", data, Options{})
		if err != nil || !bytes.Equal(first.YAML, again.YAML) || !slices.EqualFunc(first.Notes, again.Notes, func(a, b Note) bool { return a.String() == b.String() }) {
			t.Fatalf("another file or other notes: %v", err)
		}
	}
}
