package render

import (
	"html/template"
	"strconv"

	"surveyd/internal/answer"
	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

// Resume appends the page with a person's answers in it to dst. No template runs: the fixed parts are copied and the
// slots are written between them, every value escaped for where it stands. State.Answers must be nil or have one answer
// for each of the instrument's items.
func (s *Survey) Resume(dst []byte, state ResumeState) []byte {
	if free := cap(dst) - len(dst); free < s.size {
		grown := make([]byte, len(dst), len(dst)+s.size+s.size/8)
		copy(grown, dst)
		dst = grown
	}
	for i, place := range s.slots {
		dst = append(dst, s.fixed[i]...)
		dst = s.write(dst, place, &state)
	}
	return append(dst, s.fixed[len(s.fixed)-1]...)
}

func (s *Survey) write(dst []byte, place slot, state *ResumeState) []byte {
	switch place.kind {
	case slotSeq:
		return strconv.AppendInt(dst, state.Seq, 10)
	case slotReached:
		return strconv.AppendInt(dst, int64(state.Reached), 10)
	case slotSeconds:
		return s.writeSeconds(dst, place.page, state)
	case slotChecked:
		if given(state, place.item).chose(place.option, s.items[place.item].kind) {
			return append(dst, " checked"...)
		}
	case slotDeclined:
		if given(state, place.item).State == answer.Declined {
			return append(dst, " checked"...)
		}
	case slotValue, slotText:
		return appendEscaped(dst, given(state, place.item).typed(s.items[place.item].kind))
	case slotSummary:
		return s.writeSummary(dst, state)
	case slotItemClass:
		return s.writeItemClass(dst, place.item, state)
	case slotItemProblem:
		return s.writeItemProblem(dst, place.item, state)
	case slotControlState:
		if problem(state, s.items[place.item].id) != nil {
			return append(dst, ` aria-invalid="true"`...)
		}
	case slotConfirmed:
		if state.Confirmed {
			return append(dst, `<input type="hidden" name="confirmed" value="1">`...)
		}
	}
	return dst
}

// givenAnswer is one answer of the state; the zero value is no answer.
type givenAnswer answer.Answer

func given(state *ResumeState, item int) givenAnswer {
	if item >= len(state.Answers) {
		return givenAnswer{}
	}
	return givenAnswer(state.Answers[item])
}

// has says whether there is something to show: what was hidden again is shown too, so that it is there when the
// question comes back.
func (a givenAnswer) has() bool {
	return a.State == answer.Answered || a.Kept
}

func (a givenAnswer) chose(option int, kind instrument.ItemKind) bool {
	if !a.has() || a.Invalid {
		return false
	}
	if kind == instrument.Choice {
		return a.Option == option
	}
	for _, chosen := range a.Options {
		if chosen == option {
			return true
		}
	}
	return false
}

func (a givenAnswer) typed(kind instrument.ItemKind) string {
	if !a.has() {
		return ""
	}
	if a.Invalid || kind == instrument.FreeText {
		return a.Text
	}
	if kind == instrument.Number {
		return strconv.FormatFloat(a.Number, 'f', -1, 64)
	}
	return ""
}

func problem(state *ResumeState, item instrument.ItemID) *Message {
	for i := range state.Problems {
		if state.Problems[i].Item == item {
			return &state.Problems[i].Message
		}
	}
	return nil
}

func unanswered(state *ResumeState, item instrument.ItemID) bool {
	for _, id := range state.Unanswered {
		if id == item {
			return true
		}
	}
	return false
}

func (s *Survey) writeSeconds(dst []byte, page int, state *ResumeState) []byte {
	if page >= len(s.pages) {
		return append(dst, '0')
	}
	return strconv.AppendFloat(dst, state.Seconds[s.pages[page]], 'f', -1, 64)
}

func (s *Survey) writeItemClass(dst []byte, item int, state *ResumeState) []byte {
	id := s.items[item].id
	if problem(state, id) != nil {
		return append(dst, " wrong"...)
	}
	if unanswered(state, id) {
		return append(dst, " blank"...)
	}
	return dst
}

func (s *Survey) writeItemProblem(dst []byte, item int, state *ResumeState) []byte {
	id := s.items[item].id
	m := problem(state, id)
	if m == nil {
		return dst
	}
	dst = append(dst, `<strong class="problem" id="e-`...)
	dst = append(dst, id...)
	dst = append(dst, `">`...)
	dst = appendEscaped(dst, s.words.T(m.ID, m.Data))
	return append(dst, "</strong>"...)
}

// writeSummary says on top what is wrong or unanswered, with a link to each item.
func (s *Survey) writeSummary(dst []byte, state *ResumeState) []byte {
	if len(state.Problems) == 0 && len(state.Unanswered) == 0 {
		return dst
	}
	class := "summary"
	if len(state.Problems) > 0 {
		class = "summary faulty"
	}
	dst = append(dst, `<div class="`...)
	dst = append(dst, class...)
	dst = append(dst, `" id="summary" role="alert" tabindex="-1" autofocus><h2>`...)
	if len(state.Problems) > 0 {
		dst = appendEscaped(dst, s.words.T("survey.problems.title", i18n.Data{"Count": len(state.Problems)}))
		dst = append(dst, "</h2><ul>"...)
		for i := range state.Problems {
			p := &state.Problems[i]
			dst = s.writeLink(dst, p.Item, s.words.T(p.Message.ID, p.Message.Data))
		}
	} else {
		dst = appendEscaped(dst, s.words.T("survey.unanswered.title", i18n.Data{"Count": len(state.Unanswered)}))
		dst = append(dst, "</h2><p>"...)
		dst = appendEscaped(dst, s.words.T("survey.unanswered.hint", nil))
		dst = append(dst, "</p><ul>"...)
		for _, id := range state.Unanswered {
			dst = s.writeLink(dst, id, "")
		}
	}
	return append(dst, "</ul></div>"...)
}

func (s *Survey) writeLink(dst []byte, id instrument.ItemID, message string) []byte {
	for _, item := range s.items {
		if item.id != id {
			continue
		}
		dst = append(dst, `<li><a href="#q-`...)
		dst = append(dst, id...)
		dst = append(dst, `">`...)
		dst = append(dst, item.text...)
		dst = append(dst, "</a>"...)
		if message != "" {
			dst = append(dst, ' ')
			dst = appendEscaped(dst, message)
		}
		return append(dst, "</li>"...)
	}
	return dst
}

// appendEscaped escapes for element content, textareas and quoted attributes alike.
func appendEscaped(dst []byte, text string) []byte {
	if text == "" {
		return dst
	}
	return append(dst, template.HTMLEscapeString(text)...)
}
