package fieldwork

import (
	"context"
	"errors"
	"fmt"

	"surveyd/internal/fault"
)

// SheetCode is one line of a code sheet.
type SheetCode struct {
	Participant Participant
	For         Role   // who answers with it: the family, where families answer under their child's row
	Code        string // as FormatCode writes it
}

// CodeSheet gives every participant of an administration a code, making those that are missing, in the roster's order.
func (s *Service) CodeSheet(ctx context.Context, id AdministrationID) ([]SheetCode, error) {
	a, err := s.Administration(ctx, id)
	if err != nil {
		return nil, err
	}
	codes, err := s.codesOf(ctx, id)
	if err != nil {
		return nil, err
	}
	var sheet []SheetCode
	var made []Code
	err = s.store.Participants(ctx, func(p Participant) error {
		if !a.takes(p) {
			return nil
		}
		code, ok := codes[p.ID]
		if !ok {
			if code, err = s.makeCode(ResponseKey{Administration: id, Participant: p.ID}, 1); err != nil {
				return err
			}
			made = append(made, code)
		}
		text, err := s.openCode(code)
		if err != nil {
			return err
		}
		sheet = append(sheet, SheetCode{Participant: p, For: a.Enrolment.answers(p), Code: FormatCode(text)})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("code sheet of %s: %w", id, err)
	}
	if len(made) == 0 {
		return sheet, nil
	}
	if err := s.store.PutCodes(ctx, made); err != nil {
		return nil, fmt.Errorf("code sheet of %s: %w", id, err)
	}
	return sheet, nil
}

func (s *Service) codesOf(ctx context.Context, id AdministrationID) (map[ParticipantID]Code, error) {
	list, err := s.store.CodesOf(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("codes of %s: %w", id, err)
	}
	codes := make(map[ParticipantID]Code, len(list))
	for _, c := range list {
		codes[c.Participant] = c
	}
	return codes, nil
}

// ReissueCode kills a participant's code and gives a new one.
func (s *Service) ReissueCode(ctx context.Context, id AdministrationID, student StudentID) (SheetCode, error) {
	a, err := s.Administration(ctx, id)
	if err != nil {
		return SheetCode{}, err
	}
	p, err := s.store.Participant(ctx, s.keys.Pseudonym(student))
	if err != nil {
		return SheetCode{}, fmt.Errorf("student of the code: %w", err)
	}
	old, err := s.store.CodeOf(ctx, ResponseKey{Administration: id, Participant: p.ID})
	if err != nil {
		return SheetCode{}, fmt.Errorf("code to replace: %w", err)
	}
	code, err := s.makeCode(ResponseKey{Administration: id, Participant: p.ID}, old.Generation+1)
	if err != nil {
		return SheetCode{}, err
	}
	if err := s.store.ReplaceCode(ctx, old, code); err != nil {
		return SheetCode{}, fmt.Errorf("replace a code: %w", err)
	}
	text, err := s.openCode(code)
	return SheetCode{Participant: p, For: a.Enrolment.answers(p), Code: FormatCode(text)}, err
}

func (s *Service) makeCode(key ResponseKey, generation int) (Code, error) {
	text, err := newCode(s.keys.random)
	if err != nil {
		return Code{}, err
	}
	sealed, err := s.keys.seal(s.keys.codes, []byte(text), codeBound(key))
	if err != nil {
		return Code{}, fmt.Errorf("seal a code: %w", err)
	}
	return Code{
		Lookup: s.keys.codeLookup(text), Administration: key.Administration, Participant: key.Participant,
		Sealed: sealed, Generation: generation,
	}, nil
}

// errKey says that codes were sealed with another secret than the one in use.
var errKey = errors.New("a code was made with another secret key: is the key file the one of this data?")

func (s *Service) openCode(c Code) (string, error) {
	plain, err := open(s.keys.codes, c.Sealed, codeBound(ResponseKey{Administration: c.Administration, Participant: c.Participant}))
	if err != nil {
		return "", fmt.Errorf("%w: %w", fault.ErrConflict, errKey)
	}
	return string(plain), nil
}

func codeBound(key ResponseKey) []byte {
	return []byte(string(key.Administration) + "/" + string(key.Participant))
}
