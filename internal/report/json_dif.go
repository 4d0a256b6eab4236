package report

import (
	"io"

	"surveyd/internal/analysis"
	"surveyd/internal/psychometrics"
)

// DIFJSON writes how items function in two groups.
func DIFJSON(w io.Writer, f analysis.Functioning) error {
	scales := newObject()
	for _, s := range f.Scales {
		items := newObject()
		for _, it := range s.Items {
			items.set(string(it.Of.ID), difObject(it))
		}
		scales.set(string(s.Scale.ID), newObject("items", items))
	}
	groups := newObject("column", f.Column, "reference", f.Reference)
	if f.Focal == "" {
		groups.none("focal", psychometrics.OneGroup)
	} else {
		groups.set("focal", f.Focal)
	}
	groups.set("n_reference", f.NReference).set("n_focal", f.NFocal).set("without", f.Without)
	o := newObject("instrument", instrumentObject(f.Instrument), "groups", groups, "scales", scales, "file", fileObject(f.File))
	if f.Options.MinN > 0 {
		o.set("min_n", f.Options.MinN)
	}
	return writeJSON(w, o.set("warnings", warningsOf(difWarnings(f))))
}

func difObject(it analysis.ItemDIF) *object {
	o := newObject("n_reference", it.Reference, "n_focal", it.Focal, "strata", it.Strata)
	o.figure("mantel_chi2", it.Chi2).figure("p", it.P).figure("smd", it.SMD)
	o.figure("lr_uniform", it.Uniform).figure("lr_nonuniform", it.NonUniform).figure("p_uniform", it.PUniform).figure("p_nonuniform", it.PNonUniform)
	o.figure("p_total", it.PTotal).figure("delta_r2", it.DeltaR2)
	o.figure("mh_alpha", it.Alpha).interval("mh_alpha_ci", it.AlphaCI, it.Alpha).figure("mh_log_se", it.LogAlphaSE).figure("mh_delta", it.Delta)
	o.figure("p_bh", it.PBH)
	if it.Why != "" {
		o.none("class", it.Why)
	} else {
		o.set("class", it.Class)
	}
	return o.set("small", it.Small).set("reversed", it.Reversed)
}
