package staff

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	// MinPassword is the shortest password, in characters; length is the only rule, as NIST SP 800-63B advises.
	MinPassword = 12
	// maxPassword is in bytes: long enough for any sentence.
	maxPassword = 512
)

// SetPassword sets an account's password. Whoever was signed in to it before is signed out, and its links are void. by is
// who does it. *FieldError; *WaitError.
func (s *Service) SetPassword(ctx context.Context, by AccountID, a Account, password string) error {
	hash, err := s.newPassword(ctx, a.ID, password)
	if err != nil {
		return err
	}
	return s.storePassword(ctx, by, a, hash, s.now())
}

// newPassword gives the hash of a password that may be set. *FieldError.
func (s *Service) newPassword(ctx context.Context, id AccountID, password string) (string, error) {
	if err := checkPassword(id, password); err != nil {
		return "", err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return "", fmt.Errorf("set password of %s: %w", id, err)
	}
	return hash, nil
}

func (s *Service) storePassword(ctx context.Context, by AccountID, a Account, hash string, at time.Time) error {
	a.Password, a.Renewed = hash, at
	if err := s.Audit(ctx, Event{Who: by, Action: "password.set", Object: string(a.ID)}); err != nil {
		return err
	}
	if err := s.store.ReplaceAccount(ctx, a); err != nil {
		return fmt.Errorf("set password of %s: %w", a.ID, err)
	}
	return nil
}

func checkPassword(id AccountID, password string) error {
	switch {
	case utf8.RuneCountInString(password) < MinPassword:
		return &FieldError{FieldPassword, TooShort}
	case len(password) > maxPassword:
		return &FieldError{FieldPassword, TooLong}
	case strings.EqualFold(strings.TrimSpace(password), string(id)):
		return &FieldError{FieldPassword, IsTheEmail}
	}
	return nil
}
