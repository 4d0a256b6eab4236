package render

import (
	"fmt"
	"io"
	"strings"
	"time"

	"surveyd/internal/i18n"
)

type staffSignInPage struct {
	frameView
	StaffSignInView
}

func (r *Renderer) staffSignIn(w io.Writer, v StaffSignInView) error {
	v.Lang = r.spoken(v.Lang)
	title := r.words.Words(v.Lang).T("staff.sign_in.title", nil)
	return r.page(w, v.Lang, "staff-sign-in", staffSignInPage{
		frameView: frameView{Title: title, Languages: r.interfaceLanguages(v.Lang), Staff: true}, StaffSignInView: v,
	})
}

type staffLinkPage struct {
	frameView
	StaffLinkView
}

func (r *Renderer) staffLink(w io.Writer, v StaffLinkView) error {
	v.Lang = r.spoken(v.Lang)
	title := r.words.Words(v.Lang).T("staff.link.title", nil)
	return r.page(w, v.Lang, "staff-link", staffLinkPage{
		frameView: frameView{Title: title, Languages: r.interfaceLanguages(v.Lang), Staff: true}, StaffLinkView: v,
	})
}

type staffHomePage struct {
	frameView
	StaffHomeView
	Cards []administrationCard
}

type administrationCard struct {
	StaffAdministration
	StatusWord string
	Total      completion
	PerSite    []siteCompletion
}

type siteCompletion struct {
	Name string
	completion
}

// completion is one line of counts with its bar.
type completion struct {
	StaffCounts
	All   int
	Parts []barPart
}

// barPart is a stretch of a completion bar, in hundredths of its width from the left.
type barPart struct {
	Class    string
	From, To int
}

// Width is how wide the stretch is, in hundredths.
func (p barPart) Width() int { return p.To - p.From }

func (r *Renderer) staffHome(w io.Writer, v StaffHomeView) error {
	v.Lang = r.spoken(v.Lang)
	words := r.words.Words(v.Lang)
	page := staffHomePage{
		frameView:     frameView{Title: words.T("staff.home.title", nil), Languages: r.interfaceLanguages(v.Lang), Staff: true},
		StaffHomeView: v,
	}
	for _, a := range v.Administrations {
		status, err := statusWord(words, a.Status)
		if err != nil {
			return fmt.Errorf("administration %s: %w", a.ID, err)
		}
		card := administrationCard{StaffAdministration: a, StatusWord: status, Total: complete(a.Counts)}
		for _, site := range a.Sites {
			card.PerSite = append(card.PerSite, siteCompletion{Name: site.Name, completion: complete(site.Counts)})
		}
		page.Cards = append(page.Cards, card)
	}
	return r.page(w, v.Lang, "staff-home", page)
}

func statusWord(words i18n.Words, status string) (string, error) {
	switch status {
	case "open":
		return words.T("staff.status.open", nil), nil
	case "paused":
		return words.T("staff.status.paused", nil), nil
	case "closed":
		return words.T("staff.status.closed", nil), nil
	}
	return "", fmt.Errorf("no status %q", status)
}

// complete makes a bar whose stretches meet without gaps: each ends where the rounded running total is.
func complete(c StaffCounts) completion {
	done := completion{StaffCounts: c, All: c.NotStarted + c.Started + c.Submitted + c.Declined + c.Partial}
	if done.All == 0 {
		return done
	}
	running, from := 0, 0
	for _, part := range []struct {
		class string
		count int
	}{{"submitted", c.Submitted}, {"partial", c.Partial}, {"started", c.Started}, {"declined", c.Declined}, {"waiting", c.NotStarted}} {
		running += part.count
		to := (running*100 + done.All/2) / done.All
		if to > from {
			done.Parts = append(done.Parts, barPart{Class: part.class, From: from, To: to})
		}
		from = to
	}
	return done
}

// sayDate writes a day and a time in the words of a language, in the time's own zone.
func sayDate(words i18n.Words, at time.Time) string {
	months := strings.Fields(words.T("date.months.list", nil))
	month := at.Format("1")
	if int(at.Month()) <= len(months) {
		month = months[at.Month()-1]
	}
	return words.T("date.moment.label", i18n.Data{
		"Day": at.Day(), "Month": month, "Year": at.Year(), "Time": at.Format("15:04"), "Time12": at.Format("3:04 PM"),
	})
}
