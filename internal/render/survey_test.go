package render_test

import (
	"strings"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/i18n"
	"surveyd/internal/render"
	"surveyd/internal/render/gallery"
)

func renderer(t testing.TB) *render.Renderer {
	t.Helper()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	r, err := render.New(words)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAResumedPageShowsWhatWasGivenAndNothingElse(t *testing.T) {
	in := gallery.Demo()
	s, err := renderer(t).CompileSurvey(in, "es", render.SurveyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	answers := make(answer.Set, len(in.Items))
	answers[0] = answer.Answer{State: answer.Answered, Option: 3}
	answers[1] = answer.Answer{State: answer.Declined, Option: -1}
	answers[5] = answer.Answer{State: answer.NotShown, Option: 1, Kept: true}
	answers[6] = answer.Answer{State: answer.Answered, Option: -1, Options: []int{0, 2}}
	answers[7] = answer.Answer{State: answer.Answered, Option: -1, Number: 2.5}
	answers[8] = answer.Answer{State: answer.Answered, Option: -1, Text: "</textarea><script>alert(1)</script>\"'"}
	page := string(s.Resume(nil, render.ResumeState{Seq: 7, Reached: 3, Answers: answers}))
	for _, want := range []string{
		`data-seq="7"`, `data-reached="3"`, `name="mi1" value="4" aria-labelledby="t-mi1 p1-0-3" checked>`, `name="mi2" value="-94" aria-labelledby="t-mi2 p1-0-5" checked>`,
		`name="club_fun" value="2" checked>`, `value="robotics" checked>`, `value="chess" checked>`, `value="2.5"`,
		`&lt;/textarea&gt;&lt;script&gt;`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if got := strings.Count(page, " checked>"); got != 5 {
		t.Errorf("%d choices are checked, want 5", got)
	}
	if strings.Contains(page, "<script>alert") {
		t.Error("a text that was typed became markup")
	}
}
