package preview

import (
	"strconv"

	"surveyd/internal/i18n"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// moreOf are the results of a scale beside its score: what a model, a lookup table and norms add.
func moreOf(scale *instrument.Scale, score scoring.Score, words i18n.Words) []resultView {
	var more []resultView
	add := func(label, value string) { more = append(more, resultView{label, value}) }
	if score.HasSE {
		add(words.T("preview.se.label", nil), number(score.SE))
	}
	if score.HasScaled {
		add(words.T("preview.scaled.label", nil), number(score.Scaled))
	}
	if scale.Norms == nil {
		return more
	}
	if score.Norm.Reason != "" {
		add(words.T("preview.norms.label", nil), string(score.Norm.Reason))
		return more
	}
	if !score.Norm.NoT {
		add(words.T("preview.t_score.label", nil), number(score.Norm.T))
	}
	add(words.T("preview.percentile.label", nil), number(score.Norm.Percentile))
	add(words.T("preview.stanine.label", nil), strconv.Itoa(score.Norm.Stanine))
	add(words.T("preview.nce.label", nil), number(score.Norm.NCE))
	return more
}
