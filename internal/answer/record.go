package answer

import (
	"fmt"

	"surveyd/internal/instrument"
)

// Records writes the answers as they are stored: one record for each item that was reached, in the order of the file. What
// was given to an item that ended up hidden stays in its record's value.
func (s Set) Records(in *instrument.Instrument) []Record {
	records := make([]Record, 0, len(s))
	for i, item := range in.Items {
		a := s[i]
		if a.State == NotReached {
			continue
		}
		record := Record{Item: item.ID, State: a.State.String()}
		if a.State == Answered || a.Kept {
			record.Value = a.value(item)
		}
		records = append(records, record)
	}
	return records
}

// FromRecords reads what Records wrote; items without a record are not reached. The error names an item or a state that
// the instrument does not have, and a doubled item; it never holds a value.
func FromRecords(in *instrument.Instrument, records []Record) (Set, error) {
	set := New(in)
	seen := make([]bool, len(in.Items))
	for _, record := range records {
		item, ok := in.Item(record.Item)
		if !ok {
			return nil, fmt.Errorf("answer record: %s %s has no item %q", in.ID, in.Version, record.Item)
		}
		if seen[item.Index] {
			return nil, fmt.Errorf("answer record: item %q stands twice", record.Item)
		}
		seen[item.Index] = true
		state, ok := StateNamed(record.State)
		if !ok {
			return nil, fmt.Errorf("answer record: item %q has the unknown state %q", record.Item, record.State)
		}
		a := Answer{State: state, Option: -1}
		if state == Answered || state == NotShown && record.Value != "" {
			a, _ = read(item, record.Value)
			if a.State != Answered {
				return nil, fmt.Errorf("answer record: item %q is answered and has no value", record.Item)
			}
			a.State, a.Kept = state, state == NotShown
		}
		set[item.Index] = a
	}
	return set, nil
}
