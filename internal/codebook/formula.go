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
	method := methodWords[scale.Score]
	if scale.Score == instrument.POMP {
		method = s.pompWords(scale, data)
	}
	sentences := []string{s.words.T(method, data)}
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

// pompWords gives the message for a percentage of the maximum possible: the items' ends are told once where they are alike, and else
// for each.
func (s speaker) pompWords(scale *Scale, data i18n.Data) string {
	alike, each := true, make([]string, len(scale.Keys))
	for i, key := range scale.Keys {
		alike = alike && key.Low == scale.Keys[0].Low && key.High == scale.Keys[0].High
		each[i] = s.words.T("codebook.pomp.ends", i18n.Data{"Item": string(key.Item), "Low": plain(key.Low), "High": plain(key.High)})
	}
	if !alike {
		data["Ends"] = strings.Join(each, ", ")
		return "codebook.pomp_own.formula"
	}
	data["Low"], data["High"] = plain(scale.Keys[0].Low), plain(scale.Keys[0].High)
	return methodWords[scale.Score]
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
