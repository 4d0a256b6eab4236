package codebook

import (
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// flags is the column of quality flags. It holds those that the instrument asks for.
func flags(q instrument.Quality) Variable {
	v := Variable{Name: "quality_flags", Section: Quality, Role: RoleFlags, Type: List}
	for _, flag := range []struct {
		name  scoring.Flag
		asked bool
	}{
		{scoring.FlagStraightLine, q.StraightLine != nil}, {scoring.FlagTooFast, q.TooFast != nil},
		{scoring.FlagMissingShare, q.MissingShare != nil}, {scoring.FlagAttention, len(q.Attention) > 0},
	} {
		if flag.asked {
			v.Values = append(v.Values, Value{Code: string(flag.name)})
		}
	}
	return v
}

// administrative are the columns of the wide export that come before the answers, in its order. The roster's further
// columns, which no instrument knows, stand as one.
func administrative(in *instrument.Instrument) []Variable {
	var list []Variable
	for _, name := range []string{
		"pseudonym", "administration", "wave", "instrument", "version", "status", "language", "site", "group", "grade",
	} {
		v := Variable{Name: name, Section: Administrative, Role: RoleIdentity, Type: Words}
		switch name {
		case "status":
			for _, status := range []string{"submitted", "partial", "declined", "not_started"} {
				v.Values = append(v.Values, Value{Code: status})
			}
		case "language":
			for _, lang := range in.Languages {
				v.Values = append(v.Values, Value{Code: string(lang)})
			}
		}
		list = append(list, v)
	}
	list = append(list, Variable{Name: "attribute_*", Section: Administrative, Role: RoleAttribute, Type: Words})
	for _, page := range in.Pages {
		list = append(list, Variable{
			Name: "seconds_" + string(page.ID), Section: Administrative, Role: RoleSeconds, Type: Number, Range: &Range{Min: new(float64)}, Page: page.ID,
		})
	}
	for _, page := range in.Pages {
		if page.Shuffle {
			list = append(list, Variable{Name: "order_" + string(page.ID), Section: Administrative, Role: RoleOrder, Type: List, Page: page.ID})
		}
	}
	return list
}
