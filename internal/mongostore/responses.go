package mongostore

import (
	"context"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"surveyd/internal/answer"
	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// pageSize is how many responses a listing reads at a time. Between pages nothing is open on the server: a slow reader,
// such as a download, may take as long as it likes.
const pageSize = 100

// responseDoc is a response as it is stored: everything in one document, so that a submit is one atomic write.
type responseDoc struct {
	ID             string                     `bson:"_id"`
	Administration fieldwork.AdministrationID `bson:"administration"`
	Participant    fieldwork.ParticipantID    `bson:"participant"`
	Seq            int64                      `bson:"seq"`
	Status         fieldwork.ResponseStatus   `bson:"status"`
	Site           fieldwork.SiteID           `bson:"site"`
	Group          fieldwork.GroupID          `bson:"group"`
	Instrument     fieldwork.InstrumentRef    `bson:"instrument"`
	Wave           fieldwork.Wave             `bson:"wave"`
	LastSave       string                     `bson:"last_save"`
	Language       instrument.Lang            `bson:"language"`
	Languages      []instrument.Lang          `bson:"languages"`
	Grade          instrument.Grade           `bson:"grade"`
	Reached        int                        `bson:"reached"`
	Answers        []answer.Record            `bson:"answers"`
	Seconds        []fieldwork.PageSeconds    `bson:"seconds"`
	Order          []fieldwork.PageOrder      `bson:"order"`
	StartedAt      bson.DateTime              `bson:"started_at"`
	UpdatedAt      bson.DateTime              `bson:"updated_at"`
	EndedAt        bson.DateTime              `bson:"ended_at"`
	Receipt        string                     `bson:"receipt"`
	Scores         *scoring.Record            `bson:"scores"`
	Synthetic      bool                       `bson:"synthetic"`
}

// Response gives one; ErrNotFound.
func (s *Store) Response(ctx context.Context, key fieldwork.ResponseKey) (fieldwork.Response, error) {
	doc, err := findOne[responseDoc](ctx, s.reads.responses, byID(responseID(key)))
	if err != nil {
		return fieldwork.Response{}, fmt.Errorf("response of %s in %s: %w", key.Participant, key.Administration, err)
	}
	return doc.response(), nil
}

// CreateResponse stores a first version; ErrExists.
func (s *Store) CreateResponse(ctx context.Context, r fieldwork.Response) error {
	if err := s.insertOne(ctx, s.writes.responses, docOfResponse(r)); err != nil {
		return fmt.Errorf("create response of %s in %s: %w", r.Key.Participant, r.Key.Administration, err)
	}
	return nil
}

// ReplaceResponse stores r if the stored one still has sequence number seq; else ErrConflict. ErrNotFound.
func (s *Store) ReplaceResponse(ctx context.Context, r fieldwork.Response, seq int64) error {
	doc := docOfResponse(r)
	replaced, err := s.replaceOne(ctx, s.writes.responses, bson.D{{Key: "_id", Value: doc.ID}, {Key: "seq", Value: seq}}, doc)
	if err == nil && !replaced {
		if _, err = findOne[bson.Raw](ctx, s.writes.responses, byID(doc.ID)); err == nil {
			err = fault.ErrConflict
		}
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
		page, err := findAll[responseDoc](ctx, s.reads.responses,
			bson.D{{Key: "administration", Value: id}, {Key: "participant", Value: bson.D{{Key: "$gt", Value: last}}}},
			options.Find().SetSort(bson.D{{Key: "participant", Value: 1}}).SetLimit(pageSize))
		if err != nil {
			return fmt.Errorf("responses of %s: %w", id, err)
		}
		for _, doc := range page {
			if err := each(doc.response()); err != nil {
				return err
			}
		}
		if len(page) < pageSize {
			return nil
		}
		last = page[len(page)-1].Participant
	}
}

// ResponseStandings gives where each response of an administration stands, ordered by participant.
func (s *Store) ResponseStandings(ctx context.Context, id fieldwork.AdministrationID) ([]fieldwork.ResponseStanding, error) {
	docs, err := findAll[struct {
		Participant fieldwork.ParticipantID  `bson:"participant"`
		Site        fieldwork.SiteID         `bson:"site"`
		Group       fieldwork.GroupID        `bson:"group"`
		Status      fieldwork.ResponseStatus `bson:"status"`
	}](ctx, s.reads.responses,
		bson.D{{Key: "administration", Value: id}},
		options.Find().SetSort(bson.D{{Key: "participant", Value: 1}}).
			SetProjection(bson.D{{Key: "participant", Value: 1}, {Key: "site", Value: 1}, {Key: "group", Value: 1}, {Key: "status", Value: 1}}))
	if err != nil {
		return nil, fmt.Errorf("standings of the responses of %s: %w", id, err)
	}
	standings := make([]fieldwork.ResponseStanding, len(docs))
	for i, d := range docs {
		standings[i] = fieldwork.ResponseStanding{Participant: d.Participant, Site: d.Site, Group: d.Group, Status: d.Status}
	}
	return standings, nil
}

// UnfinishedResponses gives the keys of started responses of an administration, ordered by participant.
func (s *Store) UnfinishedResponses(ctx context.Context, id fieldwork.AdministrationID) ([]fieldwork.ResponseKey, error) {
	docs, err := findAll[struct {
		Participant fieldwork.ParticipantID `bson:"participant"`
	}](ctx, s.reads.responses,
		bson.D{{Key: "administration", Value: id}, {Key: "status", Value: fieldwork.Started}},
		options.Find().SetSort(bson.D{{Key: "participant", Value: 1}}).SetProjection(bson.D{{Key: "participant", Value: 1}}))
	if err != nil {
		return nil, fmt.Errorf("unfinished responses of %s: %w", id, err)
	}
	keys := make([]fieldwork.ResponseKey, len(docs))
	for i, doc := range docs {
		keys[i] = fieldwork.ResponseKey{Administration: id, Participant: doc.Participant}
	}
	return keys, nil
}

func docOfResponse(r fieldwork.Response) responseDoc {
	return responseDoc{
		ID: responseID(r.Key), Administration: r.Key.Administration, Participant: r.Key.Participant,
		Seq: r.Seq, Status: r.Status, Site: r.Site, Group: r.Group,
		Instrument: r.Instrument, Wave: r.Wave, LastSave: r.LastSave, Language: r.Language, Languages: r.Languages,
		Grade: r.Grade, Reached: r.Reached, Answers: r.Answers, Seconds: r.Seconds, Order: r.Order,
		StartedAt: utc(r.StartedAt), UpdatedAt: utc(r.UpdatedAt), EndedAt: utc(r.EndedAt),
		Receipt: r.Receipt, Scores: r.Scores, Synthetic: r.Synthetic,
	}
}

func (d responseDoc) response() fieldwork.Response {
	return fieldwork.Response{
		Key: fieldwork.ResponseKey{Administration: d.Administration, Participant: d.Participant},
		Seq: d.Seq, Status: d.Status, Site: d.Site, Group: d.Group,
		Instrument: d.Instrument, Wave: d.Wave, LastSave: d.LastSave, Language: d.Language, Languages: d.Languages,
		Grade: d.Grade, Reached: d.Reached, Answers: d.Answers, Seconds: d.Seconds, Order: d.Order,
		StartedAt: timeOf(d.StartedAt), UpdatedAt: timeOf(d.UpdatedAt), EndedAt: timeOf(d.EndedAt),
		Receipt: d.Receipt, Scores: d.Scores, Synthetic: d.Synthetic,
	}
}
