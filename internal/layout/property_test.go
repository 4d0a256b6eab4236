package layout

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"surveyd/internal/diag"
	"surveyd/internal/instrument"
)

// TestAnyInstrumentInAnyLayoutKeepsWhatItSays writes random sound instruments in random layouts and lays them out.
func TestAnyInstrumentInAnyLayoutKeepsWhatItSays(t *testing.T) {
	rounds := 100
	if testing.Short() {
		rounds = 30
	}
	for seed := range rounds {
		w := &wild{r: rand.New(rand.NewPCG(uint64(seed), 7))}
		src := w.file()
		before, list := instrument.Load("a.yaml", []byte(src), instrument.Options{})
		if before == nil {
			t.Fatalf("seed %d: the generator made an instrument with errors: %v\n%s", seed, list, src)
		}
		out := formatted(t, src)
		after, again := instrument.Load("a.yaml", []byte(out), instrument.Options{})
		if after == nil || after.Hash != before.Hash {
			t.Fatalf("seed %d: the content is another, %v:\n%s\nfrom\n%s", seed, again, out, src)
		}
		if got, want := codes(again), codes(list); !slices.Equal(got, want) {
			t.Errorf("seed %d: the check says %q, said %q", seed, got, want)
		}
		for i := range w.comments {
			c := fmt.Sprintf("# c%d.", i)
			if n := strings.Count(out, c); n != 1 {
				t.Errorf("seed %d: the comment %q stands %d times in\n%s\nfrom\n%s", seed, c, n, out, src)
			}
		}
		if t.Failed() {
			return
		}
	}
}

func codes(list []diag.Diagnostic) []string {
	var out []string
	for _, d := range list {
		out = append(out, d.Code)
	}
	slices.Sort(out)
	return out
}

// wild writes instruments as people do who have never seen another.
type wild struct {
	r        *rand.Rand
	comments int
	below    bool // a block text was just written: what is indented deeper would belong to it
}

// Values of a generated file: a plain or quoted word, a text, a list, and a mapping in any order.
type (
	wildWord string
	wildText string
	wildList []any
	wildPair struct {
		key   string
		value any
	}
	wildMap []wildPair
)

func (w *wild) chance(percent int) bool { return w.r.IntN(100) < percent }

func (w *wild) pick(options ...string) string { return options[w.r.IntN(len(options))] }

var wildTexts = []string{
	"I like it.", "How are you?", "a: b, c", "# no comment", "it's \"so\"", "no", "1.10", "012", "yes # no", "- dash", "{x}", "[y]", "ñandú ¿sí?", "~", "null", "%x", "@y", "!z", "&a *b",
	"tab\there", "one\n\ntwo", "one\ntwo\n  three", "a\\b", "100 %", "emoji 🙂", "trailing colon:", "?", "2026-01-15", "0x1F", "1e3", "a  b",
}

func (w *wild) text() wildMap {
	return wildMap{{"en", wildText(w.pick(wildTexts...))}, {"es", wildText(w.pick(wildTexts...))}}
}

// file makes a sound instrument and writes it.
func (w *wild) file() string {
	sets := wildMap{
		{"agree", wildMap{{"kind", wildWord("ordinal")}, {"options", w.options(1+w.r.IntN(3), 3+w.r.IntN(4))}}},
		{"clubs", wildMap{{"kind", wildWord("nominal")}, {"declined", w.text()}, {"options", wildList{
			wildMap{{"code", wildWord("chess")}, {"label", w.text()}}, wildMap{{"code", wildWord("7")}, {"label", w.text()}, {"missing", wildWord("true")}},
		}}}},
	}
	var items, ids, pages wildList
	var first int
	fmt.Sscan(string(sets[0].value.(wildMap)[1].value.(wildList)[0].(wildMap)[0].value.(wildWord)), &first)
	count := 2 + w.r.IntN(30)
	test := wildMap{}
	for i := range count {
		id := fmt.Sprintf("q%d", i)
		ids = append(ids, wildWord(id))
		items = append(items, wildMap{{"id", wildWord(id)}, {"text", w.text()}, {"responses", wildWord("agree")}})
		test = append(test, wildPair{id, wildWord(strconv.Itoa(first))})
	}
	pages = append(pages, wildMap{{"id", wildWord("p1")}, {"layout", wildWord(w.pick("grid", "list", "cards"))}, {"items", ids}, {"title", w.text()}})
	more := wildList{wildWord("many"), wildWord("n"), wildWord("free")}
	items = append(items,
		wildMap{{"id", wildWord("many")}, {"kind", wildWord("multiple")}, {"text", w.text()}, {"responses", wildWord("clubs")}, {"show_if", wildWord(fmt.Sprintf("q0 in [%d, %d]", first, first+1))}},
		wildMap{{"id", wildWord("n")}, {"kind", wildWord("number")}, {"text", w.text()}, {"min", wildWord("0")}, {"max", wildWord("1.50")}, {"show_if", wildWord("many has 'chess'")}},
		wildMap{{"id", wildWord("free")}, {"kind", wildWord("text")}, {"text", w.text()}, {"max_length", wildWord("20")}, {"required", wildWord("false")}})
	pages = append(pages, wildMap{{"id", wildWord("p2")}, {"items", more}})
	options := sets[0].value.(wildMap)[1].value.(wildList)
	last := first + len(options) - 1
	scale := wildMap{
		{"id", wildWord("s")}, {"title", w.text()}, {"items", ids}, {"score", wildWord("mean")}, {"min_answered", wildWord(w.pick("1", "80%", strconv.Itoa(count)))},
		{"range", wildList{wildWord(strconv.Itoa(first)), wildWord(strconv.Itoa(last))}}, {"norms", wildWord("null")}, {"weights", wildMap{{"q0", wildWord("2.50")}}},
		{"bands", wildMap{{"source", wildText(w.pick(wildTexts...))}, {"cuts", wildList{wildMap{{"from", wildWord(strconv.Itoa(first))}, {"label", w.text()}}}}}},
	}
	file := wildMap{
		{"format", wildWord("1")}, {"id", wildWord(w.pick("a", "math-identity", "x1"))}, {"version", wildWord("1.10.0")}, {"title", w.text()},
		{"languages", wildList{wildWord("en"), wildWord("es")}}, {"audience", wildMap{{"grades", wildList{wildWord("TK"), wildWord("4"), wildWord("11")}}, {"reading_level", wildWord("7.50")}}},
		{"provenance", wildMap{{"license", wildWord("CC-BY-4.0")}, {"authors", wildList{wildText("A. B."), wildText("no")}}, {"evidence", wildMap{{"status", wildWord("experimental")}, {"populations", wildList{}}}},
			{"citations", wildList{wildMap{{"doi", wildText("10.1000/xyz")}, {"text", wildText(w.pick(wildTexts...))}}}},
			{"translation", wildMap{{"es", wildMap{{"source", wildText("123e45")}, {"date", wildWord("2026-01-15")}}}}}}},
		{"intro", w.text()}, {"settings", wildMap{{"who", w.text()}}}, {"response_sets", sets}, {"items", items}, {"pages", pages}, {"scales", wildList{scale}},
		{"quality", wildMap{{"missing_share", wildWord("0.50")}, {"too_fast", wildMap{{"share", wildWord("0.5")}, {"seconds_per_item", wildMap{{"TK-5", wildWord("1.5")}, {"6-12", wildWord("1.0")}}}}}}},
		{"tests", wildList{wildMap{{"name", wildText(w.pick(wildTexts...))}, {"answers", test}, {"expect", wildMap{{"scores", wildMap{{"s", wildWord(strconv.Itoa(first))}}}}}}}},
	}
	var b strings.Builder
	w.blockMap(&b, file, 0, false)
	return b.String()
}

func (w *wild) options(from, n int) wildList {
	var out wildList
	for i := range n {
		out = append(out, wildMap{{"code", wildWord(strconv.Itoa(from + i))}, {"label", w.text()}, {"picture", wildWord("face-1")}})
	}
	return out
}

func (w *wild) comment() string {
	w.comments++
	return fmt.Sprintf("# c%d.%s", w.comments-1, w.pick("", " more", " it's \"", " {a: b}", "   "))
}

// between writes what may stand between two lines: nothing, blank lines, comments.
func (w *wild) between(b *strings.Builder, indent int) {
	for w.chance(12) {
		if w.chance(40) {
			b.WriteString(w.pick("\n", "\n", "   \n"))
			continue
		}
		at := indent
		if w.chance(20) {
			at = w.r.IntN(indent + 3)
		}
		if w.below {
			at = min(at, indent)
		}
		b.WriteString(strings.Repeat(" ", at) + w.comment() + "\n")
	}
}

func (w *wild) end(b *strings.Builder) {
	if w.chance(8) {
		b.WriteString(strings.Repeat(" ", 1+w.r.IntN(6)) + w.comment())
	}
	b.WriteString("\n")
}

// blockMap writes a mapping in lines. A first key stands behind a dash.
func (w *wild) blockMap(b *strings.Builder, m wildMap, indent int, behindDash bool) {
	m = slices.Clone(m)
	w.r.Shuffle(len(m), func(i, j int) { m[i], m[j] = m[j], m[i] })
	for i, p := range m {
		if i > 0 || !behindDash {
			w.between(b, indent)
			b.WriteString(strings.Repeat(" ", indent))
		}
		b.WriteString(w.key(p.key) + ":")
		w.value(b, p.value, indent, false)
	}
	if !behindDash || indent > 0 {
		w.between(b, indent)
	}
}

func (w *wild) key(k string) string {
	if w.chance(10) {
		return w.pick(strconv.Quote(k), "'"+k+"'")
	}
	return k
}

// value writes a value behind a key or dash, and what ends its line.
func (w *wild) value(b *strings.Builder, v any, indent int, inList bool) {
	deeper := indent + 1 + w.r.IntN(4)
	if inList {
		deeper++
	}
	w.below = false
	switch v := v.(type) {
	case wildMap:
		if w.chance(50) || len(v) == 0 {
			b.WriteString(" ")
			w.flow(b, v, indent)
			w.end(b)
			return
		}
		if inList && w.chance(70) {
			b.WriteString(strings.Repeat(" ", deeper-indent-1))
			w.blockMap(b, v, deeper, true)
			return
		}
		w.end(b)
		w.blockMap(b, v, deeper, false)
	case wildList:
		if w.chance(40) || len(v) == 0 {
			b.WriteString(" ")
			w.flow(b, v, indent)
			w.end(b)
			return
		}
		w.end(b)
		if !inList && w.chance(30) {
			deeper = indent
		}
		for _, element := range v {
			w.between(b, deeper)
			b.WriteString(strings.Repeat(" ", deeper) + "-")
			w.value(b, element, deeper, true)
		}
		w.between(b, deeper)
	case wildText:
		w.blockScalar(b, string(v), indent)
	case wildWord:
		if w.chance(10) {
			b.WriteString("\n" + strings.Repeat(" ", indent+1))
		}
		b.WriteString(" " + w.word(string(v), false))
		w.end(b)
	}
}

// blockScalar writes a text in any way that keeps it: below a sign if it can stand there.
func (w *wild) blockScalar(b *strings.Builder, text string, indent int) {
	if w.chance(60) || strings.ContainsAny(text, "\t") {
		b.WriteString(" " + w.quoted(text))
		w.end(b)
		return
	}
	b.WriteString(" |-")
	w.end(b)
	at := strings.Repeat(" ", indent+1+w.r.IntN(4))
	for line := range strings.SplitSeq(text, "\n") {
		if line != "" {
			line = at + line
		}
		b.WriteString(line + "\n")
	}
	w.below = true
}

func (w *wild) quoted(text string) string {
	if w.chance(30) && !strings.ContainsAny(text, "\n\t") {
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return strconv.Quote(text)
}

// word writes an id, number or keyword, sometimes in quotes where they change nothing.
func (w *wild) word(s string, inBrackets bool) string {
	if strings.ContainsAny(s, "[]'") {
		if inBrackets || w.chance(50) {
			return strconv.Quote(s)
		}
		return s
	}
	if w.chance(15) && s != "null" && s != "true" && s != "false" {
		return strconv.Quote(s)
	}
	return s
}

// flow writes a value in brackets, on one line or several.
func (w *wild) flow(b *strings.Builder, v any, indent int) {
	wide := w.chance(25)
	pause := func() {
		if !wide {
			return
		}
		if w.chance(15) {
			b.WriteString(" " + w.comment())
		}
		b.WriteString("\n" + strings.Repeat(" ", indent+1+w.r.IntN(4)))
		if w.chance(10) {
			b.WriteString(w.comment() + "\n" + strings.Repeat(" ", indent+1))
		}
	}
	switch v := v.(type) {
	case wildMap:
		v = slices.Clone(v)
		w.r.Shuffle(len(v), func(i, j int) { v[i], v[j] = v[j], v[i] })
		b.WriteString("{")
		for i, p := range v {
			if i > 0 {
				b.WriteString(w.pick(",", ", "))
			}
			pause()
			b.WriteString(w.key(p.key) + ": ")
			w.flow(b, p.value, indent+1)
		}
		pause()
		b.WriteString("}")
	case wildList:
		b.WriteString("[")
		for i, element := range v {
			if i > 0 {
				b.WriteString(w.pick(",", ", "))
			}
			pause()
			w.flow(b, element, indent+1)
		}
		pause()
		b.WriteString("]")
	case wildText:
		b.WriteString(w.quoted(string(v)))
	case wildWord:
		b.WriteString(w.word(string(v), true))
	}
}
