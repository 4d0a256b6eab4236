package mongostore

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"surveyd/internal/fault"
)

// A long list is written all or none without a transaction, so that it works on every deployment and the way that is
// tested is the way that is used. Each document of the list carries the id of a batch. Readers pass over documents whose
// batch is not committed. A batch is committed or aborted by inserting its one document into the collection "batches":
// whoever inserts first decides, for ever. A writer who dies before that leaves documents that nobody sees; the next one
// who finds them in the way aborts their batch.

// abandonedAfter is how old an undecided batch must be before somebody else may abort it. Aborting one that is still
// being written would do no harm: its writer finds out when it commits.
const abandonedAfter = 2 * time.Minute

// settlePatience is how long a writer waits for another's batch to be decided.
const settlePatience = 5 * time.Second

// batchAttempts is how often a writer begins again when others change what it writes.
const batchAttempts = 5

// single is the batch of what was written by itself: committed from the beginning.
const single batchID = ""

// errStaging is why a list was not written: others were writing the same.
var errStaging = errors.New("others are writing the same documents, or a process that did so was interrupted; try again in two minutes")

type batchID string

func newBatch() batchID { return batchID(bson.NewObjectID().Hex()) }

// age is how long ago the batch was begun, by the clocks of its writer and of this process.
func (b batchID) age() time.Duration {
	id, err := bson.ObjectIDFromHex(string(b))
	if err != nil {
		return abandonedAfter
	}
	return time.Since(id.Timestamp())
}

// batchDoc decides a batch.
type batchDoc struct {
	ID        batchID `bson:"_id"`
	Committed bool    `bson:"committed"`
}

type batchState int

const (
	undecided batchState = iota
	committed
	aborted
)

func (d batchDoc) state() batchState {
	if d.Committed {
		return committed
	}
	return aborted
}

// batchStates remembers what was decided: it never changes.
type batchStates struct {
	mutex   sync.Mutex
	decided map[batchID]batchState
}

func (s *batchStates) of(batch batchID) batchState {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.decided[batch]
}

func (s *batchStates) remember(docs ...batchDoc) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.decided == nil {
		s.decided = map[batchID]batchState{}
	}
	for _, doc := range docs {
		s.decided[doc.ID] = doc.state()
	}
}

// stateOf tells how a batch stands now.
func (s *Store) stateOf(ctx context.Context, batch batchID) (batchState, error) {
	if batch == single {
		return committed, nil
	}
	if state := s.batches.of(batch); state != undecided {
		return state, nil
	}
	doc, err := findOne[batchDoc](ctx, s.reads.batches, byID(string(batch)))
	if errors.Is(err, fault.ErrNotFound) {
		return undecided, nil
	}
	if err != nil {
		return undecided, err
	}
	s.batches.remember(doc)
	return doc.state(), nil
}

// decide commits or aborts a batch unless somebody has decided already, and tells what it is then.
func (s *Store) decide(ctx context.Context, batch batchID, to batchState) (batchState, error) {
	doc := batchDoc{ID: batch, Committed: to == committed}
	err := s.insertOne(ctx, s.writes.batches, doc)
	if err == nil {
		s.batches.remember(doc)
		return to, nil
	}
	if errors.Is(err, fault.ErrExists) {
		return s.stateOf(ctx, batch)
	}
	return undecided, err
}

// settle waits until somebody else's batch is decided, and aborts it when it was abandoned.
func (s *Store) settle(ctx context.Context, batch batchID) (batchState, error) {
	for deadline := time.Now().Add(settlePatience); ; {
		state, err := s.stateOf(ctx, batch)
		if err != nil || state != undecided {
			return state, err
		}
		if batch.age() >= abandonedAfter {
			return s.decide(ctx, batch, aborted)
		}
		if time.Now().After(deadline) {
			return undecided, fault.Unavailable(errStaging)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// committedBatches gives the batches that are committed. A find is no snapshot: of two imports that are committed while it
// runs, the later may be seen without the earlier; each is still seen whole or not at all.
func (s *Store) committedBatches(ctx context.Context) (map[batchID]bool, error) {
	docs, err := findAll[batchDoc](ctx, s.reads.batches, bson.D{{Key: "committed", Value: true}})
	if err != nil {
		return nil, err
	}
	s.batches.remember(docs...)
	all := map[batchID]bool{single: true}
	for _, doc := range docs {
		all[doc.ID] = true
	}
	return all, nil
}

// writeBatch stages a list under a batch and commits it; it begins again when stage says that others came between.
// discard removes what an aborted batch left behind, as far as that would be in the way of later ones.
func (s *Store) writeBatch(ctx context.Context, stage func(context.Context, batchID) (staged bool, err error),
	discard func(context.Context, batchID) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx) // each step has a time of its own
	for range batchAttempts {
		batch := newBatch()
		staged, err := stage(ctx, batch)
		if err == nil && staged {
			state, err := s.decide(ctx, batch, committed)
			if err != nil || state == committed {
				return err
			}
		}
		if _, undo := s.decide(ctx, batch, aborted); undo != nil {
			return errors.Join(err, fmt.Errorf("abort batch %s: %w", batch, undo))
		}
		if undo := discard(ctx, batch); err != nil || undo != nil {
			return errors.Join(err, undo)
		}
	}
	return fault.Unavailable(errStaging)
}
