package fieldwork

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// Completion is how many participants of a site and group stand where.
type Completion struct {
	Site       SiteID
	Group      GroupID
	NotStarted int
	Started    int
	Submitted  int
	Partial    int
	Declined   int
}

// Total is everybody whom the administration is for.
func (c Completion) Total() int {
	return c.NotStarted + c.Started + c.Submitted + c.Partial + c.Declined
}

// Add counts others in.
func (c *Completion) Add(o Completion) {
	c.NotStarted += o.NotStarted
	c.Started += o.Started
	c.Submitted += o.Submitted
	c.Partial += o.Partial
	c.Declined += o.Declined
}

// Standing is an administration with its completion, by site and group in order.
type Standing struct {
	Administration Administration
	Groups         []Completion
}

// Standings gives every administration, newest first, with completion counts.
func (s *Service) Standings(ctx context.Context) ([]Standing, error) {
	list, err := s.store.Administrations(ctx)
	if err != nil {
		return nil, fmt.Errorf("administrations: %w", err)
	}
	var roster []Participant
	err = s.store.Participants(ctx, func(p Participant) error {
		roster = append(roster, p)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the roster: %w", err)
	}
	standings := make([]Standing, 0, len(list))
	for _, a := range list {
		responses, err := s.store.ResponseStandings(ctx, a.ID)
		if err != nil {
			return nil, fmt.Errorf("responses of %s: %w", a.ID, err)
		}
		standings = append(standings, Standing{Administration: a, Groups: a.completion(roster, responses)})
	}
	return standings, nil
}

// completion counts a response where it began, even when its student has changed class since; who of the roster has none
// has not started.
func (a Administration) completion(roster []Participant, responses []ResponseStanding) []Completion {
	type place struct {
		site  SiteID
		group GroupID
	}
	groups := map[place]*Completion{}
	at := func(site SiteID, group GroupID) *Completion {
		key := place{site, group}
		if groups[key] == nil {
			groups[key] = &Completion{Site: site, Group: group}
		}
		return groups[key]
	}
	begun := make(map[ParticipantID]bool, len(responses))
	for _, r := range responses {
		begun[r.Participant] = true
		g := at(r.Site, r.Group)
		switch r.Status {
		case Started:
			g.Started++
		case Submitted:
			g.Submitted++
		case Partial:
			g.Partial++
		case Declined:
			g.Declined++
		}
	}
	for _, p := range roster {
		if a.takes(p) && !begun[p.ID] {
			at(p.Site, p.Group).NotStarted++
		}
	}
	list := make([]Completion, 0, len(groups))
	for _, g := range groups {
		list = append(list, *g)
	}
	slices.SortFunc(list, func(x, y Completion) int {
		return cmp.Or(cmp.Compare(x.Site, y.Site), cmp.Compare(x.Group, y.Group))
	})
	return list
}

// EachRespondent calls each for every participant of an administration with the response, in the order of pseudonyms,
// which tells nothing of names or classes. begun is false, and the response empty, for who has not begun. A participant
// who has answered stays even if the roster no longer places them in one of the administration's groups.
func (s *Service) EachRespondent(ctx context.Context, id AdministrationID, each func(p Participant, r Response, begun bool) error) error {
	a, err := s.Administration(ctx, id)
	if err != nil {
		return err
	}
	var roster []Participant
	err = s.store.Participants(ctx, func(p Participant) error {
		roster = append(roster, p)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the roster: %w", err)
	}
	slices.SortFunc(roster, func(x, y Participant) int { return cmp.Compare(x.ID, y.ID) })
	next := 0
	idle := func(until ParticipantID) error {
		for ; next < len(roster) && (until == "" || roster[next].ID < until); next++ {
			if a.takes(roster[next]) {
				if err := each(roster[next], Response{}, false); err != nil {
					return err
				}
			}
		}
		return nil
	}
	err = s.store.EachResponse(ctx, id, func(r Response) error {
		if err := idle(r.Key.Participant); err != nil {
			return err
		}
		p := Participant{ID: r.Key.Participant}
		if next < len(roster) && roster[next].ID == r.Key.Participant {
			p = roster[next]
			next++
		}
		return each(p, r, true)
	})
	if err != nil {
		return fmt.Errorf("responses of %s: %w", id, err)
	}
	return idle("")
}
