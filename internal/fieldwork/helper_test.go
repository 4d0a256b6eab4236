package fieldwork_test

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
	"surveyd/internal/sqlitestore"
)

const clubSurvey = `format: 1
id: club-survey
version: 1.0.0
title: {en: "Clubs", es: "Clubes"}
languages: [en, es]
audience: {grades: [4, 5, 6, 7, 8]}
response_sets:
  agree5:
    options:
      - {code: 1, label: {en: "Strongly disagree", es: "Totalmente en desacuerdo"}}
      - {code: 2, label: {en: "Disagree", es: "En desacuerdo"}}
      - {code: 3, label: {en: "Not sure", es: "No sé"}}
      - {code: 4, label: {en: "Agree", es: "De acuerdo"}}
      - {code: 5, label: {en: "Strongly agree", es: "Totalmente de acuerdo"}}
  yes_no:
    kind: nominal
    options:
      - {code: 1, label: {en: "Yes", es: "Sí"}}
      - {code: 0, label: {en: "No", es: "No"}}
items:
  - {id: q1, text: {en: "I like math.", es: "Me gustan las matemáticas."}, responses: agree5}
  - {id: q2, text: {en: "Math is dull.", es: "Las matemáticas aburren."}, responses: agree5}
  - {id: q3, text: {en: "I do math at home.", es: "Hago matemáticas en casa."}, responses: agree5}
  - {id: club, text: {en: "Are you in a club?", es: "¿Estás en un club?"}, responses: yes_no}
  - {id: club_fun, text: {en: "The club is fun.", es: "El club es divertido."}, responses: agree5, show_if: club == 1}
  - {id: more, kind: text, text: {en: "Anything else?", es: "¿Algo más?"}, max_length: 500}
pages:
  - {id: p1, items: [q1, q2, q3], shuffle: true}
  - {id: p2, items: [club, club_fun, more]}
scales:
  - id: liking
    title: {en: "Liking", es: "Gusto"}
    items: [q1, -q2, q3]
    score: mean
    min_answered: 2
    range: [1, 5]
    favorable: [4, 5]
`

const smallRoster = `student_id,grade,language,site,group,name,enrolled
1001,5,en,North,5A,Ana Ruiz,yes
1002,5,es,North,5A,Luis Paz,no
1003,6,es,South,6B,Mia Cruz,
`

// school is a store with a small roster and one open administration, and a clock that a test can move.
type school struct {
	*fieldwork.Service
	now   time.Time
	store *sqlitestore.Store
	codes map[fieldwork.StudentID]string
}

func newSchool(t *testing.T) *school {
	t.Helper()
	ctx := context.Background()
	store, err := sqlitestore.Open(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	keys, err := fieldwork.NewKeys([]byte(strings.Repeat("k", fieldwork.SecretSize)), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s := &school{now: time.Date(2026, 10, 5, 16, 0, 0, 0, time.UTC), store: store, codes: map[fieldwork.StudentID]string{}}
	s.Service = fieldwork.NewService(store, keys, func() time.Time { return s.now })
	s.importRoster(t, smallRoster)
	in, problems := instrument.Load("club-survey.yaml", []byte(clubSurvey), instrument.Options{})
	if in == nil {
		t.Fatalf("the test's instrument: %v", problems)
	}
	n := fieldwork.NewAdministration{ID: "fall", Wave: "fall", Opens: s.now.Add(-time.Hour), Closes: s.now.Add(time.Hour), TimeZone: "America/Los_Angeles"}
	if _, err := s.CreateAdministration(ctx, in, n); err != nil {
		t.Fatal(err)
	}
	sheet, err := s.CodeSheet(ctx, "fall")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range sheet {
		s.codes[line.Participant.Student] = line.Code
	}
	return s
}

func (s *school) importRoster(t *testing.T, csv string) fieldwork.RosterChange {
	t.Helper()
	list, problems, err := fieldwork.ReadRoster(strings.NewReader(csv))
	if err != nil || problems != nil {
		t.Fatal(err, problems)
	}
	change, err := s.PlanRoster(context.Background(), list)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ImportRoster(context.Background(), change); err != nil {
		t.Fatal(err)
	}
	return change
}

// begin takes a student past the assent.
func (s *school) begin(t *testing.T, student fieldwork.StudentID) fieldwork.Session {
	t.Helper()
	session, err := s.Enter(context.Background(), s.codes[student])
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Begin(context.Background(), session, "en"); err != nil {
		t.Fatal(err)
	}
	return session
}

func (s *school) response(t *testing.T, session fieldwork.Session) fieldwork.Response {
	t.Helper()
	r, err := s.store.Response(context.Background(), session.Key)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// save is a save of one-value answers, as a page would send it.
func save(seq int64, name string, answers ...string) fieldwork.Save {
	s := fieldwork.Save{Seq: seq, Name: name, Language: "en", Reached: 1}
	for i := 0; i < len(answers); i += 2 {
		s.Answers = append(s.Answers, fieldwork.Given{Item: instrument.ItemID(answers[i]), Values: []string{answers[i+1]}})
	}
	return s
}
