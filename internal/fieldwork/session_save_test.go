package fieldwork_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"surveyd/internal/answer"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

var ctx = context.Background()

func cells(r fieldwork.Response) map[instrument.ItemID]string {
	m := map[instrument.ItemID]string{}
	for _, a := range r.Answers {
		m[a.Item] = a.State + " " + a.Value
	}
	return m
}

func TestASaveThatIsRepeatedIsAcknowledgedAgain(t *testing.T) {
	s := newSchool(t)
	session := s.begin(t, "1001")
	for range 3 {
		seq, err := s.Save(ctx, session, save(1, "a", "q1", "4"))
		if err != nil || seq != 1 {
			t.Fatalf("save: %d, %v; want 1", seq, err)
		}
	}
}

func TestALateSaveNeverUndoesANewerOne(t *testing.T) {
	s := newSchool(t)
	session := s.begin(t, "1001")
	mustSave(t, s, session, save(1, "a", "q1", "4"))
	mustSave(t, s, session, save(2, "b", "q1", "2"))
	_, err := s.Save(ctx, session, save(1, "a", "q1", "4"))
	var sequence *fieldwork.SequenceError
	if !errors.As(err, &sequence) || sequence.Seq != 2 {
		t.Fatalf("late save: %v; want a sequence error that says 2", err)
	}
	if got := cells(s.response(t, session))["q1"]; got != "answered 2" {
		t.Errorf("q1 is %q after the late save", got)
	}
}

func TestTwoDevicesKeepBothTheirAnswers(t *testing.T) {
	s := newSchool(t)
	session := s.begin(t, "1001")
	mustSave(t, s, session, save(1, "laptop", "q1", "4"))
	_, err := s.Save(ctx, session, save(1, "phone", "q2", "1"))
	var sequence *fieldwork.SequenceError
	if !errors.As(err, &sequence) {
		t.Fatalf("second device: %v; want a sequence error", err)
	}
	mustSave(t, s, session, save(sequence.Seq+1, "phone again", "q2", "1"))
	got := cells(s.response(t, session))
	if got["q1"] != "answered 4" || got["q2"] != "answered 1" {
		t.Errorf("answers are %v", got)
	}
}

func TestOfManySavesWithOneNumberExactlyOneIsTaken(t *testing.T) {
	s := newSchool(t)
	session := s.begin(t, "1001")
	var wg sync.WaitGroup
	var mu sync.Mutex
	taken := 0
	for i := range 20 {
		wg.Go(func() {
			_, err := s.Save(ctx, session, save(1, string(rune('a'+i)), "q1", "3"))
			var sequence *fieldwork.SequenceError
			switch {
			case err == nil:
				mu.Lock()
				taken++
				mu.Unlock()
			case !errors.As(err, &sequence):
				t.Errorf("save: %v", err)
			}
		})
	}
	wg.Wait()
	if taken != 1 {
		t.Errorf("%d saves were taken, want 1", taken)
	}
}

func TestSeenAndLeftBlankIsSkippedUnseenIsNotReached(t *testing.T) {
	s := newSchool(t)
	session := s.begin(t, "1001")
	mustSave(t, s, session, save(1, "a", "q1", "4"))
	got := cells(s.response(t, session))
	if got["q2"] != "skipped " {
		t.Errorf("q2 on the page seen is %q", got["q2"])
	}
	if _, stored := got["club"]; stored {
		t.Errorf("club on the page not seen is %q", got["club"])
	}
}

func TestAnAnswerThatIsHiddenLaterIsKeptAndComesBack(t *testing.T) {
	s := newSchool(t)
	session := s.begin(t, "1001")
	both := save(1, "a", "club", "1", "club_fun", "5")
	both.Reached = 2
	mustSave(t, s, session, both)
	mustSave(t, s, session, save(2, "b", "club", "0"))
	if got := cells(s.response(t, session))["club_fun"]; got != "not_shown 5" {
		t.Errorf("hidden answer is %q", got)
	}
	mustSave(t, s, session, save(3, "c", "club", "1"))
	if got := cells(s.response(t, session))["club_fun"]; got != "answered 5" {
		t.Errorf("answer shown again is %q", got)
	}
}

func TestASaveThatNoPageCanSendIsRefusedWhole(t *testing.T) {
	s := newSchool(t)
	session := s.begin(t, "1001")
	mustSave(t, s, session, save(1, "a", "q1", "4"))
	seconds := save(2, "b")
	seconds.Seconds = []fieldwork.PageSeconds{{Page: "p1", Seconds: math.NaN()}}
	order := save(2, "b")
	order.Order = []fieldwork.PageOrder{{Page: "p1", Items: []instrument.ItemID{"q1", "q1", "q2"}}}
	language := save(2, "b", "q1", "1")
	language.Language = "fr"
	bad := map[string]fieldwork.Save{
		"number zero": save(0, "b"), "no name": save(2, ""), "time is no number": seconds,
		"order is no permutation": order, "language not offered": language,
	}
	for name, sv := range bad {
		if _, err := s.Save(ctx, session, sv); !errors.Is(err, fieldwork.ErrBadSave) {
			t.Errorf("%s: %v; want ErrBadSave", name, err)
		}
	}
	_, err := s.Save(ctx, session, save(2, "b", "q1", "1", "q2", "6", "nope", "1"))
	var answers *fieldwork.AnswersError
	if !errors.As(err, &answers) || len(answers.Problems) != 2 {
		t.Fatalf("code not in the set and unknown item: %v; want both problems", err)
	}
	if answers.Problems[0].Code != answer.NotInSet || answers.Problems[1].Code != answer.UnknownItem {
		t.Errorf("problems are %v", answers.Problems)
	}
	if got := cells(s.response(t, session))["q1"]; got != "answered 4" {
		t.Errorf("a refused save changed q1 to %q", got)
	}
}

func TestSubmitScoresAndTheSameSubmitAgainIsTheSameReceipt(t *testing.T) {
	s := newSchool(t)
	session := s.begin(t, "1001")
	mustSave(t, s, session, save(1, "a", "q1", "4", "q2", "2"))
	receipt, err := s.Submit(ctx, session, save(2, "b", "q3", "5"))
	if err != nil || receipt == "" {
		t.Fatalf("submit: %q, %v", receipt, err)
	}
	again, err := s.Submit(ctx, session, save(2, "b", "q3", "5"))
	if err != nil || again != receipt {
		t.Errorf("the same submit again: %q, %v; want %q", again, err, receipt)
	}
	r := s.response(t, session)
	if r.Status != fieldwork.Submitted || r.Scores == nil {
		t.Fatalf("response is %s with scores %v", r.Status, r.Scores)
	}
	// q1 = 4, q2 reversed = 1 + 5 - 2 = 4, q3 = 5: mean 13/3.
	if got := r.Scores.Scales[0]; got.Score == nil || *got.Score != 13.0/3 || got.Answered != 3 {
		t.Errorf("score record is %+v", got)
	}
	if r.Scores.Hash != r.Instrument.Hash || r.Scores.Version != "1.0.0" || r.Scores.ScoringVersion == "" {
		t.Errorf("provenance is %+v", r.Scores)
	}
	if _, err := s.Save(ctx, session, save(3, "c", "q1", "1")); !errors.Is(err, fieldwork.ErrFinished) {
		t.Errorf("save after submit: %v", err)
	}
}

func TestAReceiptIsGivenForNoAnswersButThoseThatWereStored(t *testing.T) {
	s := newSchool(t)
	session := s.begin(t, "1001")
	if _, err := s.Submit(ctx, session, save(1, "laptop", "q1", "4")); err != nil {
		t.Fatal(err)
	}
	for name, other := range map[string]fieldwork.Save{
		"another device, same number": save(1, "phone", "q1", "1"),
		"another device, told of it":  save(2, "phone", "q1", "1"),
		"a name used again":           save(2, "laptop", "q1", "1"),
	} {
		if receipt, err := s.Submit(ctx, session, other); receipt != "" || !errors.Is(err, fieldwork.ErrFinished) {
			t.Errorf("%s: receipt %q, %v", name, receipt, err)
		}
	}
	if got := cells(s.response(t, session))["q1"]; got != "answered 4" {
		t.Errorf("q1 is %q", got)
	}
}

func TestOfManySubmitsAtOnceOnlyTheStoredOneGetsAReceipt(t *testing.T) {
	s := newSchool(t)
	session := s.begin(t, "1001")
	receipts := make(chan string, 20)
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			receipt, err := s.Submit(ctx, session, save(1, string(rune('a'+i/2)), "q1", "3"))
			var sequence *fieldwork.SequenceError
			switch {
			case err == nil:
				receipts <- receipt
			case !errors.Is(err, fieldwork.ErrFinished) && !errors.As(err, &sequence):
				t.Errorf("submit: %v", err)
			}
		})
	}
	wg.Wait()
	if n := len(receipts); n != 2 {
		t.Errorf("%d receipts, want one for the submit that was stored and one for its repetition", n)
	}
}

func TestWhoBeganBeforeTheEndHasThirtyMoreMinutesThenWhatIsThereIsKept(t *testing.T) {
	s := newSchool(t)
	session := s.begin(t, "1001")
	if _, err := s.CloseAdministration(ctx, "fall"); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(29 * time.Minute)
	mustSave(t, s, session, save(1, "a", "q1", "4", "q2", "2"))
	if _, err := s.Enter(ctx, s.codes["1001"]); err != nil {
		t.Errorf("code of who began, within the grace period: %v", err)
	}
	s.now = s.now.Add(2 * time.Minute)
	if _, err := s.Save(ctx, session, save(2, "b", "q3", "5")); !errors.Is(err, fieldwork.ErrClosed) {
		t.Errorf("save after the grace period: %v", err)
	}
	if n, err := s.FinishExpired(ctx); n != 1 || err != nil {
		t.Fatalf("ended %d, %v; want 1", n, err)
	}
	r := s.response(t, session)
	// q1 = 4, q2 reversed = 4: mean 4 of the two that min_answered asks for.
	if r.Status != fieldwork.Partial || *r.Scores.Scales[0].Score != 4 {
		t.Errorf("response is %s, scores %+v", r.Status, r.Scores)
	}
}

func TestAResponseThatCannotBeReadKeepsNoOtherFromBeingEnded(t *testing.T) {
	s := newSchool(t)
	var sessions []fieldwork.Session
	for _, student := range []fieldwork.StudentID{"1001", "1002", "1003"} {
		session := s.begin(t, student)
		mustSave(t, s, session, save(1, "a", "q1", "4"))
		sessions = append(sessions, session)
	}
	broken := s.response(t, sessions[0])
	for _, session := range sessions {
		if session.Key.Participant < broken.Key.Participant {
			broken = s.response(t, session) // the first that the round comes to
		}
	}
	broken.Seq++
	broken.Answers = []answer.Record{{Item: "of another instrument", State: "answered", Value: "1"}}
	if err := s.store.ReplaceResponse(ctx, broken, 1); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(2 * time.Hour)
	n, err := s.FinishExpired(ctx)
	if n != 2 || err == nil || !strings.Contains(err.Error(), string(broken.Key.Participant)) {
		t.Errorf("ended %d, %v", n, err)
	}
	for _, session := range sessions {
		if r := s.response(t, session); (r.Status == fieldwork.Partial) == (r.Key == broken.Key) {
			t.Errorf("%s is %s", r.Key.Participant, r.Status)
		}
	}
}

func TestDecliningIsHonouredForGood(t *testing.T) {
	s := newSchool(t)
	session, err := s.Enter(ctx, s.codes["1002"])
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Decline(ctx, session, "es"); err != nil {
		t.Fatal(err)
	}
	if err := s.Begin(ctx, session, "es"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Save(ctx, session, save(1, "a", "q1", "4")); !errors.Is(err, fieldwork.ErrFinished) {
		t.Errorf("save after declining: %v", err)
	}
}

func mustSave(t *testing.T, s *school, session fieldwork.Session, sv fieldwork.Save) {
	t.Helper()
	seq, err := s.Save(ctx, session, sv)
	if err != nil || seq != sv.Seq {
		t.Fatalf("save %d: %d, %v", sv.Seq, seq, err)
	}
}
