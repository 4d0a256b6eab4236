package answer_test

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
)

func TestAHiddenAnswerIsKeptAndDoesNotCountForLaterConditions(t *testing.T) {
	in := load(t, trial)
	set := cells(t, in, map[instrument.ItemID]string{"club": "0", "club_fun": "5", "club_why": "friends", "clubs": "garden"})
	answer.Resolve(in, set)
	// club is no, so club_fun is hidden; its 5 does not count, so club_why is hidden too; clubs has no chess.
	for _, id := range []instrument.ItemID{"club_fun", "club_why", "chess_level"} {
		if a := set[item(t, in, id).Index]; a.State != answer.NotShown || a.Valid() {
			t.Errorf("%s is %s, want not_shown", id, a.State)
		}
	}
	if a := set[item(t, in, "club_fun").Index]; !a.Kept || a.Option != 4 {
		t.Errorf("the raw answer of club_fun is gone: %+v", a)
	}
	if a := set[item(t, in, "club_why").Index]; !a.Kept || a.Text != "friends" {
		t.Errorf("the raw answer of club_why is gone: %+v", a)
	}
}

func TestAnAnswerComesBackWhenItsConditionComesTrue(t *testing.T) {
	in := load(t, trial)
	set := cells(t, in, map[instrument.ItemID]string{"club": "0", "club_fun": "5", "club_why": "friends"})
	answer.Resolve(in, set)
	club := item(t, in, "club")
	set[club.Index] = answer.ParseCell(club, "1")
	answer.Resolve(in, set)
	for id, want := range map[instrument.ItemID]string{"club_fun": "5", "club_why": "friends"} {
		it := item(t, in, id)
		if got := set[it.Index].Cell(it); got != want {
			t.Errorf("%s is %q, want %q", id, got, want)
		}
	}
}

func TestAnItemIsHiddenWhenNobodyAnsweredWhatItDependsOn(t *testing.T) {
	in := load(t, trial)
	for _, cell := range []string{"", "-92", "-93", "-94", "7"} {
		set := cells(t, in, map[instrument.ItemID]string{"club": cell, "club_fun": "5"})
		answer.Resolve(in, set)
		if a := set[item(t, in, "club_fun").Index]; a.State != answer.NotShown {
			t.Errorf("club %q: club_fun is %s, want not_shown", cell, a.State)
		}
	}
}

func TestAFileMaySayThatAnItemWithoutConditionWasNotShown(t *testing.T) {
	in := load(t, trial)
	set := cells(t, in, map[instrument.ItemID]string{"like": "-91", "club": "1", "club_fun": "-91"})
	answer.Resolve(in, set)
	if a := set[item(t, in, "like").Index]; a.State != answer.NotShown {
		t.Errorf("like is %s, want not_shown", a.State)
	}
	// A condition has the last word: club is yes, so club_fun was to be shown.
	if a := set[item(t, in, "club_fun").Index]; a.State != answer.NotReached {
		t.Errorf("club_fun is %s, want not_reached", a.State)
	}
}

// randomCell draws a cell that an item's column could hold, legal or not.
func randomCell(r *rand.Rand) string {
	pool := []string{"", "NA", "-91", "-92", "-93", "-94", "0", "1", "2", "3", "4", "5", "9", "7", "chess", "robotics;chess", "=1", "41", "'x", "two"}
	return pool[r.IntN(len(pool))]
}

func TestResolvingAgainAndStoringChangeNothing(t *testing.T) {
	in := load(t, trial)
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		set := answer.New(in)
		for i, it := range in.Items {
			set[i] = answer.ParseCell(it, randomCell(r))
		}
		answer.Resolve(in, set)

		again := append(answer.Set(nil), set...)
		answer.Resolve(in, again)
		if !reflect.DeepEqual(again, set) {
			t.Fatalf("resolved twice: %+v, once: %+v", again, set)
		}

		stored, err := answer.FromRecords(in, set.Records(in))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(stored, set) {
			t.Fatalf("stored: %+v, was: %+v", stored, set)
		}
	}
}

func TestRecordsThatDoNotFitAreRefused(t *testing.T) {
	in := load(t, trial)
	for name, records := range map[string][]answer.Record{
		"unknown item":  {{Item: "nobody", State: "answered", Value: "1"}},
		"unknown state": {{Item: "like", State: "maybe"}},
		"no value":      {{Item: "like", State: "answered"}},
		"twice":         {{Item: "like", State: "skipped"}, {Item: "like", State: "skipped"}},
	} {
		if _, err := answer.FromRecords(in, records); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
