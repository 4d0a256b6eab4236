package fieldwork_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"surveyd/internal/fieldwork"
)

func problemOf(err error) fieldwork.CodeProblem {
	var code *fieldwork.CodeError
	if errors.As(err, &code) {
		return code.Problem
	}
	return ""
}

func TestACodeIsReadHoweverItIsTyped(t *testing.T) {
	s := newSchool(t)
	code := s.codes["1001"]
	for _, typed := range []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", ""), " " + strings.ReplaceAll(code, "-", " ") + " "} {
		if _, err := s.Enter(ctx, typed); err != nil {
			t.Errorf("typed like %d characters: %v", len(typed), err)
		}
	}
}

func TestEveryWrongCharacterIsFoundByTheCheckCharacter(t *testing.T) {
	const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
	s := newSchool(t)
	code := strings.ReplaceAll(s.codes["1001"], "-", "")
	for i := range code {
		for _, c := range alphabet {
			wrong := code[:i] + string(c) + code[i+1:]
			if wrong == code {
				continue
			}
			if _, err := s.Enter(ctx, wrong); problemOf(err) != fieldwork.CodeMistyped {
				t.Fatalf("wrong character %d: %v", i, err)
			}
		}
	}
}

func TestACodeThatOpensNothingSaysWhy(t *testing.T) {
	s := newSchool(t)
	if _, err := s.Enter(ctx, "2222-2222"); problemOf(err) != fieldwork.CodeUnknown {
		t.Errorf("unknown code: %v", err)
	}
	for _, typed := range []string{"", "ABC", "O0O0-1111", strings.Repeat("2", 5000), "\xff\xfe"} {
		if _, err := s.Enter(ctx, typed); problemOf(err) != fieldwork.CodeMistyped {
			t.Errorf("%d bytes that are no code: %v", len(typed), err)
		}
	}
	old := s.codes["1001"]
	fresh, err := s.ReissueCode(ctx, "fall", "1001")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Enter(ctx, old); problemOf(err) != fieldwork.CodeExpired {
		t.Errorf("replaced code: %v", err)
	}
	if _, err := s.Enter(ctx, fresh.Code); err != nil {
		t.Errorf("new code: %v", err)
	}
	if _, err := s.PauseAdministration(ctx, "fall"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Enter(ctx, fresh.Code); problemOf(err) != fieldwork.CodePaused {
		t.Errorf("paused: %v", err)
	}
	if _, err := s.OpenAdministration(ctx, "fall", time.Time{}); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(-2 * time.Hour)
	if _, err := s.Enter(ctx, fresh.Code); problemOf(err) != fieldwork.CodeNotOpen {
		t.Errorf("before the window: %v", err)
	}
	s.now = s.now.Add(4 * time.Hour)
	if _, err := s.Enter(ctx, fresh.Code); problemOf(err) != fieldwork.CodeClosed {
		t.Errorf("after the window: %v", err)
	}
}

func TestASessionOpensOnlyItsOwnAddressAndDiesWithItsCode(t *testing.T) {
	s := newSchool(t)
	ana, luis := s.begin(t, "1001"), s.begin(t, "1002")
	token, err := s.SealSession(ana)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.OpenSession(ctx, ana.SID, token); err != nil || got.Key != ana.Key {
		t.Fatalf("own address: %v, %v", got.Key, err)
	}
	if _, err := s.OpenSession(ctx, luis.SID, token); !errors.Is(err, fieldwork.ErrWrongSession) {
		t.Errorf("another student's address: %v", err)
	}
	if _, err := s.OpenSession(ctx, ana.SID, token[:len(token)-2]+"AA"); !errors.Is(err, fieldwork.ErrWrongSession) {
		t.Errorf("forged token: %v", err)
	}
	if _, err := s.ReissueCode(ctx, "fall", "1001"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.OpenSession(ctx, ana.SID, token); !errors.Is(err, fieldwork.ErrWrongSession) {
		t.Errorf("after the code was replaced: %v", err)
	}
	token, err = s.SealSession(luis)
	if err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(13 * time.Hour)
	if _, err := s.OpenSession(ctx, luis.SID, token); !errors.Is(err, fieldwork.ErrWrongSession) {
		t.Errorf("a day later: %v", err)
	}
}

func TestAStudentComesBackToWhereTheyWere(t *testing.T) {
	s := newSchool(t)
	session, err := s.Enter(ctx, s.codes["1002"])
	if err != nil || session.Stage != fieldwork.StageAssent || session.Language != "es" {
		t.Fatalf("first visit: %+v, %v", session, err)
	}
	if err := s.Begin(ctx, session, "en"); err != nil {
		t.Fatal(err)
	}
	again, err := s.Enter(ctx, s.codes["1002"])
	if err != nil || again.Stage != fieldwork.StageSurvey || again.Language != "en" || again.SID != session.SID {
		t.Errorf("second visit: %+v, %v", again, err)
	}
	if _, err := s.Submit(ctx, session, save(1, "a")); err != nil {
		t.Fatal(err)
	}
	done, err := s.Enter(ctx, s.codes["1002"])
	if err != nil || done.Stage != fieldwork.StageDone {
		t.Errorf("visit after submitting: %+v, %v", done, err)
	}
}

func TestCodesPrintTheSameUntilReissued(t *testing.T) {
	s := newSchool(t)
	sheet, err := s.CodeSheet(ctx, "fall")
	if err != nil || len(sheet) != 3 {
		t.Fatalf("%d lines, %v", len(sheet), err)
	}
	for _, line := range sheet {
		if line.Code != s.codes[line.Participant.Student] {
			t.Errorf("student %s has another code", line.Participant.Student)
		}
	}
}

func TestCompletionCountsEverybodyOnce(t *testing.T) {
	s := newSchool(t)
	s.begin(t, "1001")
	session := s.begin(t, "1003")
	if _, err := s.Submit(ctx, session, save(1, "a")); err != nil {
		t.Fatal(err)
	}
	standings, err := s.Standings(ctx)
	if err != nil || len(standings) != 1 {
		t.Fatal(standings, err)
	}
	want := []fieldwork.Completion{{Site: "North", Group: "5A", NotStarted: 1, Started: 1}, {Site: "South", Group: "6B", Submitted: 1}}
	got := standings[0].Groups
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("completion is %+v, want %+v", got, want)
	}
}

func TestAStudentWhoChangesClassIsCountedOnce(t *testing.T) {
	s := newSchool(t)
	session := s.begin(t, "1001")
	if _, err := s.Submit(ctx, session, save(1, "a")); err != nil {
		t.Fatal(err)
	}
	s.importRoster(t, "student_id,grade,language,site,group\n1001,5,en,South,6B\n")
	standings, err := s.Standings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	want := []fieldwork.Completion{{Site: "North", Group: "5A", NotStarted: 1, Submitted: 1}, {Site: "South", Group: "6B", NotStarted: 1}}
	if got := standings[0].Groups; len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("completion is %+v, want %+v", got, want)
	}
}

func TestWhoIsPastTheCodeIsToldThatTheSurveyIsPausedNotThatItIsOver(t *testing.T) {
	s := newSchool(t)
	session, err := s.Enter(ctx, s.codes["1001"])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.PauseAdministration(ctx, "fall"); err != nil {
		t.Fatal(err)
	}
	if err := s.Begin(ctx, session, "en"); !errors.Is(err, fieldwork.ErrPaused) {
		t.Errorf("begin while paused: %v", err)
	}
	if _, err := s.CloseAdministration(ctx, "fall"); err != nil {
		t.Fatal(err)
	}
	if err := s.Begin(ctx, session, "en"); !errors.Is(err, fieldwork.ErrClosed) {
		t.Errorf("begin after the end: %v", err)
	}
}

func TestASubmitErasesNothingThatAnotherDeviceSaved(t *testing.T) {
	s := newSchool(t)
	session := s.begin(t, "1001")
	mustSave(t, s, session, save(1, "laptop", "q1", "4", "q2", "2"))
	if _, err := s.Submit(ctx, session, save(2, "phone", "q3", "5")); err != nil {
		t.Fatal(err)
	}
	got := cells(s.response(t, session))
	if got["q1"] != "answered 4" || got["q2"] != "answered 2" || got["q3"] != "answered 5" {
		t.Errorf("answers are %v", got)
	}
}
