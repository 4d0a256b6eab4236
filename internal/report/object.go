package report

import (
	"bytes"
	"encoding/json"
	"slices"

	"surveyd/internal/psychometrics"
)

// object is a JSON object whose keys keep their order. A null that it holds has its reason under the same key in notes, which stands
// last.
type object struct {
	keys   []string
	values []any
	notes  []note
}

type note struct {
	key string
	why psychometrics.Reason
}

// newObject begins an object with any number of keys and values.
func newObject(pairs ...any) *object {
	o := &object{}
	for i := 0; i < len(pairs); i += 2 {
		o.set(pairs[i].(string), pairs[i+1])
	}
	return o
}

// set adds a value that exists.
func (o *object) set(key string, value any) *object {
	o.keys, o.values = append(o.keys, key), append(o.values, value)
	return o
}

// none adds a null and its reason.
func (o *object) none(key string, why psychometrics.Reason) *object {
	o.notes = append(o.notes, note{key, why})
	return o.set(key, nil)
}

func (o *object) figure(key string, f psychometrics.Figure) *object {
	if !f.OK() {
		return o.none(key, f.Why)
	}
	return o.set(key, f.Value)
}

// interval adds an interval; of is the figure that it is an interval of, which says why there is none.
func (o *object) interval(key string, ci *psychometrics.Interval, of psychometrics.Figure) *object {
	switch {
	case ci != nil:
		return o.set(key, *ci)
	case !of.OK():
		return o.none(key, of.Why)
	}
	return o.none(key, psychometrics.TooFewPersons)
}

// MarshalJSON writes the keys in the order in which they were set.
func (o *object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	keys, values := o.keys, o.values
	if len(o.notes) > 0 {
		notes := newObject()
		for _, n := range o.notes {
			notes.set(n.key, string(n.why))
		}
		keys, values = append(slices.Clone(keys), "notes"), append(slices.Clone(values), notes)
	}
	for i, key := range keys {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(key)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		value, err := json.Marshal(values[i])
		if err != nil {
			return nil, err
		}
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
