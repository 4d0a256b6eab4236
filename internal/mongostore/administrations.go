package mongostore

import (
	"context"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

// administrationDoc is an administration as it is stored.
type administrationDoc struct {
	ID         fieldwork.AdministrationID `bson:"_id"`
	Instrument fieldwork.InstrumentRef    `bson:"instrument"`
	Title      []textDoc                  `bson:"title"`
	Wave       fieldwork.Wave             `bson:"wave"`
	Opens      bson.DateTime              `bson:"opens"`
	Closes     bson.DateTime              `bson:"closes"`
	TimeZone   string                     `bson:"time_zone"`
	Sites      []fieldwork.SiteID         `bson:"sites"`
	Groups     []fieldwork.GroupID        `bson:"groups"`
	Enrolment  fieldwork.Enrolment        `bson:"enrolment"` // not in documents from before there were roles: everybody
	Languages  []instrument.Lang          `bson:"languages"`
	Settings   []fieldwork.SettingValue   `bson:"settings"`
	Status     fieldwork.Status           `bson:"status"`
	Synthetic  bool                       `bson:"synthetic"`
	Created    bson.DateTime              `bson:"created"`
}

// Administration gives one; ErrNotFound.
func (s *Store) Administration(ctx context.Context, id fieldwork.AdministrationID) (fieldwork.Administration, error) {
	doc, err := findOne[administrationDoc](ctx, s.reads.administrations, byID(string(id)))
	if err != nil {
		return fieldwork.Administration{}, fmt.Errorf("administration %s: %w", id, err)
	}
	return doc.administration(), nil
}

// Administrations gives all, newest first.
func (s *Store) Administrations(ctx context.Context) ([]fieldwork.Administration, error) {
	docs, err := findAll[administrationDoc](ctx, s.reads.administrations, bson.D{},
		options.Find().SetSort(bson.D{{Key: "created", Value: -1}, {Key: "_id", Value: 1}}))
	if err != nil {
		return nil, fmt.Errorf("list administrations: %w", err)
	}
	all := make([]fieldwork.Administration, len(docs))
	for i, doc := range docs {
		all[i] = doc.administration()
	}
	return all, nil
}

// CreateAdministration stores a new one; ErrExists.
func (s *Store) CreateAdministration(ctx context.Context, a fieldwork.Administration) error {
	if err := s.insertOne(ctx, s.writes.administrations, docOfAdministration(a)); err != nil {
		return fmt.Errorf("create administration %s: %w", a.ID, err)
	}
	return nil
}

// ReplaceAdministration stores the new state of one that is there; ErrNotFound.
func (s *Store) ReplaceAdministration(ctx context.Context, a fieldwork.Administration) error {
	replaced, err := s.replaceOne(ctx, s.writes.administrations, byID(string(a.ID)), docOfAdministration(a))
	if err == nil && !replaced {
		err = fault.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("replace administration %s: %w", a.ID, err)
	}
	return nil
}

func docOfAdministration(a fieldwork.Administration) administrationDoc {
	return administrationDoc{
		ID: a.ID, Instrument: a.Instrument, Title: textDocs(a.Title), Wave: a.Wave, Opens: utc(a.Opens), Closes: utc(a.Closes),
		TimeZone: a.TimeZone, Sites: a.Sites, Groups: a.Groups, Enrolment: a.Enrolment, Languages: a.Languages, Settings: a.Settings,
		Status: a.Status, Synthetic: a.Synthetic, Created: utc(a.Created),
	}
}

func (d administrationDoc) administration() fieldwork.Administration {
	return fieldwork.Administration{
		ID: d.ID, Instrument: d.Instrument, Title: textOf(d.Title), Wave: d.Wave, Opens: timeOf(d.Opens), Closes: timeOf(d.Closes),
		TimeZone: d.TimeZone, Sites: d.Sites, Groups: d.Groups, Enrolment: d.Enrolment, Languages: d.Languages, Settings: d.Settings,
		Status: d.Status, Synthetic: d.Synthetic, Created: timeOf(d.Created),
	}
}
