package ferrettest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"surveyd/internal/answer"
	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/mongostore"
)

// quickly is how soon a student must hear that the store is away.
const quickly = 5 * time.Second

func TestAServerThatIsAwayAtStartIsTriedAgainAndThenNamed(t *testing.T) {
	t.Parallel()
	unused, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host := unused.Addr().String()
	if err := unused.Close(); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	start := time.Now()
	_, err = mongostore.Open(t.Context(), "mongodb://surveyd:s3cret%2Fword@"+host+"/surveyd",
		mongostore.WithPatience(8*time.Second), mongostore.WithLogger(slog.New(slog.NewTextHandler(&log, nil))))
	if !errors.Is(err, fault.ErrUnavailable) || !strings.Contains(err.Error(), host) {
		t.Errorf("got %v, want %v with the host", err, fault.ErrUnavailable)
	}
	if took := time.Since(start); took < 7*time.Second || took > 10*time.Second {
		t.Errorf("gave up after %v, want about 8 s", took)
	}
	if attempts := strings.Count(log.String(), host); attempts < 2 {
		t.Errorf("logged %d attempts:\n%s", attempts, log.String())
	}
	for _, secret := range []string{"s3cret%2Fword", "s3cret/word"} {
		if strings.Contains(err.Error()+log.String(), secret) {
			t.Errorf("the password is shown: %v\n%s", err, log.String())
		}
	}
}

func TestAServerThatComesLateIsReached(t *testing.T) {
	t.Parallel()
	between, uri := startProxy(t, ferret)
	between.cut()
	time.AfterFunc(1500*time.Millisecond, between.restore)
	store := openStore(t, uri, mongostore.WithSingleWriteConnection())
	if err := store.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestACancelledStartEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err := mongostore.Open(ctx, "mongodb://127.0.0.1:9/surveyd")
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > quickly {
		t.Fatalf("got %v after %v", err, time.Since(start))
	}
}

func TestAServerThatVanishesIsUnavailableQuicklyAndComesBack(t *testing.T) {
	t.Parallel()
	between, uri := startProxy(t, ferret)
	store := openStore(t, uri) // with no turns to wait for, as on MongoDB
	r := numbered("p1", 0)
	if err := store.CreateResponse(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	between.cut()
	calls := map[string]func() error{
		"Ready":             func() error { return store.Ready(t.Context()) },
		"Response":          func() error { _, err := store.Response(t.Context(), r.Key); return err },
		"ReplaceResponse":   func() error { return store.ReplaceResponse(t.Context(), numbered("p1", 1), 0) },
		"CreateResponse":    func() error { return store.CreateResponse(t.Context(), numbered("p2", 0)) },
		"TakeLink":          func() error { _, err := store.TakeLink(t.Context(), "digest"); return err },
		"CodeByLookup":      func() error { _, err := store.CodeByLookup(t.Context(), "lookup"); return err },
		"ResponseStandings": func() error { _, err := store.ResponseStandings(t.Context(), "fall"); return err },
		"EachResponse": func() error {
			return store.EachResponse(t.Context(), "fall", func(fieldwork.Response) error { return nil })
		},
	}
	for round := range 2 {
		var all sync.WaitGroup
		for name, call := range calls {
			all.Go(func() {
				start := time.Now()
				if err := call(); !errors.Is(err, fault.ErrUnavailable) {
					t.Errorf("round %d, %s: got %v, want %v", round, name, err, fault.ErrUnavailable)
				}
				if took := time.Since(start); took > quickly {
					t.Errorf("round %d, %s: took %v", round, name, took)
				}
			})
		}
		all.Wait()
	}
	between.restore()
	wantRecovery(t, func() error { return store.ReplaceResponse(t.Context(), numbered("p1", 1), 0) })
	if got, err := store.Response(t.Context(), r.Key); err != nil || got.Seq != 1 {
		t.Fatalf("after the server came back: %v, %v", got, err)
	}
}

// wantRecovery repeats a call, as a page repeats a save, until it succeeds.
func wantRecovery(t *testing.T, call func() error) {
	t.Helper()
	start := time.Now()
	for {
		err := call()
		if err == nil {
			return
		}
		if !errors.Is(err, fault.ErrUnavailable) || time.Since(start) > 2*quickly {
			t.Fatalf("%v after the server came back: %v", time.Since(start), err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func TestNoAcknowledgedSaveIsLostInOutages(t *testing.T) {
	t.Parallel()
	between, uri := startProxy(t, ferret)
	store := openStore(t, uri, mongostore.WithSingleWriteConnection())
	deadline := time.Now().Add(6 * time.Second)
	type outcome struct {
		participant          string
		acknowledged, failed int64
		err                  error
	}
	outcomes := make(chan outcome)
	for i := range 6 {
		go func() {
			o := outcome{participant: fmt.Sprint("p", i)}
			for time.Now().Before(deadline) && o.err == nil {
				o.err = saveNext(store, o.participant, &o.acknowledged, &o.failed)
			}
			outcomes <- o
		}()
	}
	for range 4 {
		time.Sleep(700 * time.Millisecond)
		between.cut()
		time.Sleep(300 * time.Millisecond)
		between.restore()
	}
	var failed int64
	for range 6 {
		o := <-outcomes
		if o.err != nil {
			t.Fatal(o.err)
		}
		failed += o.failed
		got, err := store.Response(t.Context(), numbered(o.participant, 0).Key)
		if err != nil {
			t.Fatal(err)
		}
		if got.Seq < o.acknowledged || got.Answers[0].Value != fmt.Sprint(o.participant, " save ", got.Seq) {
			t.Errorf("%s: save %d was acknowledged, %d is stored: %v", o.participant, o.acknowledged, got.Seq, got.Answers)
		}
	}
	if failed == 0 {
		t.Error("no outage was felt")
	}
	t.Logf("%d operations failed in outages", failed)
}

// saveNext goes on from what is stored, as a page does after an error, and counts.
func saveNext(store *mongostore.Store, participant string, acknowledged, failed *int64) error {
	ctx := context.Background()
	next := numbered(participant, 0)
	current, err := store.Response(ctx, next.Key)
	switch {
	case err == nil:
		if current.Seq < *acknowledged {
			return fmt.Errorf("%s: save %d was acknowledged, %d is stored", participant, *acknowledged, current.Seq)
		}
		next = numbered(participant, current.Seq+1)
		err = store.ReplaceResponse(ctx, next, current.Seq)
	case errors.Is(err, fault.ErrNotFound):
		err = store.CreateResponse(ctx, next)
	}
	switch {
	case err == nil:
		*acknowledged = next.Seq
	case errors.Is(err, fault.ErrUnavailable):
		*failed++
	case errors.Is(err, fault.ErrConflict), errors.Is(err, fault.ErrExists):
		// an earlier save that was not acknowledged had arrived after all
	default:
		return err
	}
	return nil
}

func numbered(participant string, seq int64) fieldwork.Response {
	return fieldwork.Response{
		Key: fieldwork.ResponseKey{Administration: "fall", Participant: fieldwork.ParticipantID(participant)},
		Seq: seq, Status: fieldwork.Started,
		Answers: []answer.Record{{Item: "q1", State: "answered", Value: fmt.Sprint(participant, " save ", seq)}},
	}
}
