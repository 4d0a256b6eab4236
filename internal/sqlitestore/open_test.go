package sqlitestore

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/staff"
)

func TestFilesAreTheOwnersAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "data %3F#? ñ")
	store := mustOpen(t, dir)
	if err := store.PutSession(t.Context(), staff.Session{Digest: "d"}); err != nil {
		t.Fatal(err)
	}
	wantMode(t, dir, fs.ModeDir|0o700)
	for _, name := range []string{FileName, FileName + "-wal", FileName + "-shm"} {
		wantMode(t, filepath.Join(dir, name), 0o600)
	}
}

func TestAClosedStoreIsOneFile(t *testing.T) {
	dir := t.TempDir()
	store := mustOpen(t, dir)
	if err := store.PutSession(t.Context(), staff.Session{Digest: "d"}); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 || entries[0].Name() != FileName {
		t.Fatalf("got %v, %v; want %s alone", entries, err, FileName)
	}
}

func TestTheFileIsSafeAgainstPowerLoss(t *testing.T) {
	store := mustOpen(t, t.TempDir())
	for pragma, want := range map[string]driver.Value{"synchronous": int64(2), "journal_mode": "wal"} {
		got := make(chan driver.Value, 1)
		err := store.write(t.Context(), func(on *transaction) error {
			row, _, err := on.row("pragma " + pragma)
			if err == nil {
				got <- row[0]
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if value := <-got; value != want {
			t.Errorf("%s is %v, want %v", pragma, value, want)
		}
	}
}

func TestANewerSchemaIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := mustOpen(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	exec(t, dir, "pragma user_version = 99")
	_, err := Open(t.Context(), dir)
	if err == nil || !strings.Contains(err.Error(), "newer surveyd") || errors.Is(err, fault.ErrUnavailable) {
		t.Fatalf("got %v", err)
	}
}

func TestTheAuditLogCanOnlyBeAddedTo(t *testing.T) {
	dir := t.TempDir()
	store := mustOpen(t, dir)
	for _, action := range []string{"first", "second"} {
		if err := store.AppendEvent(t.Context(), staff.Event{Action: action}); err != nil {
			t.Fatal(err)
		}
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range []string{
		"update events set who = 'nobody'", "delete from events", "delete from events where id = 1",
		"insert or replace into events (id, at, who, action, object, detail) values (1, 0, '', 'another', '', '')",
	} {
		if _, err := db.Exec(statement); err == nil || !strings.Contains(err.Error(), "only ever added to") {
			t.Errorf("%s: %v", statement, err)
		}
	}
	events, err := store.Events(t.Context(), 10)
	if err != nil || len(events) != 2 || events[1].Action != "first" {
		t.Errorf("got %v, %v", events, err)
	}
}

func TestAStoreOfTheFirstSchemaIsBroughtToTheNewest(t *testing.T) {
	dir := t.TempDir()
	exec(t, dir, migrations[0]+`
		insert into sessions (digest, account, expires) values ('d', 'ana@example.org', 1790000000000);
		insert into accounts (id, body) values ('ana@example.org', '{"role":"researcher","sites":null,"groups":null,"created":0}');
		pragma user_version = 1`)
	store := mustOpen(t, dir)
	session, err := store.Session(t.Context(), "d")
	if err != nil || session.Account != "ana@example.org" || session.Begun.UnixMilli() != 0 {
		t.Errorf("got %v, %v", session, err)
	}
	if account, err := store.Account(t.Context(), "ana@example.org"); err != nil || account.Role != staff.Researcher {
		t.Errorf("got %v, %v", account, err)
	}
}

func TestAnInstrumentPublishedBeforeThereWereFilesHasNone(t *testing.T) {
	dir := t.TempDir()
	exec(t, dir, migrations[0]+migrations[1]+`
		insert into instruments (hash, id, version, digest, source, at) values ('h', 'stem', '1.0.0', 'd', cast('format: 1' as blob), 1790000000000);
		pragma user_version = 2`)
	store := mustOpen(t, dir)
	published, err := store.Published(t.Context(), "h")
	if err != nil || string(published.Source) != "format: 1" || published.Files != nil {
		t.Errorf("got %+v, %v", published, err)
	}
	if err := store.PutFile(t.Context(), fieldwork.File{Digest: "f", Type: "image/png", Bytes: []byte("x")}); err != nil {
		t.Error(err)
	}
}

func TestAnInstrumentPublishedBeforeThereWereBatteriesHasNoParts(t *testing.T) {
	dir := t.TempDir()
	exec(t, dir, migrations[0]+migrations[1]+migrations[2]+`
		insert into instruments (hash, id, version, digest, source, at) values ('h', 'stem', '1.0.0', 'd', cast('format: 1' as blob), 1790000000000);
		pragma user_version = 3`)
	store := mustOpen(t, dir)
	published, err := store.Published(t.Context(), "h")
	if err != nil || string(published.Source) != "format: 1" || published.Parts != nil {
		t.Errorf("got %+v, %v", published, err)
	}
}

func TestAFileThatIsNoDatabaseIsRefusedAndKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	content := strings.Repeat("an essay about mathematics ", 500)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), filepath.Dir(path))
	if err == nil || !strings.Contains(err.Error(), path) || errors.Is(err, fault.ErrUnavailable) {
		t.Fatalf("got %v", err)
	}
	if kept, err := os.ReadFile(path); err != nil || string(kept) != content {
		t.Fatalf("the file was changed: %v", err)
	}
}

func TestADirectoryThatCannotBeMadeIsNamed(t *testing.T) {
	occupied := filepath.Join(t.TempDir(), "occupied")
	if err := os.WriteFile(occupied, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), occupied); err == nil || !strings.Contains(err.Error(), occupied) {
		t.Fatalf("got %v", err)
	}
}

func TestASaveWaitsForAnotherProcess(t *testing.T) {
	dir := t.TempDir()
	store := mustOpen(t, dir)
	release := hold(t, dir)
	time.AfterFunc(150*time.Millisecond, release)
	if err := store.CreateResponse(t.Context(), fieldwork.Response{}); err != nil {
		t.Fatal(err)
	}
}

func TestASaveThatWaitsTooLongIsUnavailableAndLaterOnesSucceed(t *testing.T) {
	dir := t.TempDir()
	store, err := open(t.Context(), file{filepath.Join(dir, FileName), 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	release := hold(t, dir)
	for range 3 {
		if err := store.CreateResponse(t.Context(), fieldwork.Response{}); !errors.Is(err, fault.ErrUnavailable) {
			t.Fatalf("got %v, want %v", err, fault.ErrUnavailable)
		}
		if err := store.Ready(t.Context()); !errors.Is(err, fault.ErrUnavailable) {
			t.Fatalf("got %v, want %v", err, fault.ErrUnavailable)
		}
	}
	release()
	if err := store.CreateResponse(t.Context(), fieldwork.Response{}); err != nil {
		t.Fatal(err)
	}
}

func TestAFailureInTheMiddleOfABatchAcknowledgesNobody(t *testing.T) {
	store := mustOpen(t, t.TempDir())
	failure := fault.Unavailable(errClosed) // stands for a disk that is full
	inside, goOn := make(chan struct{}), make(chan struct{})
	blocker := make(chan error, 1)
	go func() {
		blocker <- store.write(t.Context(), func(*transaction) error { close(inside); <-goOn; return nil })
	}()
	<-inside
	answers := make(chan error, 2)
	for _, digest := range []string{"first", "second"} {
		go func() { answers <- store.PutSession(t.Context(), staff.Session{Digest: digest}) }()
	}
	failed := make(chan error, 1)
	go func() {
		time.Sleep(20 * time.Millisecond)
		failed <- store.write(t.Context(), func(*transaction) error { return failure })
	}()
	time.Sleep(60 * time.Millisecond) // all three wait now and make the next batch
	close(goOn)
	if err := <-blocker; err != nil {
		t.Fatal(err)
	}
	if err := <-failed; !errors.Is(err, fault.ErrUnavailable) {
		t.Fatalf("got %v", err)
	}
	stored := 0
	for range 2 {
		if err := <-answers; err == nil {
			stored++
		} else if !errors.Is(err, fault.ErrUnavailable) {
			t.Fatalf("got %v", err)
		}
	}
	found := 0
	for _, digest := range []string{"first", "second"} {
		if _, err := store.Session(t.Context(), digest); err == nil {
			found++
		}
	}
	if found != stored {
		t.Fatalf("%d sessions were acknowledged and %d are there", stored, found)
	}
	if err := store.PutSession(t.Context(), staff.Session{Digest: "third"}); err != nil {
		t.Fatal(err)
	}
}

func TestTwoProcessesMayMakeTheSameStore(t *testing.T) {
	dir := t.TempDir()
	results := make(chan error)
	for range 6 {
		go func() {
			store, err := Open(t.Context(), dir)
			if err == nil {
				err = errors.Join(store.Ready(t.Context()), store.Close())
			}
			results <- err
		}()
	}
	for range 6 {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
}

func mustOpen(t *testing.T, dir string) *Store {
	t.Helper()
	store, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

func wantMode(t *testing.T, path string, want fs.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil || info.Mode() != want {
		t.Errorf("%s: got %v, %v; want %v", path, info, err, want)
	}
}

// hold takes the write lock as another process would, until release is called.
func hold(t *testing.T, dir string) (release func()) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, FileName)+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	lock, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := errors.Join(lock.Rollback(), db.Close()); err != nil {
			t.Error(err)
		}
	}
}

func exec(t *testing.T, dir, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
