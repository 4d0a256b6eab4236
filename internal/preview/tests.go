package preview

import (
	"encoding/json"
	"strings"

	"surveyd/internal/answer"
	"surveyd/internal/diag"
	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// testsView is the examples that an instrument carries.
type testsView struct {
	List   []testView
	Failed int
}

type testView struct {
	Name    string
	Passed  bool
	Answers string // JSON of the values that fill the page, by item
	Given   string // the same for reading
	Rows    []expectationView
}

type expectationView struct {
	Scale         string // what the test calls the score; empty of the quality flags
	Expected, Got string
	Met           bool
}

// testsOf runs the tests of an instrument. Whether an expectation is met is what scoring.RunTests says of its place.
func testsOf(e *edition, words i18n.Words) testsView {
	unmet := map[diag.Span]bool{}
	for _, failed := range scoring.RunTests(e.in) {
		unmet[failed.Span] = true
	}
	resolver := answer.NewResolver(e.in)
	var view testsView
	for i := range e.in.Tests {
		test := &e.in.Tests[i]
		set := answer.New(e.in)
		values := map[instrument.ItemID][]string{}
		var given []string
		for _, a := range test.Answers {
			item, ok := e.in.Item(a.Item)
			if !ok {
				continue // the instrument's checks have reported it
			}
			set[item.Index] = answer.ParseCell(item, a.Cell)
			values[item.ID] = formValues(item, set[item.Index])
			given = append(given, string(a.Item)+"="+a.Cell)
		}
		resolver.Resolve(set)
		var result scoring.Result
		e.scorer.ScoreInto(&result, set, scoring.Respondent{})
		filled, err := json.Marshal(values)
		if err != nil {
			continue // lists of texts can always be written
		}
		t := testView{Name: test.Name, Passed: true, Answers: string(filled), Given: strings.Join(given, " ")}
		for _, want := range test.Scores {
			t.add(e.in, want, number(want.Value), &result, !unmet[want.At], words)
		}
		for _, want := range test.Missing {
			t.add(e.in, instrument.ExpectedScore{Scale: want.Scale}, reasonWords(scoring.Reason(want.Reason), words), &result, !unmet[want.At], words)
		}
		if test.Flags != nil {
			row := expectationView{Expected: flagList(test.Flags), Got: flagList(result.Flags), Met: !unmet[test.FlagsAt]}
			t.Passed = t.Passed && row.Met
			t.Rows = append(t.Rows, row)
		}
		if !t.Passed {
			view.Failed++
		}
		view.List = append(view.List, t)
	}
	return view
}

func (t *testView) add(in *instrument.Instrument, of instrument.ExpectedScore, expected string, result *scoring.Result, met bool, words i18n.Words) {
	scale, ok := in.Scale(of.Scale)
	if !ok {
		return // the instrument's checks have reported it
	}
	score := &result.Scores[scale.Index]
	got := reasonWords(score.Reason, words)
	switch {
	case got != "":
	case !of.Scaled:
		got = number(score.Value)
	case score.HasScaled:
		got = number(score.Scaled)
	}
	t.Passed = t.Passed && met
	t.Rows = append(t.Rows, expectationView{Scale: of.Column(), Expected: expected, Got: got, Met: met})
}

// formValues are what a page's fields hold for an answer; empty where they hold nothing.
func formValues(item *instrument.Item, a answer.Answer) []string {
	switch {
	case a.State == answer.Declined:
		return []string{answer.CodeDeclined}
	case a.State != answer.Answered:
		return []string{}
	case a.Invalid || item.Kind == instrument.FreeText:
		return []string{a.Text}
	case item.Kind == instrument.Number:
		return []string{exact(a.Number)}
	case item.Kind == instrument.Multiple:
		var codes []string
		for _, option := range a.Options {
			codes = append(codes, string(item.Responses.Options[option].Code))
		}
		return codes
	default:
		return []string{string(item.Responses.Options[a.Option].Code)}
	}
}

// flagList writes flags, or a dash for none.
func flagList[F ~string](flags []F) string {
	if len(flags) == 0 {
		return "–"
	}
	names := make([]string, len(flags))
	for i, flag := range flags {
		names[i] = string(flag)
	}
	return strings.Join(names, ", ")
}

// reasonWords says why there is no score; empty when there is one.
func reasonWords(reason scoring.Reason, words i18n.Words) string {
	switch reason {
	case "":
		return ""
	case scoring.TooFewAnswered:
		return words.T("preview.reason.too_few_answered", nil)
	case scoring.NotAnswered:
		return words.T("preview.reason.not_answered", nil)
	case scoring.NotShown:
		return words.T("preview.reason.not_shown", nil)
	default:
		return string(reason) // the code itself, as exports have it
	}
}
