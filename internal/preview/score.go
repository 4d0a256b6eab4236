package preview

import (
	"encoding/json"
	"net/http"
	"strings"

	"surveyd/internal/answer"
	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// scoreBody is what is chosen in the frames now.
type scoreBody struct {
	Trial    trialID                        `json:"trial"`
	Language instrument.Lang                `json:"language"`
	Grade    instrument.Grade               `json:"grade"`
	Answers  map[instrument.ItemID][]string `json:"answers"`
}

type scoresView struct {
	Invalid string // items whose answer is not legal, in a row
	Scales  []scaleView
	Flags   []flagView
}

type scaleView struct {
	ID                   instrument.ScaleID
	Title                string
	TitleLang            instrument.Lang
	Reason               string // words; empty when there is a score
	Value                string
	Range                *rangeView
	Band                 string
	Arithmetic           string
	Method               instrument.ScoreMethod
	Answered, Of, Needed int
	Raw                  string
	Favorable            string // empty when the scale has none
	More                 []resultView
	Parts                []partView
}

type rangeView struct{ Min, Max string }

// resultView is a further result of a scale, such as a standard error.
type resultView struct{ Label, Value string }

// partView is what one item adds to the score.
type partView struct {
	Item              instrument.ItemID
	Reversed          bool
	Chosen            string
	Counts, Favorable bool
	Sum               string // what counts, with the way there
	Why               string // it does not count
}

type flagView struct {
	Flag   scoring.Flag
	Raised bool
	Rule   string
}

// score scores what is chosen now. Nothing is kept.
func (w *Workbench) score(rw http.ResponseWriter, req *http.Request) {
	d := w.shelf.find(documentKey(req.PathValue("key")))
	if d == nil || d.shown == nil {
		http.NotFound(rw, req)
		return
	}
	var body scoreBody
	if err := json.NewDecoder(http.MaxBytesReader(rw, req.Body, maxBody)).Decode(&body); err != nil {
		http.Error(rw, "malformed", http.StatusBadRequest)
		return
	}
	lang := w.negotiate(req)
	in := d.shown.in
	var who scoring.Respondent
	w.trials.with(body.Trial, func(t *trial) { who = t.respondent(in, body.Language, body.Grade) })
	w.desk.write(rw, lang, "scores", scoresOf(d.shown, body.Answers, who, w.pages.Words(lang)))
}

func scoresOf(e *edition, answers map[instrument.ItemID][]string, who scoring.Respondent, words i18n.Words) scoresView {
	set, problems := parse(e.in, answers)
	answer.Resolve(e.in, set)
	var result scoring.Result
	e.scorer.ScoreInto(&result, set, who)
	var view scoresView
	var invalid []string
	for _, p := range problems {
		invalid = append(invalid, string(p.Item))
	}
	view.Invalid = strings.Join(invalid, ", ")
	for i, scale := range e.in.Scales {
		view.Scales = append(view.Scales, scaleOf(e, scale, e.scorer.Parts(i, set), set, result.Scores[i], words))
	}
	view.Flags = flagsOf(e.in, result.Flags, words)
	return view
}

func scaleOf(e *edition, scale *instrument.Scale, parts []scoring.Part, set answer.Set, score scoring.Score, words i18n.Words) scaleView {
	v := scaleView{
		ID: scale.ID, Reason: reasonWords(score.Reason, words), Method: scale.Score, Arithmetic: arithmetic(scale, parts, score),
		Answered: score.Answered, Of: len(scale.Items), Needed: scale.MinAnswered, Raw: "–",
	}
	v.TitleLang = i18n.Negotiate(e.in.Languages, string(words.Lang()))
	v.Title = scale.Title.In(v.TitleLang)
	if scale.Score == instrument.Sum {
		v.Needed = len(scale.Items)
	}
	if score.Reason == "" {
		v.Value = number(score.Value)
		if scale.Range != nil {
			v.Range = &rangeView{number(scale.Range.Min), number(scale.Range.Max)}
		}
		if score.Band >= 0 {
			v.Band = scale.Bands.Cuts[score.Band].Label.In(v.TitleLang)
		}
	}
	v.More = moreOf(scale, score, words)
	if score.Answered > 0 {
		v.Raw = number(score.Raw)
	}
	switch {
	case score.HasFavorable:
		v.Favorable = words.T("preview.favorable.value", i18n.Data{"Percent": percent(score.Favorable)})
	case scale.Favorable != nil:
		v.Favorable = "–"
	}
	for _, p := range parts {
		v.Parts = append(v.Parts, partOf(p, set[p.Item.Index], words))
	}
	return v
}

func partOf(p scoring.Part, a answer.Answer, words i18n.Words) partView {
	v := partView{Item: p.Item.ID, Reversed: p.Reversed, Counts: p.Counts, Favorable: p.Favorable, Chosen: "–"}
	if a.State == answer.Answered || a.Kept {
		v.Chosen = strings.Join(formValues(p.Item, answer.Answer{State: answer.Answered, Invalid: a.Invalid, Option: a.Option, Options: a.Options, Number: a.Number, Text: a.Text}), ", ")
	}
	if p.Counts {
		v.Sum = number(p.Value)
		if p.Reversed {
			v.Sum = number(p.Min) + " + " + number(p.Max) + " − " + number(p.Given) + " = " + v.Sum
		}
		if p.Weight != 1 {
			v.Sum += " × " + number(p.Weight)
		}
		return v
	}
	switch {
	case a.State == answer.NotShown:
		v.Why = words.T("preview.why.not_shown", nil)
	case a.State == answer.Declined:
		v.Why = words.T("preview.why.declined", nil)
	case a.State == answer.Answered && a.Invalid:
		v.Why = words.T("preview.why.invalid", nil)
	case a.State == answer.Answered:
		v.Why = words.T("preview.why.never_scored", nil)
	default:
		v.Why = words.T("preview.why.blank", nil)
	}
	return v
}

// flagsOf are the quality flags that the instrument asks for, and whether they are raised.
func flagsOf(in *instrument.Instrument, raised []scoring.Flag, words i18n.Words) []flagView {
	var views []flagView
	add := func(flag scoring.Flag, rule string) {
		v := flagView{Flag: flag, Rule: rule}
		for _, r := range raised {
			v.Raised = v.Raised || r == flag
		}
		views = append(views, v)
	}
	q := &in.Quality
	if q.StraightLine != nil {
		add(scoring.FlagStraightLine, words.T("preview.flag.straight_line", i18n.Data{"Run": q.StraightLine.Run, "Page": q.StraightLine.Page.ID}))
	}
	if q.TooFast != nil {
		add(scoring.FlagTooFast, words.T("preview.flag.too_fast", i18n.Data{"Percent": percent(q.TooFast.Share)}))
	}
	if q.MissingShare != nil {
		add(scoring.FlagMissingShare, words.T("preview.flag.missing_share", i18n.Data{"Percent": percent(*q.MissingShare)}))
	}
	if len(q.Attention) > 0 {
		items := make([]string, len(q.Attention))
		for i, a := range q.Attention {
			items[i] = string(a.Item.ID) + "=" + string(a.Expect)
		}
		add(scoring.FlagAttention, words.T("preview.flag.attention", i18n.Data{"Items": strings.Join(items, ", ")}))
	}
	return views
}
