// Package scoring turns one person's answers to one instrument into scale scores and quality flags. It is pure:
// no clock, no logging, no storage, and nothing is ever imputed silently.
package scoring

import "surveyd/internal/instrument"

// Version names the scoring rules; it changes whenever the same answers could give another number.
const Version = "1"

// Reason says why there is no score; it is empty when there is one.
type Reason string

// The reasons for a missing score.
const (
	TooFewAnswered Reason = "too_few_answered"
	NotAnswered    Reason = "not_answered"
	NotShown       Reason = "not_shown"
)

// Flag is a warning about the quality of a submission. Flags inform; no score is withheld because of one.
type Flag string

// The quality flags.
const (
	FlagStraightLine Flag = "straight_line"
	FlagTooFast      Flag = "too_fast"
	FlagMissingShare Flag = "missing_share"
	FlagAttention    Flag = "attention"
)

// Respondent is what scoring must know of the person besides the answers.
type Respondent struct {
	Grade    instrument.Grade // empty when unknown
	Language instrument.Lang
	Seconds  []float64 // time on each page, in seconds, by position of the page; NaN or a short slice where unknown
	Order    [][]int   // item indexes in the order presented, by position of the page; nil means file order
}

// Score is the result of one scale for one person.
type Score struct {
	Scale        instrument.ScaleID
	Value        float64 // on the metric of the scale's score method; 0 and meaningless unless Reason is empty
	Reason       Reason
	Answered     int     // validly answered items of the scale
	Raw          float64 // weighted sum of the recoded answers
	Favorable    float64 // share of validly answered items that are favorable, 0 to 1
	HasFavorable bool    // false when the scale declares none, or nothing was answered
	Band         int     // position in the scale's bands; -1 when there is none
	SE           float64 // of Value; 0 and meaningless unless HasSE
	HasSE        bool    // the score is an eap or wle
	Scaled       float64 // from the lookup table, the model's table of sums, or the reporting metric; see HasScaled
	HasScaled    bool
	Norm         Norm // of a scale with norms
}

// Result is the scores of one person, one for each scale in the order of Instrument.Scales, and the flags raised.
type Result struct {
	Scores []Score
	Flags  []Flag

	room room
}

// room is memory that scoring uses again from person to person.
type room struct {
	posterior []float64
	seen      []observation
}
