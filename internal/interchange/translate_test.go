package interchange

import (
	"strings"
	"testing"

	"surveyd/internal/condition"
)

// scene is a form with one question of each kind, and the question that conditions are written for.
func scene(d dialect) *translator {
	options := func(names ...string) *set {
		s := &set{}
		for _, name := range names {
			code, whole := integerCode(name)
			if !whole {
				code = strings.ReplaceAll(name, " ", "_")
			}
			s.options = append(s.options, &option{raw: name, code: code})
			s.ordinal = whole
		}
		return s
	}
	low, high := 0.0, 40.0
	questions := []*question{
		{name: "club", id: "club", kind: condition.ChoiceItem, set: options("yes", "no", "not sure")},
		{name: "q1", id: "q1", kind: condition.ChoiceItem, set: options("1", "2", "3", "4", "5")},
		{name: "two", id: "two", kind: condition.ChoiceItem, set: options("1", "0")},
		{name: "b", id: "b", kind: condition.MultipleItem, set: options("1", "2", "x")},
		{name: "hours", id: "hours", kind: condition.NumberItem, min: &low, max: &high},
		{name: "more", id: "more", kind: condition.TextItem},
		{name: "gone", id: "", left: "a geopoint"},
		{name: "self", id: "self", kind: condition.TextItem},
		{name: "later", id: "later", kind: condition.NumberItem},
	}
	t := &translator{dialect: d, question: map[string]*question{}, order: map[*question]int{}}
	for i, q := range questions {
		t.question[q.name], t.order[q] = q, i
	}
	t.self = t.question["self"]
	return t
}

func translated1(t testing.TB, src string, d dialect) (string, error) {
	t.Helper()
	e, err := parseExpr(src, d)
	if err != nil {
		return "", err
	}
	l, err := scene(d).translate(e, false)
	if err != nil {
		return "", err
	}
	switch l.kind {
	case logicTrue:
		return "always", nil
	case logicFalse:
		return "never", nil
	}
	out := l.String()
	if _, problem := condition.Parse(out); problem != nil {
		t.Errorf("%s became %s, which show_if does not read: %s", src, out, problem.Message)
	}
	return out, nil
}

func TestWhatXLSFormAsksIsAskedInShowIf(t *testing.T) {
	for src, want := range map[string]string{
		`${q1} = 1`:                  "q1 == 1",
		`1 = ${q1}`:                  "q1 == 1",
		`${q1}='1'`:                  "q1 == 1",
		`${q1} = 1.0`:                "q1 == 1",
		`${club} = 'not sure'`:       "club == 'not_sure'",
		`${club} = “yes”`:            "club == 'yes'",
		`${q1} = 1 or ${q1} = 2`:     "q1 in [1, 2]",
		`${q1} > 3`:                  "q1 >= 4",
		`${q1} >= 4 and ${q1} <= 4`:  "q1 == 4",
		`3 > ${q1}`:                  "q1 <= 2",
		`${q1} > 2.5`:                "q1 >= 3",
		`${q1} > 4`:                  "q1 == 5",
		`${q1} != 1`:                 "q1 != 1 or not answered(q1)", // to XPath an empty answer is not 1
		`${q1} != '' and ${q1} != 1`: "q1 != 1",
		`not(${q1} = 1)`:             "q1 != 1 or not answered(q1)",
		`${q1} != ''`:                "answered(q1)",
		`${q1} = ""`:                 "not answered(q1)",
		`not(${q1} != '')`:           "not answered(q1)",
		`${q1}`:                      "answered(q1)",
		`selected(${b}, 'x')`:        "b has 'x'",
		`selected(${b}, '1') and not(selected(${b}, '2'))`: "b has 1 and not b has 2",
		`not(selected(${b}, '2'))`:                         "not b has 2 or not answered(b)",
		`selected(${club}, 'yes')`:                         "club == 'yes'",
		`count-selected(${b}) > 0`:                         "answered(b)",
		`count-selected(${b}) = 0`:                         "not answered(b)",
		`string-length(${more}) = 0`:                       "not answered(more)",
		`string-length(${more}) >= 1`:                      "answered(more)",
		`${hours} > 10.5`:                                  "hours > 10.5",
		`${hours} != 3`:                                    "hours != 3 or not answered(hours)",
		`${hours} >= 0`:                                    "answered(hours)",
		`${hours} > 40`:                                    "never",
		`${hours} > 1 and ${hours} != ''`:                  "hours > 1",
		`not(${hours} > 1 or ${club} = 'yes')`:             "(hours <= 1 or not answered(hours)) and (club != 'yes' or not answered(club))",
		`${club} = 'yes' and (${q1} = 1 or ${hours} < 5)`:  "club == 'yes' and (q1 == 1 or hours < 5)",
		`selected(${b}, '1') or selected(${b}, '2') or selected(${b}, 'x')`:              "answered(b)",
		`not(selected(${b}, 1)) and not(selected(${b}, 2)) and not(selected(${b}, 'x'))`: "not answered(b)",
		`true()`:                             "always",
		`false() or ${q1} = 5`:               "q1 == 5",
		`1 = 1`:                              "always",
		`number(${hours}) = 2`:               "hours == 2",
		`${club} = 'yes' and ${club} = 'no'`: "never",
	} {
		if got, err := translated1(t, src, xpath); err != nil || got != want {
			t.Errorf("%s became %q (%v), want %q", src, got, err, want)
		}
	}
}

func TestWhatREDCapAsksIsAskedInShowIf(t *testing.T) {
	for src, want := range map[string]string{
		`[q1] = '1'`:             "q1 == 1",
		`[q1]="1" AND [hours]>3`: "q1 == 1 and hours > 3",
		`[q1] = '1' and ([b(2)] = "1" or [hours] > 3)`: "q1 == 1 and (b has 2 or hours > 3)",
		`[b(2)] = '0'`:                   "not b has 2 or not answered(b)",
		`[b(2)] <> '1'`:                  "not b has 2 or not answered(b)",
		`[b(x)] = 1`:                     "b has 'x'",
		`[q1] <> ''`:                     "answered(q1)",
		`[q1] <> "" and [q1] <> '1'`:     "q1 != 1",
		`[two] <> '0'`:                   "two == 1 or not answered(two)",
		`not ([q1] = '1' || [q1] = '2')`: "q1 in [3, 4, 5] or not answered(q1)",
		`!([q1] = '5')`:                  "q1 != 5 or not answered(q1)",
		`[q1] >= '4'`:                    "q1 >= 4",
		`[more] = ''`:                    "not answered(more)",
	} {
		got, err := translated1(t, src, logical)
		if err != nil || got != want {
			t.Errorf("%s became %q (%v), want %q", src, got, err, want)
		}
	}
}

func TestWhatShowIfCannotAskIsRefusedWithAReason(t *testing.T) {
	for _, c := range []struct {
		src  string
		d    dialect
		says string
	}{
		{`${q1} = ${hours}`, xpath, "another"},
		{`${q1} + ${hours} > 3`, xpath, "computes"},
		{`${more} = 'x'`, xpath, "text"},
		{`${b} = '1'`, xpath, "selected("},
		{`${q1} = 9`, xpath, `no choice "9"`},
		{`selected(${b}, 'y')`, xpath, `no choice "y"`},
		{`${none} = 1`, xpath, `no question "none"`},
		{`${gone} = 1`, xpath, "was not carried"},
		{`${later} = 1`, xpath, "stands later"},
		{`${self} = ''`, xpath, "itself"},
		{`today() > '2024-01-01'`, xpath, "today()"},
		{`count-selected(${b}) > 2`, xpath, "count-selected"},
		{`regex(${more}, '^a')`, xpath, "regex()"},
		{`../q1 = 1`, xpath, "path"},
		{`/data/q1 = 1`, xpath, "path"},
		{`${q1} = 1 or`, xpath, "the end"},
		{`${q1 = 1`, xpath, "never closed"},
		{`${q1} = 'a`, xpath, "never closed"},
		{``, xpath, "empty"},
		{`(${q1} = 1`, xpath, `")"`},
		{strings.Repeat("(", 100) + `${q1} = 1` + strings.Repeat(")", 100), xpath, "deep"},
		{strings.Repeat(" ", maxExpr) + `${q1} = 1`, xpath, "longer"},
		{`[baseline_arm_1][q1] = '1'`, logical, "event"},
		{`datediff([q1], [hours], 'd') > 3`, logical, "datediff"},
		{`[q1]`, logical, "nothing"},
		{`[b] = '1'`, logical, "several"},
		{`[b(9)] = '1'`, logical, "no choice"},
		{`sum([q1], [hours]) > 2`, logical, "sum()"},
	} {
		got, err := translated1(t, c.src, c.d)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s became %q (%v), want a refusal that says %q", c.src, got, err, c.says)
		}
	}
}

// An expression and what it becomes hold for the same answers: XPath is evaluated as its specification says (an empty answer
// is the empty text, and no number), show_if by its own evaluator.
func TestATranslatedConditionIsTrueForTheSameAnswers(t *testing.T) {
	sources := []string{
		`${q1} != 1`, `not(${q1} > 2)`, `${q1} != '' and ${q1} != 3`, `${q1} = 1 or ${hours} != 3`, `not(${q1} = 1 or ${hours} < 5)`,
		`not(selected(${b}, '1') and ${q1} >= 3)`, `not(not(${q1} = 2)) and not(selected(${b}, 'x'))`, `(${q1} < 2 or ${q1} > 4) and ${hours} = ''`,
		`${q1} != 1 and ${hours} != 3`, `not(${q1} != 1) or ${q1} = 4`, `selected(${b}, '1') or not(selected(${b}, '2'))`, `${q1} = '' or ${q1} > 3`,
		`selected(${b}, '1') or selected(${b}, '2') or selected(${b}, 'x')`, `not(selected(${b}, '1') or selected(${b}, '2') or selected(${b}, 'x')) and ${q1} = 2`,
	}
	for _, src := range sources {
		written, err := translated1(t, src, xpath)
		if err != nil {
			t.Fatalf("%s: %v", src, err)
		}
		e, _ := parseExpr(src, xpath)
		node, _ := condition.Parse(written)
		for _, q1 := range []string{"", "1", "2", "3", "4", "5"} {
			for _, hours := range []string{"", "0", "3", "5", "40"} {
				for _, b := range []string{"", "1", "2", "1 x", "1 2 x"} {
					answers := map[string]string{"q1": q1, "hours": hours, "b": b}
					want := xpathTruth(e, answers)
					got := condition.Eval(node, func(item string) condition.Value { return valueOf(answers[item], item == "b") }) == condition.True
					if got != want {
						t.Fatalf("%s is %t for %v, but %s is %t", src, want, answers, written, got)
					}
				}
			}
		}
	}
}

func valueOf(answer string, multiple bool) condition.Value {
	if answer == "" {
		return condition.Value{}
	}
	v := condition.Value{Answered: true}
	if n, err := parseNumber(answer); err == nil && !multiple {
		v.Number, v.IsNumber = n, true
	}
	v.Codes = strings.Fields(answer)
	return v
}

// xpathTruth evaluates an expression with two truth values, apart from the translator.
func xpathTruth(e *expr, answers map[string]string) bool {
	switch e.kind {
	case exprNot:
		return !xpathTruth(e.args[0], answers)
	case exprAnd:
		return xpathTruth(e.args[0], answers) && xpathTruth(e.args[1], answers)
	case exprOr:
		return xpathTruth(e.args[0], answers) || xpathTruth(e.args[1], answers)
	case exprCall: // selected()
		for _, code := range strings.Fields(answers[e.args[0].text]) {
			if code == e.args[1].text {
				return true
			}
		}
		return false
	}
	left, right := answers[e.args[0].text], e.args[1]
	x, errX := parseNumber(left)
	y, errY := parseNumber(right.text)
	numbers := errX == nil && errY == nil
	equal := left == right.text
	if right.kind == exprNumber {
		equal = numbers && x == y
	}
	switch e.kind {
	case "=":
		return equal
	case "!=":
		return !equal
	case "<":
		return numbers && x < y
	case ">":
		return numbers && x > y
	case ">=":
		return numbers && x >= y
	}
	return numbers && x <= y
}
