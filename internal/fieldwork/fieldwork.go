// Package fieldwork is the domain of giving an instrument to people: sites, groups, participants, waves,
// administrations, sessions, submissions and score records; its use cases; and the small store interfaces that they
// need. It refuses to know how answers travel (no HTTP) and how they are kept (no database).
package fieldwork

import (
	"time"

	"surveyd/internal/answer"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// The identifiers of fieldwork, each with a type of its own.
type (
	// SiteID names a site (a school) as the roster writes it.
	SiteID string
	// GroupID names a group (a class) within its site as the roster writes it.
	GroupID string
	// StudentID is the roster's own id of a student; it never leaves the roster.
	StudentID string
	// ParticipantID is the keyed pseudonym of a student: the same in every wave, opaque without the key.
	ParticipantID string
	// AdministrationID names one giving of one instrument version in one wave.
	AdministrationID string
	// Wave names a point in time that administrations share, such as "fall".
	Wave string
)

// Participant is one person on the roster.
type Participant struct {
	ID         ParticipantID
	Student    StudentID
	Role       Role
	Grade      instrument.Grade // empty: an adult, or a student whose grade is not known
	Language   instrument.Lang
	Site       SiteID
	Group      GroupID
	Name       string // for code sheets and nowhere else; empty when the roster has none
	Attributes []Attribute
}

// Attribute is a further column of the roster, in the roster's order.
type Attribute struct {
	Name  string `json:"name" bson:"name"`
	Value string `json:"value" bson:"value"`
}

// Status is how an administration stands.
type Status string

// The statuses of an administration.
const (
	Open   Status = "open"   // students may begin while the window is open
	Paused Status = "paused" // nobody may answer for now
	Closed Status = "closed" // nobody may begin; who had begun has the grace period
)

// Grace is how long somebody who began before an administration closed may still answer.
const Grace = 30 * time.Minute

// Administration is one instrument version given to a set of groups in one wave.
type Administration struct {
	ID         AdministrationID
	Instrument InstrumentRef
	Title      instrument.Text
	Wave       Wave
	Opens      time.Time
	Closes     time.Time // end of the window; earlier when staff closed it
	TimeZone   string    // IANA name, for showing the window
	Sites      []SiteID  // empty: every site
	Groups     []GroupID // empty: every group
	Enrolment  Enrolment // whom of these sites and groups it asks
	Languages  []instrument.Lang
	Settings   []SettingValue
	Status     Status
	Synthetic  bool // its answers were made by a program; said wherever they are shown
	Created    time.Time
}

// SettingValue overrides a setting's default in one language.
type SettingValue struct {
	ID   instrument.SettingID `json:"id" bson:"id"`
	Lang instrument.Lang      `json:"lang" bson:"lang"`
	Text string               `json:"text" bson:"text"`
}

// InstrumentRef names exactly one published instrument.
type InstrumentRef struct {
	ID      instrument.ID `json:"id" bson:"id"`
	Version string        `json:"version" bson:"version"`
	Hash    string        `json:"hash" bson:"hash"`
}

// PublishedInstrument is the source of a published instrument version, kept for ever under its content hash.
type PublishedInstrument struct {
	Ref    InstrumentRef
	Digest string // hex SHA-256 of Source
	Source []byte
	Files  []FileRef // the pictures and recordings beside it, by path; nil when it has none
	Parts  []string  // of a battery: the content hashes of what it includes, in the order of its pages; nil when it includes nothing
	At     time.Time
}

// ResponseKey names a response: there is at most one for a participant in an administration.
type ResponseKey struct {
	Administration AdministrationID
	Participant    ParticipantID
}

// ResponseStatus is how far a response has come.
type ResponseStatus string

// The statuses of a response. NotStarted is what exports say of a participant who has none.
const (
	NotStarted ResponseStatus = "not_started"
	Started    ResponseStatus = "started"
	Submitted  ResponseStatus = "submitted"
	Partial    ResponseStatus = "partial"
	Declined   ResponseStatus = "declined"
)

// Response is everything that one participant did in one administration: one document, so that a submit is one
// atomic write.
type Response struct {
	Key        ResponseKey
	Instrument InstrumentRef
	Wave       Wave
	Status     ResponseStatus
	Seq        int64  // number of the last write that was accepted; the compare-and-set guard
	LastSave   string // the page's own name of that save: a repetition is acknowledged again
	Language   instrument.Lang
	Languages  []instrument.Lang // every language in which the survey was read, in order of first use
	Site       SiteID            // site, group and grade as they were when the response began
	Group      GroupID
	Grade      instrument.Grade
	Reached    int // pages seen
	Answers    []answer.Record
	Seconds    []PageSeconds
	Order      []PageOrder
	StartedAt  time.Time
	UpdatedAt  time.Time
	EndedAt    time.Time // submitted, declined or closed as partial; zero before
	Receipt    string    // empty until submitted
	Scores     *scoring.Record
	Synthetic  bool
}

// PageSeconds is the time that a respondent had a page before the eyes.
type PageSeconds struct {
	Page    instrument.PageID `json:"page" bson:"page"`
	Seconds float64           `json:"seconds" bson:"seconds"`
}

// PageOrder is the order in which a shuffled page was presented.
type PageOrder struct {
	Page  instrument.PageID   `json:"page" bson:"page"`
	Items []instrument.ItemID `json:"items" bson:"items"`
}

// Final says whether the response can change no more.
func (r Response) Final() bool {
	return r.Status == Submitted || r.Status == Partial || r.Status == Declined
}

// Code is what a student types to come to a survey: looked up by its HMAC, kept encrypted for reprinting.
type Code struct {
	Lookup         string // hex HMAC of the code
	Administration AdministrationID
	Participant    ParticipantID
	Sealed         []byte // the code, encrypted
	Generation     int    // 1 for the first; reissuing makes the next and kills this one
	Dead           bool
}
