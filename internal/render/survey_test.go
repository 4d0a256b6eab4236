package render_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"surveyd/internal/answer"
	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
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

func TestEveryTextOfAnInstrumentIsEscaped(t *testing.T) {
	in := gallery.Demo()
	evil := `"><script>alert(1)</script><b a='`
	in.Title["en"] = evil
	in.Pages[0].Title["en"] = evil
	for _, item := range in.Items {
		item.Text["en"] = evil
		if item.Responses != nil {
			for i := range item.Responses.Options {
				item.Responses.Options[i].Label["en"] = evil
			}
		}
	}
	in.Settings[0].Text["en"] = evil
	s, err := renderer(t).CompileSurvey(in, "en", render.SurveyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	page := string(s.Resume(nil, render.ResumeState{Unanswered: []instrument.ItemID{"mi1"}, Problems: []render.ItemProblem{
		{Item: "hours", Message: render.Message{ID: "answer.too_large.problem", Data: i18n.Data{"Limit": evil}}}}}))
	if strings.Contains(page, "<script>") || strings.Contains(page, "<b a=") {
		t.Error("a text became markup")
	}
}

func TestWhatCannotBeCompiledSaysWhy(t *testing.T) {
	r := renderer(t)
	for _, c := range []struct {
		want   string
		lang   instrument.Lang
		change func(*instrument.Instrument)
	}{
		{"no texts in", "fr", func(*instrument.Instrument) {}},
		{"no words in", "fr", func(in *instrument.Instrument) { in.Languages = append(in.Languages, "fr") }},
		{"no setting fills {{school}}", "en", func(in *instrument.Instrument) { in.Items[0].Text["en"] = "At {{school}}?" }},
		{"the form uses that name", "en", func(in *instrument.Instrument) { in.Items[0].ID = "action" }},
		{"was not looked for", "en", func(in *instrument.Instrument) { in.Items[3].Responses.Options[0].Picture = "cat.png" }},
		{"private-use character", "en", func(in *instrument.Instrument) { in.Items[0].Text["en"] = "\uE0000\uE001" }},
	} {
		in := gallery.Demo()
		c.change(in)
		if _, err := r.CompileSurvey(in, c.lang, render.SurveyOptions{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("want an error with %q, got %v", c.want, err)
		}
	}
}

func TestSettingsOfAnAdministrationReplaceTheInstruments(t *testing.T) {
	s, err := renderer(t).CompileSurvey(gallery.Demo(), "es", render.SurveyOptions{Settings: render.Settings{"programme": {"es": "Ciencia & Co."}}})
	if err != nil {
		t.Fatal(err)
	}
	if page := string(s.Fresh().Identity); !strings.Contains(page, "¿Estás en un club de Ciencia &amp; Co.?") {
		t.Error("the page lacks the administration's own programme")
	}
}

func TestAnyInstrumentCanBeShownAsToEarlyReaders(t *testing.T) {
	pages := renderer(t)
	compiled := func(o render.SurveyOptions) string {
		survey, err := pages.CompileSurvey(gallery.Demo(), "en", o)
		if err != nil {
			t.Fatal(err)
		}
		return string(survey.Fresh().Identity)
	}
	own, early := compiled(render.SurveyOptions{}), compiled(render.SurveyOptions{Early: true})
	for _, mark := range []string{`data-early`, `data-listen`} {
		if strings.Contains(own, mark) {
			t.Errorf("the instrument is shown with %s as it is, so that this test shows nothing", mark)
		}
		if !strings.Contains(early, mark) {
			t.Errorf("shown as to early readers it has no %s", mark)
		}
	}
	if !strings.Contains(own, `class="grid"`) || strings.Contains(early, `class="grid"`) {
		t.Error("a table should be there as it is, and not for early readers")
	}
}

func TestAFreshPageIsTheSameInEveryEncodingAndForEverybody(t *testing.T) {
	r := renderer(t)
	a, err := r.CompileSurvey(gallery.Demo(), "en", render.SurveyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := r.CompileSurvey(gallery.Demo(), "en", render.SurveyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	fresh := a.Fresh()
	if !bytes.Equal(fresh.Identity, b.Fresh().Identity) || fresh.ETag != b.Fresh().ETag {
		t.Error("two compilations differ")
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(fresh.Gzip))
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]io.Reader{"gzip": unzipped, "brotli": brotli.NewReader(bytes.NewReader(fresh.Brotli))} {
		if body, err := io.ReadAll(r); err != nil || !bytes.Equal(body, fresh.Identity) {
			t.Errorf("%s gives another page: %v", name, err)
		}
	}
	empty := make(answer.Set, len(gallery.Demo().Items))
	if !bytes.Equal(a.Resume(nil, render.ResumeState{Answers: empty}), fresh.Identity) {
		t.Error("resuming without answers differs from fresh")
	}
}

func BenchmarkResume(b *testing.B) {
	in := gallery.Fives(25)
	s, err := renderer(b).CompileSurvey(in, "en", render.SurveyOptions{})
	if err != nil {
		b.Fatal(err)
	}
	answers := make(answer.Set, len(in.Items))
	for i := range answers {
		answers[i] = answer.Answer{State: answer.Answered, Option: i % 5}
	}
	var page []byte
	b.ReportAllocs()
	for b.Loop() {
		page = s.Resume(page[:0], render.ResumeState{Seq: 12, Reached: 2, Answers: answers})
	}
	b.SetBytes(int64(len(page)))
}
