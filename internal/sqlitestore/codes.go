package sqlitestore

import (
	"context"
	"fmt"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
)

const (
	codeColumns       = `select lookup, administration, participant, sealed, generation, dead from codes `
	codeByLookupQuery = codeColumns + `where lookup = ?`
	codeOfQuery       = codeColumns + `where administration = ? and participant = ? and dead = 0`
	codesOfQuery      = codeColumns + `where administration = ? and dead = 0 order by participant`
	codeIsDead        = `select dead from codes where lookup = ?`
	killCode          = `update codes set dead = 1 where lookup = ? and dead = 0`
	putCode           = `insert into codes (lookup, administration, participant, sealed, generation, dead) values (?, ?, ?, ?, ?, ?)`
)

// CodeByLookup finds a code, dead or alive, by the HMAC of what was typed; ErrNotFound.
func (s *Store) CodeByLookup(ctx context.Context, lookup string) (fieldwork.Code, error) {
	code, err := readOne(ctx, s, s.on.codeByLookup, scanCode, lookup)
	if err != nil {
		return fieldwork.Code{}, fmt.Errorf("look up a code: %w", err)
	}
	return code, nil
}

// CodeOf gives the living code of a participant in an administration; ErrNotFound.
func (s *Store) CodeOf(ctx context.Context, key fieldwork.ResponseKey) (fieldwork.Code, error) {
	code, err := readOne(ctx, s, s.on.codeOf, scanCode, string(key.Administration), string(key.Participant))
	if err != nil {
		return fieldwork.Code{}, fmt.Errorf("code of %s in %s: %w", key.Participant, key.Administration, err)
	}
	return code, nil
}

// CodesOf gives the living codes of an administration, ordered by participant.
func (s *Store) CodesOf(ctx context.Context, id fieldwork.AdministrationID) ([]fieldwork.Code, error) {
	codes, err := readAll(ctx, s, s.on.codesOf, scanCode, string(id))
	if err != nil {
		return nil, fmt.Errorf("codes of %s: %w", id, err)
	}
	return codes, nil
}

// PutCodes writes new codes, all or none; ErrExists when a lookup or a living code of the same participant is there.
func (s *Store) PutCodes(ctx context.Context, codes []fieldwork.Code) error {
	rows := make([]codeRow, len(codes))
	for i, code := range codes {
		rows[i] = rowOf(code)
	}
	err := s.write(ctx, func(on *transaction) error {
		for _, row := range rows {
			if err := row.insert(on); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("put %d codes: %w", len(codes), err)
	}
	return nil
}

// ReplaceCode kills old and writes new in one step; ErrConflict when old is dead already, ErrNotFound when it was never
// there, ErrExists when the lookup of new is taken.
func (s *Store) ReplaceCode(ctx context.Context, old, new fieldwork.Code) error {
	row := rowOf(new)
	err := s.write(ctx, func(on *transaction) error {
		killed, err := on.exec(killCode, old.Lookup)
		if err != nil {
			return err
		}
		if killed == 1 {
			return row.insert(on)
		}
		if _, found, err := on.row(codeIsDead, old.Lookup); err != nil || found {
			return firstError(err, fault.ErrConflict)
		}
		return fault.ErrNotFound
	})
	if err != nil {
		return fmt.Errorf("replace code of %s in %s: %w", old.Participant, old.Administration, err)
	}
	return nil
}

// codeRow is a code in the order of its columns.
type codeRow struct {
	lookup, administration, participant string
	sealed                              []byte
	generation, dead                    int64
}

func rowOf(code fieldwork.Code) codeRow {
	row := codeRow{
		lookup: code.Lookup, administration: string(code.Administration), participant: string(code.Participant),
		sealed: append([]byte{}, code.Sealed...), generation: int64(code.Generation),
	}
	if code.Dead {
		row.dead = 1
	}
	return row
}

func (r codeRow) insert(on *transaction) error {
	_, err := on.exec(putCode, r.lookup, r.administration, r.participant, r.sealed, r.generation, r.dead)
	if uniqueViolated(err) {
		return fault.ErrExists
	}
	return err
}

func scanCode(row scanner) (fieldwork.Code, error) {
	var code fieldwork.Code
	err := row.Scan(&code.Lookup, &code.Administration, &code.Participant, &code.Sealed, &code.Generation, &code.Dead)
	return code, err
}
