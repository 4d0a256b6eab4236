package codebook

import (
	"strings"

	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
)

// formula says how a column is computed; empty for what is no computation.
func (s speaker) formula(v *Variable) string {
	scale, ok := s.book.Scale(v.Scale)
	if !ok {
		return ""
	}
	data := s.data(v)
	switch v.Role {
	case RoleScore:
		return s.scoreFormula(scale, data)
	case RoleFavorable:
		if len(scale.Favorable) == 0 {
			return ""
		}
		return s.words.T("codebook.favorable.formula", data)
	case RoleScaled:
		return s.scaledFormula(scale, data)
	case RoleBand:
		cuts := make([]string, len(scale.Bands))
		for i, band := range scale.Bands {
			cuts[i] = s.words.T("codebook.band.cut", i18n.Data{"From": plain(band.From), "Label": band.Label.In(s.lang)})
		}
		data["Cuts"] = strings.Join(cuts, "; ")
	}
	if id := formulaWords[v.Role]; id != "" {
		return s.words.T(id, data)
	}
	return ""
}

// scoreFormula says the rule of a score in sentences.
func (s speaker) scoreFormula(scale *Scale, data i18n.Data) string {
	describe(scale.IRT, data)
	sentences := []string{s.words.T(methodWords[scale.Score], data)}
	for _, key := range scale.Keys {
		if key.Weight != 1 && scale.Score != instrument.Sum {
			sentences = append(sentences, s.words.T("codebook.weights.formula", nil))
			break
		}
	}
	if id := roundingWords[scale.Rounding]; id != "" {
		sentences = append(sentences, s.words.T(id, nil))
	}
	return strings.Join(append(sentences, s.words.T("codebook.needs.formula", data)), " ")
}

// scaledFormula says where a scale score comes from: a published table, a linear reporting metric, or the table that a model
// gives for each sum (Lord & Wingersky, 1984).
func (s speaker) scaledFormula(scale *Scale, data i18n.Data) string {
	if scale.Lookup != nil {
		return s.words.T("codebook.lookup.formula", data)
	}
	describe(scale.IRT, data)
	estimated := scale.Score == instrument.EAP || scale.Score == instrument.WLE
	data["Theta"] = string(scale.ID)
	var sentences []string
	if !estimated {
		sentences, data["Theta"] = append(sentences, s.words.T("codebook.summed.formula", data)), "theta"
	}
	if scale.IRT.Slope != nil {
		data["Slope"], data["Intercept"] = plain(*scale.IRT.Slope), plain(*scale.IRT.Intercept)
		sentences = append(sentences, s.words.T("codebook.linear.formula", data))
	}
	return strings.Join(sentences, " ")
}

// describe adds what messages say of a model.
func describe(model *IRT, data i18n.Data) {
	if model == nil {
		return
	}
	data["Model"] = strings.ToUpper(string(model.Model))
	data["Mean"], data["SD"], data["D"] = plain(model.PriorMean), plain(model.PriorSD), plain(model.Scaling)
}
