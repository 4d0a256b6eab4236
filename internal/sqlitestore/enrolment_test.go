package sqlitestore

import (
	"testing"

	"surveyd/internal/fieldwork"
)

func TestDataFromBeforeThereWereRolesAreOfStudentsAndForEverybody(t *testing.T) {
	dir := t.TempDir()
	store := mustOpen(t, dir)
	adult := fieldwork.Participant{ID: "p1", Student: "1", Role: fieldwork.RoleStaff, Site: "Cielo", Group: "5A"}
	asked := fieldwork.Administration{ID: "fall", Enrolment: fieldwork.Enrolment{Asked: fieldwork.AskedStaff}}
	if err := store.PutParticipants(t.Context(), []fieldwork.Participant{adult}); err != nil {
		t.Fatal(err)
	}
	if err := store.CreateAdministration(t.Context(), asked); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	exec(t, dir, "update participants set body = json_remove(body, '$.role')")
	exec(t, dir, "update administrations set body = json_remove(body, '$.enrolment')")
	store = mustOpen(t, dir)
	p, err := store.Participant(t.Context(), "p1")
	if err != nil || p.Role != fieldwork.RoleStudent {
		t.Errorf("the participant is %+v, %v", p, err)
	}
	a, err := store.Administration(t.Context(), "fall")
	if err != nil || a.Enrolment.Asked != fieldwork.AskedEveryone || a.Enrolment.Grades != nil {
		t.Errorf("the administration asks %+v, %v", a.Enrolment, err)
	}
}
