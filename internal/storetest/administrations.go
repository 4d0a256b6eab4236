package storetest

import (
	"testing"
	"time"

	"surveyd/internal/fault"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

var administrationPromises = []promise{
	{"every field of an administration comes back", func(t *testing.T, open func(*testing.T) Store) {
		store, want := open(t), filled[fieldwork.Administration]()
		noError(t, store.CreateAdministration(t.Context(), want))
		got, err := store.Administration(t.Context(), want.ID)
		wantEqual(t, err, got, want)
		all, err := store.Administrations(t.Context())
		wantEqual(t, err, all, []fieldwork.Administration{want})
	}},
	{"every field of a replacement comes back and nothing else stays", func(t *testing.T, open func(*testing.T) Store) {
		store, full := open(t), filled[fieldwork.Administration]()
		bare := fieldwork.Administration{ID: full.ID, Created: full.Created}
		for _, want := range []fieldwork.Administration{bare, full, bare} {
			if want.Title == nil && len(mustList(t, store)) == 0 {
				noError(t, store.CreateAdministration(t.Context(), want))
			} else {
				noError(t, store.ReplaceAdministration(t.Context(), want))
			}
			got, err := store.Administration(t.Context(), want.ID)
			wantEqual(t, err, got, want)
		}
	}},
	{"an administration that is not there is not found", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		_, err := store.Administration(t.Context(), "fall")
		wantError(t, err, fault.ErrNotFound)
		wantError(t, store.ReplaceAdministration(t.Context(), fieldwork.Administration{ID: "fall"}), fault.ErrNotFound)
		if all := mustList(t, store); len(all) != 0 {
			t.Fatalf("got %v", all)
		}
	}},
	{"an administration with a taken id exists, and the first stays", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		first := fieldwork.Administration{ID: "fall", Status: fieldwork.Open}
		noError(t, store.CreateAdministration(t.Context(), first))
		second := fieldwork.Administration{ID: "fall", Status: fieldwork.Closed}
		wantError(t, store.CreateAdministration(t.Context(), second), fault.ErrExists)
		got, err := store.Administration(t.Context(), "fall")
		wantEqual(t, err, got, first)
	}},
	{"administrations come newest first", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		start := time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC)
		for day, id := range []fieldwork.AdministrationID{"b", "c", "a"} {
			noError(t, store.CreateAdministration(t.Context(), fieldwork.Administration{ID: id, Created: start.AddDate(0, 0, day)}))
		}
		noError(t, store.ReplaceAdministration(t.Context(), fieldwork.Administration{ID: "b", Created: start, Status: fieldwork.Paused}))
		all := mustList(t, store)
		if len(all) != 3 || all[0].ID != "a" || all[1].ID != "c" || all[2].ID != "b" {
			t.Fatalf("got %s", printed(all))
		}
	}},
	{"empty lists of an administration stay empty", func(t *testing.T, open func(*testing.T) Store) {
		store := open(t)
		want := fieldwork.Administration{
			ID: "fall", Title: instrument.Text{}, Sites: []fieldwork.SiteID{}, Groups: []fieldwork.GroupID{},
			Enrolment: fieldwork.Enrolment{Grades: []instrument.Grade{}}, Languages: []instrument.Lang{}, Settings: []fieldwork.SettingValue{},
		}
		noError(t, store.CreateAdministration(t.Context(), want))
		got, err := store.Administration(t.Context(), "fall")
		wantEqual(t, err, got, want)
	}},
}

func mustList(t *testing.T, store Store) []fieldwork.Administration {
	t.Helper()
	all, err := store.Administrations(t.Context())
	noError(t, err)
	return all
}
