package csvfile_test

import (
	"encoding/csv"
	"errors"
	"io"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"surveyd/internal/csvfile"
)

// readAll gives every record as values and as it stands in the file.
func readAll(src io.Reader) (values, raw [][]string, lines []int, err error) {
	r, err := csvfile.NewReader(src)
	if err != nil {
		return nil, nil, nil, err
	}
	for {
		if err := r.Next(); errors.Is(err, io.EOF) {
			return values, raw, lines, nil
		} else if err != nil {
			return values, raw, lines, err
		}
		var v, w []string
		for i := range r.Len() {
			v = append(v, string(r.Value(i)))
			w = append(w, string(r.Raw(i)))
		}
		values, raw, lines = append(values, v), append(raw, w), append(lines, r.Line())
	}
}

func TestRecordsAreReadWithTheirLines(t *testing.T) {
	for _, c := range []struct {
		name, text string
		values     [][]string
		lines      []int
	}{
		{"plain", "a,b\n1,2\n", [][]string{{"a", "b"}, {"1", "2"}}, []int{1, 2}},
		{"no last line end", "a,b\n1,", [][]string{{"a", "b"}, {"1", ""}}, []int{1, 2}},
		{"windows", "a,b\r\n1,\"2\"\r\n", [][]string{{"a", "b"}, {"1", "2"}}, []int{1, 2}},
		{"quotes", "\"a,b\",\"say \"\"hi\"\"\"\n", [][]string{{"a,b", `say "hi"`}}, []int{1}},
		{"line breaks in quotes", "\"a\r\nb\",\"\n\"\nnext,\n", [][]string{{"a\r\nb", "\n"}, {"next", ""}}, []int{1, 4}},
		{"a quote within", `a"b,c` + "\n", [][]string{{`a"b`, "c"}}, []int{1}},
		{"byte order mark", "\ufeff\"a\",b\n", [][]string{{"a", "b"}}, []int{1}},
		{"blank lines", "a\n\nb\n", [][]string{{"a"}, {""}, {"b"}}, []int{1, 2, 3}},
		{"nothing", "", nil, nil},
	} {
		// One byte at a time, so that every record is cut everywhere.
		for _, src := range []io.Reader{strings.NewReader(c.text), iotest.OneByteReader(strings.NewReader(c.text))} {
			values, _, lines, err := readAll(src)
			if err != nil || !reflect.DeepEqual(values, c.values) || !reflect.DeepEqual(lines, c.lines) {
				t.Errorf("%s: got %q at %v, %v; want %q at %v", c.name, values, lines, err, c.values, c.lines)
			}
		}
	}
}

func TestWhatIsNoCSVIsNamedByItsLine(t *testing.T) {
	for text, line := range map[string]int{
		"a\n\"b\nc":          2,
		"a\n\"b\" c\n":       2,
		"a\n\"b\nc\"d\n":     3,
		"\xff\xfea\x00":      1,
		"a,b\n1,\"2\"x,3":    2,
		"\"a\r\n\",\"b\r\"c": 2,
	} {
		_, _, _, err := readAll(strings.NewReader(text))
		var syntax *csvfile.SyntaxError
		if !errors.As(err, &syntax) || syntax.Line != line {
			t.Errorf("%q: got %v, want a syntax error in line %d", text, err, line)
		}
	}
}

// quoteForever is a quoted field that never ends.
type quoteForever struct{}

func (quoteForever) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestAnUnclosedQuoteDoesNotReadAWholeFileIntoMemory(t *testing.T) {
	_, _, _, err := readAll(io.MultiReader(strings.NewReader("a\n\""), quoteForever{}))
	var syntax *csvfile.SyntaxError
	if !errors.As(err, &syntax) || syntax.Line != 2 {
		t.Errorf("got %v", err)
	}
}

// Where encoding/csv reads a text, this reader gives the same values, and its raw fields make up the text.
func FuzzReaderAgreesWithEncodingCSV(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "\"a\"\"\",\n", "a\r\n\"\r\n\"", "\ufeffa", "a\"b\n", "\n\n", "\"", "a,\"b\"c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 300 {
			return // every record below gets a reader of its own
		}
		values, raw, _, err := readAll(iotest.OneByteReader(strings.NewReader(text)))
		whole, _, _, wholeErr := readAll(strings.NewReader(text))
		if (err == nil) != (wholeErr == nil) || !reflect.DeepEqual(values, whole) {
			t.Fatalf("%q: byte by byte %q, %v; at once %q, %v", text, values, err, whole, wholeErr)
		}
		if err != nil {
			return
		}
		for i, record := range raw {
			// One more field behind: a CR at the very end of a line is its end.
			again, _, _, err := readAll(strings.NewReader("x," + strings.Join(record, ",") + ",x\n"))
			want := slices.Concat([]string{"x"}, values[i], []string{"x"})
			if err != nil || len(again) != 1 || !slices.Equal(again[0], want) {
				t.Fatalf("record %q reads back as %q, %v", record, again, err)
			}
		}
		if strings.Contains(text, "\r") || strings.HasPrefix(text, "\ufeff") {
			return // encoding/csv takes CR out of quoted fields and keeps the mark
		}
		std := csv.NewReader(strings.NewReader(text))
		std.FieldsPerRecord = -1
		want, stdErr := std.ReadAll()
		if stdErr != nil {
			return
		}
		var filled [][]string
		for _, record := range values {
			if !reflect.DeepEqual(record, []string{""}) {
				filled = append(filled, record)
			}
		}
		var wanted [][]string
		for _, record := range want {
			if !reflect.DeepEqual(record, []string{""}) {
				wanted = append(wanted, record)
			}
		}
		if !reflect.DeepEqual(filled, wanted) {
			t.Fatalf("%q: got %q, encoding/csv %q", text, filled, wanted)
		}
	})
}

func TestFormulasAreDefusedAndNumbersAreNot(t *testing.T) {
	for value, want := range map[string]string{
		"": "", "plain": "plain", "=1+1": "'=1+1", "+1 555": "'+1 555", "-x": "'-x", "@a": "'@a", "\ta": "'\ta", "\ra": "'\ra",
		"-2.5": "-2.5", "+3": "+3", "-1e6": "-1e6", "-": "'-", "-2.5.1": "'-2.5.1", "'=1": "''=1", "'tis": "'tis",
		"=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0", "-inf": "'-inf",
		"\ufeff=1": "'\ufeff=1", "\u200b\u200b-x": "'\u200b\u200b-x", "'\u200b'@a": "''\u200b'@a", "\u200b-2.5": "'\u200b-2.5", "\u200btext": "\u200btext",
		"＝1+1": "'＝1+1", "＋1": "'＋1", "－1": "'－1", "＠a": "'＠a", "１": "１", "\xff": "\xff",
	} {
		if got := csvfile.Defuse(value); got != want {
			t.Errorf("%q: got %q, want %q", value, got, want)
		}
	}
}

func FuzzDefuseIsUndone(f *testing.F) {
	for _, seed := range []string{"", "=1", "'=1", "''", "-2.5", "'-2.5", "\t", "\ufeff'=1", "'\u200b＝1", "\xef\xbb=1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if got := csvfile.Undefuse(csvfile.Defuse(value)); got != value {
			t.Fatalf("%q comes back as %q", value, got)
		}
		values, _, _, err := readAll(strings.NewReader("x," + string(csvfile.AppendField(nil, value)) + "\n"))
		if err != nil || len(values) != 1 || values[0][1] != value {
			t.Fatalf("%q is read back as %q, %v", value, values, err)
		}
	})
}

func TestNumbersAreShortAndReadBack(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", math.Copysign(0, -1): "0", 4: "4", 11.0 / 3: "3.6666666666666665", 0.1: "0.1", -2.5: "-2.5", 100: "100",
		1e20: "100000000000000000000", 1e21: "1e+21", 1e-6: "0.000001", 1e-7: "1e-07", 0.30000000000000004: "0.30000000000000004",
	} {
		got := string(csvfile.AppendNumber(nil, x))
		back, err := strconv.ParseFloat(got, 64)
		if got != want || err != nil || back != x {
			t.Errorf("%v: got %q, want %q", x, got, want)
		}
	}
}

func TestARowOfCommasIsRefusedBeforeItFillsTheMemory(t *testing.T) {
	src := "a,b\n" + strings.Repeat(",", 8<<20) + "\n1,2\n"
	r, err := csvfile.NewReader(strings.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Next(); err != nil {
		t.Fatal(err)
	}
	var fault *csvfile.SyntaxError
	if err := r.Next(); !errors.As(err, &fault) || fault.Line != 2 {
		t.Fatalf("got %v", err)
	}
	if err := r.Skip(); err != nil {
		t.Fatal(err)
	}
	if err := r.Next(); err != nil || r.Line() != 3 || string(r.Value(1)) != "2" {
		t.Errorf("behind it: %v, line %d", err, r.Line())
	}
}
