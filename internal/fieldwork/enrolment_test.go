package fieldwork_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

const mixedRoster = `student_id,grade,language,site,group,role
k1,K,en,North,Room 1,
s5,5,en,North,5A,student
s6,6,es,North,6A,
s8,8,es,South,8C,
s0,,es,South,8C,
f1,,es,North,Families,family
f2,,en,South,Families,Family
t1,,en,North,Staff,staff
`

// survey is the tests' instrument for another audience and under another id.
func survey(t *testing.T, audience string) *instrument.Instrument {
	t.Helper()
	source := strings.Replace(clubSurvey, "audience: {grades: [4, 5, 6, 7, 8]}", "audience: {"+audience+"}", 1)
	in, problems := instrument.Load("club-survey.yaml", []byte(strings.Replace(source, "id: club-survey", "id: other-survey", 1)), instrument.Options{})
	if in == nil {
		t.Fatalf("the test's instrument: %v", problems)
	}
	return in
}

func newMixedSchool(t *testing.T) *school {
	t.Helper()
	s := newSchool(t)
	s.importRoster(t, mixedRoster)
	return s
}

func (s *school) window(n fieldwork.NewAdministration) fieldwork.NewAdministration {
	n.Wave, n.Opens, n.Closes, n.TimeZone = "fall", s.now, s.now.Add(time.Hour), "America/Los_Angeles"
	return n
}

func TestAnAdministrationAsksThoseWhomItsInstrumentIsFor(t *testing.T) {
	for _, c := range []struct {
		name, audience string
		n              fieldwork.NewAdministration
		want           string // ids, in the roster's order
		beyond         []fieldwork.Beyond
	}{
		{"children of certain grades", "grades: [K, 1, 2]", fieldwork.NewAdministration{}, "k1",
			[]fieldwork.Beyond{{Why: fieldwork.LeftOutGrade, People: 6}, {Why: fieldwork.LeftOutNoGrade, People: 1}, {Why: fieldwork.LeftOutFamily, People: 2}, {Why: fieldwork.LeftOutStaff, People: 1}}},
		{"older pupils of one site", "grades: [6, 7, 8]", fieldwork.NewAdministration{Sites: []fieldwork.SiteID{"North"}}, "s6",
			[]fieldwork.Beyond{{Why: fieldwork.LeftOutGrade, People: 4}, {Why: fieldwork.LeftOutFamily, People: 1}, {Why: fieldwork.LeftOutStaff, People: 1}}},
		{"staff", "adults: staff", fieldwork.NewAdministration{}, "t1",
			[]fieldwork.Beyond{{Why: fieldwork.LeftOutStudent, People: 8}, {Why: fieldwork.LeftOutFamily, People: 2}}},
		{"families", "adults: family", fieldwork.NewAdministration{}, "f1 f2",
			[]fieldwork.Beyond{{Why: fieldwork.LeftOutStudent, People: 8}, {Why: fieldwork.LeftOutStaff, People: 1}}},
		{"families by their child", "adults: family", fieldwork.NewAdministration{ByChild: true, Sites: []fieldwork.SiteID{"South"}}, "1003 s0 s8",
			[]fieldwork.Beyond{{Why: fieldwork.LeftOutFamily, People: 1}}},
		{"everyone", "adults: staff", fieldwork.NewAdministration{Everyone: true, Sites: []fieldwork.SiteID{"South"}}, "1003 s0 s8 f2",
			[]fieldwork.Beyond{{Why: fieldwork.LeftOutStudent, People: 3}, {Why: fieldwork.LeftOutFamily, People: 1}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, ctx := newMixedSchool(t), context.Background()
			in := survey(t, c.audience)
			coverage, err := s.Coverage(ctx, in, c.n)
			if err != nil || !slices.Equal(coverage.Beyond, c.beyond) {
				t.Errorf("beyond it are %+v, %v, want %+v", coverage.Beyond, err, c.beyond)
			}
			a, err := s.CreateAdministration(ctx, in, s.window(c.n))
			if err != nil {
				t.Fatal(err)
			}
			sheet, err := s.CodeSheet(ctx, a.ID)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, line := range sheet {
				ids = append(ids, string(line.Participant.Student))
				if c.n.ByChild && line.For != fieldwork.RoleFamily {
					t.Errorf("the code of %s is for a %s", line.Participant.Student, line.For)
				}
			}
			if got := strings.Join(ids, " "); got != c.want {
				t.Errorf("codes are for %s, want %s", got, c.want)
			}
			if !c.n.Everyone && coverage.Covered != len(sheet) {
				t.Errorf("it covers %d and has %d codes", coverage.Covered, len(sheet))
			}
			s.wantTotal(t, a.ID, len(sheet))
		})
	}
}

// wantTotal holds completion counts and exports to the number of people who are asked.
func (s *school) wantTotal(t *testing.T, id fieldwork.AdministrationID, want int) {
	t.Helper()
	standings, err := s.Standings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var all fieldwork.Completion
	for _, standing := range standings {
		if standing.Administration.ID == id {
			for _, g := range standing.Groups {
				all.Add(g)
			}
		}
	}
	rows := 0
	err = s.EachRespondent(context.Background(), id, func(fieldwork.Participant, fieldwork.Response, bool) error { rows++; return nil })
	if err != nil || all.Total() != want || rows != want {
		t.Errorf("completion counts %d people and an export has %d rows, %v; want %d", all.Total(), rows, err, want)
	}
}

func TestOnlyAFamilySurveyIsAnsweredForAChild(t *testing.T) {
	s := newMixedSchool(t)
	for name, c := range map[string]struct {
		audience string
		n        fieldwork.NewAdministration
	}{
		"a survey for students":         {"grades: [5]", fieldwork.NewAdministration{ByChild: true}},
		"a survey for staff":            {"adults: staff", fieldwork.NewAdministration{ByChild: true}},
		"by child and everyone at once": {"adults: family", fieldwork.NewAdministration{ByChild: true, Everyone: true}},
	} {
		if _, err := s.CreateAdministration(context.Background(), survey(t, c.audience), s.window(c.n)); !errors.Is(err, fieldwork.ErrBadAdministration) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAStaffMemberAnswersWithoutAGrade(t *testing.T) {
	s, ctx := newMixedSchool(t), context.Background()
	a, err := s.CreateAdministration(ctx, survey(t, "adults: staff"), s.window(fieldwork.NewAdministration{}))
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := s.CodeSheet(ctx, a.ID)
	if err != nil || len(sheet) != 1 {
		t.Fatalf("codes are %v, %v", sheet, err)
	}
	s.codes["t1"] = sheet[0].Code
	session := s.begin(t, "t1")
	if _, err := s.Submit(ctx, session, save(1, "end", "q1", "4", "q2", "2", "q3", "4")); err != nil {
		t.Fatal(err)
	}
	r := s.response(t, session)
	if r.Grade != "" || r.Scores == nil || r.Status != fieldwork.Submitted {
		t.Errorf("the response is %+v", r)
	}
}
