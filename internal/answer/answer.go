// Package answer holds one person's answers to one instrument: the state of each, reading them from a form or
// a CSV row, checking them against the instrument, and resolving what its conditions hide. It refuses to know
// who the person is and where answers are stored.
package answer

import "surveyd/internal/instrument"

// State is the one state that an answer is in. The states never collapse into one "missing".
type State uint8

// The states of an answer; the zero value is NotReached.
const (
	NotReached State = iota // the respondent never got to the item
	Answered
	Skipped  // seen, left blank
	Declined // "I'd rather not say"
	NotShown // its condition was false or unknown
)

// Answer is what one person gave to one item. When State is NotShown the value that was given before the item was
// hidden stays as raw data, and is never scored.
type Answer struct {
	State   State
	Invalid bool    // what was given is not a legal answer: counted and reported, treated as missing, never clipped
	Kept    bool    // only when NotShown: the fields below hold what was given before the item was hidden
	Option  int     // position in the item's response set; -1 when none. Only for a choice
	Options []int   // positions in ascending order. Only for a multiple
	Number  float64 // only for a number
	Text    string  // of a text; of an invalid answer: what was given
}

// Set is the answers of one person, one for each item in the order of Instrument.Items.
type Set []Answer

// Record is one answer as it is stored: State by name, Value as a CSV cell would hold it.
type Record struct {
	Item  instrument.ItemID `json:"item" bson:"item"`
	State string            `json:"state" bson:"state"`
	Value string            `json:"value,omitempty" bson:"value,omitempty"`
}
