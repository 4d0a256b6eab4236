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
		if scale.Lookup != nil {
			return s.words.T("codebook.lookup.formula", data)
		}
		data["Slope"], data["Intercept"], data["Theta"] = plain(*scale.IRT.Slope), plain(*scale.IRT.Intercept), string(scale.ID)
		return s.words.T("codebook.linear.formula", data)
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
	if scale.IRT != nil {
		data["Model"] = strings.ToUpper(string(scale.IRT.Model))
		data["Mean"], data["SD"], data["D"] = plain(scale.IRT.PriorMean), plain(scale.IRT.PriorSD), plain(scale.IRT.Scaling)
	}
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
