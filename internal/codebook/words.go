package codebook

import "surveyd/internal/instrument"

// Which message says what.
var (
	labelWords = map[Role]string{
		RoleScore: "codebook.score.label", RoleAnswered: "codebook.answered.label", RoleMissing: "codebook.missing.label",
		RoleFavorable: "codebook.favorable.label", RoleSE: "codebook.se.label", RoleScaled: "codebook.scaled.label",
		RoleT: "codebook.t.label", RolePR: "codebook.pr.label", RoleStanine: "codebook.stanine.label", RoleNCE: "codebook.nce.label",
		RoleBand: "codebook.band.label", RoleFlags: "codebook.flags.label", RoleSeconds: "codebook.seconds.label",
		RoleOrder: "codebook.order.label", RoleAttribute: "codebook.attribute.label",
	}
	columnWords = map[string]string{
		"pseudonym": "codebook.pseudonym.label", "administration": "codebook.administration.label", "wave": "codebook.wave.label",
		"instrument": "codebook.instrument.label", "version": "codebook.version.label", "status": "codebook.status.label",
		"language": "codebook.language.label", "site": "codebook.site.label", "group": "codebook.group.label", "grade": "codebook.grade.label",
	}
	formulaWords = map[Role]string{
		RoleSE: "codebook.se.formula", RoleT: "codebook.t.formula", RolePR: "codebook.pr.formula", RoleStanine: "codebook.stanine.formula",
		RoleNCE: "codebook.nce.formula", RoleBand: "codebook.band.formula",
	}
	methodWords = map[instrument.ScoreMethod]string{
		instrument.Mean: "codebook.mean.formula", instrument.Sum: "codebook.sum.formula", instrument.ProratedSum: "codebook.prorated.formula",
		instrument.POMP: "codebook.pomp.formula", instrument.EAP: "codebook.eap.formula", instrument.WLE: "codebook.wle.formula",
	}
	roundingWords = map[instrument.Rounding]string{
		instrument.RoundHalfUp: "codebook.half_up.formula", instrument.RoundHalfEven: "codebook.half_even.formula", instrument.RoundUp: "codebook.up.formula",
	}
	stateWords = map[string]string{
		"not_shown": "codebook.not_shown.state", "skipped": "codebook.skipped.state",
		"not_reached": "codebook.not_reached.state", "declined": "codebook.declined.state",
	}
	valueWords = map[string]string{
		"too_few_answered": "codebook.too_few.value", "not_answered": "codebook.not_answered.value", "not_shown": "codebook.not_shown.value",
		"straight_line": "codebook.straight_line.value", "too_fast": "codebook.too_fast.value",
		"missing_share": "codebook.missing_share.value", "attention": "codebook.attention.value", "submitted": "codebook.submitted.value",
		"partial": "codebook.partial.value", "declined": "codebook.refused.value", "not_started": "codebook.not_started.value",
	}
)
