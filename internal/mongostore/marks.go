package mongostore

import (
	"context"
	"errors"
	"fmt"

	"surveyd/internal/fault"
)

type markDoc struct {
	Name  string `bson:"_id"`
	Value string `bson:"value"`
}

// Mark stores value under name unless something is there already, and gives what is there then.
func (s *Store) Mark(ctx context.Context, name, value string) (string, error) {
	err := s.insertOne(ctx, s.writes.marks, markDoc{name, value})
	if err == nil {
		return value, nil
	}
	if errors.Is(err, fault.ErrExists) {
		var there markDoc
		if there, err = findOne[markDoc](ctx, s.reads.marks, byID(name)); err == nil {
			return there.Value, nil
		}
	}
	return "", fmt.Errorf("mark %s: %w", name, err)
}
