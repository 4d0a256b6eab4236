package mongostore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

// chunkSize is how many documents of a long list are read or written at a time.
const chunkSize = 1_000

// participantDoc is a participant as stored: the version that counts and, while an import runs, the one to come.
type participantDoc struct {
	ID       fieldwork.ParticipantID `bson:"_id"`
	Rev      int64                   `bson:"rev"` // grows with every change: the compare-and-set guard
	Versions []participantVersion    `bson:"versions"`
}

// participantVersion is what one import said of a participant. Of the versions whose batch is committed the last counts.
type participantVersion struct {
	Batch      batchID               `bson:"batch"`
	Student    fieldwork.StudentID   `bson:"student"`
	Role       fieldwork.Role        `bson:"role,omitempty"`
	Grade      instrument.Grade      `bson:"grade"`
	Language   instrument.Lang       `bson:"language"`
	Site       fieldwork.SiteID      `bson:"site"`
	Group      fieldwork.GroupID     `bson:"group"`
	Name       string                `bson:"name"`
	Attributes []fieldwork.Attribute `bson:"attributes"`
}

// Participant gives one participant; ErrNotFound.
func (s *Store) Participant(ctx context.Context, id fieldwork.ParticipantID) (fieldwork.Participant, error) {
	doc, err := findOne[participantDoc](ctx, s.reads.participants, byID(string(id)))
	if err != nil {
		return fieldwork.Participant{}, fmt.Errorf("participant %s: %w", id, err)
	}
	for _, version := range slices.Backward(doc.Versions) {
		state, err := s.stateOf(ctx, version.Batch)
		if err != nil {
			return fieldwork.Participant{}, fmt.Errorf("participant %s: %w", id, err)
		}
		if state == committed {
			return version.participant(id), nil
		}
	}
	return fieldwork.Participant{}, fmt.Errorf("participant %s: %w", id, fault.ErrNotFound)
}

// Participants calls each for every participant ordered by site, group and student id, until it gives an error.
// An import is seen whole or not at all.
func (s *Store) Participants(ctx context.Context, each func(fieldwork.Participant) error) error {
	list, err := s.roster(ctx)
	if err != nil {
		return fmt.Errorf("list participants: %w", err)
	}
	for _, participant := range list {
		if err := each(participant); err != nil {
			return err
		}
	}
	return nil
}

// errMoved is a listing's having been overtaken by an import.
var errMoved = errors.New("the roster changed while it was read")

func (s *Store) roster(ctx context.Context) (list []fieldwork.Participant, err error) {
	for range batchAttempts {
		if list, err = s.rosterAtOnce(ctx); !errors.Is(err, errMoved) {
			return list, err
		}
	}
	return nil, fault.Unavailable(err)
}

// rosterAtOnce gives the roster as of the batches that are committed when it begins; errMoved when a version that
// counted then is gone already.
func (s *Store) rosterAtOnce(ctx context.Context) ([]fieldwork.Participant, error) {
	visible, err := s.committedBatches(ctx)
	if err != nil {
		return nil, err
	}
	docs, err := findAll[participantDoc](ctx, s.reads.participants, bson.D{})
	if err != nil {
		return nil, err
	}
	list := make([]fieldwork.Participant, 0, len(docs))
	for _, doc := range docs {
		if version, found := lastOf(doc.Versions, visible); found {
			list = append(list, version.participant(doc.ID))
		} else if len(doc.Versions) > 0 {
			switch state, err := s.stateOf(ctx, doc.Versions[0].Batch); {
			case err != nil:
				return nil, err
			case state == committed:
				return nil, errMoved
			}
		}
	}
	slices.SortFunc(list, func(a, b fieldwork.Participant) int {
		return cmp.Or(cmp.Compare(a.Site, b.Site), cmp.Compare(a.Group, b.Group), cmp.Compare(a.Student, b.Student), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

func lastOf(versions []participantVersion, visible map[batchID]bool) (participantVersion, bool) {
	for _, version := range slices.Backward(versions) {
		if visible[version.Batch] {
			return version, true
		}
	}
	return participantVersion{}, false
}

// PutParticipants writes all or none: an existing id is replaced.
func (s *Store) PutParticipants(ctx context.Context, list []fieldwork.Participant) error {
	last := map[fieldwork.ParticipantID]fieldwork.Participant{}
	for _, participant := range list {
		last[participant.ID] = participant
	}
	// Everybody writes in the same order, so that of two imports one comes through.
	ordered := make([]fieldwork.Participant, 0, len(last))
	for _, participant := range last {
		ordered = append(ordered, participant)
	}
	slices.SortFunc(ordered, func(a, b fieldwork.Participant) int { return cmp.Compare(a.ID, b.ID) })

	err := s.writeBatch(ctx, func(ctx context.Context, batch batchID) (bool, error) {
		for chunk := range slices.Chunk(ordered, chunkSize) {
			if staged, err := s.stageParticipants(ctx, batch, chunk); err != nil || !staged {
				return false, err
			}
		}
		return true, nil
	}, func(context.Context, batchID) error { return nil }) // a version of an aborted batch is in nobody's way
	if err != nil {
		return fmt.Errorf("put %d participants: %w", len(list), err)
	}
	return nil
}

// stageParticipants adds a version to each participant of a chunk; false when somebody else changed one of them.
func (s *Store) stageParticipants(ctx context.Context, batch batchID, chunk []fieldwork.Participant) (bool, error) {
	ids := make([]fieldwork.ParticipantID, len(chunk))
	for i, participant := range chunk {
		ids[i] = participant.ID
	}
	docs, err := findAll[participantDoc](ctx, s.writes.participants, bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: ids}}}})
	if err != nil {
		return false, err
	}
	there := make(map[fieldwork.ParticipantID]participantDoc, len(docs))
	for _, doc := range docs {
		if doc.Versions, err = s.settledVersions(ctx, doc.Versions); err != nil {
			return false, err
		}
		there[doc.ID] = doc
	}
	var added []any
	var changed []mongo.WriteModel
	for _, participant := range chunk {
		before, found := there[participant.ID]
		doc := participantDoc{participant.ID, before.Rev + 1, append(before.Versions, versionOf(participant, batch))}
		if found {
			changed = append(changed, mongo.NewReplaceOneModel().
				SetFilter(bson.D{{Key: "_id", Value: participant.ID}, {Key: "rev", Value: before.Rev}}).SetReplacement(doc))
		} else {
			added = append(added, doc)
		}
	}
	return s.writeChunk(ctx, s.writes.participants, added, changed)
}

// settledVersions gives the version that counts, when there is one, after every import that wrote one has ended.
func (s *Store) settledVersions(ctx context.Context, versions []participantVersion) ([]participantVersion, error) {
	for i, version := range slices.Backward(versions) {
		state, err := s.settle(ctx, version.Batch)
		if err != nil {
			return nil, err
		}
		if state == committed {
			return versions[i : i+1 : i+1], nil
		}
	}
	return nil, nil
}

// writeChunk inserts and replaces; false when a document to insert is there already or one to replace is not.
func (s *Store) writeChunk(ctx context.Context, into *mongo.Collection, added []any, changed []mongo.WriteModel) (bool, error) {
	ctx, done, err := s.beginWrite(ctx, bulkTimeout)
	if err != nil {
		return false, err
	}
	defer done()
	if len(added) > 0 {
		_, err := into.InsertMany(ctx, added)
		if mongo.IsDuplicateKeyError(err) {
			return false, nil
		}
		if err != nil {
			return false, kindOf(ctx, err)
		}
	}
	if len(changed) > 0 {
		result, err := into.BulkWrite(ctx, changed)
		if err != nil {
			return false, kindOf(ctx, err)
		}
		return result.MatchedCount == int64(len(changed)), nil
	}
	return true, nil
}

func versionOf(p fieldwork.Participant, batch batchID) participantVersion {
	return participantVersion{
		Batch: batch, Student: p.Student, Role: p.Role, Grade: p.Grade, Language: p.Language, Site: p.Site, Group: p.Group,
		Name: p.Name, Attributes: p.Attributes,
	}
}

func (v participantVersion) participant(id fieldwork.ParticipantID) fieldwork.Participant {
	return fieldwork.Participant{
		ID: id, Student: v.Student, Role: v.Role, Grade: v.Grade, Language: v.Language, Site: v.Site, Group: v.Group,
		Name: v.Name, Attributes: v.Attributes,
	}
}
