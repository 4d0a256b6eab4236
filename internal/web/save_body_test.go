package web

import (
	"errors"
	"fmt"
	"math"
	"testing"
	"unicode/utf8"

	"surveyd/internal/fieldwork"
)

// FuzzDecodeSave: whatever comes is refused as malformed or is a save of valid text that does not share the body's memory.
func FuzzDecodeSave(f *testing.F) {
	for _, seed := range []string{
		`{"seq": 4, "save": "k3v9", "language": "es", "reached": 2, "answers": {"mi1": ["4"], "clubs": ["robotics", "chess"], "more": []}, "seconds": {"p1": 31.5}, "order": {"p1": ["mi2", "mi1"]}}`,
		`{}`, `null`, `[]`, `{"seq":1e400}`, `{"seq":9223372036854775808}`, `{"answers":{"a":null}}`, `{"answers":{"a":["\ud800"]}}`, "{\"save\":\"\xff\"}",
		`{"seq":1}{"seq":2}`, `{"seq":1} x`, `{"SEQ":1}`, `{"more":1}`, `{"seconds":{"p":-1}}`, `{"answers":{"a":["` + "\\u0000" + `"]}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		copied := append([]byte(nil), body...)
		save, err := decodeSave(copied)
		if err != nil {
			if !errors.Is(err, errBadBody) {
				t.Fatalf("another error: %v", err)
			}
			if len(save.Answers) > 0 {
				t.Fatal("a save beside an error")
			}
			return
		}
		before := fmt.Sprint(save)
		for i := range copied {
			copied[i] = '#'
		}
		if fmt.Sprint(save) != before {
			t.Fatal("the save changes with the body's memory")
		}
		checkSave(t, save)
	})
}

func TestHalfACharacterIsRefusedAndAWholeOneIsNot(t *testing.T) {
	for escaped, want := range map[string]string{
		`\ud83d\ude00`: "😀", `\u00f1`: "ñ", `\\ud83d`: `\ud83d`, `\"\\\ufffd`: "\"\\\ufffd", `\n\uD83D\uDE00\n`: "\n😀\n",
		`\ud83d`: "", `\ude00`: "", `\ud83d\u0041`: "", `\ud83d \ude00`: "", `\ude00\ud83d`: "", `\ud83d\ud83d\ude00`: "", `\\\ud83d`: "",
	} {
		save, err := decodeSave([]byte(`{"seq":1,"save":"a","answers":{"more":["` + escaped + `"]}}`))
		switch {
		case want == "" && !errors.Is(err, errBadBody):
			t.Errorf("%s: %v, %+v", escaped, err, save.Answers)
		case want != "" && (err != nil || save.Answers[0].Values[0] != want):
			t.Errorf("%s: %v, %+v", escaped, err, save.Answers)
		}
	}
}

func checkSave(t *testing.T, save fieldwork.Save) {
	for i, g := range save.Answers {
		if i > 0 && save.Answers[i-1].Item >= g.Item {
			t.Fatal("items out of order or doubled")
		}
		for _, v := range g.Values {
			if !utf8.ValidString(v) {
				t.Fatal("an answer that is not UTF-8")
			}
		}
	}
	for _, p := range save.Seconds {
		if math.IsNaN(p.Seconds) || math.IsInf(p.Seconds, 0) {
			t.Fatal("seconds that are no number")
		}
	}
}
