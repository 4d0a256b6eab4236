package main

import (
	"fmt"
	"time"
)

// windowDays is how long an administration is open when nobody says otherwise.
const windowDays = 28

// schoolTimeZone is the zone of dates when nobody says otherwise: that of surveyd's first schools.
const schoolTimeZone = "America/Los_Angeles"

// window reads the dates of an administration in its time zone.
func window(opens, closes, zone string, now time.Time) (from, to time.Time, err error) {
	where, err := time.LoadLocation(zone)
	if err != nil {
		return from, to, fmt.Errorf("--time-zone: %q is no time zone, write for example %s", zone, schoolTimeZone)
	}
	from = now
	if opens != "" {
		if from, _, err = moment(opens, where); err != nil {
			return from, to, fmt.Errorf("--opens: %w", err)
		}
	}
	if closes == "" {
		return from, from.AddDate(0, 0, windowDays), nil
	}
	to, day, err := moment(closes, where)
	if err != nil {
		return from, to, fmt.Errorf("--closes: %w", err)
	}
	if day {
		to = to.AddDate(0, 0, 1)
	}
	return from, to, nil
}

// moment reads a day or a time of day; day says which it was.
func moment(text string, where *time.Location) (at time.Time, day bool, err error) {
	if at, err = time.ParseInLocation("2006-01-02", text, where); err == nil {
		return at, true, nil
	}
	if at, err = time.ParseInLocation("2006-01-02T15:04", text, where); err == nil {
		return at, false, nil
	}
	if at, err = time.Parse(time.RFC3339, text); err == nil {
		return at, false, nil
	}
	return at, false, fmt.Errorf("%q is no date, write for example 2026-10-01 or 2026-10-01T08:00", text)
}

// local writes a time in a zone.
func local(at time.Time, zone string) string {
	where, err := time.LoadLocation(zone)
	if err != nil {
		where = time.UTC
	}
	return at.In(where).Format("2006-01-02 15:04 MST")
}
