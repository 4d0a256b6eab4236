package instrument

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"surveyd/internal/diag"
)

// The words that scoring uses, which a test may expect.
var (
	missingReasons = []string{"too_few_answered", "not_answered", "not_shown"}
	qualityFlags   = []string{"straight_line", "too_fast", "missing_share", "attention"}
)

func (l *loader) readTests(d *draft) {
	named := map[string]*yaml.Node{}
	for i, n := range l.items(d.root.value("tests"), "tests") {
		what := partName(n, "test", "name", i)
		m := l.mapping(n, what, "name", "answers", "expect")
		if len(m.pairs) == 0 {
			continue
		}
		before := l.errors()
		l.require(m, what, "expect")
		t := Test{Name: fmt.Sprintf("test %d", i+1)}
		if v := m.value("name"); v != nil {
			t.Name, _ = l.word(v, "the name of a test")
			if first := named[t.Name]; first != nil && t.Name != "" {
				l.warnAt(v, "doubled-name", fmt.Sprintf("the test %q stands twice, first in line %d", t.Name, first.Line), "name each test for what it shows")
			}
			named[t.Name] = v
		}
		for _, p := range l.mapping(m.value("answers"), "the answers of "+what).pairs {
			if a, ok := l.testAnswer(d, p); ok {
				t.Answers = append(t.Answers, a)
			}
		}
		if e := m.value("expect"); e != nil {
			l.readExpect(d, &t, l.mapping(e, "expect of "+what, "scores", "missing", "flags"))
		}
		d.sortTest(&t)
		d.badTests[len(d.in.Tests)] = l.errors() > before
		d.in.Tests = append(d.in.Tests, t)
	}
}

// testAnswer reads what a test answers to one item, as a CSV cell would hold it.
func (l *loader) testAnswer(d *draft, p pair) (TestAnswer, bool) {
	id := p.key.Value
	it := d.item(id)
	if it == nil {
		d.items.unknown(l, p.key, id)
		return TestAnswer{}, false
	}
	a := TestAnswer{Item: it.ID}
	if isNull(p.value) {
		return a, true
	}
	if p.value.Kind == yaml.SequenceNode {
		if it.kindOK && it.Kind != Multiple {
			l.errAt(p.value, "wrong-kind", fmt.Sprintf("%s takes one answer, not a list", id), "write the one answer")
			return a, false
		}
		var codes []string
		for _, n := range p.value.Content {
			if code, ok := l.word(n, "the answer to "+id); ok {
				codes = append(codes, code)
				l.testCode(it, n, code)
			}
		}
		a.Cell = strings.Join(codes, ";")
		return a, true
	}
	cell, ok := l.word(p.value, "the answer to "+id)
	if !ok {
		return a, false
	}
	a.Cell = cell
	if !it.kindOK || isStateCode(cell) {
		return a, true
	}
	switch it.Kind {
	case Choice:
		l.testCode(it, p.value, cell)
	case Multiple:
		for _, code := range strings.Split(cell, ";") {
			l.testCode(it, p.value, strings.TrimSpace(code))
		}
	case FreeText:
		if count := utf8.RuneCountInString(cell); it.MaxLength > 0 && count > it.MaxLength {
			l.errAt(p.value, "out-of-range", fmt.Sprintf("the answer to %s has %d characters", id, count), fmt.Sprintf("stay within the item's max_length, %d", it.MaxLength))
		}
	case Number:
		v, ok := l.number(p.value, "the answer to "+id)
		if ok && (it.Min != nil && v < *it.Min || it.Max != nil && v > *it.Max) {
			l.errAt(p.value, "out-of-range", fmt.Sprintf("the answer to %s is %s", id, cell), "stay within the item's min and max")
		}
	}
	return a, true
}

func isStateCode(s string) bool {
	v, err := strconv.Atoi(s)
	return err == nil && v >= lowestStateCode && v <= highestStateCode
}

func (l *loader) testCode(it *itemDraft, n *yaml.Node, code string) {
	if it.set == nil || it.set.Option(Code(code)) >= 0 {
		return
	}
	if octalPattern.MatchString(code) {
		l.octal(n, "the answer to "+string(it.ID))
		return
	}
	l.unknownCode(n, it.set, code)
}

// unknownCode reports a code that a response set does not have.
func (l *loader) unknownCode(n *yaml.Node, s *setDraft, code string) {
	if s.unread() || slices.Contains(s.perhaps, code) {
		return
	}
	var codes []string
	for _, o := range s.known() {
		codes = append(codes, string(o.Code))
	}
	l.errAt(n, "unknown-code", fmt.Sprintf("the response set %q has no code %s", s.ID, code),
		diag.DidYouMean(code, codes, "its codes are "+strings.Join(codes, ", ")))
}

func (l *loader) readExpect(d *draft, t *Test, m *mapping) {
	for _, p := range l.mapping(m.value("scores"), "the expected scores").pairs {
		id, scaled := d.scaledName(p.key.Value)
		s := l.expectedScale(d, p, id)
		if s == nil {
			continue
		}
		if scaled && !s.hasScaled() {
			l.errAt(p.key, "unknown-id", fmt.Sprintf("there is no %s: %s has no scale scores beside its scores", p.key.Value, nameOfScale(s)),
				fmt.Sprintf("expect %s; scale scores come from a lookup, from the report of a model, or from the model of a sum", id))
			continue
		}
		if v, ok := l.number(p.value, "the expected score of "+p.key.Value); ok {
			if s.Range != nil && !scaled && (v < s.Range.Min || v > s.Range.Max) {
				l.errAt(p.value, "out-of-range", fmt.Sprintf("the expected score of %s is %s", p.key.Value, p.value.Value), "stay within the scale's range")
			}
			t.Scores = append(t.Scores, ExpectedScore{Scale: s.ID, Scaled: scaled, Value: v, Decimals: decimals(p.value.Value), At: l.src.spanOf(p.value)})
		}
	}
	for _, p := range l.mapping(m.value("missing"), "the expected missing scores").pairs {
		s := l.expectedScale(d, p, p.key.Value)
		if s == nil {
			continue
		}
		if i := slices.IndexFunc(t.Scores, func(e ExpectedScore) bool { return e.Scale == s.ID }); i >= 0 {
			l.errAt(p.key, "doubled-key", fmt.Sprintf("the test expects a score of %s and none", p.key.Value), "keep one")
		}
		if reason, ok := choice(l, p.value, "the reason for a missing score", missingReasons...); ok {
			t.Missing = append(t.Missing, ExpectedMissing{Scale: s.ID, Reason: reason, At: l.src.spanOf(p.value)})
		}
	}
	if flags := m.value("flags"); flags != nil {
		t.Flags = []string{}
		t.FlagsAt = l.src.spanOf(flags)
		for _, n := range l.items(flags, "the expected flags") {
			if flag, ok := choice(l, n, "a quality flag", qualityFlags...); ok {
				t.Flags = append(t.Flags, flag)
			}
		}
	}
	if m.node.Kind == yaml.MappingNode && len(m.node.Content) == 0 {
		l.errAt(m.node, "missing-key", "the test expects nothing", "add scores, missing or flags")
	}
}

// decimals counts the digits behind the point of a number.
func decimals(s string) int {
	_, digits, _ := strings.Cut(s, ".")
	if strings.ContainsAny(s, "eE") {
		return 0
	}
	return len(digits)
}

// scaledName takes the name of a scale score apart: S_scaled, where there is a scale S and none of the whole name.
func (d *draft) scaledName(name string) (id string, scaled bool) {
	id, scaled = strings.CutSuffix(name, scaledSuffix)
	if !scaled || d.scale(name) != nil || d.scale(id) == nil {
		return name, false
	}
	return id, true
}

// hasScaled says whether a scale has scale scores beside its scores. Of a model that could not be read it may.
func (s *scaleDraft) hasScaled() bool {
	model := s.IRT
	if s.irt != nil {
		model = s.irt.IRT
	}
	if model == nil {
		return s.Lookup != nil || s.m.value("irt") != nil
	}
	return s.Lookup != nil || !s.byModel() || model.Report != nil
}

func (l *loader) expectedScale(d *draft, p pair, id string) *scaleDraft {
	s := d.scale(id)
	if s == nil {
		d.scales.unknown(l, p.key, p.key.Value)
		return nil
	}
	if isNull(p.value) {
		l.errAt(p.key, "empty", fmt.Sprintf("what the test expects of %s is empty", p.key.Value),
			fmt.Sprintf("write it; that there is no score is expect: {missing: {%s: too_few_answered}}", p.key.Value))
		return nil
	}
	return s
}

// sortTest puts a test's keys into the order of the instrument, so that the order in the file does not matter.
func (d *draft) sortTest(t *Test) {
	slices.SortFunc(t.Answers, func(a, b TestAnswer) int { return d.item(string(a.Item)).Index - d.item(string(b.Item)).Index })
	slices.SortFunc(t.Scores, func(a, b ExpectedScore) int {
		return cmp.Or(d.scale(string(a.Scale)).Index-d.scale(string(b.Scale)).Index, len(a.Column())-len(b.Column()))
	})
	slices.SortFunc(t.Missing, func(a, b ExpectedMissing) int {
		return d.scale(string(a.Scale)).Index - d.scale(string(b.Scale)).Index
	})
}
