package storetest

import (
	"fmt"
	"testing"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
)

var participantPromises = []promise{
	{"every field of a participant comes back", func(t *testing.T, open func(*testing.T) Store) {
		store, want := open(t), filled[fieldwork.Participant]()
		putParticipants(t, store, want)
		got, err := store.Participant(t.Context(), want.ID)
		wantEqual(t, err, got, want)
		wantRoster(t, store, want)
	}},
	{"attributes keep their order, nil stays nil and empty stays empty", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		ordered, bare, empty := participant("p1", "1"), participant("p2", "2"), participant("p3", "3")
		ordered.Attributes = []fieldwork.Attribute{{Name: "z.$a", Value: "1"}, {Name: "a", Value: ""}, {Name: "m", Value: "ñ"}, {Name: "a", Value: "again"}}
		empty.Attributes = []fieldwork.Attribute{}
		putParticipants(t, store, ordered, bare, empty)
		wantRoster(t, store, ordered, bare, empty)
	}},
	{"a participant who is not there is not found", func(t *testing.T, open func(*testing.T) Store) {
		_, err := open(t).Participant(t.Context(), "nobody")
		wantError(t, err, fault.ErrNotFound)
	}},
	{"participants come ordered by site, group and student", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		want := []fieldwork.Participant{
			{ID: "p9", Site: "Cielo", Group: "5A", Student: "1"},
			{ID: "p1", Site: "Cielo", Group: "5A", Student: "10"},
			{ID: "p5", Site: "Cielo", Group: "5A", Student: "2"},
			{ID: "p4", Site: "Cielo", Group: "5B", Student: "0"},
			{ID: "p2", Site: "Luz", Group: "4A", Student: "1"},
			{ID: "p3", Site: "cielo", Group: "", Student: "1"},
			{ID: "p0", Site: "Ángeles", Group: "1", Student: "1"},
		}
		putParticipants(t, store, want[3], want[6], want[1], want[0])
		putParticipants(t, store, want[5], want[2], want[4])
		wantRoster(t, store, want...)
	}},
	{"an existing participant is replaced and moved", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		before, other := filled[fieldwork.Participant](), participant("other", "9")
		putParticipants(t, store, before, other)
		after := participant(string(before.ID), "1")
		after.Site, after.Group = "Aurora", "1"
		added := participant("added", "5")
		putParticipants(t, store, after, added)
		wantRoster(t, store, after, added, other)
		third := after
		third.Name = "again"
		putParticipants(t, store, third)
		wantRoster(t, store, third, added, other)
	}},
	{"the last of two rows with the same id counts", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		first, second := participant("p1", "1"), participant("p1", "2")
		putParticipants(t, store, first, second)
		wantRoster(t, store, second)
	}},
	{"an import that fails changes nobody", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		before := []fieldwork.Participant{participant("p1", "1"), participant("p2", "2")}
		putParticipants(t, store, before...)
		moved := participant("p1", "7")
		broken := participant("p9", "9")
		broken.Attributes = []fieldwork.Attribute{{Name: "town", Value: "broken \xff"}}
		if err := store.PutParticipants(t.Context(), []fieldwork.Participant{moved, participant("p3", "3"), broken}); err == nil {
			t.Fatal("text that is not UTF-8 was stored without an error")
		}
		wantRoster(t, store, before...)
		_, err := store.Participant(t.Context(), "p3")
		wantError(t, err, fault.ErrNotFound)
		putParticipants(t, store, moved)
		wantRoster(t, store, before[1], moved)
	}},
	{"an import of nobody changes nobody", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		putParticipants(t, store)
		wantRoster(t, store)
	}},
	{"a listing sees an import whole or not at all", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		const n, imports = 24, 4
		class := func(version int) []fieldwork.Participant {
			list := make([]fieldwork.Participant, n)
			for i := range list {
				list[i] = participant(fmt.Sprintf("p%02d", i), fmt.Sprintf("%02d", i))
				list[i].Name = fmt.Sprint("import ", version)
			}
			return list
		}
		putParticipants(t, store, class(0)...)
		done := make(chan error, 1)
		go func() {
			for version := range imports {
				if err := store.PutParticipants(t.Context(), class(version+1)); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
		for running := true; running; {
			select {
			case err := <-done:
				noError(t, err)
				running = false
			default:
			}
			seen := map[string]int{}
			noError(t, store.Participants(t.Context(), func(p fieldwork.Participant) error {
				seen[p.Name]++
				return nil
			}))
			for name, count := range seen {
				if count != n {
					t.Fatalf("a listing saw %d of %d participants of %s", count, n, name)
				}
			}
		}
		wantRoster(t, store, class(imports)...)
	}},
	{"a roster ends with the error that its reader gives", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		putParticipants(t, store, participant("p1", "1"), participant("p2", "2"))
		calls := 0
		err := store.Participants(t.Context(), func(fieldwork.Participant) error {
			calls++
			return errEnough
		})
		wantError(t, err, errEnough)
		if calls != 1 {
			t.Fatalf("the reader was called %d times, want once", calls)
		}
	}},
}

func participant(id, student string) fieldwork.Participant {
	return fieldwork.Participant{
		ID: fieldwork.ParticipantID(id), Student: fieldwork.StudentID(student), Grade: "5", Language: "es", Site: "Cielo", Group: "5A",
	}
}

func putParticipants(t *testing.T, store Store, list ...fieldwork.Participant) {
	t.Helper()
	noError(t, store.PutParticipants(t.Context(), list))
}

func wantRoster(t *testing.T, store Store, want ...fieldwork.Participant) {
	t.Helper()
	var got []fieldwork.Participant
	err := store.Participants(t.Context(), func(p fieldwork.Participant) error {
		got = append(got, p)
		return nil
	})
	wantEqual(t, err, got, want)
}
