package csvfile_test

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"surveyd/internal/csvfile"
)

func TestTheSeparatorIsFoundInTheHeading(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		comma byte
		head  []string
	}{
		"commas":                      {"a,b\n1;2,3\n", ',', []string{"a", "b"}},
		"semicolons":                  {"a;b\n1;2\n", ';', []string{"a", "b"}},
		"tabs":                        {"a\tb\n1\t2\n", '\t', []string{"a", "b"}},
		"semicolons, a comma in one":  {"a, first;b;c\n", ';', []string{"a, first", "b", "c"}},
		"as many of both":             {"a;b,c\n", ',', []string{"a;b", "c"}},
		"semicolons between quotes":   {"\"a,b,c\";\"d\"\n", ';', []string{"a,b,c", "d"}},
		"one column":                  {"a\n1\n", ',', []string{"a"}},
		"nothing":                     {"", ',', nil},
		"named":                       {"sep=;\na,b,c;d\n", ';', []string{"a,b,c", "d"}},
		"named, in quotes":            {"\ufeff\"sep=|\"\r\na|b\r\n", '|', []string{"a", "b"}},
		"named, large":                {"SEP=\t\na\tb\n", '\t', []string{"a", "b"}},
		"a column called sep":         {"sep=,x\n1,2\n", ',', []string{"sep=", "x"}},
		"blank lines before":          {"\n  \r\n\na;b\n", ';', []string{"a", "b"}},
		"a quote that is not closed":  {"\"a;b\n", ',', nil},
		"quotes of another separator": {"\"a\"\t\"b\"\n", '\t', []string{"a", "b"}},
	} {
		for _, src := range []io.Reader{strings.NewReader(c.text), iotest.OneByteReader(strings.NewReader(c.text))} {
			r, err := csvfile.Detect(src)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			var head []string
			if r.Next() == nil {
				for i := range r.Len() {
					head = append(head, string(r.Value(i)))
				}
			}
			if r.Separator() != c.comma || !reflect.DeepEqual(head, c.head) {
				t.Errorf("%s: %q with %q, want %q with %q", name, head, r.Separator(), c.head, c.comma)
			}
		}
	}
}

func TestTheLineThatNamesTheSeparatorIsKept(t *testing.T) {
	r, err := csvfile.Detect(strings.NewReader("\ufeffsep=;\r\na;b\r\n"))
	if err != nil || string(r.SeparatorLine()) != "sep=;\r\n" || r.Next() != nil || r.Line() != 2 {
		t.Errorf("%q, line %d, %v", r.SeparatorLine(), r.Line(), err)
	}
}

func TestReadingGoesOnBehindALineThatIsNoCSV(t *testing.T) {
	text := "a,b\n\"1\"x,2\n3,4\n\"5,6\n7,8\n\"9\n\",0\n"
	for _, src := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text))} {
		r, err := csvfile.NewReader(src)
		if err != nil {
			t.Fatal(err)
		}
		var rows []string
		var faults, lines []int
		for {
			err := r.Next()
			var syntax *csvfile.SyntaxError
			if errors.Is(err, io.EOF) {
				break
			}
			if errors.As(err, &syntax) {
				faults = append(faults, syntax.Line)
				if err := r.Skip(); err != nil {
					t.Fatal(err)
				}
				continue
			}
			rows = append(rows, string(r.Raw(0))+"/"+string(r.Value(1)))
			lines = append(lines, r.Line(), r.LastLine())
		}
		// The quote that opens in line 4 meets the one of line 6, behind which a 9 stands.
		if want := []string{"a/b", "3/4", "7/8", "\"9\n\"/0"}; !reflect.DeepEqual(rows, want) {
			t.Errorf("rows %q", rows)
		}
		if !reflect.DeepEqual(lines, []int{1, 1, 3, 3, 5, 5, 6, 7}) || !reflect.DeepEqual(faults, []int{2, 6}) {
			t.Errorf("rows in lines %v, faults in %v", lines, faults)
		}
	}
}

func TestTextOfAnotherEncodingIsRead(t *testing.T) {
	for bytes, want := range map[string]string{"Río": "Río", "R\xedo": "Río", "\x80 5": "€ 5", "": ""} {
		if got, isUTF8 := csvfile.Text([]byte(bytes)); got != want || isUTF8 != (bytes == want) {
			t.Errorf("%q is read as %q, %v", bytes, got, isUTF8)
		}
	}
}

// Whatever the bytes, reading comes to an end, line by line, and says no line twice.
func FuzzReadingGoesOnBehindEveryFault(f *testing.F) {
	for _, seed := range []string{"a,b\n\"1\"x\n", "\"", "\"\"\"\n\"", "sep=;\na;\"\n\n\"b\"c\n", "a\n\"b\nc\"d\n\"e\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 300 {
			return
		}
		r, err := csvfile.Detect(iotest.HalfReader(strings.NewReader(text)))
		if err != nil {
			return
		}
		last := 0
		for {
			err := r.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			var syntax *csvfile.SyntaxError
			if errors.As(err, &syntax) {
				if syntax.Line <= last || r.Skip() != nil {
					t.Fatalf("%q: a fault in line %d behind line %d", text, syntax.Line, last)
				}
				continue
			}
			if err != nil || r.Line() <= last {
				t.Fatalf("%q: line %d behind line %d, %v", text, r.Line(), last, err)
			}
			last = r.Line()
		}
	})
}

func TestAWorkbookIsKnownAsWhatItIs(t *testing.T) {
	for _, head := range []string{"PK\x03\x04\x14\x00", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"} {
		_, err := csvfile.Detect(strings.NewReader(head + "\x00\"xl/"))
		var syntax *csvfile.SyntaxError
		if !errors.As(err, &syntax) || !strings.Contains(syntax.Message, "workbook") || !strings.Contains(syntax.Message, "CSV (UTF-8)") {
			t.Errorf("%q: %v", head, err)
		}
	}
	if r, err := csvfile.Detect(strings.NewReader("PK,q1\n1,2\n")); err != nil || r.Separator() != ',' {
		t.Errorf("a column called PK: %v", err)
	}
}
