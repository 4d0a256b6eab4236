package layout

import (
	"fmt"
	"slices"

	"surveyd/internal/instrument"
)

// safe holds a new layout to what the old one said: the same content by the hash that versions go by, and every comment once.
func safe(before string, after []byte) error {
	want, err := instrument.SourceHash([]byte(before))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnsafe, err)
	}
	got, err := instrument.SourceHash(after)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnsafe, err)
	}
	if got != want {
		return fmt.Errorf("%w: its content hash would be another", ErrUnsafe)
	}
	old, now := Comments(before), Comments(string(after))
	slices.Sort(old)
	slices.Sort(now)
	if !slices.Equal(old, now) {
		return fmt.Errorf("%w: it has %d comments and would have %d, or other ones", ErrUnsafe, len(old), len(now))
	}
	return nil
}

// Comments lists the comments of a file in its order, each from its # on, without blanks at its end. It is empty for a file that
// cannot be laid out.
func Comments(text string) []string {
	root, ok := parse(text)
	if !ok {
		return nil
	}
	f := newFile(text)
	f.measure(root)
	var out []string
	for _, c := range f.comments() {
		out = append(out, c.text)
	}
	return out
}
