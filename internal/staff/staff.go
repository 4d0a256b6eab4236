// Package staff is who may see what: accounts, roles, sign-in and the audit log. It refuses to know about students
// and their answers.
package staff

import (
	"context"
	"time"
)

// Role says what a staff account may do.
type Role string

// The roles.
const (
	Administrator Role = "administrator"
	Researcher    Role = "researcher" // instruments and de-identified data
	School        Role = "school"     // the account's own sites, completion only
	Teacher       Role = "teacher"    // the account's own groups, completion only
)

// AccountID is an account's e-mail address in lower case.
type AccountID string

// Account is one person of the staff.
type Account struct {
	ID       AccountID
	Role     Role
	Sites    []string // the sites that a school or teacher account is for
	Groups   []string // the groups that a teacher account is for
	Password string   // argon2id in PHC form; empty until one is set
	Created  time.Time
	Renewed  time.Time // when the password was set: sessions and links that began before count no more
}

// Link is a one-time link to sign in with, kept by the digest of its token.
type Link struct {
	Digest  string // hex SHA-256 of the token
	Account AccountID
	Expires time.Time
}

// Session is a signed-in browser, kept by the digest of its token.
type Session struct {
	Digest  string
	Account AccountID
	Begun   time.Time
	Expires time.Time
}

// Event is one line of the audit log. It is only ever added.
type Event struct {
	At     time.Time
	Who    AccountID // or "command line"
	Action string    // e.g. "export.answers"
	Object string    // e.g. an administration's id
	Detail string
}

// Store is everything that staff keeps. Its errors are package fault's.
type Store interface {
	// Account gives one; ErrNotFound.
	Account(ctx context.Context, id AccountID) (Account, error)
	// Accounts gives all, ordered by id.
	Accounts(ctx context.Context) ([]Account, error)
	// CreateAccount stores a new one; ErrExists.
	CreateAccount(ctx context.Context, a Account) error
	// ReplaceAccount stores the new state of one that is there; ErrNotFound.
	ReplaceAccount(ctx context.Context, a Account) error
	// PutLink stores a one-time link.
	PutLink(ctx context.Context, l Link) error
	// Link gives a one-time link without taking it; ErrNotFound.
	Link(ctx context.Context, digest string) (Link, error)
	// TakeLink gives a one-time link and removes it in one step: of two callers only one gets it; ErrNotFound.
	TakeLink(ctx context.Context, digest string) (Link, error)
	// PutSession stores a session.
	PutSession(ctx context.Context, s Session) error
	// Session gives one; ErrNotFound.
	Session(ctx context.Context, digest string) (Session, error)
	// EndSession removes one; no error when it is gone already.
	EndSession(ctx context.Context, digest string) error
	// DropExpired removes the links and sessions that expired before a time.
	DropExpired(ctx context.Context, before time.Time) error
	// AppendEvent adds to the audit log.
	AppendEvent(ctx context.Context, e Event) error
	// Events gives the newest n events, newest first.
	Events(ctx context.Context, n int) ([]Event, error)
}
