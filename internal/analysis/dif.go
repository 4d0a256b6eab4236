package analysis

import (
	"fmt"
	"strconv"
	"strings"

	"surveyd/internal/diag"
	"surveyd/internal/instrument"
	"surveyd/internal/psychometrics"
)

// Functioning is how two groups of one file differ on items beyond what their totals say.
type Functioning struct {
	Instrument       *instrument.Instrument
	Options          Options
	File             File
	Column           string
	Reference, Focal string // Focal is empty when the column has one value only
	NReference       int
	NFocal           int
	Without          int // respondents whose cell is empty; they are left out
	Scales           []ScaleDIF
}

// ScaleDIF is the items of one scale.
type ScaleDIF struct {
	Scale *instrument.Scale
	Items []ItemDIF
}

// ItemDIF is one item.
type ItemDIF struct {
	psychometrics.DIF
	Of       *instrument.Item
	Reversed bool
	Profile  Profile
	Why      psychometrics.Reason // why there is no class; empty when there is one
}

// Profile is the mean keyed answer of each group in thirds of the total, low to high: what DIF looks like.
type Profile struct{ Reference, Focal [3]psychometrics.Description }

// GroupsError is a column that does not part a file into a reference and a focal group.
type GroupsError struct{ Message string }

func (e *GroupsError) Error() string { return e.Message }

// DIF compares the respondents whose column has the value reference with those who have the other one. A *GroupsError says that the
// reference does not occur or that there are more than two values.
func DIF(d *Data, column, reference string, o Options) (Functioning, error) {
	values, members := d.Column(column).groups()
	f := Functioning{Instrument: d.in, Options: o, File: d.File, Column: column, Reference: reference, Without: d.Persons}
	var persons []int
	var focal []bool
	found := false
	for i, value := range values {
		f.Without -= len(members[i])
		isFocal := value != reference
		if isFocal {
			f.Focal, f.NFocal = value, len(members[i])
		} else {
			f.NReference, found = len(members[i]), true
		}
		for _, p := range members[i] {
			persons, focal = append(persons, p), append(focal, isFocal)
		}
	}
	switch {
	case len(values) > 2:
		return f, &GroupsError{fmt.Sprintf("column %q has %d values (%s); dif compares two: leave the other rows out, or code them as two groups", column, len(values), listed(values, members))}
	case !found && len(values) > 0:
		return f, &GroupsError{fmt.Sprintf("column %q never has the reference value %q; it has %s%s", column, reference, listed(values, members), near(reference, values))}
	}
	for s, scale := range d.in.Scales {
		f.Scales = append(f.Scales, ScaleDIF{Scale: scale, Items: d.dif(s, persons, focal, f, o)})
	}
	return f, nil
}

func near(reference string, values []string) string {
	if nearest, ok := diag.Nearest(reference, values); ok {
		return fmt.Sprintf("; did you mean %q?", nearest)
	}
	return ""
}

// shownValues is how many values of a column an error lists.
const shownValues = 12

func listed(values []string, members [][]int) string {
	var list []string
	for i, value := range values[:min(len(values), shownValues)] {
		list = append(list, strconv.Quote(value)+" "+strconv.Itoa(len(members[i]))+" times")
	}
	if more := len(values) - shownValues; more > 0 {
		list = append(list, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(list, ", ")
}

func (d *Data) dif(s int, persons []int, focal []bool, f Functioning, o Options) []ItemDIF {
	keyed := &d.keyed[s]
	var favorable func(float64) bool
	if d.in.Scales[s].Favorable != nil {
		favorable = keyed.isFavorable
	}
	sample := d.sample(s, persons)
	profiles := profilesOf(sample, focal)
	items := make([]ItemDIF, len(keyed.keys))
	for i, result := range psychometrics.DIFOf(sample, focal, favorable) {
		it := ItemDIF{DIF: result, Of: keyed.keys[i].item, Reversed: keyed.keys[i].reversed, Profile: profiles[i]}
		switch {
		case result.Reference < o.MinN || result.Focal < o.MinN:
			it.hide(psychometrics.SmallCell)
		case f.Focal == "" || f.NReference == 0:
			it.hide(psychometrics.OneGroup)
		case result.Class == "":
			it.Why = result.PTotal.Why
		}
		items[i] = it
	}
	return items
}

func (it *ItemDIF) hide(why psychometrics.Reason) {
	none := psychometrics.None(why)
	it.Why = why
	it.DIF = psychometrics.DIF{
		Reference: it.Reference, Focal: it.Focal, Small: it.Small, Chi2: none, P: none, SMD: none, Alpha: none, LogAlphaSE: none, Delta: none,
		Uniform: none, NonUniform: none, PUniform: none, PNonUniform: none, PTotal: none, DeltaR2: none, PBH: none,
	}
	it.Profile = Profile{}
}
