package web

import (
	"fmt"
	"io"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"surveyd/internal/export"
	"surveyd/internal/fieldwork"
	"surveyd/internal/instrument"
	"surveyd/internal/render"
	"surveyd/internal/staff"
)

// showStaffHome lists the administrations that an account may see, with completion counts of its own groups.
func (s *Server) showStaffHome(c *fiber.Ctx) error {
	account, err := s.account(c)
	if err != nil {
		return err
	}
	standings, err := s.fieldwork.Standings(c.UserContext())
	if err != nil {
		return err
	}
	lang := s.pageLang(c)
	view := render.StaffHomeView{
		Lang: lang, Email: string(account.ID), Role: string(account.Role),
		SignOut: staffAddress("/staff/sign-out", s.chosenLang(c.Query("lang"))),
	}
	for _, standing := range standings {
		seen := seenBy(account, standing.Groups)
		if len(seen) == 0 && !account.SeesAll() {
			continue
		}
		row, err := staffAdministration(standing.Administration, seen, lang)
		if err != nil {
			return err
		}
		if account.MayDownload() {
			row.Downloads = downloads(standing.Administration.ID)
		}
		view.Administrations = append(view.Administrations, row)
	}
	return s.html(c, func(w io.Writer) error { return s.pages.StaffHome(w, view) })
}

func seenBy(account staff.Account, groups []fieldwork.Completion) []fieldwork.Completion {
	var seen []fieldwork.Completion
	for _, g := range groups {
		if account.Sees(string(g.Site), string(g.Group)) {
			seen = append(seen, g)
		}
	}
	return seen
}

func staffAdministration(a fieldwork.Administration, groups []fieldwork.Completion, lang instrument.Lang) (render.StaffAdministration, error) {
	zone, err := time.LoadLocation(a.TimeZone)
	if err != nil {
		return render.StaffAdministration{}, fmt.Errorf("time zone of %s: %w", a.ID, err)
	}
	row := render.StaffAdministration{
		ID: string(a.ID), Title: titleIn(a, lang), Instrument: string(a.Instrument.ID) + " " + a.Instrument.Version,
		Wave: string(a.Wave), Status: string(a.Status), Opens: a.Opens.In(zone), Closes: a.Closes.In(zone), Synthetic: a.Synthetic,
	}
	var all fieldwork.Completion
	var site fieldwork.Completion
	for i, g := range groups {
		all.Add(g)
		site.Site = g.Site
		site.Add(g)
		if i == len(groups)-1 || groups[i+1].Site != g.Site {
			row.Sites = append(row.Sites, render.StaffSite{Name: string(site.Site), Counts: counts(site)})
			site = fieldwork.Completion{}
		}
	}
	row.Counts = counts(all)
	return row, nil
}

// titleIn is an administration's title in a language, or in the first that it offers.
func titleIn(a fieldwork.Administration, lang instrument.Lang) string {
	if title := a.Title.In(lang); title != "" {
		return title
	}
	for _, offered := range a.Languages {
		if title := a.Title.In(offered); title != "" {
			return title
		}
	}
	return string(a.ID)
}

func counts(c fieldwork.Completion) render.StaffCounts {
	return render.StaffCounts{NotStarted: c.NotStarted, Started: c.Started, Submitted: c.Submitted, Declined: c.Declined, Partial: c.Partial}
}

func downloads(id fieldwork.AdministrationID) render.StaffDownloads {
	address := func(format export.Format) string {
		return "/staff/administrations/" + url.PathEscape(string(id)) + "/export?format=" + url.QueryEscape(string(format))
	}
	return render.StaffDownloads{CSVWide: address(export.CSVWide), CSVLong: address(export.CSVLong), Scores: address(export.CSVScores)}
}
