package sqlitestore

import (
	"context"
	"database/sql/driver"
	"errors"
)

// transaction is what an operation may do: run statements, which stay prepared on the writer's connection.
type transaction struct {
	conn     driver.Conn
	prepared map[string]driver.Stmt
	args     []driver.NamedValue
}

func newTransaction(conn driver.Conn) *transaction {
	return &transaction{conn: conn, prepared: map[string]driver.Stmt{}}
}

// exec runs a statement and gives the number of rows that it changed. An argument is a string, []byte or int64.
func (t *transaction) exec(statement string, args ...driver.Value) (int64, error) {
	prepared, err := t.prepare(statement)
	if err != nil {
		return 0, err
	}
	result, err := prepared.(driver.StmtExecContext).ExecContext(context.Background(), t.named(args))
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// row gives the first row of a query; false when there is none.
func (t *transaction) row(query string, args ...driver.Value) (row []driver.Value, found bool, err error) {
	prepared, err := t.prepare(query)
	if err != nil {
		return nil, false, err
	}
	rows, err := prepared.(driver.StmtQueryContext).QueryContext(context.Background(), t.named(args))
	if err != nil {
		return nil, false, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	row = make([]driver.Value, len(rows.Columns()))
	if err := rows.Next(row); err != nil {
		return nil, false, endOfRows(err)
	}
	return row, true, nil
}

func (t *transaction) prepare(statement string) (driver.Stmt, error) {
	if prepared, found := t.prepared[statement]; found {
		return prepared, nil
	}
	prepared, err := t.conn.Prepare(statement)
	if err != nil {
		return nil, err
	}
	t.prepared[statement] = prepared
	return prepared, nil
}

func (t *transaction) named(args []driver.Value) []driver.NamedValue {
	t.args = t.args[:0]
	for i, value := range args {
		t.args = append(t.args, driver.NamedValue{Ordinal: i + 1, Value: value})
	}
	return t.args
}

func (t *transaction) close() error {
	var failures []error
	for _, prepared := range t.prepared {
		failures = append(failures, prepared.Close())
	}
	return errors.Join(append(failures, t.conn.Close())...)
}
