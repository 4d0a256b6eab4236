package staff

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/go-playground/validator/v10"
)

// CommandLine is who acts in the audit log when somebody at the server's own command line does.
const CommandLine AccountID = "command line"

// Field names what a FieldError is about.
type Field string

// Problem says what is wrong with a field.
type Problem string

// The fields and problems of accounts and passwords.
const (
	FieldEmail    Field = "email"
	FieldRole     Field = "role"
	FieldSites    Field = "sites"
	FieldGroups   Field = "groups"
	FieldPassword Field = "password"

	NotAnEmail Problem = "not_an_email"
	NotARole   Problem = "not_a_role"
	Needed     Problem = "needed"
	TooShort   Problem = "too_short"
	TooLong    Problem = "too_long"
	IsTheEmail Problem = "is_the_email"
)

// FieldError says what is wrong with one thing that somebody typed. It never holds the thing.
type FieldError struct {
	Field   Field
	Problem Problem
}

func (e *FieldError) Error() string { return string(e.Field) + ": " + string(e.Problem) }

// Roles are all roles, the most powerful first.
func Roles() []Role { return []Role{Administrator, Researcher, School, Teacher} }

// NewAccount is what an account is made from.
type NewAccount struct {
	Email  string `validate:"required,email,max=254"`
	Role   Role
	Sites  []string // needed for school and teacher
	Groups []string // needed for teacher
}

// Add makes an account, without a password: its owner comes in by a one-time link. by is who does it. *FieldError;
// fault.ErrExists.
func (s *Service) Add(ctx context.Context, by AccountID, in NewAccount) (Account, error) {
	in.Email = strings.ToLower(strings.TrimSpace(in.Email))
	if err := check(in); err != nil {
		return Account{}, err
	}
	a := Account{ID: AccountID(in.Email), Role: in.Role, Sites: in.Sites, Groups: in.Groups, Created: s.now()}
	if err := s.store.CreateAccount(ctx, a); err != nil {
		return Account{}, fmt.Errorf("add account %s: %w", a.ID, err)
	}
	if err := s.Audit(ctx, Event{Who: by, Action: "account.add", Object: string(a.ID), Detail: string(a.Role)}); err != nil {
		return Account{}, err
	}
	return a, nil
}

func check(in NewAccount) error {
	if err := validator.New(validator.WithRequiredStructEnabled()).Struct(in); err != nil {
		return &FieldError{FieldEmail, NotAnEmail}
	}
	if !slices.Contains(Roles(), in.Role) {
		return &FieldError{FieldRole, NotARole}
	}
	// A group's name is its own only within its site: a teacher without a site would see every school's "5A".
	if (in.Role == School || in.Role == Teacher) && len(in.Sites) == 0 {
		return &FieldError{FieldSites, Needed}
	}
	if in.Role == Teacher && len(in.Groups) == 0 {
		return &FieldError{FieldGroups, Needed}
	}
	return nil
}
