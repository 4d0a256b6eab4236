package condition

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"testing"
)

var update = flag.Bool("update", false, "write the trees of the cases anew")

const casesFile = "testdata/cases.json"

// evalCase is one case of the file that both evaluators, this one and the page's script, are held to.
type evalCase struct {
	Name      string                 `json:"name"`
	Condition string                 `json:"condition"`
	Items     map[string]ItemType    `json:"items"`
	Answers   map[string]*caseAnswer `json:"answers"` // null: no answer
	Want      string                 `json:"want"`
	Tree      *Node                  `json:"tree"`
}

type caseAnswer struct {
	Codes  []string `json:"codes,omitempty"`
	Number *float64 `json:"number,omitempty"`
}

func readCases(t testing.TB) []evalCase {
	t.Helper()
	src, err := os.ReadFile(casesFile)
	if err != nil {
		t.Fatal(err)
	}
	var cases []evalCase
	dec := json.NewDecoder(bytes.NewReader(src))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) < 50 {
		t.Fatalf("only %d cases", len(cases))
	}
	return cases
}

func (c *evalCase) lookup(item string) Value {
	a := c.Answers[item]
	if a == nil {
		return Value{}
	}
	v := Value{Answered: true, Codes: a.Codes}
	if a.Number != nil {
		v.Number, v.IsNumber = *a.Number, true
	}
	if len(a.Codes) == 1 {
		t := c.Items[item]
		code, _ := t.code(a.Codes[0])
		v.Number, v.IsNumber = code.Number, code.IsNumber
	}
	return v
}

func TestEveryCaseEvaluatesAsWritten(t *testing.T) {
	for _, c := range readCases(t) {
		n, problem := Parse(c.Condition)
		if problem != nil {
			t.Errorf("%s: %+v", c.Name, *problem)
			continue
		}
		if problems := Check(n, Scope{Earlier: c.Items}); len(problems) > 0 && !problems[0].Warning {
			t.Errorf("%s: %+v", c.Name, problems)
		}
		if got := Eval(n, c.lookup).String(); got != c.Want {
			t.Errorf("%s: %s is %s, want %s", c.Name, c.Condition, got, c.Want)
		}
	}
}

func TestTheTreesInTheCasesAreWhatTheParserMakes(t *testing.T) {
	cases := readCases(t)
	for i := range cases {
		n, problem := Parse(cases[i].Condition)
		if problem != nil {
			t.Fatalf("%s: %+v", cases[i].Name, *problem)
		}
		if *update {
			cases[i].Tree = n
			continue
		}
		got, err := json.Marshal(n)
		if err != nil {
			t.Fatal(err)
		}
		want, err := json.Marshal(cases[i].Tree)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s: the tree is %s, the file has %s; run the test with -update", cases[i].Name, got, want)
		}
	}
	if *update {
		var out bytes.Buffer
		enc := json.NewEncoder(&out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		if err := enc.Encode(cases); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(casesFile, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestATreeReadBackFromJSONEvaluatesTheSame(t *testing.T) {
	for _, c := range readCases(t) {
		if got := Eval(c.Tree, c.lookup).String(); got != c.Want {
			t.Errorf("%s: %s, want %s", c.Name, got, c.Want)
		}
	}
}

func TestEvalDoesNotAllocate(t *testing.T) {
	n, problem := Parse("(club == 1 or q in [1, 2]) and not clubs has 'chess' and hours >= 2.5 and answered(more)")
	if problem != nil {
		t.Fatal(problem)
	}
	codes := []string{"1"}
	lookup := func(item string) Value {
		if item == "hours" {
			return Value{Answered: true, Number: 3, IsNumber: true}
		}
		return Value{Answered: true, Codes: codes, Number: 1, IsNumber: true}
	}
	if Eval(n, lookup) != True {
		t.Error("it is not true")
	}
	if allocs := testing.AllocsPerRun(100, func() { Eval(n, lookup) }); allocs != 0 {
		t.Errorf("%v allocations", allocs)
	}
}

func TestKleeneLogicHoldsItsLaws(t *testing.T) {
	all := []Truth{False, Unknown, True}
	node := func(t Truth, item string) *Node {
		return &Node{Kind: Compare, Item: item, Op: Equal, Values: []Literal{{Text: map[Truth]string{False: "0", Unknown: "-", True: "1"}[t], IsNumber: true}}}
	}
	lookup := func(item string) Value {
		if item == "none" {
			return Value{}
		}
		return Value{Answered: true, Codes: []string{"1"}}
	}
	of := func(t Truth) *Node {
		if t == Unknown {
			return node(t, "none")
		}
		return node(t, "one")
	}
	for _, a := range all {
		for _, b := range all {
			and := &Node{Kind: And, Args: []*Node{of(a), of(b)}}
			or := &Node{Kind: Or, Args: []*Node{of(a), of(b)}}
			if got := Eval(and, lookup); got != min(a, b) {
				t.Errorf("%s and %s is %s", a, b, got)
			}
			if got := Eval(or, lookup); got != max(a, b) {
				t.Errorf("%s or %s is %s", a, b, got)
			}
			// De Morgan
			notAnd := &Node{Kind: Not, Args: []*Node{and}}
			orNots := &Node{Kind: Or, Args: []*Node{{Kind: Not, Args: []*Node{of(a)}}, {Kind: Not, Args: []*Node{of(b)}}}}
			if Eval(notAnd, lookup) != Eval(orNots, lookup) {
				t.Errorf("not (%s and %s) is not (not %s or not %s)", a, b, a, b)
			}
		}
	}
	if !reflect.DeepEqual([]string{False.String(), Unknown.String(), True.String()}, []string{"false", "unknown", "true"}) {
		t.Error("the names of the truth values changed")
	}
}
