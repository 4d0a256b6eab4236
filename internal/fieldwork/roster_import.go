package fieldwork

import (
	"context"
	"fmt"
	"slices"
)

// RosterChange is what importing a roster would do. Participants that are on the stored roster and not in the file stay:
// leaving a school is not said by a row's absence.
type RosterChange struct {
	Added, Changed, Unchanged []Participant
	NotInFile                 int
	Roles                     int // of those changed: who gets another role
}

// InFile says how many people of a role the file has.
func (c RosterChange) InFile(role Role) int {
	return c.count(func(p Participant) bool { return p.Role == role })
}

// WithoutGrade says how many students of the file have no grade: surveys for certain grades cannot ask them.
func (c RosterChange) WithoutGrade() int {
	return c.count(func(p Participant) bool { return p.Role == RoleStudent && p.Grade == "" })
}

func (c RosterChange) count(counts func(Participant) bool) int {
	n := 0
	for _, list := range [][]Participant{c.Added, c.Changed, c.Unchanged} {
		for _, p := range list {
			if counts(p) {
				n++
			}
		}
	}
	return n
}

// PlanRoster compares a roster that was read with the one that is stored.
func (s *Service) PlanRoster(ctx context.Context, list []Participant) (RosterChange, error) {
	stored := map[ParticipantID]Participant{}
	err := s.store.Participants(ctx, func(p Participant) error {
		stored[p.ID] = p
		return nil
	})
	if err != nil {
		return RosterChange{}, fmt.Errorf("read the stored roster: %w", err)
	}
	var change RosterChange
	for _, p := range list {
		p.ID = s.keys.Pseudonym(p.Student)
		old, known := stored[p.ID]
		delete(stored, p.ID)
		switch {
		case !known:
			change.Added = append(change.Added, p)
		case sameParticipant(old, p):
			change.Unchanged = append(change.Unchanged, p)
		default:
			change.Changed = append(change.Changed, p)
			if old.Role != p.Role {
				change.Roles++
			}
		}
	}
	change.NotInFile = len(stored)
	return change, nil
}

// ImportRoster commits a planned change: all of it or nothing.
func (s *Service) ImportRoster(ctx context.Context, change RosterChange) error {
	write := slices.Concat(change.Added, change.Changed)
	if len(write) == 0 {
		return nil
	}
	if err := s.store.PutParticipants(ctx, write); err != nil {
		return fmt.Errorf("import roster: %w", err)
	}
	return nil
}

func sameParticipant(a, b Participant) bool {
	return a.Student == b.Student && a.Role == b.Role && a.Grade == b.Grade && a.Language == b.Language && a.Site == b.Site &&
		a.Group == b.Group && a.Name == b.Name && slices.Equal(a.Attributes, b.Attributes)
}
