package fieldwork

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"surveyd/internal/fault"
	"surveyd/internal/instrument"
)

// State is what a session's pages are made from.
type State struct {
	Administration Administration
	Instrument     *instrument.Instrument
	Response       Response // zero unless Begun
	Begun          bool
	Stage          Stage
}

// Load gives the state of a session.
func (s *Service) Load(ctx context.Context, session Session) (State, error) {
	a, err := s.store.Administration(ctx, session.Key.Administration)
	if err != nil {
		return State{}, fmt.Errorf("administration of a session: %w", err)
	}
	in, err := s.Instrument(ctx, a.Instrument)
	if err != nil {
		return State{}, err
	}
	state := State{Administration: a, Instrument: in, Stage: StageAssent}
	state.Response, err = s.store.Response(ctx, session.Key)
	if errors.Is(err, fault.ErrNotFound) {
		return state, nil
	}
	if err != nil {
		return State{}, fmt.Errorf("response of a session: %w", err)
	}
	state.Begun = true
	state.Stage = StageSurvey
	if state.Response.Final() {
		state.Stage = StageDone
	}
	return state, nil
}

// ErrClosed says that an administration takes no more answers.
var ErrClosed = errors.New("administration is closed")

// Begin records that a student agreed to answer. Beginning again changes nothing.
func (s *Service) Begin(ctx context.Context, session Session, lang instrument.Lang) error {
	_, err := s.create(ctx, session, lang, Started)
	return err
}

// Decline records that a student does not want to answer; it is honoured for good. A response that has begun is ended
// and its answers are dropped, for the student has withdrawn them.
func (s *Service) Decline(ctx context.Context, session Session, lang instrument.Lang) error {
	r, err := s.create(ctx, session, lang, Declined)
	for err == nil && !r.Final() {
		seq := r.Seq
		r.Status, r.Seq, r.EndedAt, r.UpdatedAt = Declined, seq+1, s.now(), s.now()
		r.Answers, r.Seconds, r.Order, r.Reached, r.LastSave = nil, nil, nil, 0, ""
		err = s.store.ReplaceResponse(ctx, r, seq)
		if errors.Is(err, fault.ErrConflict) {
			r, err = s.store.Response(ctx, session.Key)
		}
	}
	if err != nil {
		return fmt.Errorf("decline: %w", err)
	}
	return nil
}

// create stores the first version of a response, or gives the one that is there.
func (s *Service) create(ctx context.Context, session Session, lang instrument.Lang, status ResponseStatus) (Response, error) {
	a, err := s.store.Administration(ctx, session.Key.Administration)
	if err != nil {
		return Response{}, fmt.Errorf("administration of a session: %w", err)
	}
	if !slices.Contains(a.Languages, lang) {
		return Response{}, fmt.Errorf("language %q: %w", lang, fault.ErrNotFound)
	}
	r, err := s.store.Response(ctx, session.Key)
	if !errors.Is(err, fault.ErrNotFound) {
		return r, err
	}
	if err := refusal(a.begin(s.now())); err != nil {
		return Response{}, err
	}
	p, err := s.store.Participant(ctx, session.Key.Participant)
	if err != nil {
		return Response{}, fmt.Errorf("participant of a session: %w", err)
	}
	r = Response{
		Key: session.Key, Instrument: a.Instrument, Wave: a.Wave, Status: status,
		Language: lang, Languages: []instrument.Lang{lang},
		Site: p.Site, Group: p.Group, Grade: p.Grade,
		StartedAt: s.now(), UpdatedAt: s.now(), Synthetic: a.Synthetic,
	}
	if status == Declined {
		r.EndedAt = s.now()
	}
	err = s.store.CreateResponse(ctx, r)
	if errors.Is(err, fault.ErrExists) {
		return s.store.Response(ctx, session.Key)
	}
	return r, err
}
