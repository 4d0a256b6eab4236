package fieldwork

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"surveyd/internal/answer"
	"surveyd/internal/fault"
	"surveyd/internal/instrument"
)

// Save is what a page sends: the answers that changed since the last save that was acknowledged to it.
type Save struct {
	Seq      int64  // one more than the last number that the page knows
	Name     string // the page's own name of this save; a repetition has the same
	Language instrument.Lang
	Reached  int // pages seen
	Answers  []Given
	Seconds  []PageSeconds
	Order    []PageOrder
	Whole    bool // Answers is everything: an item that is not in it was left blank
}

// Given is what was given to one item: the values of a form's fields of that name.
type Given struct {
	Item   instrument.ItemID
	Values []string
}

// maxSaveName bounds the name of a save.
const maxSaveName = 64

// maxPageSeconds is the longest time on one page that is believed: a window is weeks at most.
const maxPageSeconds = 90 * 24 * 3600

// ErrFinished says that a response was submitted, declined or closed and takes no more answers.
var ErrFinished = errors.New("response is finished")

// ErrBadSave says that a save is not what a page of this instrument can send.
var ErrBadSave = errors.New("malformed save")

// SequenceError says that a save was built on another state than the stored one: another device has saved, or this is
// an old save that comes late. Nothing was changed.
type SequenceError struct{ Seq int64 }

func (e *SequenceError) Error() string { return fmt.Sprintf("sequence number is %d", e.Seq) }

// AnswersError says which answers cannot be taken. Nothing was changed.
type AnswersError struct{ Problems []answer.Problem }

func (e *AnswersError) Error() string {
	return fmt.Sprintf("%d answers cannot be taken", len(e.Problems))
}

// ErrPaused says that staff paused the administration: the answers can be sent later.
var ErrPaused = errors.New("administration is paused")

// Save keeps answers and gives the response's new sequence number once they are durable. A save that was already taken is
// acknowledged again. *SequenceError, *AnswersError, ErrFinished, ErrClosed, ErrPaused, ErrBadSave; fault.ErrNotFound when
// the response has not begun.
func (s *Service) Save(ctx context.Context, session Session, save Save) (int64, error) {
	r, in, err := s.writable(ctx, session, save)
	if err != nil {
		return r.Seq, err
	}
	if r.Final() {
		return r.Seq, ErrFinished
	}
	if r.took(save) {
		return r.Seq, nil
	}
	next, _, err := s.apply(r, in, save)
	if err != nil {
		return r.Seq, err
	}
	err = s.store.ReplaceResponse(ctx, next, r.Seq)
	if errors.Is(err, fault.ErrConflict) {
		return s.lostRace(ctx, session, save)
	}
	if err != nil {
		return r.Seq, fmt.Errorf("save answers: %w", err)
	}
	return next.Seq, nil
}

// refusal says to who is past the code entry why an administration takes nothing now: ErrPaused or ErrClosed. What has not
// opened yet was open when the code was typed, so staff moved the window: it takes answers later.
func refusal(problem error) error {
	var code *CodeError
	if !errors.As(problem, &code) {
		return problem
	}
	if code.Problem == CodePaused || code.Problem == CodeNotOpen {
		return ErrPaused
	}
	return ErrClosed
}

// writable gives the response that a save is for, if the administration still takes answers.
func (s *Service) writable(ctx context.Context, session Session, save Save) (Response, *instrument.Instrument, error) {
	if err := save.check(); err != nil {
		return Response{}, nil, err
	}
	a, err := s.store.Administration(ctx, session.Key.Administration)
	if err != nil {
		return Response{}, nil, fmt.Errorf("administration of a session: %w", err)
	}
	r, err := s.store.Response(ctx, session.Key)
	if err != nil {
		return Response{}, nil, fmt.Errorf("response of a session: %w", err)
	}
	in, err := s.Instrument(ctx, a.Instrument)
	if err != nil {
		return Response{}, nil, err
	}
	if r.Final() {
		return r, in, nil
	}
	if err := refusal(a.resume(s.now())); err != nil {
		return r, in, err
	}
	if !slices.Contains(a.Languages, save.Language) {
		return r, in, fmt.Errorf("%w: language %q", ErrBadSave, save.Language)
	}
	return r, in, nil
}

// lostRace says how a save stands after another write came first: that write may have been the very same save, sent twice.
func (s *Service) lostRace(ctx context.Context, session Session, save Save) (int64, error) {
	r, err := s.store.Response(ctx, session.Key)
	switch {
	case err != nil:
		return 0, fmt.Errorf("response of a session: %w", err)
	case r.Final():
		return r.Seq, ErrFinished
	case r.took(save):
		return r.Seq, nil
	}
	return r.Seq, &SequenceError{Seq: r.Seq}
}

func (s Save) check() error {
	switch {
	case s.Seq < 1:
		return fmt.Errorf("%w: sequence number %d", ErrBadSave, s.Seq)
	case s.Name == "" || len(s.Name) > maxSaveName:
		return fmt.Errorf("%w: name of %d bytes", ErrBadSave, len(s.Name))
	}
	return nil
}

// took says whether a save is the last one that the response took.
func (r Response) took(save Save) bool { return r.Seq == save.Seq && r.LastSave == save.Name }

// apply gives the response with a save put on it, and its answers.
func (s *Service) apply(r Response, in *instrument.Instrument, save Save) (Response, answer.Set, error) {
	if save.Seq != r.Seq+1 {
		return r, nil, &SequenceError{Seq: r.Seq}
	}
	set, err := answer.FromRecords(in, r.Answers)
	if err != nil {
		return r, nil, fmt.Errorf("stored answers: %w", err)
	}
	if save.Whole {
		set = answer.New(in)
		save.Reached = len(in.Pages)
	}
	if err := give(in, set, save.Answers); err != nil {
		return r, nil, err
	}
	next := r
	next.Seq, next.LastSave, next.UpdatedAt = save.Seq, save.Name, s.now()
	next.Language = save.Language
	if !slices.Contains(r.Languages, save.Language) {
		next.Languages = append(slices.Clone(r.Languages), save.Language)
	}
	next.Reached = min(max(r.Reached, save.Reached), len(in.Pages))
	if next.Seconds, err = mergeSeconds(in, r.Seconds, save.Seconds); err != nil {
		return r, nil, err
	}
	if next.Order, err = mergeOrder(in, r.Order, save.Order); err != nil {
		return r, nil, err
	}
	answer.Resolve(in, set)
	for _, item := range in.Items {
		if a := &set[item.Index]; item.Page < next.Reached && a.State == answer.NotReached {
			a.State = answer.Skipped
		}
	}
	next.Answers = set.Records(in)
	return next, set, nil
}

// give puts values into a set. All problems are found before any is reported.
func give(in *instrument.Instrument, set answer.Set, given []Given) error {
	var problems []answer.Problem
	for _, g := range given {
		item, ok := in.Item(g.Item)
		if !ok {
			problems = append(problems, answer.Problem{Item: g.Item, Code: answer.UnknownItem})
			continue
		}
		a, problem := answer.ParseValues(item, g.Values)
		if problem != nil {
			problems = append(problems, *problem)
			continue
		}
		set[item.Index] = a
	}
	if len(problems) > 0 {
		return &AnswersError{Problems: problems}
	}
	return nil
}

// mergeSeconds takes the newer times; a page that a save does not speak of keeps its own.
func mergeSeconds(in *instrument.Instrument, old, new []PageSeconds) ([]PageSeconds, error) {
	merged := slices.Clone(old)
	for _, n := range new {
		if page(in, n.Page) == nil || math.IsNaN(n.Seconds) || n.Seconds < 0 || n.Seconds > maxPageSeconds {
			return nil, fmt.Errorf("%w: seconds of page %q", ErrBadSave, n.Page)
		}
		at := slices.IndexFunc(merged, func(o PageSeconds) bool { return o.Page == n.Page })
		if at < 0 {
			merged = append(merged, n)
			continue
		}
		// A second device begins to count at zero: time that was spent is never taken back.
		merged[at].Seconds = max(merged[at].Seconds, n.Seconds)
	}
	return merged, nil
}

// mergeOrder takes the newer orders. An order must be a permutation of a shuffled page's items.
func mergeOrder(in *instrument.Instrument, old, new []PageOrder) ([]PageOrder, error) {
	merged := slices.Clone(old)
	for _, n := range new {
		p := page(in, n.Page)
		if p == nil || !p.Shuffle || !permutes(p, n.Items) {
			return nil, fmt.Errorf("%w: order of page %q", ErrBadSave, n.Page)
		}
		at := slices.IndexFunc(merged, func(o PageOrder) bool { return o.Page == n.Page })
		if at < 0 {
			merged = append(merged, n)
			continue
		}
		merged[at] = n
	}
	return merged, nil
}

func page(in *instrument.Instrument, id instrument.PageID) *instrument.Page {
	for _, p := range in.Pages {
		if p.ID == id {
			return p
		}
	}
	return nil
}

func permutes(p *instrument.Page, order []instrument.ItemID) bool {
	if len(order) != len(p.Items) {
		return false
	}
	for _, item := range p.Items {
		if !slices.Contains(order, item.ID) {
			return false
		}
	}
	return true
}
