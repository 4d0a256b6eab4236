package mongostore

import (
	"context"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"

	"surveyd/internal/staff"
)

// ticketDoc is a one-time link or a session: both are a digest that stands for an account until a time.
type ticketDoc struct {
	Digest  string          `bson:"_id"`
	Account staff.AccountID `bson:"account"`
	Expires bson.DateTime   `bson:"expires"`
}

// PutLink stores a one-time link.
func (s *Store) PutLink(ctx context.Context, l staff.Link) error {
	if err := s.putOne(ctx, s.writes.links, l.Digest, ticketDoc{l.Digest, l.Account, utc(l.Expires)}); err != nil {
		return fmt.Errorf("put a link for %s: %w", l.Account, err)
	}
	return nil
}

// Link gives a one-time link without taking it; ErrNotFound.
func (s *Store) Link(ctx context.Context, digest string) (staff.Link, error) {
	doc, err := findOne[ticketDoc](ctx, s.reads.links, byID(digest))
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
	var doc ticketDoc
	if err := s.writes.links.FindOneAndDelete(limited, byID(digest)).Decode(&doc); err != nil {
		return staff.Link{}, fmt.Errorf("take link: %w", kindOf(limited, err))
	}
	return doc.link(), nil
}

// PutSession stores a session.
func (s *Store) PutSession(ctx context.Context, session staff.Session) error {
	if err := s.putOne(ctx, s.writes.sessions, session.Digest, ticketDoc{session.Digest, session.Account, utc(session.Expires)}); err != nil {
		return fmt.Errorf("put a session of %s: %w", session.Account, err)
	}
	return nil
}

// Session gives one; ErrNotFound.
func (s *Store) Session(ctx context.Context, digest string) (staff.Session, error) {
	doc, err := findOne[ticketDoc](ctx, s.reads.sessions, byID(digest))
	if err != nil {
		return staff.Session{}, fmt.Errorf("session: %w", err)
	}
	return staff.Session{Digest: doc.Digest, Account: doc.Account, Expires: timeOf(doc.Expires)}, nil
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

func (d ticketDoc) link() staff.Link {
	return staff.Link{Digest: d.Digest, Account: d.Account, Expires: timeOf(d.Expires)}
}
