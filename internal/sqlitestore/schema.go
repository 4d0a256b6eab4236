package sqlitestore

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

// migrations bring the schema from version i to i+1. One that was released never changes.
//
// Times are integers: milliseconds since 1970 in UTC. Bodies are JSON of whatever is neither searched nor sorted by.
// There are no foreign keys: the interfaces promise nothing about the order in which things are written.
var migrations = []string{`
create table participants (
	id       text not null primary key,
	site_id  text not null,
	group_id text not null,
	student  text not null,
	body     text not null
) strict;
create index participants_listed on participants (site_id, group_id, student, id);

create table instruments (
	hash    text not null primary key,
	id      text not null,
	version text not null,
	digest  text not null,
	source  blob not null,
	at      integer not null,
	unique (id, version)
) strict;

create table administrations (
	id      text not null primary key,
	created integer not null,
	body    text not null
) strict;

create table codes (
	lookup         text not null primary key,
	administration text not null,
	participant    text not null,
	sealed         blob not null,
	generation     integer not null,
	dead           integer not null
) strict;
create unique index codes_living on codes (administration, participant) where dead = 0;

create table responses (
	administration text not null,
	participant    text not null,
	seq            integer not null,
	status         text not null,
	site_id        text not null,
	group_id       text not null,
	body           text not null,
	primary key (administration, participant)
) strict;
create index responses_by_status on responses (administration, status, participant, site_id, group_id);

create table marks (
	name  text not null primary key,
	value text not null
) strict;

create table accounts (
	id   text not null primary key,
	body text not null
) strict;

create table links (
	digest  text not null primary key,
	account text not null,
	expires integer not null
) strict;

create table sessions (
	digest  text not null primary key,
	account text not null,
	expires integer not null
) strict;

create table events (
	id     integer primary key autoincrement,
	at     integer not null,
	who    text not null,
	action text not null,
	object text not null,
	detail text not null
) strict;
create index events_newest on events (at, id);
`, `
alter table sessions add column begun integer not null default 0;

create trigger events_unchanged before update on events begin
	select raise(abort, 'the audit log is only ever added to');
end;
create trigger events_kept before delete on events begin
	select raise(abort, 'the audit log is only ever added to');
end;
create trigger events_not_replaced before insert on events when exists (select 1 from events where id = new.id) begin
	select raise(abort, 'the audit log is only ever added to');
end;
`, `
create table files (
	digest text not null primary key,
	type   text not null,
	bytes  blob not null
) strict;
alter table instruments add column files text not null default 'null';
`, `
alter table instruments add column parts text not null default 'null';
`}

// prepare turns the file into WAL mode and its schema into the newest.
func (f file) prepare(ctx context.Context) (err error) {
	conn, err := f.connect(forWriting)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if err := f.useWAL(ctx, conn); err != nil {
		return err
	}
	return migrate(conn)
}

// useWAL tries again while another process does the same: SQLite does not wait for this lock by itself.
func (f file) useWAL(ctx context.Context, conn driver.Conn) error {
	for deadline := time.Now().Add(f.busy); ; {
		mode, err := queryValue(conn, "pragma journal_mode = wal")
		if err == nil && mode != "wal" {
			return fmt.Errorf("journal mode is %v where wal is needed: is the directory on a local disk?", mode)
		}
		if primaryCode(err) != sqlite3.SQLITE_BUSY || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func migrate(conn driver.Conn) error {
	if err := execute(conn, "begin immediate"); err != nil {
		return err
	}
	err := migrateInTransaction(conn)
	if err != nil {
		return errors.Join(err, execute(conn, "rollback"))
	}
	return execute(conn, "commit")
}

func migrateInTransaction(conn driver.Conn) error {
	value, err := queryValue(conn, "pragma user_version")
	if err != nil {
		return err
	}
	version, _ := value.(int64)
	if version > int64(len(migrations)) {
		return fmt.Errorf("its schema is version %d, this surveyd knows versions up to %d: use a newer surveyd", version, len(migrations))
	}
	for ; version < int64(len(migrations)); version++ {
		if err := execute(conn, migrations[version]); err != nil {
			return fmt.Errorf("schema version %d: %w", version+1, err)
		}
	}
	return execute(conn, fmt.Sprintf("pragma user_version = %d", version))
}

// execute runs statements on a connection that is not pooled.
func execute(conn driver.Conn, script string) error {
	_, err := conn.(driver.ExecerContext).ExecContext(context.Background(), script, nil)
	return err
}

// queryValue gives the first column of the first row; nil when there is no row.
func queryValue(conn driver.Conn, query string) (value driver.Value, err error) {
	rows, err := conn.(driver.QueryerContext).QueryContext(context.Background(), query, nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	row := make([]driver.Value, len(rows.Columns()))
	if err := rows.Next(row); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		return nil, err
	}
	return row[0], nil
}
