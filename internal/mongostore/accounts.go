package mongostore

import (
	"context"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"surveyd/internal/fault"
	"surveyd/internal/staff"
)

// accountDoc is an account as it is stored.
type accountDoc struct {
	ID       staff.AccountID `bson:"_id"`
	Role     staff.Role      `bson:"role"`
	Sites    []string        `bson:"sites"`
	Groups   []string        `bson:"groups"`
	Password string          `bson:"password"`
	Created  bson.DateTime   `bson:"created"`
	Renewed  bson.DateTime   `bson:"renewed"`
}

// Account gives one; ErrNotFound.
func (s *Store) Account(ctx context.Context, id staff.AccountID) (staff.Account, error) {
	doc, err := findOne[accountDoc](ctx, s.reads.accounts, byID(string(id)))
	if err != nil {
		return staff.Account{}, fmt.Errorf("account %s: %w", id, err)
	}
	return doc.account(), nil
}

// Accounts gives all, ordered by id.
func (s *Store) Accounts(ctx context.Context) ([]staff.Account, error) {
	docs, err := findAll[accountDoc](ctx, s.reads.accounts, bson.D{}, options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}))
	if err != nil {
		return nil, fmt.Errorf("list accounts: %w", err)
	}
	accounts := make([]staff.Account, len(docs))
	for i, doc := range docs {
		accounts[i] = doc.account()
	}
	return accounts, nil
}

// CreateAccount stores a new one; ErrExists.
func (s *Store) CreateAccount(ctx context.Context, a staff.Account) error {
	if err := s.insertOne(ctx, s.writes.accounts, docOfAccount(a)); err != nil {
		return fmt.Errorf("create account %s: %w", a.ID, err)
	}
	return nil
}

// ReplaceAccount stores the new state of one that is there; ErrNotFound.
func (s *Store) ReplaceAccount(ctx context.Context, a staff.Account) error {
	replaced, err := s.replaceOne(ctx, s.writes.accounts, byID(string(a.ID)), docOfAccount(a))
	if err == nil && !replaced {
		err = fault.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("replace account %s: %w", a.ID, err)
	}
	return nil
}

func docOfAccount(a staff.Account) accountDoc {
	return accountDoc{
		ID: a.ID, Role: a.Role, Sites: a.Sites, Groups: a.Groups, Password: a.Password, Created: utc(a.Created), Renewed: utc(a.Renewed),
	}
}

func (d accountDoc) account() staff.Account {
	return staff.Account{
		ID: d.ID, Role: d.Role, Sites: d.Sites, Groups: d.Groups, Password: d.Password, Created: timeOf(d.Created), Renewed: timeOf(d.Renewed),
	}
}
