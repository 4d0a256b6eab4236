package codebook

import (
	"strconv"

	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// scale copies what a scale's scores rest on.
func (m maker) scale(s *instrument.Scale) Scale {
	out := Scale{
		ID: s.ID, Identity: s.Identity(), Home: homeIn(s.Home), Title: m.fill(s.Title), HigherMeans: m.fill(s.HigherMeans), Score: s.Score,
		MinAnswered: s.MinAnswered, Rounding: s.Rounding, Range: rangeOf(s), Favorable: s.Favorable, Reliability: s.Reliability,
	}
	for _, key := range s.Items {
		low, high := ends(key.Item)
		out.Keys = append(out.Keys, Key{Item: key.Item.ID, Reversed: key.Reversed, Weight: key.Weight, Term: term(key), Low: low, High: high})
	}
	if s.Bands != nil {
		out.BandSource = s.Bands.Source
		for _, cut := range s.Bands.Cuts {
			out.Bands = append(out.Bands, Band{From: cut.From, Label: m.fill(cut.Label)})
		}
	}
	if s.Lookup != nil {
		out.Lookup = &Lookup{Source: s.Lookup.Source, Rows: []LookupRow{}}
		for _, row := range s.Lookup.Table {
			out.Lookup.Rows = append(out.Lookup.Rows, LookupRow(row))
		}
	}
	out.Norms, out.IRT = norms(s.Norms), irt(s)
	return out
}

// ends are the lowest and the highest value of an item; 0 and 0 of a number that is open.
func ends(item *instrument.Item) (low, high float64) {
	switch {
	case item.Responses != nil:
		return item.Responses.Min, item.Responses.Max
	case item.Min != nil && item.Max != nil:
		return *item.Min, *item.Max
	}
	return 0, 0
}

// term writes how an item enters a score: reversed as lowest + highest code minus the answer, times its weight.
func term(key instrument.Key) string {
	text := string(key.Item.ID)
	if key.Reversed && key.Item.Responses != nil {
		text = plain(key.Item.Responses.Min+key.Item.Responses.Max) + " - " + text
		if key.Weight != 1 {
			text = "(" + text + ")"
		}
	}
	if key.Weight != 1 {
		text = plain(key.Weight) + " * " + text
	}
	return text
}

func norms(n *instrument.Norms) *Norms {
	if n == nil {
		return nil
	}
	out := &Norms{Source: n.Source, Groups: []NormGroup{}}
	for _, g := range n.Groups {
		group := NormGroup{When: []Condition{}, N: g.N, Mean: g.Mean, SD: g.SD, Table: g.Table != nil}
		for _, c := range g.When {
			group.When = append(group.When, Condition(c))
		}
		out.Groups = append(out.Groups, group)
	}
	return out
}

func irt(s *instrument.Scale) *IRT {
	if s.IRT == nil {
		return nil
	}
	out := &IRT{Model: s.IRT.Model, Scaling: s.IRT.Scaling, PriorMean: s.IRT.PriorMean, PriorSD: s.IRT.PriorSD, Items: []IRTItem{}}
	for i, item := range s.IRT.Items {
		out.Items = append(out.Items, IRTItem{Item: s.Items[i].Item.ID, A: item.A, B: list(item.B)})
	}
	if r := s.IRT.Report; r != nil {
		out.Slope, out.Intercept = &r.Slope, &r.Intercept
	}
	return out
}

// scores are the columns that scoring adds for a scale, in their order in a file.
func (m maker) scores(s *instrument.Scale) []Variable {
	var list []Variable
	add := func(role Role, ending string, kind Type, limits *Range, values ...Value) {
		list = append(list, Variable{
			Name: string(s.ID) + ending, Section: Scores, Role: role, Type: kind, Range: limits, Values: values, Scale: s.ID,
		})
	}
	add(RoleScore, "", Number, rangeOf(s))
	add(RoleAnswered, "_answered", Integer, between(0, float64(len(s.Items))))
	add(RoleMissing, "_missing", Words, nil, reasons()...)
	add(RoleFavorable, "_favorable", Number, between(0, 1))
	if scoring.HasError(s) {
		add(RoleSE, "_se", Number, &Range{Min: new(float64)})
	}
	if scoring.IsScaled(s) {
		add(RoleScaled, "_scaled", Number, scaledRange(s))
	}
	if s.Norms != nil {
		add(RoleT, "_t", Number, nil)
		add(RolePR, "_pr", Number, between(0, 100))
		add(RoleStanine, "_stanine", Integer, between(1, 9))
		add(RoleNCE, "_nce", Number, between(1, 99))
	}
	if s.Bands != nil {
		var values []Value
		for _, cut := range s.Bands.Cuts {
			values = append(values, Value{Code: cut.Label.In(m.in.Languages[0]), Label: m.fill(cut.Label)})
		}
		add(RoleBand, "_band", Words, nil, values...)
	}
	return list
}

// reasons are the words of a column S_missing; what they mean is said by Say.
func reasons() []Value {
	return []Value{{Code: string(scoring.TooFewAnswered)}, {Code: string(scoring.NotAnswered)}, {Code: string(scoring.NotShown)}}
}

func rangeOf(s *instrument.Scale) *Range {
	if s.Range == nil {
		return nil
	}
	return between(s.Range.Min, s.Range.Max)
}

func scaledRange(s *instrument.Scale) *Range {
	if s.Lookup == nil || len(s.Lookup.Table) == 0 {
		return nil
	}
	low, high := s.Lookup.Table[0].Scaled, s.Lookup.Table[0].Scaled
	for _, row := range s.Lookup.Table {
		low, high = min(low, row.Scaled), max(high, row.Scaled)
	}
	return between(low, high)
}

func between(low, high float64) *Range { return &Range{Min: &low, Max: &high} }

func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
