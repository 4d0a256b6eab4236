package fieldwork

import (
	"context"
	"fmt"
	"slices"

	"surveyd/internal/instrument"
)

// Role is what somebody on the roster is to the school.
type Role string

// The roles. A student's is empty, as it is for everybody whose roster says nothing of roles.
const (
	RoleStudent Role = ""
	RoleFamily  Role = "family"
	RoleStaff   Role = "staff"
)

// String writes a role as the roster does.
func (r Role) String() string {
	if r == RoleStudent {
		return "student"
	}
	return string(r)
}

// Asked is a kind of people that an administration asks.
type Asked string

// Whom an administration asks.
const (
	AskedEveryone Asked = ""         // also what administrations ask that were made before the roster had roles
	AskedStudents Asked = "students" // those of certain grades
	AskedFamilies Asked = "families" // family rows of the roster
	AskedChildren Asked = "children" // families again, but each under the row of its child: a student's code goes home
	AskedStaff    Asked = "staff"
)

// Enrolment says whom of its sites and groups an administration asks. The zero value asks everybody.
type Enrolment struct {
	Asked  Asked              `json:"asked" bson:"asked"`
	Grades []instrument.Grade `json:"grades" bson:"grades"` // for AskedStudents
}

// EnrolmentOf is whom an instrument's audience covers; byChild is for families that answer under their child's row.
func EnrolmentOf(a instrument.Audience, byChild bool) Enrolment {
	switch {
	case a.Adults == "family" && byChild:
		return Enrolment{Asked: AskedChildren}
	case a.Adults == "family":
		return Enrolment{Asked: AskedFamilies}
	case a.Adults == "staff":
		return Enrolment{Asked: AskedStaff}
	case len(a.Grades) > 0:
		return Enrolment{Asked: AskedStudents, Grades: a.Grades}
	}
	return Enrolment{}
}

// LeftOut is why somebody is not asked.
type LeftOut string

// The reasons, in the order in which they are told.
const (
	LeftOutGrade   LeftOut = "grade"    // a student of another grade
	LeftOutNoGrade LeftOut = "no_grade" // a student of whom the roster does not say the grade
	LeftOutStudent LeftOut = "student"
	LeftOutFamily  LeftOut = "family"
	LeftOutStaff   LeftOut = "staff"
)

var leftOutOrder = [...]LeftOut{LeftOutGrade, LeftOutNoGrade, LeftOutStudent, LeftOutFamily, LeftOutStaff}

// leavesOut says why a participant is not asked; empty when they are.
func (e Enrolment) leavesOut(p Participant) LeftOut {
	var wanted Role
	switch e.Asked {
	case AskedEveryone:
		return ""
	case AskedStudents, AskedChildren:
		wanted = RoleStudent
	case AskedFamilies:
		wanted = RoleFamily
	case AskedStaff:
		wanted = RoleStaff
	}
	switch {
	case p.Role != wanted:
		return LeftOut(p.Role.String())
	case e.Asked != AskedStudents || slices.Contains(e.Grades, p.Grade):
		return ""
	case p.Grade == "":
		return LeftOutNoGrade
	}
	return LeftOutGrade
}

// answers is who answers with a participant's code.
func (e Enrolment) answers(p Participant) Role {
	if e.Asked == AskedChildren {
		return RoleFamily
	}
	return p.Role
}

// Coverage is how many people in an administration's sites and groups its instrument is for, and how many it is not for.
type Coverage struct {
	Covered int
	Beyond  []Beyond // by reason, in the order of the reasons; those without anybody are not there
}

// Beyond is how many people an instrument is not for, for one reason.
type Beyond struct {
	Why    LeftOut
	People int
}

// Coverage counts whom an administration would ask and whom it would leave out; with n.Everyone, it leaves nobody out.
func (s *Service) Coverage(ctx context.Context, in *instrument.Instrument, n NewAdministration) (Coverage, error) {
	place := Administration{Sites: n.Sites, Groups: n.Groups}
	cover := EnrolmentOf(in.Audience, n.ByChild)
	var c Coverage
	people := map[LeftOut]int{}
	err := s.store.Participants(ctx, func(p Participant) error {
		if place.takes(p) {
			people[cover.leavesOut(p)]++
		}
		return nil
	})
	if err != nil {
		return c, fmt.Errorf("read the roster: %w", err)
	}
	c.Covered = people[""]
	for _, why := range leftOutOrder {
		if people[why] > 0 {
			c.Beyond = append(c.Beyond, Beyond{Why: why, People: people[why]})
		}
	}
	return c, nil
}
