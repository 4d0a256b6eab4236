package report

import (
	"io"

	"surveyd/internal/analysis"
	"surveyd/internal/psychometrics"
)

// ChangeJSON writes the change between two waves.
func ChangeJSON(w io.Writer, c analysis.Waves) error {
	scales := newObject()
	for _, s := range c.Scales {
		scales.set(string(s.Scale.ID), changeObject(s, c.Matching))
	}
	m := c.Matching
	matching := newObject("id", m.Column, "n_pre", m.Pre, "n_post", m.Post, "n_matched", m.Matched, "n_pre_only", m.PreOnly, "n_post_only", m.PostOnly)
	matching.figure("attrition", m.Attrition).set("rows_without_id_pre", m.WithoutPre).set("rows_without_id_post", m.WithoutPost)
	o := newObject("instrument", instrumentObject(c.Instrument), "matching", matching, "scales", scales,
		"files", newObject("pre", fileObject(c.Pre), "post", fileObject(c.Post)))
	if c.Options.MinN > 0 {
		o.set("min_n", c.Options.MinN)
	}
	return writeJSON(w, o.set("warnings", warningsOf(changeWarnings(c))))
}

func changeObject(s analysis.ScaleChange, m analysis.Matching) *object {
	o := newObject("n_pre", m.Pre, "n_post", m.Post, "n_matched", m.Matched, "n_pairs", s.N).figure("attrition", m.Attrition)
	o.figure("mean_pre", s.MeanPre).interval("mean_pre_ci", s.PreCI, s.MeanPre).figure("mean_post", s.MeanPost).interval("mean_post_ci", s.PostCI, s.MeanPost)
	o.figure("sd_pre", s.SDPre).figure("sd_post", s.SDPost).figure("r", s.R).figure("diff", s.Diff).figure("sd_diff", s.SDDiff)
	o.interval("ci", s.CI, s.SDDiff).figure("t", s.T)
	if s.T.OK() {
		o.set("df", s.DF)
	} else {
		o.none("df", s.T.Why)
	}
	o.figure("p", s.P).figure("d_z", s.DZ).figure("d_av", s.DAv).figure("d_rm", s.DRm).figure("g_z", s.GZ).figure("g_av", s.GAv)
	o.interval("d_z_ci", s.DZCI, s.DZ)
	wilcoxon := newObject("n", s.Wilcoxon.N).figure("v", s.Wilcoxon.V).figure("p", s.Wilcoxon.P).figure("rank_biserial", s.Wilcoxon.RankBiserial)
	o.set("wilcoxon", wilcoxon)
	return o.set("rci", reliableObject(s)).set("favorable", favorableChangeObject(s.Favorable))
}

func reliableObject(s analysis.ScaleChange) *object {
	o := newObject().figure("reliability", s.Reliable.Reliability).set("n_reliability", s.Alpha.N)
	if why := firstMissing(s.Reliable.Reliability, s.Critical); !why.OK() {
		return o.none("improved", why.Why).none("declined", why.Why).none("unchanged", why.Why).none("critical_change", why.Why)
	}
	o.set("improved", s.Reliable.Improved).set("declined", s.Reliable.Declined).set("unchanged", s.N-s.Reliable.Improved-s.Reliable.Declined)
	return o.figure("critical_change", s.Critical)
}

func favorableChangeObject(f analysis.FavorableChange) *object {
	o := newObject("pre", favorableObject(f.Pre), "post", favorableObject(f.Post))
	change := newObject().figure("responses", f.Responses).figure("items", f.Items).figure("persons", f.Persons)
	why := f.Persons
	if why.OK() && f.CI == nil {
		why = psychometrics.None(psychometrics.NoVariance)
	}
	return o.set("change", change.interval("persons_ci", f.CI, why))
}
