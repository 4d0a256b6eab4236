package render

import (
	"surveyd/internal/answer"
	"surveyd/internal/instrument"
)

// Settings are an administration's own texts for {{name}} placeholders; a language that one lacks keeps the
// instrument's default.
type Settings map[instrument.SettingID]instrument.Text

// SurveyOptions is what an administration adds to an instrument.
type SurveyOptions struct {
	Languages []instrument.Lang // offered by the switch; nil for all of the instrument's
	Settings  Settings
	Synthetic bool // says on the page that its answers are not a student's
	// Uncompressed leaves the fresh page without its compressed forms, which cost more than all the rest: for a page that
	// is looked at once, on the machine that made it.
	Uncompressed bool
	Early        bool // a question at a time, to be listened to, whatever the grades: see instrument.Audience.EarlyReaders
}

// Encoded is one unchanging body in the encodings that browsers take.
type Encoded struct {
	Identity []byte
	Brotli   []byte
	Gzip     []byte
	ETag     string // strong, quoted
}

// ItemProblem is what is wrong with one answer.
type ItemProblem struct {
	Item    instrument.ItemID
	Message Message
}

// ResumeState is what makes a resumed survey page differ from a fresh one.
type ResumeState struct {
	Seq        int64
	Reached    int        // pages seen
	Answers    answer.Set // in the order of Instrument.Items; nil when there are none
	Seconds    map[instrument.PageID]float64
	Problems   []ItemProblem
	Unanswered []instrument.ItemID // pointed out; Confirmed should then be true
	Confirmed  bool
}
