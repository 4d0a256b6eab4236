package sqlitestore_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"surveyd/internal/answer"
	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/sqlitestore"
)

// saverDirectory makes the test binary a process that saves into that directory until it is killed.
const saverDirectory = "SQLITESTORE_TEST_SAVE_INTO"

func TestMain(m *testing.M) {
	if dir := os.Getenv(saverDirectory); dir != "" {
		fmt.Fprintln(os.Stderr, saveUntilKilled(dir, os.Stdout))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

const savers = 16

// saveUntilKilled has students save, each going on from what is stored, and prints each save that was acknowledged.
func saveUntilKilled(dir string, acknowledged io.Writer) error {
	store, err := sqlitestore.Open(context.Background(), dir)
	if err != nil {
		return err
	}
	failed := make(chan error)
	for i := range savers {
		go func() {
			key := fieldwork.ResponseKey{Administration: "fall", Participant: fieldwork.ParticipantID(fmt.Sprintf("killed-%02d", i))}
			failed <- saveOn(store, key, acknowledged)
		}()
	}
	return <-failed
}

func saveOn(store *sqlitestore.Store, key fieldwork.ResponseKey, acknowledged io.Writer) error {
	ctx := context.Background()
	r, err := store.Response(ctx, key)
	if errors.Is(err, fault.ErrNotFound) {
		r = numbered(key, 0)
		err = store.CreateResponse(ctx, r)
	}
	for ; err == nil; err = store.ReplaceResponse(ctx, r, r.Seq-1) {
		if _, err := fmt.Fprintf(acknowledged, "%s %d\n", key.Participant, r.Seq); err != nil {
			return err
		}
		r = numbered(key, r.Seq+1)
	}
	return err
}

// numbered gives a response whose every answer says which save it is from.
func numbered(key fieldwork.ResponseKey, seq int64) fieldwork.Response {
	r := fieldwork.Response{Key: key, Seq: seq, Status: fieldwork.Started}
	for range 25 {
		r.Answers = append(r.Answers, answer.Record{Item: "item", State: "answered", Value: fmt.Sprintf("%s save %d", key.Participant, seq)})
	}
	return r
}

func TestKill9LosesNoAcknowledgedSave(t *testing.T) {
	dir := t.TempDir()
	acknowledged := map[fieldwork.ParticipantID]int64{}
	for round := range 5 {
		before := total(acknowledged)
		killSaver(t, dir, acknowledged, 600+150*round)
		t.Logf("round %d: %d saves acknowledged before the kill", round+1, total(acknowledged)-before)
		wantAcknowledged(t, dir, acknowledged)
	}
}

func TestAServerGoesOnWhileAProcessBesideItSavesAndIsKilled(t *testing.T) {
	dir := t.TempDir()
	store := openIn(t, dir)
	key := fieldwork.ResponseKey{Administration: "fall", Participant: "of the server"}
	if err := store.CreateResponse(t.Context(), numbered(key, 0)); err != nil {
		t.Fatal(err)
	}
	stop, stopped := make(chan struct{}), make(chan error, 1)
	var last int64
	go func() {
		var err error
		for err == nil {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
				err = store.ReplaceResponse(t.Context(), numbered(key, last+1), last)
				last++
			}
		}
		stopped <- err
	}()
	acknowledged := map[fieldwork.ParticipantID]int64{}
	for range 3 {
		killSaver(t, dir, acknowledged, 400)
	}
	close(stop)
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
	acknowledged[key.Participant] = last
	t.Logf("%d saves beside %d of the process that was killed", last, total(acknowledged)-last)
	wantAcknowledged(t, dir, acknowledged)
}

// killSaver starts a process that saves, kills it with SIGKILL after n saves and adds what it acknowledged.
func killSaver(t *testing.T, dir string, acknowledged map[fieldwork.ParticipantID]int64, n int) {
	t.Helper()
	saver := exec.Command(os.Args[0])
	saver.Env = append(os.Environ(), saverDirectory+"="+dir)
	saver.Stderr = os.Stderr
	output, err := saver.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := saver.Start(); err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	kill := func() { once.Do(func() { _ = saver.Process.Kill() }) }
	defer time.AfterFunc(time.Minute, kill).Stop()

	lines, count := bufio.NewScanner(output), 0
	for lines.Scan() { // on to the end of the pipe: what was printed before the kill was acknowledged
		var participant fieldwork.ParticipantID
		var seq int64
		if _, err := fmt.Sscan(lines.Text(), &participant, &seq); err != nil {
			t.Errorf("the process printed %q", lines.Text())
		}
		acknowledged[participant] = max(acknowledged[participant], seq)
		if count++; count == n {
			kill()
		}
	}
	var exit *exec.ExitError
	if err := saver.Wait(); !errors.As(err, &exit) || exit.Exited() || count < n {
		t.Fatalf("the process ended by itself after %d saves: %v", count, err)
	}
}

// wantAcknowledged looks for each acknowledged save or the one after it, whole: the one after was in flight.
func wantAcknowledged(t *testing.T, dir string, acknowledged map[fieldwork.ParticipantID]int64) {
	t.Helper()
	store := openIn(t, dir)
	found := 0
	err := store.EachResponse(t.Context(), "fall", func(r fieldwork.Response) error {
		if seq, saved := acknowledged[r.Key.Participant]; saved {
			found++
			if r.Seq != seq && r.Seq != seq+1 {
				t.Errorf("%s has save %d, but %d was acknowledged", r.Key.Participant, r.Seq, seq)
			}
		}
		for _, record := range r.Answers {
			if want := fmt.Sprintf("%s save %d", r.Key.Participant, r.Seq); record.Value != want {
				t.Errorf("answer %q in %q", record.Value, want)
			}
		}
		return nil
	})
	if err != nil || found != len(acknowledged) {
		t.Errorf("found %d of %d responses: %v", found, len(acknowledged), err)
	}
	if err := store.Close(); err != nil {
		t.Error(err)
	}
	wantIntact(t, dir)
}

func wantIntact(t *testing.T, dir string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, sqlitestore.FileName))
	if err != nil {
		t.Fatal(err)
	}
	var verdict string
	err = db.QueryRow("pragma integrity_check").Scan(&verdict)
	if err := errors.Join(err, db.Close()); err != nil || verdict != "ok" {
		t.Fatalf("integrity check: %s %v", verdict, err)
	}
}

func total(acknowledged map[fieldwork.ParticipantID]int64) (n int64) {
	for _, seq := range acknowledged {
		n += seq
	}
	return n
}
