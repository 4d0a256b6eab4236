package answer

import "surveyd/internal/instrument"

// New is the answers of somebody who has not reached any item.
func New(in *instrument.Instrument) Set {
	set := make(Set, len(in.Items))
	for i := range set {
		set[i].Option = -1
	}
	return set
}

// Valid says whether a is an answer that counts: given, shown and legal. An option that is never scored counts too: whoever
// chose it has answered.
func (a Answer) Valid() bool { return a.State == Answered && !a.Invalid }

// SkipUnreached makes every item that was not reached a skipped one: the respondent has seen the whole survey.
func (s Set) SkipUnreached() {
	for i := range s {
		if s[i].State == NotReached {
			s[i].State = Skipped
		}
	}
}

var stateNames = [...]string{
	NotReached: "not_reached", Answered: "answered", Skipped: "skipped", Declined: "declined", NotShown: "not_shown",
}

// String is the state's name as it is stored and exported.
func (s State) String() string { return stateNames[s] }

// StateNamed finds a state by its name.
func StateNamed(name string) (State, bool) {
	for s, n := range stateNames {
		if n == name {
			return State(s), true
		}
	}
	return NotReached, false
}
