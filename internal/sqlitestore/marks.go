package sqlitestore

import (
	"context"
	"fmt"
)

const (
	putMark = `insert into marks (name, value) values (?, ?) on conflict do nothing`
	getMark = `select value from marks where name = ?`
)

// Mark stores value under name unless something is there already, and gives what is there then.
func (s *Store) Mark(ctx context.Context, name, value string) (string, error) {
	stored := make(chan string, 1)
	err := s.writeOne(ctx, func(on *transaction) error {
		if _, err := on.exec(putMark, name, value); err != nil {
			return err
		}
		row, _, err := on.row(getMark, name)
		if err == nil {
			stored <- text(row[0])
		}
		return err
	})
	if err != nil {
		return "", fmt.Errorf("mark %s: %w", name, err)
	}
	return <-stored, nil
}
