package sqlitestore

import (
	"context"
	"fmt"
	"time"

	"surveyd/internal/fault"
	"surveyd/internal/staff"
)

const (
	accountQuery   = `select id, body from accounts where id = ?`
	accountsQuery  = `select id, body from accounts order by id`
	createAccount  = `insert into accounts (id, body) values (?, ?) on conflict do nothing`
	replaceAccount = `update accounts set body = ?2 where id = ?1`

	linkQuery = `select digest, account, expires from links where digest = ?`
	putLink   = `insert or replace into links (digest, account, expires) values (?, ?, ?)`
	takeLink  = `delete from links where digest = ? returning account, expires`

	sessionQuery = `select digest, account, begun, expires from sessions where digest = ?`
	putSession   = `insert or replace into sessions (digest, account, begun, expires) values (?, ?, ?, ?)`
	endSession   = `delete from sessions where digest = ?`

	dropLinks    = `delete from links where expires < ?`
	dropSessions = `delete from sessions where expires < ?`

	eventsQuery = `select at, who, action, object, detail from events order by at desc, id desc limit ?`
	appendEvent = `insert into events (at, who, action, object, detail) values (?, ?, ?, ?, ?)`
)

// accountBody is what is kept of an account beside its id.
type accountBody struct {
	Role     staff.Role `json:"role"`
	Sites    []string   `json:"sites"`
	Groups   []string   `json:"groups"`
	Password string     `json:"password,omitempty"`
	Created  int64      `json:"created"`
	Renewed  int64      `json:"renewed"`
}

// Account gives one; ErrNotFound.
func (s *Store) Account(ctx context.Context, id staff.AccountID) (staff.Account, error) {
	account, err := readOne(ctx, s, s.on.account, scanAccount, string(id))
	if err != nil {
		return staff.Account{}, fmt.Errorf("account %s: %w", id, err)
	}
	return account, nil
}

// Accounts gives all, ordered by id.
func (s *Store) Accounts(ctx context.Context) ([]staff.Account, error) {
	accounts, err := readAll(ctx, s, s.on.accounts, scanAccount)
	if err != nil {
		return nil, fmt.Errorf("list accounts: %w", err)
	}
	return accounts, nil
}

// CreateAccount stores a new one; ErrExists.
func (s *Store) CreateAccount(ctx context.Context, a staff.Account) error {
	if err := s.writeAccount(ctx, a, createAccount, fault.ErrExists); err != nil {
		return fmt.Errorf("create account %s: %w", a.ID, err)
	}
	return nil
}

// ReplaceAccount stores the new state of one that is there; ErrNotFound.
func (s *Store) ReplaceAccount(ctx context.Context, a staff.Account) error {
	if err := s.writeAccount(ctx, a, replaceAccount, fault.ErrNotFound); err != nil {
		return fmt.Errorf("replace account %s: %w", a.ID, err)
	}
	return nil
}

// writeAccount gives unchanged when the statement finds nothing to do.
func (s *Store) writeAccount(ctx context.Context, a staff.Account, statement string, unchanged error) error {
	body, err := encode(accountBody{a.Role, a.Sites, a.Groups, a.Password, millis(a.Created), millis(a.Renewed)})
	if err != nil {
		return err
	}
	return s.writeOne(ctx, func(on *transaction) error {
		changed, err := on.exec(statement, string(a.ID), body)
		if err == nil && changed == 0 {
			return unchanged
		}
		return err
	})
}

// PutLink stores a one-time link.
func (s *Store) PutLink(ctx context.Context, l staff.Link) error {
	err := s.writeOne(ctx, func(on *transaction) error {
		_, err := on.exec(putLink, l.Digest, string(l.Account), millis(l.Expires))
		return err
	})
	if err != nil {
		return fmt.Errorf("put a link for %s: %w", l.Account, err)
	}
	return nil
}

// Link gives a one-time link without taking it; ErrNotFound.
func (s *Store) Link(ctx context.Context, digest string) (staff.Link, error) {
	link, err := readOne(ctx, s, s.on.link, func(row scanner) (staff.Link, error) {
		var link staff.Link
		var expires int64
		err := row.Scan(&link.Digest, &link.Account, &expires)
		link.Expires = timeOf(expires)
		return link, err
	}, digest)
	if err != nil {
		return staff.Link{}, fmt.Errorf("link: %w", err)
	}
	return link, nil
}

// TakeLink gives a one-time link and removes it in one step: of two callers only one gets it; ErrNotFound.
func (s *Store) TakeLink(ctx context.Context, digest string) (staff.Link, error) {
	taken := make(chan staff.Link, 1)
	err := s.writeOne(ctx, func(on *transaction) error {
		row, found, err := on.row(takeLink, digest)
		if err != nil || !found {
			return firstError(err, fault.ErrNotFound)
		}
		taken <- staff.Link{Digest: digest, Account: staff.AccountID(text(row[0])), Expires: timeOf(integer(row[1]))}
		return nil
	})
	if err != nil {
		return staff.Link{}, fmt.Errorf("take link: %w", err)
	}
	return <-taken, nil
}

// PutSession stores a session.
func (s *Store) PutSession(ctx context.Context, session staff.Session) error {
	err := s.writeOne(ctx, func(on *transaction) error {
		_, err := on.exec(putSession, session.Digest, string(session.Account), millis(session.Begun), millis(session.Expires))
		return err
	})
	if err != nil {
		return fmt.Errorf("put a session of %s: %w", session.Account, err)
	}
	return nil
}

// Session gives one; ErrNotFound.
func (s *Store) Session(ctx context.Context, digest string) (staff.Session, error) {
	session, err := readOne(ctx, s, s.on.session, func(row scanner) (staff.Session, error) {
		var session staff.Session
		var begun, expires int64
		err := row.Scan(&session.Digest, &session.Account, &begun, &expires)
		session.Begun, session.Expires = timeOf(begun), timeOf(expires)
		return session, err
	}, digest)
	if err != nil {
		return staff.Session{}, fmt.Errorf("session: %w", err)
	}
	return session, nil
}

// EndSession removes one; no error when it is gone already.
func (s *Store) EndSession(ctx context.Context, digest string) error {
	err := s.writeOne(ctx, func(on *transaction) error {
		_, err := on.exec(endSession, digest)
		return err
	})
	if err != nil {
		return fmt.Errorf("end a session: %w", err)
	}
	return nil
}

// DropExpired removes the links and sessions that expired before a time.
func (s *Store) DropExpired(ctx context.Context, before time.Time) error {
	err := s.writeOne(ctx, func(on *transaction) error {
		if _, err := on.exec(dropLinks, millis(before)); err != nil {
			return err
		}
		_, err := on.exec(dropSessions, millis(before))
		return err
	})
	if err != nil {
		return fmt.Errorf("drop expired links and sessions: %w", err)
	}
	return nil
}

// AppendEvent adds to the audit log.
func (s *Store) AppendEvent(ctx context.Context, e staff.Event) error {
	err := s.writeOne(ctx, func(on *transaction) error {
		_, err := on.exec(appendEvent, millis(e.At), string(e.Who), e.Action, e.Object, e.Detail)
		return err
	})
	if err != nil {
		return fmt.Errorf("append event %s: %w", e.Action, err)
	}
	return nil
}

// Events gives the newest n events, newest first.
func (s *Store) Events(ctx context.Context, n int) ([]staff.Event, error) {
	events, err := readAll(ctx, s, s.on.events, func(row scanner) (staff.Event, error) {
		var event staff.Event
		var at int64
		err := row.Scan(&at, &event.Who, &event.Action, &event.Object, &event.Detail)
		event.At = timeOf(at)
		return event, err
	}, max(n, 0))
	if err != nil {
		return nil, fmt.Errorf("newest %d events: %w", n, err)
	}
	return events, nil
}

func scanAccount(row scanner) (staff.Account, error) {
	var account staff.Account
	var encoded []byte
	if err := row.Scan(&account.ID, &encoded); err != nil {
		return staff.Account{}, err
	}
	body, err := decode[accountBody](encoded)
	if err != nil {
		return staff.Account{}, err
	}
	account.Role, account.Sites, account.Groups = body.Role, body.Sites, body.Groups
	account.Password, account.Created, account.Renewed = body.Password, timeOf(body.Created), timeOf(body.Renewed)
	return account, nil
}
