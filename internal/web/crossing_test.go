package web_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"

	"surveyd/internal/fieldwork"
	"surveyd/internal/staff"
)

// crossingRounds is how often each student saves, reads and submits forms while the others do.
const crossingRounds = 150

// TestNoAnswerCrossesOver has students save over few connections as fast as they can, each with texts that nobody else has.
// Fiber lends its strings from buffers that the next request overwrites: whatever keeps one turns up here under another's
// name. What is read back must be one's own, to the last letter, at every step.
func TestNoAnswerCrossesOver(t *testing.T) {
	roster := &strings.Builder{}
	roster.WriteString("student_id,grade,language,site,group\n")
	const students = 8
	for i := range students {
		fmt.Fprintf(roster, "%d,5,en,North,5A\n", 2000+i)
	}
	s := newSchool(t, func(o *options) { o.roster = roster.String() })
	transport := &http.Transport{MaxConnsPerHost: 3, MaxIdleConnsPerHost: 3}
	defer transport.CloseIdleConnections()
	var all sync.WaitGroup
	for i := range students {
		b := s.browser()
		b.client.Transport = transport
		student := studentID(fmt.Sprint(2000 + i))
		at := b.begin(s.codes[student])
		all.Go(func() { cross(t, s, b, at, student, i) })
	}
	all.Wait()

	b := s.hire(staff.NewAccount{Email: "a@example.org", Role: staff.Administrator})
	records, err := csv.NewReader(strings.NewReader(b.get("/staff/administrations/fall/export?format=csv-wide").body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]bool{}
	for _, record := range records[1:] {
		for column, name := range records[0] {
			if name == "more" {
				texts[record[column]] = true
			}
		}
	}
	for i := range students {
		if !texts[mark(i, crossingRounds)] {
			t.Errorf("the export lacks what student %d said last", i)
		}
	}
}

// mark is a text of one student and round, of a length that changes from round to round.
func mark(student, round int) string {
	word := fmt.Sprintf("student-%d-round-%d ", student, round)
	return strings.TrimSpace(strings.Repeat(word, 1+(student*7+round*13)%60))
}

func cross(t *testing.T, s *school, b *browser, at string, student fieldwork.StudentID, i int) {
	own := rand.New(rand.NewPCG(uint64(i), 1))
	for round := 1; round <= crossingRounds; round++ {
		text, choice := mark(i, round), fmt.Sprint(1+(i+round)%5)
		if own.IntN(2) == 0 {
			body := saveOf(int64(round), "more", text, "q1", choice)
			if r := b.send(at+"/save", body); r.status != http.StatusOK {
				t.Errorf("student %d, round %d: save %d %s", i, round, r.status, r.body)
				return
			}
		} else if r := b.post(at+"/survey?lang=en", map[string][]string{"more": {text}, "q1": {choice}, "action": {"switch:es"}}); r.status != http.StatusSeeOther {
			t.Errorf("student %d, round %d: form %d", i, round, r.status)
			return
		}
		stored := s.response(student)
		if got := given(stored); got["more"] != text || got["q1"] != choice {
			t.Errorf("student %d, round %d: stored %.80q and %q", i, round, got["more"], got["q1"])
			return
		}
		page := b.get(at + "/survey?lang=en").body
		if !strings.Contains(page, ">\n"+text+"</textarea>") || strings.Count(page, "student-") != strings.Count(page, fmt.Sprintf("student-%d-", i)) {
			t.Errorf("student %d, round %d: the page shows another's answer", i, round)
			return
		}
	}
}
