package fieldwork

import (
	"context"
	"errors"
	"fmt"
	"math"

	"surveyd/internal/answer"
	"surveyd/internal/fault"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// Submit keeps the last answers, scores the response and ends it: one atomic write. The receipt is the server's word that
// the answers are stored durably: only a repetition of the very submit that ended the response gets it again, any other is
// ErrFinished, for its answers were not stored. Errors are those of Save.
func (s *Service) Submit(ctx context.Context, session Session, save Save) (receipt string, err error) {
	r, in, err := s.writable(ctx, session, save)
	if err != nil {
		return "", err
	}
	if r.Final() {
		return r.receiptFor(save)
	}
	next, set, err := s.apply(r, in, save)
	if err != nil {
		return "", err
	}
	next.Reached = len(in.Pages)
	set.SkipUnreached()
	next.Receipt = s.keys.receiptOf(next.Key)
	s.finish(&next, in, set, Submitted)
	err = s.store.ReplaceResponse(ctx, next, r.Seq)
	if errors.Is(err, fault.ErrConflict) {
		return s.lostSubmit(ctx, session, save)
	}
	if err != nil {
		return "", fmt.Errorf("submit: %w", err)
	}
	return next.Receipt, nil
}

// lostSubmit says how a submit stands after another write came first: that write may have been the same submit.
func (s *Service) lostSubmit(ctx context.Context, session Session, save Save) (string, error) {
	r, err := s.store.Response(ctx, session.Key)
	if err != nil {
		return "", fmt.Errorf("response of a session: %w", err)
	}
	if r.Final() {
		return r.receiptFor(save)
	}
	return "", &SequenceError{Seq: r.Seq}
}

// receiptFor gives the receipt of a finished response to the submit that ended it.
func (r Response) receiptFor(save Save) (string, error) {
	if r.Status != Submitted || !r.took(save) {
		return "", ErrFinished
	}
	return r.Receipt, nil
}

// finish scores a response and ends it.
func (s *Service) finish(r *Response, in *instrument.Instrument, set answer.Set, status ResponseStatus) {
	answer.Resolve(in, set)
	who := r.Respondent(in)
	scorer := scoring.NewScorer(in)
	var result scoring.Result
	scorer.ScoreInto(&result, set, who)
	record := scorer.NewRecord(set, result, r.Languages)
	r.Status, r.EndedAt, r.UpdatedAt = status, s.now(), s.now()
	r.Answers, r.Scores = set.Records(in), &record
}

// Respondent is what scoring must know of who answered.
func (r Response) Respondent(in *instrument.Instrument) scoring.Respondent {
	who := scoring.Respondent{Grade: r.Grade, Language: r.Language, Seconds: make([]float64, len(in.Pages)), Order: make([][]int, len(in.Pages))}
	for i := range who.Seconds {
		who.Seconds[i] = math.NaN()
	}
	for _, p := range r.Seconds {
		if at := page(in, p.Page); at != nil {
			who.Seconds[at.Index] = p.Seconds
		}
	}
	for _, p := range r.Order {
		at := page(in, p.Page)
		if at == nil {
			continue
		}
		for _, id := range p.Items {
			if item, ok := in.Item(id); ok {
				who.Order[at.Index] = append(who.Order[at.Index], item.Index)
			}
		}
	}
	return who
}

// FinishExpired ends what was begun in administrations whose window and grace period are over: what is there is kept,
// scored, and marked partial. It gives the number of responses ended. One that cannot be ended keeps no other from it:
// the errors of all are joined. Only a store that is away ends the round.
func (s *Service) FinishExpired(ctx context.Context) (int, error) {
	list, err := s.store.Administrations(ctx)
	if err != nil {
		return 0, fmt.Errorf("administrations: %w", err)
	}
	ended := 0
	var failures []error
	for _, a := range list {
		if s.now().Before(a.Closes.Add(Grace)) {
			continue
		}
		n, err := s.finishAll(ctx, a)
		ended += n
		if err != nil {
			failures = append(failures, err)
		}
		if ctx.Err() != nil || errors.Is(err, fault.ErrUnavailable) {
			break
		}
	}
	return ended, errors.Join(failures...)
}

// finishAll ends what was begun in one administration.
func (s *Service) finishAll(ctx context.Context, a Administration) (ended int, err error) {
	keys, err := s.store.UnfinishedResponses(ctx, a.ID)
	if err != nil {
		return 0, fmt.Errorf("unfinished responses of %s: %w", a.ID, err)
	}
	if len(keys) == 0 {
		return 0, nil
	}
	in, err := s.Instrument(ctx, a.Instrument)
	if err != nil {
		return 0, fmt.Errorf("end %d unfinished responses of %s: %w", len(keys), a.ID, err)
	}
	var failures []error
	for _, key := range keys {
		err := s.endPartial(ctx, in, key)
		if err == nil {
			ended++
			continue
		}
		failures = append(failures, fmt.Errorf("end the unfinished response of %s in %s: %w", key.Participant, a.ID, err))
		if ctx.Err() != nil || errors.Is(err, fault.ErrUnavailable) {
			break
		}
	}
	return ended, errors.Join(failures...)
}

func (s *Service) endPartial(ctx context.Context, in *instrument.Instrument, key ResponseKey) error {
	r, err := s.store.Response(ctx, key)
	if err != nil || r.Final() {
		return err
	}
	set, err := answer.FromRecords(in, r.Answers)
	if err != nil {
		return err
	}
	seq := r.Seq
	r.Seq++
	r.LastSave = ""
	s.finish(&r, in, set, Partial)
	err = s.store.ReplaceResponse(ctx, r, seq)
	if errors.Is(err, fault.ErrConflict) {
		return nil // a last save came in between: the next round ends it
	}
	return err
}
