package storetest

import (
	"fmt"
	"testing"
)

var markPromises = []promise{
	{"the first mark of a name stays", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		for _, step := range []struct{ name, value, want string }{
			{"key", "first", "first"}, {"key", "second", "first"}, {"key", "", "first"},
			{"other.$key", "second ñ", "second ñ"}, {"empty", "", ""}, {"empty", "late", ""},
		} {
			got, err := store.Mark(t.Context(), step.name, step.value)
			wantEqual(t, err, got, step.want)
		}
	}},
	{"of many marks at the same moment all get the same", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		marks := make([]string, 16)
		for _, err := range race(len(marks), func(i int) (err error) {
			marks[i], err = store.Mark(t.Context(), "key", fmt.Sprint("racer ", i))
			return err
		}) {
			noError(t, err)
		}
		for _, mark := range marks {
			wantEqual(t, nil, mark, marks[0])
		}
	}},
}
