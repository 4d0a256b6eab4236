package report

import (
	"encoding/json"
	"io"
	"strings"

	"surveyd/internal/analysis"
	"surveyd/internal/instrument"
	"surveyd/internal/psychometrics"
)

// AnalysisJSON writes an analysis. Keys keep the order of the instrument; a null has its reason beside it.
func AnalysisJSON(w io.Writer, a analysis.Analysis) error {
	o := newObject("instrument", instrumentObject(a.Instrument), "respondents", a.Respondents)
	scales := scalesObject(a.Scales, a.By)
	o.set("scales", scales)
	if a.By != nil {
		o.set("by", newObject("column", a.By.Column, "groups", len(a.By.Groups), "without", a.By.Without))
		groups := newObject()
		for _, g := range a.By.Groups {
			groups.set(g.Value, groupObject(g))
		}
		o.set("groups", groups)
	}
	others := newObject()
	for _, it := range a.Others {
		others.set(string(it.Of.ID), otherObject(it))
	}
	o.set("other_items", others)
	o.set("quality", qualityObject(a.Quality))
	o.set("file", fileObject(a.File))
	if a.Options.MinN > 0 {
		o.set("min_n", a.Options.MinN)
	}
	return writeJSON(w, o.set("warnings", warningsOf(analysisWarnings(a))))
}

func writeJSON(w io.Writer, o *object) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(o)
}

func instrumentObject(in *instrument.Instrument) *object {
	return newObject("id", string(in.ID), "version", in.Version.String(), "revision", in.Hash)
}

func fileObject(f analysis.File) *object {
	return newObject("rows", f.Rows-f.EmptyRows, "unreadable_rows", f.Unreadable, "empty_rows", f.EmptyRows, "invalid_cells", f.Invalid, "separator", string(f.Separator))
}

func groupObject(g analysis.Group) *object {
	o := newObject("respondents", g.Respondents)
	if g.Hidden != "" {
		return o.none("scales", g.Hidden)
	}
	return o.set("scales", scalesObject(g.Scales, nil))
}

func scalesObject(scales []analysis.Scale, by *analysis.Split) *object {
	o := newObject()
	for i, s := range scales {
		so := scaleObject(s)
		if by != nil {
			so.set("between", betweenObject(by.Column, by.Between[i]))
		}
		o.set(string(s.Scale.ID), so)
	}
	return o
}

func scaleObject(s analysis.Scale) *object {
	o := newObject("n", s.N, "n_scored", s.Score.N, "n_complete", s.Complete)
	o.figure("mean", s.Score.Mean).interval("mean_ci", s.Score.CI, firstMissing(s.Score.Mean, s.Score.SD)).figure("sd", s.Score.SD)
	o.figure("floor_share", s.Floor).figure("ceiling_share", s.Ceiling)
	unscored := newObject()
	for _, u := range s.Unscored {
		unscored.set(string(u.Why), u.N)
	}
	o.set("unscored", unscored)
	if s.Histogram.Counts == nil {
		o.none("histogram", s.Score.Mean.Why)
	} else {
		o.set("histogram", newObject("from", s.Histogram.From, "to", s.Histogram.To, "counts", s.Histogram.Counts))
	}
	o.set("alpha", alphaObject(s.Alpha, s.Cases)).figure("lambda2", s.Lambda2).set("omega_total", omegaObject(s.Omega)).figure("sem", s.SEM)
	o.set("favorable", favorableObject(s.Favorable))
	if s.Scaled != nil {
		o.set("scaled", descriptionObject(*s.Scaled))
	}
	if s.T != nil {
		o.set("t", descriptionObject(*s.T))
	}
	if s.Model != nil {
		o.set("model", newObject().figure("mean_se", s.Model.MeanSE).figure("reliability", s.Model.Reliability))
	}
	if s.Bands != nil {
		var bands []*object
		for _, b := range s.Bands {
			bands = append(bands, newObject("from", b.Band.From, "label", b.Band.Label, "n", b.N).figure("share", b.Share))
		}
		o.set("bands", bands)
	}
	items := newObject()
	for _, it := range s.Items {
		items.set(string(it.Of.ID), itemObject(it))
	}
	return o.set("items", items)
}

func descriptionObject(d psychometrics.Description) *object {
	return newObject("n", d.N).figure("mean", d.Mean).interval("ci", d.CI, firstMissing(d.Mean, d.SD)).figure("sd", d.SD)
}

// firstMissing is the first figure that does not exist, or the last one.
func firstMissing(figures ...psychometrics.Figure) psychometrics.Figure {
	for _, f := range figures {
		if !f.OK() {
			return f
		}
	}
	return figures[len(figures)-1]
}

func alphaObject(a psychometrics.Alpha, cases psychometrics.Cases) *object {
	o := newObject("n", a.N).figure("raw", a.Raw).figure("standardized", a.Standardized).interval("ci", a.CI, a.Raw)
	o.set("method", string(a.Method)).set("cases", string(cases))
	if a.SpearmanBrown.OK() {
		o.set("spearman_brown", a.SpearmanBrown.Value)
	}
	return o.set("note", textOrNull(alphaNote(a)))
}

func textOrNull(parts []string) any {
	if len(parts) == 0 {
		return nil
	}
	return strings.Join(parts, "; ")
}

// alphaNote says why a figure does not exist and what to beware of: a code, a colon, and words.
func alphaNote(a psychometrics.Alpha) []string {
	var parts []string
	if !a.Raw.OK() {
		return []string{explained(a.Raw.Why)}
	}
	if a.Negative {
		parts = append(parts, "negative: check the keying")
	}
	if !a.Standardized.OK() {
		parts = append(parts, "no standardized alpha, "+explained(a.Standardized.Why))
	}
	if a.Small {
		parts = append(parts, "small_sample: fewer than 30 persons")
	}
	return parts
}

func omegaObject(m psychometrics.Omega) *object {
	o := newObject("n", m.N).figure("value", m.Value)
	fit := newObject().figure("chi2", m.Fit.ChiSquare).set("df", m.Fit.DF).figure("cfi", m.Fit.CFI).figure("rmsea", m.Fit.RMSEA).figure("srmr", m.Fit.SRMR)
	if m.Value.OK() {
		o.set("loadings", m.Loadings)
		return o.set("fit", fit).set("note", nil)
	}
	return o.set("fit", fit).set("note", explained(m.Value.Why))
}

func favorableObject(f psychometrics.Favorable) *object {
	o := newObject().figure("responses", f.Responses).figure("items", f.Items).figure("persons", f.Persons).interval("ci", f.CI, f.Responses)
	return o.set("n_responses", f.N)
}

func itemObject(it analysis.Item) *object {
	o := newObject("n", it.N)
	countsInto(o, it)
	o.figure("mean", it.Mean).interval("mean_ci", it.CI, firstMissing(it.Mean, it.SD)).figure("sd", it.SD)
	o.figure("item_rest", it.ItemRest).figure("alpha_if_dropped", it.AlphaIfDropped)
	o.figure("favorable", it.Favorable).interval("favorable_ci", it.FavorableCI, it.Favorable)
	return o.set("reversed", it.Reversed)
}

func countsInto(o *object, it analysis.Item) {
	if it.Hidden != "" {
		o.none("missing", it.Hidden).none("counts", it.Hidden)
		return
	}
	m := it.Missing
	o.set("missing", newObject("skipped", m.Skipped, "declined", m.Declined, "not_shown", m.NotShown, "not_reached", m.NotReached, "invalid", m.Invalid))
	if len(it.Unscored) > 0 {
		o.set("missing_codes", countsObject(it.Unscored))
	}
	o.set("counts", countsObject(it.Counts))
}

func countsObject(counts []analysis.Count) *object {
	o := newObject()
	for _, c := range counts {
		o.set(c.Code, c.N)
	}
	return o
}

func otherObject(it analysis.Item) *object {
	o := newObject("kind", string(it.Of.Kind), "n", it.N)
	countsInto(o, it)
	if it.Of.Kind == instrument.Number {
		o.figure("mean", it.Mean).interval("mean_ci", it.CI, firstMissing(it.Mean, it.SD)).figure("sd", it.SD)
	}
	return o
}

func betweenObject(column string, b analysis.Between) *object {
	o := newObject("column", column, "n", b.Persons, "groups", b.Count).figure("icc1", b.ICC1).figure("icc2", b.ICC2).figure("design_effect", b.DesignEffect)
	o.figure("mean", b.Mean).figure("se_cluster", b.SE).interval("ci", b.CI, b.SE)
	if b.SE.OK() {
		o.set("df", b.DF)
	} else {
		o.none("df", b.SE.Why)
	}
	means := newObject()
	for i, m := range b.Means {
		means.set(m.Name, newObject("n", m.N).figure("mean", m.Mean).interval("ci", b.MeanCI[i], m.Mean).figure("empirical_bayes", m.EmpiricalBayes))
	}
	return o.set("means", means)
}

func qualityObject(q analysis.Quality) *object {
	flags := newObject()
	for _, f := range q.Flags {
		flags.set(string(f.Flag), f.N)
	}
	outlying := newObject()
	for _, out := range q.Outlying {
		if out.Why != "" {
			outlying.set(string(out.Scale.ID), newObject().none("n", out.Why).set("of", out.Of))
			continue
		}
		outlying.set(string(out.Scale.ID), newObject("n", out.N, "of", out.Of))
	}
	o := newObject("flags", flags, "longest_run", spreadObject(q.LongestRun), "individual_sd", spreadObject(q.IndividualSD), "uniform", q.Uniform,
		"even_odd", spreadObject(q.EvenOdd), "mahalanobis_beyond_999", outlying)
	if q.DuplicateWhy != "" {
		return o.none("duplicates", q.DuplicateWhy)
	}
	return o.set("duplicates", q.Duplicates)
}

func spreadObject(s analysis.Spread) *object {
	return newObject("n", s.N).figure("least", s.Least).figure("median", s.Median).figure("p95", s.P95).figure("most", s.Most)
}
