package fieldwork

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"surveyd/internal/instrument"
)

// NewAdministration is what staff decide when they create an administration.
type NewAdministration struct {
	ID        AdministrationID // empty: made from instrument and wave
	Wave      Wave
	Opens     time.Time
	Closes    time.Time
	TimeZone  string
	Sites     []SiteID
	Groups    []GroupID
	Languages []instrument.Lang // empty: all of the instrument's
	Settings  []SettingValue
	Everyone  bool // also those whom the instrument is not for
	ByChild   bool // for an instrument for families: each answers under the row of its child
	Synthetic bool
}

// ErrBadAdministration says that what staff asked for cannot be; its text says why.
var ErrBadAdministration = errors.New("administration")

// CreateAdministration publishes the instrument and creates an administration of it. ErrBadAdministration;
// fault.ErrExists when the id is taken; fault.ErrConflict when other content is published under the instrument's version.
func (s *Service) CreateAdministration(ctx context.Context, in *instrument.Instrument, n NewAdministration) (Administration, error) {
	if err := n.check(in); err != nil {
		return Administration{}, fmt.Errorf("%w: %w", ErrBadAdministration, err)
	}
	n.ID = n.IDFor(in)
	if len(n.Languages) == 0 {
		n.Languages = in.Languages
	}
	ref, err := s.Publish(ctx, in)
	if err != nil {
		return Administration{}, err
	}
	a := Administration{
		ID: n.ID, Instrument: ref, Title: in.Title, Wave: n.Wave, Opens: n.Opens.UTC(), Closes: n.Closes.UTC(), TimeZone: n.TimeZone,
		Sites: n.Sites, Groups: n.Groups, Enrolment: n.enrolment(in), Languages: n.Languages, Settings: n.Settings, Status: Open, Synthetic: n.Synthetic, Created: s.now(),
	}
	if err := s.store.CreateAdministration(ctx, a); err != nil {
		return Administration{}, fmt.Errorf("create administration %s: %w", a.ID, err)
	}
	return a, nil
}

// IDFor is the id that an administration of an instrument gets.
func (n NewAdministration) IDFor(in *instrument.Instrument) AdministrationID {
	if n.ID != "" {
		return n.ID
	}
	return AdministrationID(string(in.ID) + "-" + strings.ToLower(string(n.Wave)))
}

func (n NewAdministration) enrolment(in *instrument.Instrument) Enrolment {
	if n.Everyone {
		return Enrolment{}
	}
	return EnrolmentOf(in.Audience, n.ByChild)
}

func (n NewAdministration) check(in *instrument.Instrument) error {
	if n.ID != "" && !plainID(string(n.ID)) {
		return fmt.Errorf("the id %q may have only a-z, 0-9 and hyphens, at most 64", n.ID)
	}
	if !plainID(strings.ToLower(string(n.Wave))) {
		return fmt.Errorf("the wave %q may have only letters, digits and hyphens, for example fall or spring-2027", n.Wave)
	}
	if !n.Opens.Before(n.Closes) {
		return fmt.Errorf("it closes (%s) before it opens (%s)", n.Closes.Format(time.RFC3339), n.Opens.Format(time.RFC3339))
	}
	if _, err := time.LoadLocation(n.TimeZone); err != nil {
		return fmt.Errorf("%q is no time zone, write for example America/Los_Angeles", n.TimeZone)
	}
	if n.ByChild && in.Audience.Adults != "family" {
		return fmt.Errorf("the instrument %s is not for families, so that nobody can answer it for a child", in.ID)
	}
	if n.ByChild && n.Everyone {
		return errors.New("it is either for each child's family or for everyone on the roster")
	}
	for _, l := range n.Languages {
		if !in.HasLanguage(l) {
			return fmt.Errorf("the instrument %s has no language %q, it has %v", in.ID, l, in.Languages)
		}
	}
	for _, v := range n.Settings {
		known := slices.ContainsFunc(in.Settings, func(s instrument.Setting) bool { return s.ID == v.ID })
		if !known {
			return fmt.Errorf("the instrument %s has no setting %q", in.ID, v.ID)
		}
		if !in.HasLanguage(v.Lang) {
			return fmt.Errorf("setting %q: the instrument %s has no language %q", v.ID, in.ID, v.Lang)
		}
		if err := checkSettingText(v.Text); err != nil {
			return fmt.Errorf("setting %q in %s: %w", v.ID, v.Lang, err)
		}
	}
	return nil
}

// maxSettingText is how many characters a setting's text may have: it stands within a sentence.
const maxSettingText = 200

func checkSettingText(text string) error {
	if n := utf8.RuneCountInString(text); n > maxSettingText {
		return fmt.Errorf("the text has %d characters, at most %d fit into a sentence", n, maxSettingText)
	}
	for _, r := range text {
		// Private-use characters mark the places of answers in a page.
		if r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Co, r) {
			return fmt.Errorf("the text has the character %U, which nobody can read; write it on one line in plain words", r)
		}
	}
	return nil
}

func plainID(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' })
}

// Administration gives one; fault.ErrNotFound.
func (s *Service) Administration(ctx context.Context, id AdministrationID) (Administration, error) {
	a, err := s.store.Administration(ctx, id)
	if err != nil {
		return a, fmt.Errorf("administration %s: %w", id, err)
	}
	return a, nil
}

// Administrations gives all, newest first.
func (s *Service) Administrations(ctx context.Context) ([]Administration, error) {
	list, err := s.store.Administrations(ctx)
	if err != nil {
		return nil, fmt.Errorf("administrations: %w", err)
	}
	return list, nil
}

// CloseAdministration ends the window now: nobody may begin, who has begun has the grace period.
func (s *Service) CloseAdministration(ctx context.Context, id AdministrationID) (Administration, error) {
	return s.changeAdministration(ctx, id, func(a *Administration) error {
		a.Status = Closed
		if s.now().Before(a.Closes) {
			a.Closes = s.now()
		}
		return nil
	})
}

// PauseAdministration lets nobody answer until it is opened again.
func (s *Service) PauseAdministration(ctx context.Context, id AdministrationID) (Administration, error) {
	return s.changeAdministration(ctx, id, func(a *Administration) error {
		a.Status = Paused
		return nil
	})
}

// OpenAdministration opens a paused or closed administration again until closes; a zero closes keeps the window's end.
func (s *Service) OpenAdministration(ctx context.Context, id AdministrationID, closes time.Time) (Administration, error) {
	return s.changeAdministration(ctx, id, func(a *Administration) error {
		if !closes.IsZero() {
			a.Closes = closes.UTC()
		}
		if !s.now().Before(a.Closes) || !a.Opens.Before(a.Closes) {
			return fmt.Errorf("%w: the window ends %s: give a later end with --closes", ErrBadAdministration, a.Closes.In(location(a.TimeZone)).Format("2006-01-02 15:04 MST"))
		}
		a.Status = Open
		return nil
	})
}

func (s *Service) changeAdministration(ctx context.Context, id AdministrationID, change func(*Administration) error) (Administration, error) {
	a, err := s.Administration(ctx, id)
	if err != nil {
		return a, err
	}
	if err := change(&a); err != nil {
		return a, err
	}
	if err := s.store.ReplaceAdministration(ctx, a); err != nil {
		return a, fmt.Errorf("administration %s: %w", id, err)
	}
	return a, nil
}

// takes says whether an administration is for a participant.
func (a Administration) takes(p Participant) bool {
	return (len(a.Sites) == 0 || slices.Contains(a.Sites, p.Site)) && (len(a.Groups) == 0 || slices.Contains(a.Groups, p.Group)) &&
		a.Enrolment.leavesOut(p) == ""
}

// location is a time zone that was checked when the administration was created; UTC should it be gone from this machine.
func location(zone string) *time.Location {
	where, err := time.LoadLocation(zone)
	if err != nil {
		return time.UTC
	}
	return where
}
