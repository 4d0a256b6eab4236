package condition

import (
	"strings"
	"testing"
)

// place cuts the § out that marks where a problem must be reported, in bytes.
func place(s string) (src string, offset int) {
	before, after, ok := strings.Cut(s, "§")
	if !ok {
		return s, -1
	}
	return before + after, len(before)
}

func TestSyntaxProblemsPointAtTheirPlaceAndSayWhatWouldBeRight(t *testing.T) {
	for _, c := range []struct{ marked, code, hint string }{
		{"§", "condition-syntax", "leave show_if out"},
		{"club §= 1", "condition-syntax", `"=="`},
		{"club == 1 §&& q == 2", "condition-syntax", `"and"`},
		{"club == 1 §|| q == 2", "condition-syntax", `"or"`},
		{"§!answered(q)", "condition-syntax", `"not"`},
		{"club §<> 1", "condition-syntax", `"!="`},
		{"way == §bus", "condition-quote", "'bus'"},
		{`way == §"bus"`, "condition-quote", "'bus'"},
		{"way == §'bus", "condition-quote", "'soccer'"},
		{"way == §''", "condition-quote", "answered(item)"},
		{"way == §‘bus’", "condition-quote", "'soccer'"},
		{"§(club == 1", "condition-syntax", `")"`},
		{"club == 1§)", "condition-syntax", "take it away"},
		{"q in §[1, 2", "condition-syntax", `"]"`},
		{"q in [1 §2]", "condition-syntax", "in [1, 2]"},
		{"q in [1, §]", "condition-syntax", "a number such as 1"},
		{"q in §1", "condition-syntax", "in [1, 2]"},
		{"q in §(1, 2)", "condition-syntax", "in [1, 2]"},
		{"answered §q", "condition-syntax", "answered(item)"},
		{"answered(§)", "condition-syntax", "answered(item)"},
		{"answered(q§", "condition-syntax", `")"`},
		{"answered(q) §== 1", "condition-syntax", "not answered(q)"},
		{"§club", "condition-syntax", "club == 1"},
		{"§club and q == 1", "condition-syntax", "answered(club)"},
		{"club §is 1", "condition-syntax", "=="},
		{"club == §", "condition-syntax", "a number such as 1"},
		{"club == 1 an§d", "condition-syntax", "complete it"},
		{"club == 1 §AND q == 2", "condition-syntax", `"and"`},
		{"club == 1 and §NOT q == 2", "condition-syntax", `"not"`},
		{"club == 1 or §Answered(q)", "condition-syntax", `"answered"`},
		{"club == 1 §q == 2", "condition-syntax", "and"},
		{"q == §null", "condition-syntax", "not answered(q)"},
		{"q != §NA", "condition-syntax", "write answered(q)"},
		{"§1 == club", "condition-syntax", "the item comes first"},
		{"q > 1 §< 4", "condition-syntax", "q > 1 and q < ..."},
		{"§${club} == 1", "condition-syntax", "its id alone"},
		{"§[club] == 1", "condition-syntax", "its id alone"},
		{"§selected(clubs, 'x')", "condition-syntax", "has 'code'"},
		{"club == §01", "condition-number", "without it"},
		{"club == §1a", "condition-number", "'1a'"},
		{"hours == §1.", "condition-number", "2.5"},
		{"not §not club == 1", "condition-syntax", "leave both out"},
		{"club == 1 or §or q == 1", "condition-syntax", "earlier item"},
		{"club == 1 §; q == 1", "condition-syntax", "a condition is made of"},
		{"clubs has 'ñ' and §é == 1", "condition-syntax", "a condition is made of"},
		{strings.Repeat("(", maxDepth) + "§(club == 1", "condition-too-deep", "fewer brackets"},
		{strings.Repeat("club == 1 or ", 400) + "club == 1", "condition-too-deep", "one thing that decides"},
	} {
		src, offset := place(c.marked)
		n, problem := Parse(src)
		if problem == nil {
			t.Errorf("%s parses as %+v", src, n)
			continue
		}
		if offset >= 0 && problem.Offset != offset || problem.Code != c.code || !strings.Contains(problem.Hint, c.hint) || problem.Length < 1 {
			t.Errorf("%s: at %d %s: %s; %s (want %s at %d, saying %s)", src, problem.Offset, problem.Code, problem.Message, problem.Hint, c.code, offset, c.hint)
		}
	}
}

func scope() Scope {
	low, high := 0.0, 40.0
	code := func(s string, x float64) Code { return Code{Text: s, Number: x, IsNumber: true} }
	return Scope{
		Earlier: map[string]ItemType{
			"q":     {Kind: ChoiceItem, Ordered: true, Codes: []Code{code("1", 1), code("2", 2), code("3", 3), {Text: "9", Number: 9, IsNumber: true, Missing: true}}},
			"club":  {Kind: ChoiceItem, Ordered: true, Codes: []Code{code("1", 1), code("0", 0)}},
			"way":   {Kind: ChoiceItem, Codes: []Code{{Text: "bus"}, {Text: "walk"}, code("7", 7)}},
			"clubs": {Kind: MultipleItem, Codes: []Code{{Text: "chess"}, {Text: "robots"}}},
			"hours": {Kind: NumberItem, Min: &low, Max: &high},
			"open":  {Kind: NumberItem},
			"more":  {Kind: TextItem},
			"torn":  {Kind: UnreadItem},
			"part":  {Kind: ChoiceItem, Ordered: true, Codes: []Code{code("1", 1), code("2", 2)}, Perhaps: []string{"3"}},
		},
		Later: map[string]bool{"later": true},
		Self:  "self",
	}
}

func TestTypesAreCheckedAtTheirPlace(t *testing.T) {
	for _, c := range []struct{ marked, code string }{
		{"club == 1 and §late == 1", "unknown-id"},
		{"answered(§later)", "condition-later-item"},
		{"club == 1 and not answered( §self )", "condition-later-item"},
		{"club == §3", "unknown-code"},
		{"q in [1, §4]", "unknown-code"},
		{"q in [1, 2, §1]", "doubled-code"},
		{"q == 1 and §club has 1", "condition-type"},
		{"§way > 7", "condition-type"},
		{"way == §'train'", "unknown-code"},
		{"q > §'1'", "condition-type"},
		{"q < §9", "condition-type"},
		{"§clubs == 'chess'", "condition-type"},
		{"§clubs in ['chess']", "condition-type"},
		{"clubs has §'go'", "unknown-code"},
		{"hours == §'two'", "condition-type"},
		{"§hours has 2", "condition-type"},
		{"hours in [1, §1.0]", "doubled-code"},
		{"§more == 1", "condition-type"},
		{"§q > 2", "condition-missing-code"},
	} {
		src, offset := place(c.marked)
		n, problem := Parse(src)
		if problem != nil {
			t.Errorf("%s: %+v", src, *problem)
			continue
		}
		problems := Check(n, scope())
		if len(problems) != 1 || problems[0].Offset != offset || problems[0].Code != c.code {
			t.Errorf("%s: %+v, want %s at %d", src, problems, c.code, offset)
		}
	}
}

func TestAConditionThatDecidesNothingIsFound(t *testing.T) {
	for src, want := range map[string]string{
		"club == 1 and club == 0":                         "condition-never-true",
		"club == 1 and not answered(club)":                "condition-never-true",
		"hours > 40":                                      "condition-never-true",
		"hours < 0":                                       "condition-never-true",
		"hours > 5 and hours < 5":                         "condition-never-true",
		"hours > 5 and hours < 3":                         "condition-never-true",
		"q in [1, 2] and q == 3":                          "condition-never-true",
		"clubs has 'chess' and not clubs has 'chess'":     "condition-never-true",
		"not (club == 1 or club == 0)":                    "condition-never-true",
		"club == 1 and (club == 1 and club == 0)":         "condition-never-true",
		"hours >= 0":                                      "condition-always-true",
		"club == 1 or club == 0":                          "condition-always-true",
		"club in [0, 1]":                                  "condition-always-true",
		"hours > 5 or hours <= 5":                         "condition-always-true",
		"club == 1 or not club == 1":                      "condition-always-true",
		"clubs has 'chess' or clubs has 'robots'":         "condition-always-true",
		"answered(more) or not answered(more)":            "condition-always-true",
		"club == 1 and hours > 40":                        "condition-never-true",
		"club == 1 or hours > 40":                         "condition-never-true",
		"club == 1 and hours <= 40":                       "condition-always-true",
		"club == 1":                                       "",
		"answered(club)":                                  "",
		"not answered(club)":                              "",
		"answered(club) and club == 1":                    "",
		"q in [1, 2, 3]":                                  "",
		"hours > 5 and hours < 5.5":                       "",
		"open > 1000000 or open == -5":                    "",
		"clubs has 'chess' and clubs has 'robots'":        "",
		"club == 1 and way == 'bus' or clubs has 'chess'": "",
		"torn == 5 and torn == 6":                         "",
		"part == 1 and part == 2":                         "",

		// 9 is a missing code of q. A condition is held against all codes.
		"q >= 1":                 "condition-always-true",
		"q in [1, 2, 3, 9]":      "condition-always-true",
		"q > 1 or q < 3":         "condition-always-true",
		"q > 2 and q < 2":        "condition-never-true",
		"q > 3":                  "condition-never-true", // but for 9, which has no place in the order
		"not q <= 3":             "condition-never-true",
		"club == 1 and q > 3":    "condition-never-true",
		"q >= 3 and q != 9":      "",
		"q <= 3":                 "", // false for 9
		"not (q < 3 or q == 9)":  "",
		"q >= 3 or q == 9":       "",
		"club == 1 and q in [3]": "",

		"q == 3 or club == 1 and hours > 5 and hours < 5": "condition-never-true",
	} {
		n, problem := Parse(src)
		if problem != nil {
			t.Errorf("%s: %+v", src, *problem)
			continue
		}
		got := ""
		if problems := Check(n, scope()); len(problems) > 0 {
			got = problems[0].Code
		}
		if got != want {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
}

func TestAMissingCodeThatSlipsThroughByItsOrderIsWarnedOf(t *testing.T) {
	for _, c := range []struct{ marked, hint string }{
		{"§q > 2", "write q > 2 and q != 9"},
		{"club == 1 or §q > 2", "write (q > 2 and q != 9)"},
		{"not §q < 3", "write (q < 3 or q == 9)"},
		{"club == 1 and not (club == 0 or §q <= 2)", "write (q <= 2 or q == 9)"},
		{"§q > 1 or q > 2", "write (q > 1 and q != 9)"},
		{"q < 2 or §q > 2", "write (q > 2 and q != 9)"},
	} {
		src, offset := place(c.marked)
		n, problem := Parse(src)
		if problem != nil {
			t.Fatalf("%s: %+v", src, *problem)
		}
		problems := Check(n, scope())
		if len(problems) != 1 || !problems[0].Warning || problems[0].Offset != offset || problems[0].Hint != c.hint {
			t.Errorf("%s: %+v, want one warning at %d: %s", src, problems, offset, c.hint)
			continue
		}
		// Whoever does as it says hears nothing more of this comparison.
		fixed := src[:offset] + strings.TrimPrefix(c.hint, "write ") + src[offset+problems[0].Length:]
		if n, problem = Parse(fixed); problem != nil {
			t.Fatalf("%s: %+v", fixed, *problem)
		}
		for _, p := range Check(n, scope()) {
			if p.Offset <= offset+1 && p.Offset >= offset {
				t.Errorf("%s: %+v", fixed, p)
			}
		}
	}
}

func TestACodeThatAnOptionInErrorMayHaveIsNotUnknown(t *testing.T) {
	for src, want := range map[string]int{"part == 3": 0, "part == 4": 1, "part in [1, 3, 5]": 1} {
		n, problem := Parse(src)
		if problem != nil {
			t.Fatal(problem)
		}
		if got := Check(n, scope()); len(got) != want {
			t.Errorf("%s: %+v", src, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, src := range []string{"club == 1", "not (a in [1, 'x'] and b has 'y') or answered(c)", "hours >= -2.5", "((((", "a == 'é", "${a} = 1", "a in [", "not not a"} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		n, problem := Parse(src)
		if (n == nil) == (problem == nil) {
			t.Fatalf("%q gives both or neither: %v %v", src, n, problem)
		}
		if problem != nil {
			if problem.Offset < 0 || problem.Offset > len(src) || problem.Length < 1 || problem.Message == "" || problem.Hint == "" {
				t.Errorf("%q: %+v", src, *problem)
			}
			return
		}
		for _, p := range Check(n, scope()) {
			if p.Offset < 0 || p.Offset+p.Length > len(src) {
				t.Errorf("%q: %+v", src, p)
			}
		}
		Eval(n, func(string) Value { return Value{} })
	})
}
