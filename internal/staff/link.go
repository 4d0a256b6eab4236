package staff

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"surveyd/internal/fault"
)

// LinkLifetime is how long a one-time link can be taken.
const LinkLifetime = 24 * time.Hour

// LinkKind is what a one-time link is for. It begins the token and so is part of the digest: nobody can change it.
type LinkKind string

// The kinds of link.
const (
	SetsPassword LinkKind = "p" // asks for a new password, for an account that is new or whose owner has forgotten it
	SignsIn      LinkKind = "s" // signs in and changes nothing
)

// words is a kind for the log.
func (k LinkKind) words() string {
	if k == SetsPassword {
		return "sets a password"
	}
	return "signs in"
}

// NewLink makes a one-time link for an account and gives its token. by is who does it. fault.ErrNotFound.
func (s *Service) NewLink(ctx context.Context, by, id AccountID, kind LinkKind) (token string, err error) {
	if _, err := s.store.Account(ctx, id); err != nil {
		return "", fmt.Errorf("link for account %s: %w", id, err)
	}
	if token, err = s.newToken(); err != nil {
		return "", err
	}
	token = string(kind) + token
	if err := s.Audit(ctx, Event{Who: by, Action: "link.new", Object: string(id), Detail: kind.words()}); err != nil {
		return "", err
	}
	l := Link{Digest: digest(token), Account: id, Expires: s.now().Add(LinkLifetime)}
	if err := s.store.PutLink(ctx, l); err != nil {
		return "", fmt.Errorf("link for account %s: %w", id, err)
	}
	if err := s.store.DropExpired(ctx, s.now()); err != nil {
		return "", fmt.Errorf("drop expired links: %w", err)
	}
	return token, nil
}

// LinkAccount gives the account that a link is for and whether the link sets a password, without taking the link: what
// scans mail opens every address that it finds. fault.ErrNotFound when it was taken, has expired, never was, or is from before the
// password was set.
func (s *Service) LinkAccount(ctx context.Context, token string) (a Account, setsPassword bool, err error) {
	l, err := s.store.Link(ctx, digest(token))
	if err != nil {
		return Account{}, false, fmt.Errorf("look a link up: %w", err)
	}
	a, err = s.accountOf(ctx, l)
	return a, strings.HasPrefix(token, string(SetsPassword)), err
}

// TakeLink takes a link, once, and opens a session: its token is the cookie's value. A link that sets a password needs one,
// any other pays no heed to it. fault.ErrNotFound when the link was taken, has expired or never was; *FieldError and
// *WaitError, which leave the link where it is.
func (s *Service) TakeLink(ctx context.Context, token, password string) (session string, err error) {
	at := s.now()
	account, setsPassword, err := s.LinkAccount(ctx, token)
	if err != nil {
		return "", err
	}
	// What takes long or can fail comes first: a link that is taken for nothing is lost.
	hash := account.Password
	if setsPassword {
		if hash, err = s.newPassword(ctx, account.ID, password); err != nil {
			return "", err
		}
	}
	if _, err := s.store.TakeLink(ctx, digest(token)); err != nil {
		return "", fmt.Errorf("take a link: %w", err)
	}
	if setsPassword {
		at = s.now()
		if err := s.storePassword(ctx, account.ID, account, hash, at); err != nil {
			return "", err
		}
	}
	return s.begin(ctx, account, at, "link")
}

func (s *Service) accountOf(ctx context.Context, l Link) (Account, error) {
	if !s.now().Before(l.Expires) {
		return Account{}, fmt.Errorf("link has expired: %w", fault.ErrNotFound)
	}
	account, err := s.store.Account(ctx, l.Account)
	if errors.Is(err, fault.ErrNotFound) {
		return Account{}, fmt.Errorf("link to an account that is gone: %w", fault.ErrNotFound)
	}
	if err != nil {
		return Account{}, fmt.Errorf("account of a link: %w", err)
	}
	if l.Expires.Add(-LinkLifetime).Before(account.Renewed) {
		return Account{}, fmt.Errorf("link from before the password was set: %w", fault.ErrNotFound)
	}
	return account, nil
}
