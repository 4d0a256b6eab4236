package preview

import (
	"slices"
	"sync"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
	"surveyd/internal/render"
	"surveyd/internal/scoring"
)

// trialID names one try at an instrument: its document's key, a hyphen, and what the browser tab chose. It stands where a
// student's page has its session, so it seeds the order of shuffled pages as well.
type trialID string

// mostTrials bounds the memory of the workbench: the trial that was used longest ago goes first.
const mostTrials = 100

// trial is one try: what a student's session would have stored. Nothing of it is ever written to a disk.
type trial struct {
	seq     int64
	answers map[instrument.ItemID][]string
	seconds map[instrument.PageID]float64
	order   map[instrument.PageID][]instrument.ItemID
	outcome render.Outcome // how it ended; empty while it goes on
	early   bool           // its pages are shown as to early readers, whatever the grades
}

// trials are those under way, in every tab.
type trials struct {
	mu    sync.Mutex
	byID  map[trialID]*trial
	order []trialID // the one used last at the end
}

func newTrials() *trials { return &trials{byID: map[trialID]*trial{}} }

// with looks at a trial, or changes it, while nobody else does; one that is not there begins.
func (t *trials) with(id trialID, use func(*trial)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	found := t.byID[id]
	if found == nil {
		found = &trial{answers: map[instrument.ItemID][]string{}}
		t.byID[id] = found
	}
	t.order = append(slices.DeleteFunc(t.order, func(other trialID) bool { return other == id }), id)
	for len(t.order) > mostTrials {
		delete(t.byID, t.order[0])
		t.order = slices.Delete(t.order, 0, 1)
	}
	use(found)
}

// restart forgets what a trial has answered. How its pages are shown stays.
func (t *trials) restart(id trialID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if found := t.byID[id]; found != nil {
		t.byID[id] = &trial{answers: map[instrument.ItemID][]string{}, early: found.early}
	}
}

// set is a trial's answers to an instrument. What the instrument, which may have changed since, does not allow is blank.
func (t *trial) set(in *instrument.Instrument) answer.Set {
	set, _ := parse(in, t.answers)
	for i := range set {
		if set[i].Invalid {
			set[i] = answer.Answer{State: answer.Skipped, Option: -1}
		}
	}
	return set
}

// parse reads answers as a form sends them. Items that the instrument does not have are passed over: it may have changed
// while they were on their way.
func parse(in *instrument.Instrument, answers map[instrument.ItemID][]string) (answer.Set, []answer.Problem) {
	set := answer.New(in)
	var problems []answer.Problem
	for i, item := range in.Items {
		values, given := answers[item.ID]
		if !given {
			continue
		}
		var problem *answer.Problem
		if set[i], problem = answer.ParseValues(item, values); problem != nil {
			problems = append(problems, *problem)
		}
	}
	return set, problems
}

// respondent is what scoring must know of whoever tries the instrument out.
func (t *trial) respondent(in *instrument.Instrument, lang instrument.Lang, grade instrument.Grade) scoring.Respondent {
	who := scoring.Respondent{Grade: grade, Language: lang, Seconds: make([]float64, len(in.Pages)), Order: make([][]int, len(in.Pages))}
	for i, page := range in.Pages {
		who.Seconds[i] = -1 // unknown
		if seconds, known := t.seconds[page.ID]; known && seconds > 0 {
			who.Seconds[i] = seconds
		}
		for _, id := range t.order[page.ID] {
			if item, ok := in.Item(id); ok {
				who.Order[i] = append(who.Order[i], item.Index)
			}
		}
	}
	return who
}
