package sqlitestore

import (
	"context"
	"fmt"

	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

const (
	participantQuery  = `select id, site_id, group_id, student, body from participants where id = ?`
	participantsQuery = `select id, site_id, group_id, student, body from participants
		order by site_id, group_id, student, id`
	putParticipant = `insert into participants (id, site_id, group_id, student, body) values (?, ?, ?, ?, ?)
		on conflict (id) do update set site_id = excluded.site_id, group_id = excluded.group_id,
		student = excluded.student, body = excluded.body`
)

// participantBody is what is kept of a participant beside the columns.
type participantBody struct {
	Role       fieldwork.Role        `json:"role,omitempty"`
	Grade      instrument.Grade      `json:"grade,omitempty"`
	Language   instrument.Lang       `json:"language,omitempty"`
	Name       string                `json:"name,omitempty"`
	Attributes []fieldwork.Attribute `json:"attributes"`
}

// Participant gives one participant; ErrNotFound.
func (s *Store) Participant(ctx context.Context, id fieldwork.ParticipantID) (fieldwork.Participant, error) {
	participant, err := readOne(ctx, s, s.on.participant, scanParticipant, string(id))
	if err != nil {
		return fieldwork.Participant{}, fmt.Errorf("participant %s: %w", id, err)
	}
	return participant, nil
}

// Participants calls each for every participant ordered by site, group and student id, until it gives an error.
// It reads the roster at one moment, so that an import is seen whole or not at all, and holds nothing while each runs.
func (s *Store) Participants(ctx context.Context, each func(fieldwork.Participant) error) error {
	all, err := readAll(ctx, s, s.on.participants, scanParticipant)
	if err != nil {
		return fmt.Errorf("list participants: %w", err)
	}
	for _, participant := range all {
		if err := each(participant); err != nil {
			return err
		}
	}
	return nil
}

// PutParticipants writes all or none: an existing id is replaced.
func (s *Store) PutParticipants(ctx context.Context, list []fieldwork.Participant) error {
	rows := make([][]any, len(list))
	for i, participant := range list {
		body, err := encode(participantBody{participant.Role, participant.Grade, participant.Language, participant.Name, participant.Attributes})
		if err != nil {
			return fmt.Errorf("put participant %s: %w", participant.ID, err)
		}
		rows[i] = []any{string(participant.ID), string(participant.Site), string(participant.Group), string(participant.Student), body}
	}
	err := s.write(ctx, func(on *transaction) error {
		for _, row := range rows {
			if _, err := on.exec(putParticipant, row[0], row[1], row[2], row[3], row[4]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("put %d participants: %w", len(list), err)
	}
	return nil
}

func scanParticipant(row scanner) (fieldwork.Participant, error) {
	var participant fieldwork.Participant
	var encoded []byte
	if err := row.Scan(&participant.ID, &participant.Site, &participant.Group, &participant.Student, &encoded); err != nil {
		return fieldwork.Participant{}, err
	}
	body, err := decode[participantBody](encoded)
	if err != nil {
		return fieldwork.Participant{}, err
	}
	participant.Role, participant.Grade, participant.Language = body.Role, body.Grade, body.Language
	participant.Name, participant.Attributes = body.Name, body.Attributes
	return participant, nil
}
