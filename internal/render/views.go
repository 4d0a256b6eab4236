package render

import (
	"io"
	"time"

	"surveyd/internal/instrument"
)

// EntryView is the page where a code is typed. It posts `code` and `lang` to /.
type EntryView struct {
	Lang    instrument.Lang
	Code    string   // what was typed before, shown again
	Problem *Message // beside the field; nil when there is none
}

// Entry writes the code entry page.
func (r *Renderer) Entry(w io.Writer, v EntryView) error { return r.entry(w, v) }

// AssentView is the page that asks whether somebody wants to take part. It posts `decision` (start or decline) and
// `lang` to its own address.
type AssentView struct {
	Lang       instrument.Lang
	Languages  []instrument.Lang // offered by the administration; nil for all of the instrument's
	Instrument *instrument.Instrument
	Settings   Settings
	Begun      bool // it was started before: "go on" instead of "start"
	Synthetic  bool
}

// Assent writes the assent page.
func (r *Renderer) Assent(w io.Writer, v AssentView) error { return r.assent(w, v) }

// Outcome is how a student's part ended.
type Outcome string

// The outcomes.
const (
	OutcomeSubmitted Outcome = "submitted"
	OutcomeDeclined  Outcome = "declined"
	OutcomePartial   Outcome = "partial" // the survey closed first; what was there is kept
)

// ThanksView is the last page. It holds every language offered, because its session is over and nothing more can be
// asked of the server.
type ThanksView struct {
	Lang       instrument.Lang
	Languages  []instrument.Lang // nil for all of the instrument's
	Instrument *instrument.Instrument
	Settings   Settings
	Outcome    Outcome
	Receipt    string // empty unless submitted
	Synthetic  bool
}

// Thanks writes the last page.
func (r *Renderer) Thanks(w io.Writer, v ThanksView) error { return r.thanks(w, v) }

// ProblemView is a page that says why there is no other: for the statuses 400, 403, 404, 405, 410, 413, 422, 429, 500 and
// 503; any other reads as 500.
type ProblemView struct {
	Lang   instrument.Lang
	Status int
	Staff  bool // leads back to the staff pages instead of the code entry
}

// Problem writes an error page.
func (r *Renderer) Problem(w io.Writer, v ProblemView) error { return r.problem(w, v) }

// StaffSignInView is the staff's door. It posts `email` and `password` to its own address.
type StaffSignInView struct {
	Lang    instrument.Lang
	Email   string
	Problem *Message
}

// StaffSignIn writes the staff's sign-in page.
func (r *Renderer) StaffSignIn(w io.Writer, v StaffSignInView) error {
	return r.staffSignIn(w, v)
}

// StaffLinkView is where a one-time link leads: a button that posts to the page's own address, so that a mail scanner
// that follows the link does not use it up. Where SetPassword is true it also posts `password` and `password_again`.
type StaffLinkView struct {
	Lang        instrument.Lang
	Email       string
	SetPassword bool
	Problem     *Message
}

// StaffLink writes the page of a one-time link.
func (r *Renderer) StaffLink(w io.Writer, v StaffLinkView) error {
	return r.staffLink(w, v)
}

// StaffHomeView is the list of administrations. Signing out posts to SignOut.
type StaffHomeView struct {
	Lang            instrument.Lang
	Email           string
	Role            string // a staff.Role
	SignOut         string // address
	Administrations []StaffAdministration
}

// StaffAdministration is one administration as the staff see it.
type StaffAdministration struct {
	ID         string
	Title      string // in the page's language, or the instrument's first
	Instrument string // id and version, e.g. "stem-identity 1.0.0"
	Wave       string
	Status     string // a fieldwork.Status
	Opens      time.Time
	Closes     time.Time // both in the administration's time zone
	Synthetic  bool
	Counts     StaffCounts
	Sites      []StaffSite
	Downloads  StaffDownloads
}

// StaffCounts is how many participants stand where.
type StaffCounts struct{ NotStarted, Started, Submitted, Declined, Partial int }

// StaffSite is one site's counts.
type StaffSite struct {
	Name   string
	Counts StaffCounts
}

// StaffDownloads are the addresses of an administration's files; an empty one is not offered.
type StaffDownloads struct{ CSVWide, CSVLong, Scores string }

// StaffHome writes the staff's first page.
func (r *Renderer) StaffHome(w io.Writer, v StaffHomeView) error {
	return r.staffHome(w, v)
}
