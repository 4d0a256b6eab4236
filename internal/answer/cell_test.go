package answer_test

import (
	"reflect"
	"strings"
	"testing"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
)

func TestACellIsReadAsWhatItSays(t *testing.T) {
	in := load(t, trial)
	answered := func(a answer.Answer) answer.Answer { a.State = answer.Answered; return a }
	code := func(option int) answer.Answer { return answered(answer.Answer{Option: option}) }
	number := func(x float64) answer.Answer { return answered(answer.Answer{Option: -1, Number: x}) }
	text := func(s string) answer.Answer { return answered(answer.Answer{Option: -1, Text: s}) }
	several := func(options ...int) answer.Answer { return answered(answer.Answer{Option: -1, Options: options}) }
	state := func(s answer.State) answer.Answer { return answer.Answer{State: s, Option: -1} }
	invalid := func(s string) answer.Answer { return answered(answer.Answer{Invalid: true, Option: -1, Text: s}) }

	for _, c := range []struct {
		item instrument.ItemID
		cell string
		want answer.Answer
	}{
		{"like", "4", code(3)},
		{"like", " 4 ", code(3)},
		{"like", "4.0", code(3)}, // as pandas writes a column with empty cells
		{"like", "4.00", code(3)},
		{"like", "04", code(3)},
		{"like", "4e0", code(3)},
		{"like", "+4", code(3)},
		{"like", "4.", code(3)},
		{"like", "9", code(5)}, // never scored, and yet an answer
		{"like", "4.5", invalid("4.5")},
		{"like", "4,0", invalid("4,0")},
		{"like", "6", invalid("6")},
		{"like", "agree", invalid("agree")},
		{"like", "na", invalid("na")},
		{"like", "0x4", invalid("0x4")},
		{"like", "\xff", invalid("\xff")},
		{"like", "", state(answer.Skipped)},
		{"like", "  ", state(answer.Skipped)},
		{"like", "NA", state(answer.Skipped)},
		{"like", "-91", state(answer.NotShown)},
		{"like", "-92", state(answer.Skipped)},
		{"like", "-93", state(answer.NotReached)},
		{"like", "-94", state(answer.Declined)},
		{"like", "-94.0", state(answer.Declined)},
		{"like", "-95", invalid("-95")},
		{"hours", "2.5", number(2.5)},
		{"hours", "40", number(40)},
		{"hours", "-0", number(0)},
		{"hours", ".5", number(0.5)},
		{"hours", "1e1", number(10)},
		{"hours", "2,5", invalid("2,5")},
		{"hours", "41", invalid("41")},
		{"hours", "-1", invalid("-1")},
		{"hours", "Inf", invalid("Inf")},
		{"hours", "NaN", invalid("NaN")},
		{"hours", "1e999", invalid("1e999")},
		{"hours", "two", invalid("two")},
		{"hours", "-92.0", state(answer.Skipped)},
		{"change", "-2.5", number(-2.5)},
		{"change", "-91", state(answer.NotShown)},
		{"clubs", "chess", several(1)},
		{"clubs", "garden; robotics", several(0, 2)},
		{"clubs", "chess;chess", several(1)},
		{"clubs", "chess;", invalid("chess;")},
		{"clubs", "chess;soccer", invalid("chess;soccer")},
		{"clubs", "-94", state(answer.Declined)},
		{"club_why", "It is fun", text("It is fun")},
		{"club_why", " fun\r\n", text("fun")},
		{"club_why", "a\r\nb\rc", text("a\nb\nc")},
		{"club_why", "'=1+1", text("=1+1")}, // defused by an export
		{"club_why", "''=1+1", text("'=1+1")},
		{"club_why", "'NA", text("NA")},
		{"club_why", "'-92", text("-92")},
		{"club_why", "-92", state(answer.Skipped)},
		{"club_why", "-92.0", text("-92.0")}, // no column of texts becomes one of numbers
		{"club_why", "NA", state(answer.Skipped)},
		{"club_why", "'tis", text("'tis")},
		{"club_why", "-2.5", text("-2.5")},
		{"club_why", strings.Repeat("ñ", 20), text(strings.Repeat("ñ", 20))},
		{"club_why", strings.Repeat("ñ", 21), invalid(strings.Repeat("ñ", 21))},
	} {
		if got := answer.ParseCell(item(t, in, c.item), c.cell); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s, cell %q: got %+v, want %+v", c.item, c.cell, got, c.want)
		}
	}
}

func TestAPlainCellIsEmptyUnlessAnswered(t *testing.T) {
	in := load(t, trial)
	like := item(t, in, "like")
	for _, a := range []answer.Answer{
		{State: answer.NotReached}, {State: answer.Skipped}, {State: answer.Declined}, {State: answer.NotShown, Kept: true, Option: 2},
	} {
		if cell := a.Cell(like); cell != "" {
			t.Errorf("state %s writes %q", a.State, cell)
		}
	}
}

func TestAMultipleIsWrittenInTheOrderOfItsSet(t *testing.T) {
	in := load(t, trial)
	clubs := item(t, in, "clubs")
	if cell := answer.ParseCell(clubs, "garden;robotics").Cell(clubs); cell != "robotics;garden" {
		t.Errorf("got %q", cell)
	}
}

// What was read from a cell is written as a cell that means the same.
func FuzzACellReadsBackAsItself(f *testing.F) {
	in := load(f, trial)
	for _, seed := range []string{"", "4", "4.0", "NA", "-92", "'-92", "=1+1", "''=", "chess;robotics", "-2.5", "1e-9", "'NA", "a\r\nb", "\xff", "@x", "-"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		for _, it := range in.Items {
			a := answer.ParseCell(it, cell)
			if a.State != answer.Answered {
				if again := a.Cell(it); again != "" {
					t.Fatalf("%s: %q is %s and is written as %q", it.ID, cell, a.State, again)
				}
				continue
			}
			written := a.Cell(it)
			again := answer.ParseCell(it, written)
			if a.Invalid {
				if again.Valid() {
					t.Fatalf("%s: %q is invalid, is written as %q and read as an answer", it.ID, cell, written)
				}
				continue
			}
			if !reflect.DeepEqual(a, again) {
				t.Fatalf("%s: %q is %+v, is written as %q and read as %+v", it.ID, cell, a, written, again)
			}
		}
	})
}
