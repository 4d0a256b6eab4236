package staff

import (
	"context"
	"errors"
	"fmt"
	"time"

	"surveyd/internal/fault"
)

const (
	// sessionLifetime is how long a session lasts after it was last used.
	sessionLifetime = 12 * time.Hour
	// sessionAge is how long a session lasts however often it is used.
	sessionAge = 7 * 24 * time.Hour
	// renewAfter keeps a session in use from being written with every request.
	renewAfter = time.Hour
)

// ErrSignedOut says that a token opens no session.
var ErrSignedOut = errors.New("signed out")

// begin opens a session for an account and gives its token, the cookie's value. at is when the account proved to be its
// owner's, so that a password which is set while another sign-in is under way counts for that one too. how is for the log.
func (s *Service) begin(ctx context.Context, a Account, at time.Time, how string) (token string, err error) {
	if token, err = s.newToken(); err != nil {
		return "", err
	}
	// The log comes first: no session is opened that it does not know of.
	if err := s.Audit(ctx, Event{Who: a.ID, Action: "sign-in", Object: string(a.ID), Detail: how}); err != nil {
		return "", err
	}
	session := Session{Digest: digest(token), Account: a.ID, Begun: at}
	session.prolong(s.now())
	if err := s.store.PutSession(ctx, session); err != nil {
		return "", fmt.Errorf("open session of %s: %w", a.ID, err)
	}
	if err := s.store.DropExpired(ctx, s.now()); err != nil {
		return "", fmt.Errorf("drop expired sessions: %w", err)
	}
	return token, nil
}

// prolong lets a session last from now on, but never beyond its age.
func (s *Session) prolong(now time.Time) {
	s.Expires = now.Add(sessionLifetime)
	if end := s.Begun.Add(sessionAge); end.Before(s.Expires) {
		s.Expires = end
	}
}

// Authenticate gives the account that a token belongs to, and keeps its session alive. ErrSignedOut.
func (s *Service) Authenticate(ctx context.Context, token string) (Account, error) {
	if token == "" {
		return Account{}, ErrSignedOut
	}
	session, err := s.store.Session(ctx, digest(token))
	if errors.Is(err, fault.ErrNotFound) {
		return Account{}, ErrSignedOut
	}
	if err != nil {
		return Account{}, fmt.Errorf("look a session up: %w", err)
	}
	if !s.now().Before(session.Expires) {
		return Account{}, ErrSignedOut
	}
	account, err := s.store.Account(ctx, session.Account)
	if errors.Is(err, fault.ErrNotFound) {
		return Account{}, ErrSignedOut
	}
	if err != nil {
		return Account{}, fmt.Errorf("account of a session: %w", err)
	}
	if session.Begun.Before(account.Renewed) {
		return Account{}, ErrSignedOut
	}
	left := session.Expires
	session.prolong(s.now())
	if session.Expires.Sub(left) > renewAfter {
		if err := s.store.PutSession(ctx, session); err != nil {
			return Account{}, fmt.Errorf("renew session of %s: %w", account.ID, err)
		}
	}
	return account, nil
}

// SignOut ends the session of a token; no error when there is none.
func (s *Service) SignOut(ctx context.Context, token string) error {
	session, err := s.store.Session(ctx, digest(token))
	if errors.Is(err, fault.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look a session up: %w", err)
	}
	if err := s.Audit(ctx, Event{Who: session.Account, Action: "sign-out", Object: string(session.Account)}); err != nil {
		return err
	}
	if err := s.store.EndSession(ctx, digest(token)); err != nil {
		return fmt.Errorf("sign out: %w", err)
	}
	return nil
}
