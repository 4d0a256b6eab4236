package answer_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
)

// form is a browser form as a test writes it.
type form map[string][]string

func (f form) Names() []string             { return slices.Collect(maps.Keys(f)) }
func (f form) Values(name string) []string { return f[name] }

func TestAFormIsReadItemByItem(t *testing.T) {
	in := load(t, trial)
	set, problems := answer.ParseForm(in, form{
		"_page": {"1"},
		"like":  {"-94"},
		"club":  {"", "1"}, // a hidden blank beside the chosen radio button
		"hours": {"  "},
		"clubs": {"garden", "chess"},
	})
	if len(problems) != 0 {
		t.Fatalf("problems: %+v", problems)
	}
	got := map[string]string{}
	for i, it := range in.Items {
		got[string(it.ID)] = set[i].State.String() + " " + set[i].Cell(it)
	}
	want := map[string]string{
		"like": "declined ", "club": "answered 1", "club_fun": "not_reached ", "club_why": "not_reached ",
		"hours": "skipped ", "change": "not_reached ", "clubs": "answered chess;garden", "chess_level": "not_reached ",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestATextKeepsWhatCanBeReadAndNothingElse(t *testing.T) {
	in := load(t, trial)
	why, _ := in.Item("club_why")
	for given, want := range map[string]string{
		"a\x00b\x1b[31mc\x7f\u0085\u009bd": "answered ab[31mcd",
		"\u202eevil\u202c \u2066b\u2069":   "answered evil b",
		"two\r\nlines\tand\rmore":          "answered two\nlines\tand\nmore",
		"niña 👩🏽‍🔬 \u200fשלום":             "answered niña 👩🏽‍🔬 \u200fשלום",
		"x \x01":                           "answered x",
		"\x01 \u202e":                      "skipped ",
		"\x01\x02\x03 twenty characters!!": "answered twenty characters!!",
	} {
		set, problems := answer.ParseForm(in, form{"club_why": {given}})
		if got := set[why.Index].State.String() + " " + set[why.Index].Text; got != want || problems != nil {
			t.Errorf("%q: got %q, %v, want %q", given, got, problems, want)
		}
	}
}

func TestEveryProblemOfAFormIsTold(t *testing.T) {
	in := load(t, trial)
	set, problems := answer.ParseForm(in, form{
		"zzz": {"1"}, "Like": {"1"},
		"like":     {"7"},
		"club":     {"0", "1"},
		"club_fun": {"-92"},
		"club_why": {"twenty-one characters"},
		"hours":    {"41"},
		"change":   {"a lot"},
		"clubs":    {"chess", "soccer"},
	})
	want := []answer.Problem{
		{Item: "like", Code: answer.NotInSet},
		{Item: "club", Code: answer.TwoValues},
		{Item: "club_fun", Code: answer.NotInSet},
		{Item: "club_why", Code: answer.TooLong, Limit: 20},
		{Item: "hours", Code: answer.TooLarge, Limit: 40},
		{Item: "change", Code: answer.NotANumber},
		{Item: "clubs", Code: answer.NotInSet},
		{Item: "Like", Code: answer.UnknownItem},
		{Item: "zzz", Code: answer.UnknownItem},
	}
	if !reflect.DeepEqual(problems, want) {
		t.Errorf("got  %+v\nwant %+v", problems, want)
	}
	for i, it := range in.Items[:7] {
		if a := set[i]; !a.Invalid || a.Valid() {
			t.Errorf("%s: %+v is not marked invalid", it.ID, a)
		}
	}
	if given := set[0].Text; given != "7" {
		t.Errorf("what was given to like is %q, want it kept", given)
	}
}

func TestOneItemOfAForm(t *testing.T) {
	in := load(t, trial)
	for _, c := range []struct {
		item   instrument.ItemID
		values []string
		state  answer.State
		code   answer.ProblemCode
		limit  float64
	}{
		{"like", nil, answer.Skipped, "", 0},
		{"like", []string{""}, answer.Skipped, "", 0},
		{"like", []string{"4", "4"}, answer.Answered, "", 0},
		{"like", []string{"4", "5"}, answer.Answered, answer.TwoValues, 0},
		{"like", []string{"4", "-94"}, answer.Answered, answer.TwoValues, 0},
		{"like", []string{"-91"}, answer.Answered, answer.NotInSet, 0},
		{"club", []string{"-94"}, answer.Answered, answer.NotInSet, 0}, // its set offers no declining
		{"hours", []string{"-1"}, answer.Answered, answer.TooSmall, 0},
		{"change", []string{"-92"}, answer.Answered, answer.NotANumber, 0}, // a file could not tell it from skipped
		{"club_why", []string{"one", "two"}, answer.Skipped, answer.TwoValues, 0},
		{"club_why", []string{"-94"}, answer.Answered, "", 0}, // somebody wrote that
		{"club_why", []string{"a\xffb"}, answer.Answered, answer.BadUTF8, 0},
		{"club_why", []string{"a\r\nb\r\nc\r\nd\r\ne\r\nf\r\nghij"}, answer.Answered, "", 0}, // 16 characters as a page counts
	} {
		a, problem := answer.ParseValues(item(t, in, c.item), c.values)
		var got answer.Problem
		if problem != nil {
			got = *problem
		}
		if a.State != c.state || got.Code != c.code || got.Limit != c.limit || a.Invalid != (c.code != "" && c.state == answer.Answered) {
			t.Errorf("%s %q: got %+v with %+v, want %s with %q", c.item, c.values, a, got, c.state, c.code)
		}
	}
}
