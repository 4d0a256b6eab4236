package mongostore

import (
	"context"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"surveyd/internal/staff"
)

// linkDoc is a one-time link as it is stored.
type linkDoc struct {
	Digest  string          `bson:"_id"`
	Account staff.AccountID `bson:"account"`
	Expires bson.DateTime   `bson:"expires"`
}

// sessionDoc is a session as it is stored.
type sessionDoc struct {
	Digest  string          `bson:"_id"`
	Account staff.AccountID `bson:"account"`
	Begun   bson.DateTime   `bson:"begun"`
	Expires bson.DateTime   `bson:"expires"`
}

// PutLink stores a one-time link.
func (s *Store) PutLink(ctx context.Context, l staff.Link) error {
	if err := s.putOne(ctx, s.writes.links, l.Digest, linkDoc{l.Digest, l.Account, utc(l.Expires)}); err != nil {
		return fmt.Errorf("put a link for %s: %w", l.Account, err)
	}
	return nil
}

// Link gives a one-time link without taking it; ErrNotFound.
func (s *Store) Link(ctx context.Context, digest string) (staff.Link, error) {
	doc, err := findOne[linkDoc](ctx, s.reads.links, byID(digest))
	if err != nil {
		return staff.Link{}, fmt.Errorf("link: %w", err)
	}
	return doc.link(), nil
}

// TakeLink gives a one-time link and removes it in one step: of two callers only one gets it; ErrNotFound.
func (s *Store) TakeLink(ctx context.Context, digest string) (staff.Link, error) {
	limited, done, err := s.beginWrite(ctx, writeTimeout)
	if err != nil {
		return staff.Link{}, fmt.Errorf("take link: %w", err)
	}
	defer done()
	var doc linkDoc
	if err := s.writes.links.FindOneAndDelete(limited, byID(digest)).Decode(&doc); err != nil {
		return staff.Link{}, fmt.Errorf("take link: %w", kindOf(limited, err))
	}
	return doc.link(), nil
}

// PutSession stores a session.
func (s *Store) PutSession(ctx context.Context, session staff.Session) error {
	doc := sessionDoc{session.Digest, session.Account, utc(session.Begun), utc(session.Expires)}
	if err := s.putOne(ctx, s.writes.sessions, session.Digest, doc); err != nil {
		return fmt.Errorf("put a session of %s: %w", session.Account, err)
	}
	return nil
}

// Session gives one; ErrNotFound.
func (s *Store) Session(ctx context.Context, digest string) (staff.Session, error) {
	doc, err := findOne[sessionDoc](ctx, s.reads.sessions, byID(digest))
	if err != nil {
		return staff.Session{}, fmt.Errorf("session: %w", err)
	}
	return staff.Session{Digest: doc.Digest, Account: doc.Account, Begun: timeOf(doc.Begun), Expires: timeOf(doc.Expires)}, nil
}

// EndSession removes one; no error when it is gone already.
func (s *Store) EndSession(ctx context.Context, digest string) error {
	limited, done, err := s.beginWrite(ctx, writeTimeout)
	if err != nil {
		return fmt.Errorf("end a session: %w", err)
	}
	defer done()
	if _, err := s.writes.sessions.DeleteOne(limited, byID(digest)); err != nil {
		return fmt.Errorf("end a session: %w", kindOf(limited, err))
	}
	return nil
}

// DropExpired removes the links and sessions that expired before a time.
func (s *Store) DropExpired(ctx context.Context, before time.Time) error {
	limited, done, err := s.beginWrite(ctx, writeTimeout)
	if err != nil {
		return fmt.Errorf("drop expired links and sessions: %w", err)
	}
	defer done()
	expired := bson.D{{Key: "expires", Value: bson.D{{Key: "$lt", Value: utc(before)}}}}
	for _, from := range []*mongo.Collection{s.writes.links, s.writes.sessions} {
		if _, err := from.DeleteMany(limited, expired); err != nil {
			return fmt.Errorf("drop expired %s: %w", from.Name(), kindOf(limited, err))
		}
	}
	return nil
}

func (d linkDoc) link() staff.Link {
	return staff.Link{Digest: d.Digest, Account: d.Account, Expires: timeOf(d.Expires)}
}
