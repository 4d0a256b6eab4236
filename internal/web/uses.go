package web

import (
	"context"

	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
	"surveyd/internal/staff"
)

// Doors opens sessions and reads them back from cookies.
type Doors interface {
	Enter(ctx context.Context, typed string) (fieldwork.Session, error)
	SealSession(fieldwork.Session) (string, error)
	OpenSession(ctx context.Context, sid, token string) (fieldwork.Session, error)
	DraftKey(fieldwork.Session) []byte
}

// Answering is what a student does in a session.
type Answering interface {
	Load(ctx context.Context, session fieldwork.Session) (fieldwork.State, error)
	Begin(ctx context.Context, session fieldwork.Session, lang instrument.Lang) error
	Decline(ctx context.Context, session fieldwork.Session, lang instrument.Lang) error
	Save(ctx context.Context, session fieldwork.Session, save fieldwork.Save) (int64, error)
	Submit(ctx context.Context, session fieldwork.Session, save fieldwork.Save) (receipt string, err error)
}

// Overview is what is going on: for the staff's pages and downloads, and to compile surveys before the first student asks.
type Overview interface {
	Standings(ctx context.Context) ([]fieldwork.Standing, error)
	Administrations(ctx context.Context) ([]fieldwork.Administration, error)
	Administration(ctx context.Context, id fieldwork.AdministrationID) (fieldwork.Administration, error)
	Instrument(ctx context.Context, ref fieldwork.InstrumentRef) (*instrument.Instrument, error)
	Media(ctx context.Context, digest string) (fieldwork.File, error)
	EachRespondent(ctx context.Context, id fieldwork.AdministrationID, each func(fieldwork.Participant, fieldwork.Response, bool) error) error
	Ready(ctx context.Context) error
}

// Fieldwork is every use case of fieldwork that pages need; *fieldwork.Service has them.
type Fieldwork interface {
	Doors
	Answering
	Overview
}

// Staff is who may see what; *staff.Service.
type Staff interface {
	SignIn(ctx context.Context, email, password, from string) (token string, err error)
	Authenticate(ctx context.Context, token string) (staff.Account, error)
	SignOut(ctx context.Context, token string) error
	LinkAccount(ctx context.Context, token string) (a staff.Account, setsPassword bool, err error)
	TakeLink(ctx context.Context, token, password string) (session string, err error)
	Audit(ctx context.Context, e staff.Event) error
}
