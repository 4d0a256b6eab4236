package mongostore

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
)

// A code is kept twice. The collection "codes" holds every code that ever was, by its lookup. The collection
// "living_codes" holds the one code of a participant in an administration that lives: a code is dead when the living
// one is another. So reissuing a code is one change of one document.

// codeDoc is a code, by its lookup.
type codeDoc struct {
	Lookup         string                     `bson:"_id"`
	Administration fieldwork.AdministrationID `bson:"administration"`
	Participant    fieldwork.ParticipantID    `bson:"participant"`
	Sealed         []byte                     `bson:"sealed"`
	Generation     int                        `bson:"generation"`
	Batch          batchID                    `bson:"batch"`
}

// livingCodeDoc is the living code of a participant in an administration; its _id is both of them.
type livingCodeDoc struct {
	ID             string                     `bson:"_id"`
	Administration fieldwork.AdministrationID `bson:"administration"`
	Participant    fieldwork.ParticipantID    `bson:"participant"`
	Lookup         string                     `bson:"lookup"`
	Sealed         []byte                     `bson:"sealed"`
	Generation     int                        `bson:"generation"`
	Batch          batchID                    `bson:"batch"`
}

// CodeByLookup finds a code, dead or alive, by the HMAC of what was typed; ErrNotFound.
func (s *Store) CodeByLookup(ctx context.Context, lookup string) (fieldwork.Code, error) {
	code, err := s.codeByLookup(ctx, lookup)
	if err != nil {
		return fieldwork.Code{}, fmt.Errorf("look up a code: %w", err)
	}
	return code, nil
}

func (s *Store) codeByLookup(ctx context.Context, lookup string) (fieldwork.Code, error) {
	doc, err := findOne[codeDoc](ctx, s.reads.codes, byID(lookup))
	if err != nil {
		return fieldwork.Code{}, err
	}
	state, err := s.stateOf(ctx, doc.Batch)
	if err != nil {
		return fieldwork.Code{}, err
	}
	if state != committed {
		return fieldwork.Code{}, fault.ErrNotFound
	}
	code := fieldwork.Code{
		Lookup: doc.Lookup, Administration: doc.Administration, Participant: doc.Participant,
		Sealed: doc.Sealed, Generation: doc.Generation,
	}
	living, err := s.livingCode(ctx, fieldwork.ResponseKey{Administration: doc.Administration, Participant: doc.Participant})
	if err != nil && !errors.Is(err, fault.ErrNotFound) {
		return fieldwork.Code{}, err
	}
	code.Dead = err != nil || living.Lookup != lookup
	return code, nil
}

// CodeOf gives the living code of a participant in an administration; ErrNotFound.
func (s *Store) CodeOf(ctx context.Context, key fieldwork.ResponseKey) (fieldwork.Code, error) {
	doc, err := s.livingCode(ctx, key)
	if err != nil {
		return fieldwork.Code{}, fmt.Errorf("code of %s in %s: %w", key.Participant, key.Administration, err)
	}
	return doc.code(), nil
}

func (s *Store) livingCode(ctx context.Context, key fieldwork.ResponseKey) (livingCodeDoc, error) {
	doc, err := findOne[livingCodeDoc](ctx, s.reads.livingCodes, byID(responseID(key)))
	if err != nil {
		return livingCodeDoc{}, err
	}
	switch state, err := s.stateOf(ctx, doc.Batch); {
	case err != nil:
		return livingCodeDoc{}, err
	case state != committed:
		return livingCodeDoc{}, fault.ErrNotFound
	}
	return doc, nil
}

// CodesOf gives the living codes of an administration, ordered by participant.
func (s *Store) CodesOf(ctx context.Context, id fieldwork.AdministrationID) ([]fieldwork.Code, error) {
	visible, err := s.committedBatches(ctx)
	if err != nil {
		return nil, fmt.Errorf("codes of %s: %w", id, err)
	}
	docs, err := findAll[livingCodeDoc](ctx, s.reads.livingCodes, bson.D{{Key: "administration", Value: id}},
		options.Find().SetSort(bson.D{{Key: "participant", Value: 1}}))
	if err != nil {
		return nil, fmt.Errorf("codes of %s: %w", id, err)
	}
	var codes []fieldwork.Code
	for _, doc := range docs {
		if visible[doc.Batch] {
			codes = append(codes, doc.code())
		}
	}
	return codes, nil
}

// ReplaceCode kills old and writes new in one step; ErrConflict when old is dead already, ErrNotFound when it was never
// there, ErrExists when the lookup of new is taken.
func (s *Store) ReplaceCode(ctx context.Context, old, new fieldwork.Code) error {
	if err := s.replaceCode(ctx, old, new); err != nil {
		return fmt.Errorf("replace code of %s in %s: %w", old.Participant, old.Administration, err)
	}
	return nil
}

func (s *Store) replaceCode(ctx context.Context, old, new fieldwork.Code) error {
	if keyOf(old) != keyOf(new) {
		return errors.New("the new code is somebody else's")
	}
	switch current, err := s.codeByLookup(ctx, old.Lookup); {
	case err != nil:
		return err
	case current.Dead:
		return fault.ErrConflict
	}
	// The new code is dead until the living one's document names it.
	if err := s.insertCode(ctx, docOfCode(new, single)); err != nil {
		return err
	}
	living := livingDocOf(new, single)
	replaced, err := s.replaceOne(ctx, s.writes.livingCodes, bson.D{{Key: "_id", Value: living.ID}, {Key: "lookup", Value: old.Lookup}}, living)
	if err == nil && !replaced {
		err = errors.Join(fault.ErrConflict, s.removeCode(ctx, new.Lookup))
	}
	return err
}

// insertCode stores a code; ErrExists when its lookup is taken.
func (s *Store) insertCode(ctx context.Context, doc codeDoc) error {
	err := s.insertOne(ctx, s.writes.codes, doc)
	if !errors.Is(err, fault.ErrExists) {
		return err
	}
	// It may be taken by nothing but the remains of a batch that was never committed.
	taken, clearing := s.clear(ctx, s.writes.codes, []string{doc.Lookup})
	if taken || clearing != nil {
		return errors.Join(err, clearing)
	}
	return s.insertOne(ctx, s.writes.codes, doc)
}

func (s *Store) removeCode(ctx context.Context, lookup string) error {
	ctx, done, err := s.beginWrite(context.WithoutCancel(ctx), writeTimeout)
	if err != nil {
		return err
	}
	defer done()
	_, err = s.writes.codes.DeleteOne(ctx, byID(lookup))
	return kindOf(ctx, err)
}

func keyOf(code fieldwork.Code) fieldwork.ResponseKey {
	return fieldwork.ResponseKey{Administration: code.Administration, Participant: code.Participant}
}

func docOfCode(code fieldwork.Code, batch batchID) codeDoc {
	return codeDoc{code.Lookup, code.Administration, code.Participant, code.Sealed, code.Generation, batch}
}

func livingDocOf(code fieldwork.Code, batch batchID) livingCodeDoc {
	return livingCodeDoc{
		responseID(keyOf(code)), code.Administration, code.Participant, code.Lookup, code.Sealed, code.Generation, batch,
	}
}

func (d livingCodeDoc) code() fieldwork.Code {
	return fieldwork.Code{
		Lookup: d.Lookup, Administration: d.Administration, Participant: d.Participant, Sealed: d.Sealed, Generation: d.Generation,
	}
}
