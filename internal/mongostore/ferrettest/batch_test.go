package ferrettest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/mongostore"
)

// A writer that was killed in the middle of a list leaves documents of a batch that nobody decided. They are written here
// as that writer would have.

func TestCodesOfAKilledWriterAreNotThereAndNotInTheWay(t *testing.T) {
	t.Parallel()
	store, database := openWithDatabase(t)
	killed := bson.NewObjectIDFromTimestamp(time.Now().Add(-time.Hour)).Hex()
	insert(t, database, "codes", bson.D{{Key: "_id", Value: "l1"}, {Key: "administration", Value: "fall"},
		{Key: "participant", Value: "p1"}, {Key: "sealed", Value: []byte("old")}, {Key: "generation", Value: 1}, {Key: "batch", Value: killed}})
	insert(t, database, "living_codes", bson.D{{Key: "_id", Value: "fall/p1"}, {Key: "administration", Value: "fall"},
		{Key: "participant", Value: "p1"}, {Key: "lookup", Value: "l1"}, {Key: "sealed", Value: []byte("old")},
		{Key: "generation", Value: 1}, {Key: "batch", Value: killed}})

	if _, err := store.CodeByLookup(t.Context(), "l1"); !errors.Is(err, fault.ErrNotFound) {
		t.Fatalf("CodeByLookup: got %v", err)
	}
	if _, err := store.CodeOf(t.Context(), fieldwork.ResponseKey{Administration: "fall", Participant: "p1"}); !errors.Is(err, fault.ErrNotFound) {
		t.Fatalf("CodeOf: got %v", err)
	}
	if codes, err := store.CodesOf(t.Context(), "fall"); err != nil || len(codes) != 0 {
		t.Fatalf("CodesOf: got %v, %v", codes, err)
	}
	want := []fieldwork.Code{
		{Lookup: "l2", Administration: "fall", Participant: "p1", Sealed: []byte("new"), Generation: 1},
		{Lookup: "l1", Administration: "fall", Participant: "p2", Sealed: []byte("new"), Generation: 1},
	}
	if err := store.PutCodes(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	got, err := store.CodesOf(t.Context(), "fall")
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Fatalf("got %v, %v; want %v", got, err, want)
	}
}

func TestParticipantsOfAKilledWriterAreAsTheyWere(t *testing.T) {
	t.Parallel()
	store, database := openWithDatabase(t)
	before := fieldwork.Participant{ID: "p1", Student: "1", Name: "before"}
	if err := store.PutParticipants(t.Context(), []fieldwork.Participant{before}); err != nil {
		t.Fatal(err)
	}
	version := bson.D{{Key: "batch", Value: bson.NewObjectIDFromTimestamp(time.Now().Add(-time.Hour)).Hex()},
		{Key: "student", Value: "9"}, {Key: "name", Value: "killed"}}
	participants := database.Collection("participants")
	if _, err := participants.UpdateOne(t.Context(), bson.D{{Key: "_id", Value: "p1"}},
		bson.D{{Key: "$push", Value: bson.D{{Key: "versions", Value: version}}}, {Key: "$inc", Value: bson.D{{Key: "rev", Value: 1}}}}); err != nil {
		t.Fatal(err)
	}
	insert(t, database, "participants", bson.D{{Key: "_id", Value: "p2"}, {Key: "rev", Value: int64(1)}, {Key: "versions", Value: bson.A{version}}})

	wantNames(t, store, "before")
	if got, err := store.Participant(t.Context(), "p1"); err != nil || got.Name != "before" {
		t.Fatalf("got %v, %v", got, err)
	}
	if _, err := store.Participant(t.Context(), "p2"); !errors.Is(err, fault.ErrNotFound) {
		t.Fatalf("got %v", err)
	}
	after := []fieldwork.Participant{{ID: "p1", Student: "1", Name: "after 1"}, {ID: "p2", Student: "2", Name: "after 2"}}
	if err := store.PutParticipants(t.Context(), after); err != nil {
		t.Fatal(err)
	}
	wantNames(t, store, "after 1", "after 2")
}

func TestAnImportThatAnOutageInterruptsIsWholeOrNotThere(t *testing.T) {
	t.Parallel()
	between, uri := startProxy(t, ferret)
	store := openStore(t, uri, mongostore.WithSingleWriteConnection())
	const n, rounds = 30, 7
	wholeCodes, wholeRosters := 0, 0
	for round := range rounds {
		administration := fieldwork.AdministrationID(fmt.Sprint("round ", round))
		codes, list := make([]fieldwork.Code, n), make([]fieldwork.Participant, n)
		for i := range n {
			id := fieldwork.ParticipantID(fmt.Sprintf("r%d p%03d", round, i))
			codes[i] = fieldwork.Code{Lookup: fmt.Sprint(id), Administration: administration, Participant: id, Generation: 1}
			list[i] = fieldwork.Participant{ID: id, Student: "s", Name: fmt.Sprint(administration)}
		}
		outage := func(write func() error) error {
			wantRecovery(t, func() error { // from the outage before
				_, err := store.Mark(t.Context(), "connected", "")
				return err
			})
			between.outageAfter(round + 1) // heartbeats count too
			err := write()
			between.calm()
			return err
		}
		errCodes := outage(func() error { return store.PutCodes(context.Background(), codes) })
		errRoster := outage(func() error { return store.PutParticipants(context.Background(), list) })
		for _, err := range []error{errCodes, errRoster} {
			if err != nil && !errors.Is(err, fault.ErrUnavailable) {
				t.Fatalf("got %v, want success or %v", err, fault.ErrUnavailable)
			}
		}
		got, err := store.CodesOf(t.Context(), administration)
		wantAllOrNone(t, "codes", len(got), n, errCodes, err)
		names := map[string]int{}
		err = store.Participants(t.Context(), func(p fieldwork.Participant) error { names[p.Name]++; return nil })
		wantAllOrNone(t, "participants", names[string(administration)], n, errRoster, err)
		wholeCodes += len(got) / n
		wholeRosters += names[string(administration)] / n
	}
	t.Logf("of %d lists each, %d of codes and %d of participants were written", rounds, wholeCodes, wholeRosters)
}

// wantAllOrNone also knows that what was acknowledged must be there.
func wantAllOrNone(t *testing.T, what string, got, n int, written, read error) {
	t.Helper()
	if read != nil || (got != 0 && got != n) || (written == nil && got != n) {
		t.Errorf("%d of %d %s are there; writing gave %v, reading %v", got, n, what, written, read)
	}
}

func openWithDatabase(t *testing.T) (*mongostore.Store, *mongo.Database) {
	t.Helper()
	uri := newDatabase(ferret)
	client, err := mongo.Connect(options.Client().ApplyURI(uri))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Disconnect(context.Background()) })
	return openStore(t, uri, mongostore.WithSingleWriteConnection()), client.Database(databaseOf(uri))
}

func insert(t *testing.T, database *mongo.Database, collection string, doc bson.D) {
	t.Helper()
	if _, err := database.Collection(collection).InsertOne(t.Context(), doc); err != nil {
		t.Fatal(err)
	}
}

func wantNames(t *testing.T, store *mongostore.Store, want ...string) {
	t.Helper()
	var got []string
	err := store.Participants(t.Context(), func(p fieldwork.Participant) error {
		got = append(got, p.Name)
		return nil
	})
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Fatalf("got %v, %v; want %v", got, err, want)
	}
}
