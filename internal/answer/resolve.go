package answer

import (
	"surveyd/internal/condition"
	"surveyd/internal/instrument"
)

// Resolver evaluates the conditions of one instrument. It is for one goroutine at a time.
type Resolver struct {
	in          *instrument.Instrument
	conditional bool
	values      [][]condition.Value // of a choice item, by option
	set         Set
	lookup      condition.Lookup
}

// NewResolver prepares the conditions of an instrument.
func NewResolver(in *instrument.Instrument) *Resolver {
	r := &Resolver{in: in, values: make([][]condition.Value, len(in.Items))}
	for i, item := range in.Items {
		r.conditional = r.conditional || item.ShowIf != nil
		if item.Kind != instrument.Choice {
			continue
		}
		for _, o := range item.Responses.Options {
			value := condition.Value{Answered: true, Codes: []string{string(o.Code)}, Number: o.Value, IsNumber: o.IsNumber}
			r.values[i] = append(r.values[i], value)
		}
	}
	r.lookup = func(id string) condition.Value {
		item, ok := r.in.Item(instrument.ItemID(id))
		if !ok {
			return condition.Value{}
		}
		return r.value(item)
	}
	return r
}

// Resolve decides in place, in the order of the file, which items are shown. A hidden item is NotShown, keeps what was
// given, and counts as unanswered for every later condition; a hidden item whose condition has come true gets back what was
// given. NotShown of an item without a condition, which only a file can say, stays. Resolving again changes nothing.
func (r *Resolver) Resolve(set Set) {
	if !r.conditional {
		return
	}
	r.set = set
	for i, item := range r.in.Items {
		if item.ShowIf == nil {
			continue
		}
		a := &set[i]
		switch shown := condition.Eval(item.ShowIf, r.lookup) == condition.True; {
		case shown && a.State == NotShown && a.Kept:
			a.State, a.Kept = Answered, false
		case shown && a.State == NotShown:
			*a = Answer{State: NotReached, Option: -1}
		case !shown && a.State == Answered:
			a.State, a.Kept = NotShown, true
		case !shown && a.State != NotShown:
			*a = Answer{State: NotShown, Option: -1}
		}
	}
	r.set = nil
}

// Resolve is Resolver.Resolve for a single set.
func Resolve(in *instrument.Instrument, set Set) { NewResolver(in).Resolve(set) }

func (r *Resolver) value(item *instrument.Item) condition.Value {
	a := &r.set[item.Index]
	if !a.Valid() {
		return condition.Value{}
	}
	switch item.Kind {
	case instrument.Multiple:
		value := condition.Value{Answered: true, Codes: make([]string, len(a.Options))}
		for i, option := range a.Options {
			value.Codes[i] = string(item.Responses.Options[option].Code)
		}
		return value
	case instrument.Number:
		return condition.Value{Answered: true, Number: a.Number, IsNumber: true}
	case instrument.FreeText:
		return condition.Value{Answered: true}
	default:
		return r.values[item.Index][a.Option]
	}
}
