package sqlitestore

import (
	"context"
	"database/sql/driver"
	"sync"

	"surveyd/internal/fault"
)

// batchLimit bounds how many writes share a commit, and with it how long the first of them waits for the last.
const batchLimit = 256

// writer runs all writes of a store on one connection. Callers hand their operations to one goroutine, which runs
// whatever is waiting inside one transaction, commits once, and answers everybody: a commit's fsync is shared.
type writer struct {
	queue   chan *operation
	closing chan struct{}
	closed  chan struct{}
	once    sync.Once

	// Only the goroutine uses what follows.
	connect func() (driver.Conn, error)
	on      *transaction // nil after a failure that leaves the connection in doubt; opened anew for the next batch
}

// operation is one caller's write.
type operation struct {
	ctx       context.Context
	run       func(*transaction) error
	oneChange bool // changes the database by one statement at most, which SQLite undoes by itself when it fails
	err       error
	done      chan error // takes the answer without anybody waiting
}

func startWriter(connect func() (driver.Conn, error)) (*writer, error) {
	conn, err := connect()
	if err != nil {
		return nil, err
	}
	w := &writer{
		queue:   make(chan *operation),
		closing: make(chan struct{}),
		closed:  make(chan struct{}),
		connect: connect,
		on:      newTransaction(conn),
	}
	go w.loop()
	return w, nil
}

// write runs an operation of any number of statements: all of it takes effect, durably, or, on an error, nothing.
//
// When ctx ends before the answer is there the caller gets ctx's error; if its turn had come, the operation still
// takes effect. The operation runs on another goroutine: it must not touch what its caller may change after that.
func (s *Store) write(ctx context.Context, run func(*transaction) error) error {
	return s.writer.submit(&operation{ctx: ctx, run: run, done: make(chan error, 1)})
}

// writeOne is write for operations that change the database by one statement at most; it spares a savepoint.
func (s *Store) writeOne(ctx context.Context, run func(*transaction) error) error {
	return s.writer.submit(&operation{ctx: ctx, run: run, oneChange: true, done: make(chan error, 1)})
}

func (w *writer) submit(op *operation) error {
	if err := op.ctx.Err(); err != nil {
		return err
	}
	select {
	case w.queue <- op:
	case <-op.ctx.Done():
		return op.ctx.Err()
	case <-w.closing:
		return fault.Unavailable(errClosed)
	}
	select {
	case err := <-op.done:
		return kindOf(err)
	case <-op.ctx.Done():
		return op.ctx.Err()
	}
}

// close ends the goroutine after the batch that it is at. The queue has no buffer, so no operation is left behind in it.
func (w *writer) close() error {
	w.once.Do(func() { close(w.closing) })
	<-w.closed
	if w.on == nil {
		return nil
	}
	err := w.on.close()
	w.on = nil
	return err
}

func (w *writer) loop() {
	defer close(w.closed)
	batch := make([]*operation, 0, batchLimit)
	for {
		select {
		case first := <-w.queue:
			w.commit(w.gather(append(batch[:0], first)))
		case <-w.closing:
			return
		}
	}
}

// gather adds whoever is waiting already.
func (w *writer) gather(batch []*operation) []*operation {
	for len(batch) < batchLimit {
		select {
		case next := <-w.queue:
			batch = append(batch, next)
		default:
			return batch
		}
	}
	return batch
}

// commit runs a batch in one transaction and answers its callers when that is durable. An operation that fails is
// undone alone; a failure of the store itself fails the whole batch, so that nothing is acknowledged in doubt.
func (w *writer) commit(batch []*operation) {
	if err := w.runBatch(batch); err != nil {
		w.abandon()
		for _, op := range batch {
			op.done <- err
		}
		return
	}
	for _, op := range batch {
		op.done <- op.err
	}
}

func (w *writer) runBatch(batch []*operation) error {
	if w.on == nil {
		conn, err := w.connect()
		if err != nil {
			return err
		}
		w.on = newTransaction(conn)
	}
	if _, err := w.on.exec("begin immediate"); err != nil {
		return err
	}
	for _, op := range batch {
		if op.err = op.ctx.Err(); op.err != nil {
			continue
		}
		if err := w.runOperation(op); err != nil {
			return err
		}
	}
	_, err := w.on.exec("commit")
	return err
}

// runOperation gives an error only when the whole transaction is in doubt; the operation's own goes to op.err.
func (w *writer) runOperation(op *operation) error {
	if op.oneChange {
		op.err = op.run(w.on)
		return doubtful(op.err)
	}
	if _, err := w.on.exec("savepoint operation"); err != nil {
		return err
	}
	op.err = op.run(w.on)
	if err := doubtful(op.err); err != nil {
		return err
	}
	if op.err != nil {
		if _, err := w.on.exec("rollback to operation"); err != nil {
			return err
		}
	}
	_, err := w.on.exec("release operation")
	return err
}

// doubtful gives back an error after which SQLite may have undone more than the statement that failed.
func doubtful(err error) error {
	if err != nil && unavailable(err) {
		return err
	}
	return nil
}

// abandon drops the connection, and with it whatever transaction is open on it.
func (w *writer) abandon() {
	if w.on == nil {
		return
	}
	_, _ = w.on.exec("rollback") // fails when SQLite has rolled back already; closing does it in any case
	_ = w.on.close()
	w.on = nil
}
