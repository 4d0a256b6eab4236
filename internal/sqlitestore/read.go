package sqlitestore

import (
	"context"
	"database/sql"
	"errors"

	"surveyd/internal/fault"
)

// scanner is a row that can be scanned: one of a query or the only one.
type scanner interface{ Scan(into ...any) error }

// readOne gives what scan makes of the first row; ErrNotFound when there is none.
func readOne[T any](ctx context.Context, s *Store, query *sql.Stmt, scan func(scanner) (T, error), args ...any) (T, error) {
	value, err := scan(query.QueryRowContext(ctx, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return value, fault.ErrNotFound
	}
	return value, s.readError(err)
}

// readAll gives what scan makes of each row.
func readAll[T any](ctx context.Context, s *Store, query *sql.Stmt, scan func(scanner) (T, error), args ...any) (all []T, err error) {
	rows, err := query.QueryContext(ctx, args...)
	if err != nil {
		return nil, s.readError(err)
	}
	defer func() { err = errors.Join(err, s.readError(rows.Close())) }()
	for rows.Next() {
		value, err := scan(rows)
		if err != nil {
			return nil, s.readError(err)
		}
		all = append(all, value)
	}
	return all, s.readError(rows.Err())
}

// readError tells the kind of an error of reading. database/sql has no error of its own for a pool that was closed.
func (s *Store) readError(err error) error {
	if err == nil {
		return nil
	}
	select {
	case <-s.writer.closing:
		return fault.Unavailable(errors.Join(errClosed, err))
	default:
		return kindOf(err)
	}
}
