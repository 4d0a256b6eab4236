package sqlitestore

import (
	"context"
	"fmt"

	"surveyd/internal/answer"
	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// pageSize is how many responses a listing reads at a time. Between pages it holds nothing: a slow reader, such as a
// download, neither occupies a connection nor keeps the write-ahead log from being emptied.
const pageSize = 100

const (
	responseColumns        = `select administration, participant, seq, status, site_id, group_id, body from responses `
	responseQuery          = responseColumns + `where administration = ? and participant = ?`
	responsesAfterQuery    = responseColumns + `where administration = ? and participant > ? order by participant limit ?`
	responseStandingsQuery = `select participant, site_id, group_id, status from responses where administration = ?
		order by participant`
	unfinishedResponsesQuery = `select participant from responses
		where administration = ? and status = 'started' order by participant`
	createResponse = `insert into responses (administration, participant, seq, status, site_id, group_id, body)
		values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing`
	replaceResponse = `update responses set seq = ?, status = ?, site_id = ?, group_id = ?, body = ?
		where administration = ? and participant = ? and seq = ?`
	responseExists = `select 1 from responses where administration = ? and participant = ?`
)

// responseBody is what is kept of a response beside the columns.
type responseBody struct {
	Instrument fieldwork.InstrumentRef `json:"instrument"`
	Wave       fieldwork.Wave          `json:"wave"`
	LastSave   string                  `json:"last_save"`
	Language   instrument.Lang         `json:"language"`
	Languages  []instrument.Lang       `json:"languages"`
	Grade      instrument.Grade        `json:"grade"`
	Reached    int                     `json:"reached"`
	Answers    []answer.Record         `json:"answers"`
	Seconds    []fieldwork.PageSeconds `json:"seconds"`
	Order      []fieldwork.PageOrder   `json:"order"`
	StartedAt  int64                   `json:"started_at"`
	UpdatedAt  int64                   `json:"updated_at"`
	EndedAt    int64                   `json:"ended_at"`
	Receipt    string                  `json:"receipt,omitempty"`
	Scores     *scoring.Record         `json:"scores,omitempty"`
	Synthetic  bool                    `json:"synthetic,omitempty"`
}

// Response gives one; ErrNotFound.
func (s *Store) Response(ctx context.Context, key fieldwork.ResponseKey) (fieldwork.Response, error) {
	response, err := readOne(ctx, s, s.on.response, scanResponse, string(key.Administration), string(key.Participant))
	if err != nil {
		return fieldwork.Response{}, fmt.Errorf("response of %s in %s: %w", key.Participant, key.Administration, err)
	}
	return response, nil
}

// CreateResponse stores a first version; ErrExists.
func (s *Store) CreateResponse(ctx context.Context, r fieldwork.Response) error {
	body, err := encodeResponse(r)
	if err == nil {
		err = s.writeOne(ctx, func(on *transaction) error {
			created, err := on.exec(createResponse, string(r.Key.Administration), string(r.Key.Participant),
				r.Seq, string(r.Status), string(r.Site), string(r.Group), body)
			if err == nil && created == 0 {
				return fault.ErrExists
			}
			return err
		})
	}
	if err != nil {
		return fmt.Errorf("create response of %s in %s: %w", r.Key.Participant, r.Key.Administration, err)
	}
	return nil
}

// ReplaceResponse stores r if the stored one still has sequence number seq; else ErrConflict. ErrNotFound.
func (s *Store) ReplaceResponse(ctx context.Context, r fieldwork.Response, seq int64) error {
	body, err := encodeResponse(r)
	if err == nil {
		err = s.writeOne(ctx, func(on *transaction) error {
			administration, participant := string(r.Key.Administration), string(r.Key.Participant)
			replaced, err := on.exec(replaceResponse, r.Seq, string(r.Status), string(r.Site), string(r.Group), body,
				administration, participant, seq)
			if err != nil || replaced == 1 {
				return err
			}
			if _, found, err := on.row(responseExists, administration, participant); err != nil || found {
				return firstError(err, fault.ErrConflict)
			}
			return fault.ErrNotFound
		})
	}
	if err != nil {
		return fmt.Errorf("replace response of %s in %s: %w", r.Key.Participant, r.Key.Administration, err)
	}
	return nil
}

// EachResponse calls each for every response of an administration ordered by participant, until it gives an error.
// A response that changes while it runs is given as it was before or after.
func (s *Store) EachResponse(ctx context.Context, id fieldwork.AdministrationID, each func(fieldwork.Response) error) error {
	var last fieldwork.ParticipantID
	for {
		page, err := readAll(ctx, s, s.on.responsesAfter, scanResponse, string(id), string(last), pageSize)
		if err != nil {
			return fmt.Errorf("responses of %s: %w", id, err)
		}
		for _, response := range page {
			if err := each(response); err != nil {
				return err
			}
		}
		if len(page) < pageSize {
			return nil
		}
		last = page[len(page)-1].Key.Participant
	}
}

// ResponseStandings gives where each response of an administration stands, ordered by participant.
func (s *Store) ResponseStandings(ctx context.Context, id fieldwork.AdministrationID) ([]fieldwork.ResponseStanding, error) {
	standings, err := readAll(ctx, s, s.on.responseStandings, func(row scanner) (fieldwork.ResponseStanding, error) {
		var r fieldwork.ResponseStanding
		err := row.Scan(&r.Participant, &r.Site, &r.Group, &r.Status)
		return r, err
	}, string(id))
	if err != nil {
		return nil, fmt.Errorf("standings of the responses of %s: %w", id, err)
	}
	return standings, nil
}

// UnfinishedResponses gives the keys of started responses of an administration, ordered by participant.
func (s *Store) UnfinishedResponses(ctx context.Context, id fieldwork.AdministrationID) ([]fieldwork.ResponseKey, error) {
	keys, err := readAll(ctx, s, s.on.unfinishedKeys, func(row scanner) (fieldwork.ResponseKey, error) {
		key := fieldwork.ResponseKey{Administration: id}
		err := row.Scan(&key.Participant)
		return key, err
	}, string(id))
	if err != nil {
		return nil, fmt.Errorf("unfinished responses of %s: %w", id, err)
	}
	return keys, nil
}

func encodeResponse(r fieldwork.Response) (string, error) {
	return encode(responseBody{
		Instrument: r.Instrument, Wave: r.Wave, LastSave: r.LastSave, Language: r.Language, Languages: r.Languages,
		Grade: r.Grade, Reached: r.Reached, Answers: r.Answers, Seconds: r.Seconds, Order: r.Order,
		StartedAt: millis(r.StartedAt), UpdatedAt: millis(r.UpdatedAt), EndedAt: millis(r.EndedAt),
		Receipt: r.Receipt, Scores: r.Scores, Synthetic: r.Synthetic,
	})
}

func scanResponse(row scanner) (fieldwork.Response, error) {
	var r fieldwork.Response
	var encoded []byte
	err := row.Scan(&r.Key.Administration, &r.Key.Participant, &r.Seq, &r.Status, &r.Site, &r.Group, &encoded)
	if err != nil {
		return fieldwork.Response{}, err
	}
	body, err := decode[responseBody](encoded)
	if err != nil {
		return fieldwork.Response{}, err
	}
	r.Instrument, r.Wave, r.LastSave, r.Language, r.Languages = body.Instrument, body.Wave, body.LastSave, body.Language, body.Languages
	r.Grade, r.Reached, r.Answers, r.Seconds, r.Order = body.Grade, body.Reached, body.Answers, body.Seconds, body.Order
	r.StartedAt, r.UpdatedAt, r.EndedAt = timeOf(body.StartedAt), timeOf(body.UpdatedAt), timeOf(body.EndedAt)
	r.Receipt, r.Scores, r.Synthetic = body.Receipt, body.Scores, body.Synthetic
	return r, nil
}
