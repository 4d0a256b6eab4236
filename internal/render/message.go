package render

import (
	"strconv"

	"surveyd/internal/answer"
	"surveyd/internal/i18n"
)

// Message is words that a page says about what happened, resolved in the page's language.
type Message struct {
	ID   string
	Data i18n.Data
}

// What the code entry page can say beside its field.
const (
	EntryEmpty    = "entry.empty.problem"    // nothing was typed
	EntryMistyped = "entry.mistyped.problem" // wrong length, character or check character
	EntryUnknown  = "entry.unknown.problem"  // a code that nobody has
	EntryExpired  = "entry.expired.problem"  // reissued, or its time is over
	EntryClosed   = "entry.closed.problem"   // the survey has closed
	EntryEarly    = "entry.early.problem"    // the survey has not opened yet
	EntryPaused   = "entry.paused.problem"   // the survey is paused
	EntryLimited  = "entry.limited.problem"  // too many codes that nobody has
	EntrySession  = "entry.session.problem"  // the session is over: the code must be typed again
)

// What can be said on staff sign-in pages. StaffPasswordShort takes Min.
const (
	StaffSignInFailed     = "staff.sign_in_failed.problem"
	StaffSignInLimited    = "staff.sign_in_limited.problem"
	StaffPasswordShort    = "staff.password_short.problem"
	StaffPasswordMismatch = "staff.password_mismatch.problem"
)

// AnswerProblem is what is said to a person beside an item whose answer cannot be used.
func AnswerProblem(p answer.Problem) Message {
	limit := i18n.Data{"Limit": strconv.FormatFloat(p.Limit, 'f', -1, 64)}
	switch p.Code {
	case answer.NotANumber:
		return Message{ID: "answer.not_a_number.problem"}
	case answer.TooSmall:
		return Message{ID: "answer.too_small.problem", Data: limit}
	case answer.TooLarge:
		return Message{ID: "answer.too_large.problem", Data: limit}
	case answer.TooLong:
		return Message{ID: "answer.too_long.problem", Data: limit}
	case answer.BadUTF8:
		return Message{ID: "answer.bad_utf8.problem"}
	case answer.TwoValues:
		return Message{ID: "answer.two_values.problem"}
	}
	return Message{ID: "answer.not_in_set.problem"}
}
