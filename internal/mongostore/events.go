package mongostore

import (
	"context"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"surveyd/internal/staff"
)

// eventDoc is a line of the audit log. Its _id grows with time, and within a process with every event.
type eventDoc struct {
	ID     bson.ObjectID   `bson:"_id"`
	At     bson.DateTime   `bson:"at"`
	Who    staff.AccountID `bson:"who"`
	Action string          `bson:"action"`
	Object string          `bson:"object"`
	Detail string          `bson:"detail"`
}

// AppendEvent adds to the audit log.
func (s *Store) AppendEvent(ctx context.Context, e staff.Event) error {
	doc := eventDoc{bson.NewObjectID(), utc(e.At), e.Who, e.Action, e.Object, e.Detail}
	if err := s.insertOne(ctx, s.writes.events, doc); err != nil {
		return fmt.Errorf("append event %s: %w", e.Action, err)
	}
	return nil
}

// Events gives the newest n events, newest first. Of events of the same millisecond that several processes added, each
// process's own are in order.
func (s *Store) Events(ctx context.Context, n int) ([]staff.Event, error) {
	if n <= 0 { // to MongoDB a limit of 0 is none
		return nil, nil
	}
	docs, err := findAll[eventDoc](ctx, s.reads.events, bson.D{},
		options.Find().SetSort(bson.D{{Key: "at", Value: -1}, {Key: "_id", Value: -1}}).SetLimit(int64(n)))
	if err != nil {
		return nil, fmt.Errorf("newest %d events: %w", n, err)
	}
	events := make([]staff.Event, len(docs))
	for i, doc := range docs {
		events[i] = staff.Event{At: timeOf(doc.At), Who: doc.Who, Action: doc.Action, Object: doc.Object, Detail: doc.Detail}
	}
	return events, nil
}
