package sqlitestore

import (
	"context"
	"fmt"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

const (
	administrationQuery   = `select id, created, body from administrations where id = ?`
	administrationsQuery  = `select id, created, body from administrations order by created desc, id`
	createAdministration  = `insert into administrations (id, created, body) values (?, ?, ?) on conflict do nothing`
	replaceAdministration = `update administrations set created = ?2, body = ?3 where id = ?1`
)

// administrationBody is what is kept of an administration beside the columns.
type administrationBody struct {
	Instrument fieldwork.InstrumentRef  `json:"instrument"`
	Title      instrument.Text          `json:"title"`
	Wave       fieldwork.Wave           `json:"wave"`
	Opens      int64                    `json:"opens"`
	Closes     int64                    `json:"closes"`
	TimeZone   string                   `json:"time_zone"`
	Sites      []fieldwork.SiteID       `json:"sites"`
	Groups     []fieldwork.GroupID      `json:"groups"`
	Enrolment  fieldwork.Enrolment      `json:"enrolment"` // not in bodies from before there were roles: everybody
	Languages  []instrument.Lang        `json:"languages"`
	Settings   []fieldwork.SettingValue `json:"settings"`
	Status     fieldwork.Status         `json:"status"`
	Synthetic  bool                     `json:"synthetic,omitempty"`
}

// Administration gives one; ErrNotFound.
func (s *Store) Administration(ctx context.Context, id fieldwork.AdministrationID) (fieldwork.Administration, error) {
	administration, err := readOne(ctx, s, s.on.administration, scanAdministration, string(id))
	if err != nil {
		return fieldwork.Administration{}, fmt.Errorf("administration %s: %w", id, err)
	}
	return administration, nil
}

// Administrations gives all, newest first.
func (s *Store) Administrations(ctx context.Context) ([]fieldwork.Administration, error) {
	all, err := readAll(ctx, s, s.on.administrations, scanAdministration)
	if err != nil {
		return nil, fmt.Errorf("list administrations: %w", err)
	}
	return all, nil
}

// CreateAdministration stores a new one; ErrExists.
func (s *Store) CreateAdministration(ctx context.Context, a fieldwork.Administration) error {
	if err := s.writeAdministration(ctx, a, createAdministration, fault.ErrExists); err != nil {
		return fmt.Errorf("create administration %s: %w", a.ID, err)
	}
	return nil
}

// ReplaceAdministration stores the new state of one that is there; ErrNotFound.
func (s *Store) ReplaceAdministration(ctx context.Context, a fieldwork.Administration) error {
	if err := s.writeAdministration(ctx, a, replaceAdministration, fault.ErrNotFound); err != nil {
		return fmt.Errorf("replace administration %s: %w", a.ID, err)
	}
	return nil
}

// writeAdministration gives unchanged when the statement finds nothing to do.
func (s *Store) writeAdministration(ctx context.Context, a fieldwork.Administration, statement string, unchanged error) error {
	body, err := encode(administrationBody{
		Instrument: a.Instrument, Title: a.Title, Wave: a.Wave, Opens: millis(a.Opens), Closes: millis(a.Closes),
		TimeZone: a.TimeZone, Sites: a.Sites, Groups: a.Groups, Enrolment: a.Enrolment, Languages: a.Languages,
		Settings: a.Settings, Status: a.Status, Synthetic: a.Synthetic,
	})
	if err != nil {
		return err
	}
	id, created := string(a.ID), millis(a.Created)
	return s.writeOne(ctx, func(on *transaction) error {
		changed, err := on.exec(statement, id, created, body)
		if err == nil && changed == 0 {
			return unchanged
		}
		return err
	})
}

func scanAdministration(row scanner) (fieldwork.Administration, error) {
	var id fieldwork.AdministrationID
	var created int64
	var encoded []byte
	if err := row.Scan(&id, &created, &encoded); err != nil {
		return fieldwork.Administration{}, err
	}
	body, err := decode[administrationBody](encoded)
	if err != nil {
		return fieldwork.Administration{}, err
	}
	return fieldwork.Administration{
		ID: id, Instrument: body.Instrument, Title: body.Title, Wave: body.Wave, Opens: timeOf(body.Opens),
		Closes: timeOf(body.Closes), TimeZone: body.TimeZone, Sites: body.Sites, Groups: body.Groups, Enrolment: body.Enrolment,
		Languages: body.Languages, Settings: body.Settings, Status: body.Status, Synthetic: body.Synthetic,
		Created: timeOf(created),
	}, nil
}
