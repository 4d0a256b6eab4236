package staff

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"surveyd/internal/fault"
)

// ErrWrongPassword says that e-mail and password do not belong together. It never says which of them is wrong.
var ErrWrongPassword = errors.New("wrong e-mail or password")

// WaitError says that an account was tried too often from one address, or that too many sign in at this moment.
type WaitError struct{ For time.Duration }

func (e *WaitError) Error() string { return fmt.Sprintf("too many tries: wait %s", e.For) }

// SignIn opens a session for an e-mail and a password that were typed at the address from, and gives its token, the
// cookie's value. ErrWrongPassword; *WaitError.
func (s *Service) SignIn(ctx context.Context, email, password, from string) (token string, err error) {
	at := s.now()
	id := AccountID(strings.ToLower(strings.TrimSpace(email)))
	attempt, wait := s.throttle.begin(id, from)
	if wait > 0 {
		return "", &WaitError{For: wait}
	}
	// A longer password was never set; hashing megabytes would only be work for whoever asks for it.
	if len(password) > maxPassword || len(id) > 254 {
		return "", ErrWrongPassword
	}
	account, err := s.store.Account(ctx, id)
	if err != nil && !errors.Is(err, fault.ErrNotFound) {
		s.throttle.forgive(attempt)
		return "", fmt.Errorf("sign in: %w", err)
	}
	ok, err := s.hasher.matches(ctx, password, account.Password)
	if err != nil {
		s.throttle.forgive(attempt)
		return "", fmt.Errorf("sign in %s: %w", account.ID, err)
	}
	if !ok {
		if account.ID == "" {
			return "", ErrWrongPassword // what was typed may be a password in the wrong field: it is not logged
		}
		return "", errors.Join(ErrWrongPassword, s.Audit(ctx, Event{Who: account.ID, Action: "sign-in.failed", Object: string(account.ID)}))
	}
	s.throttle.clear(attempt)
	return s.begin(ctx, account, at, "password")
}
