package main

import (
	"context"
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"time"

	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
)

// The administrations of the demonstration. The name of the fall says in every export what its answers are.
const (
	demoFall       fieldwork.AdministrationID = "demo-fall-synthetic"
	demoSpring     fieldwork.AdministrationID = "demo-spring"
	demoInstrument                            = "stem-identity"
	demoStudents                              = 60
)

// demoRoster is two sites of two groups each; every third student reads Spanish first. Ids and schools are invented.
func demoRoster() []fieldwork.Participant {
	classes := []struct {
		site  fieldwork.SiteID
		group fieldwork.GroupID
		grade instrument.Grade
	}{
		{"Jacaranda Middle School", "6A", "6"},
		{"Jacaranda Middle School", "7B", "7"},
		{"Mariposa Academy", "7 Norte", "7"},
		{"Mariposa Academy", "8 Sur", "8"},
	}
	list := make([]fieldwork.Participant, demoStudents)
	for i := range list {
		class := classes[i*len(classes)/demoStudents]
		language := instrument.Lang("en")
		if i%3 == 1 {
			language = "es"
		}
		enrolled := "no"
		if i%4 == 0 {
			enrolled = "yes"
		}
		list[i] = fieldwork.Participant{
			Student: fieldwork.StudentID(fmt.Sprintf("synthetic-%02d", i+1)), Grade: class.grade, Language: language,
			Site: class.site, Group: class.group, Attributes: []fieldwork.Attribute{{Name: "enrolled", Value: enrolled}},
		}
	}
	return list
}

// seedDemo fills an empty store: a roster, a closed fall with synthetic answers, an open spring with one survey half
// finished. Every answer goes the way that a student's goes.
func seedDemo(ctx context.Context, st store, keys *fieldwork.Keys, in *instrument.Instrument, now time.Time) error {
	fallStart := lastFall(now)
	clock := fallStart
	then := fieldwork.NewService(st, keys, func() time.Time { return clock })
	change, err := then.PlanRoster(ctx, demoRoster())
	if err != nil {
		return err
	}
	if err := then.ImportRoster(ctx, change); err != nil {
		return err
	}
	fall := fieldwork.NewAdministration{
		ID: demoFall, Wave: "fall", Opens: fallStart, Closes: fallStart.AddDate(0, 0, 14), TimeZone: schoolTimeZone, Synthetic: true,
	}
	if _, err := then.CreateAdministration(ctx, in, fall); err != nil {
		return err
	}
	clock = fallStart.Add(24 * time.Hour)
	if err := answerFall(ctx, then, in); err != nil {
		return fmt.Errorf("synthetic fall answers: %w", err)
	}
	clock = now
	if _, err := then.FinishExpired(ctx); err != nil {
		return err
	}
	if _, err := then.CloseAdministration(ctx, demoFall); err != nil {
		return err
	}
	spring := fieldwork.NewAdministration{
		ID: demoSpring, Wave: "spring", Opens: now.Add(-time.Hour), Closes: now.AddDate(0, 0, windowDays), TimeZone: schoolTimeZone, Synthetic: true,
	}
	if _, err := then.CreateAdministration(ctx, in, spring); err != nil {
		return err
	}
	sheet, err := then.CodeSheet(ctx, demoSpring)
	if err != nil {
		return err
	}
	half := newRespondent(in, mathrand.New(mathrand.NewPCG(1, 1)), 0)
	half.thorough = true
	return half.answer(ctx, then, demoCodes(sheet).half, 1)
}

// lastFall is the first Monday of the last October that began at least ten weeks ago, at eight in the morning at the schools.
func lastFall(now time.Time) time.Time {
	where, err := time.LoadLocation(schoolTimeZone)
	if err != nil {
		where = time.UTC
	}
	start := time.Date(now.Year(), time.October, 1, 8, 0, 0, 0, where)
	for start.After(now.AddDate(0, 0, -70)) {
		start = start.AddDate(-1, 0, 0)
	}
	for start.Weekday() != time.Monday {
		start = start.AddDate(0, 0, 1)
	}
	return start
}

// answerFall answers the fall for every student but a few who never began.
func answerFall(ctx context.Context, s *fieldwork.Service, in *instrument.Instrument) error {
	sheet, err := s.CodeSheet(ctx, demoFall)
	if err != nil {
		return err
	}
	random := mathrand.New(mathrand.NewPCG(2026, 11))
	for i, line := range sheet {
		r := newRespondent(in, random, i)
		pages := len(in.Pages)
		switch {
		case i%20 == 7: // absent
			continue
		case i%20 == 13:
			if err := decline(ctx, s, line); err != nil {
				return err
			}
			continue
		case i%15 == 11: // the bell rang: ends as partial
			pages = 1
		}
		if err := r.answer(ctx, s, line, pages); err != nil {
			return err
		}
	}
	return nil
}

func decline(ctx context.Context, s *fieldwork.Service, line fieldwork.SheetCode) error {
	session, err := s.Enter(ctx, line.Code)
	if err != nil {
		return err
	}
	return s.Decline(ctx, session, line.Participant.Language)
}

// respondent is a made-up student: a standing on what the scales measure, and some noise.
type respondent struct {
	in       *instrument.Instrument
	random   *mathrand.Rand
	standing float64
	monotone bool // answers the same all the way down
	thorough bool // leaves nothing out
}

func newRespondent(in *instrument.Instrument, random *mathrand.Rand, i int) respondent {
	return respondent{in: in, random: random, standing: random.NormFloat64() * 0.7, monotone: i%25 == 24}
}

// answer takes the survey up to a number of pages and submits it when that is all of them.
func (q respondent) answer(ctx context.Context, s *fieldwork.Service, line fieldwork.SheetCode, pages int) error {
	session, err := s.Enter(ctx, line.Code)
	if err != nil {
		return err
	}
	language := line.Participant.Language
	if err := s.Begin(ctx, session, language); err != nil {
		return err
	}
	save := fieldwork.Save{Seq: 1, Name: rand.Text(), Language: language, Reached: pages}
	for _, page := range q.in.Pages[:pages] {
		seconds := 0.0
		for _, item := range page.Items {
			values, took := q.item(item)
			save.Answers = append(save.Answers, fieldwork.Given{Item: item.ID, Values: values})
			seconds += took
		}
		save.Seconds = append(save.Seconds, fieldwork.PageSeconds{Page: page.ID, Seconds: seconds})
	}
	if pages < len(q.in.Pages) {
		_, err = s.Save(ctx, session, save)
		return err
	}
	_, err = s.Submit(ctx, session, save)
	return err
}

// item gives an answer on a five-point item, sometimes none, and the seconds that it took. Items of other kinds are left out:
// an invented sentence would be mistaken for a student's.
func (q respondent) item(item *instrument.Item) ([]string, float64) {
	seconds := float64(20+q.random.IntN(60)) / 10
	if item.Kind != instrument.Choice || item.Responses.Kind != instrument.Ordinal || !q.thorough && q.random.IntN(25) == 0 {
		return nil, seconds
	}
	scored := make([]string, 0, len(item.Responses.Options))
	for _, o := range item.Responses.Options {
		if !o.Missing {
			scored = append(scored, string(o.Code))
		}
	}
	middle := float64(len(scored)-1) / 2
	at := int(middle + 0.5 + q.standing + q.random.NormFloat64()*0.8)
	if q.monotone {
		at, seconds = len(scored)-1, 0.4
	}
	return []string{scored[min(max(at, 0), len(scored)-1)]}, seconds
}

// demoCode is the three ways in that the demonstration offers.
type demoCode struct{ english, spanish, half fieldwork.SheetCode }

func demoCodes(sheet []fieldwork.SheetCode) demoCode {
	var c demoCode
	for _, line := range sheet {
		switch {
		case line.Participant.Language == "es" && c.spanish.Code == "":
			c.spanish = line
		case line.Participant.Language == "en" && c.english.Code == "":
			c.english = line
		case line.Participant.Language == "en" && c.half.Code == "":
			c.half = line
		}
	}
	return c
}

// isDemo says whether a data directory's administrations are those of the demonstration.
func isDemo(standings []fieldwork.Standing) bool {
	ids := map[fieldwork.AdministrationID]bool{}
	for _, s := range standings {
		ids[s.Administration.ID] = true
	}
	return len(ids) == 2 && ids[demoFall] && ids[demoSpring]
}
