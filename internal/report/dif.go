package report

import (
	"fmt"
	"io"

	"surveyd/internal/analysis"
	"surveyd/internal/instrument"
)

// DIFText writes how items function in two groups for a terminal.
func DIFText(w io.Writer, f analysis.Functioning) error { return writeText(w, difDocument(f)) }

// DIFHTML writes how items function in two groups as a page.
func DIFHTML(w io.Writer, f analysis.Functioning) error { return writeHTML(w, difDocument(f)) }

func difDocument(f analysis.Functioning) document {
	d := begin(f.Instrument, "Differential item functioning")
	focal := f.Focal
	if focal == "" {
		focal = "nobody"
	}
	d.Facts = append(d.Facts, fact{"Groups", f.Column}, fact{"Reference", fmt.Sprintf("%s, %s", f.Reference, counted(f.NReference, "respondent", "respondents"))},
		fact{"Focal", fmt.Sprintf("%s, %s", focal, counted(f.NFocal, "respondent", "respondents"))})
	d.Facts = append(d.Facts, fileFacts(f.File, "")...)
	d.Warnings = difWarnings(f)
	lang := source(f.Instrument)
	for _, s := range f.Scales {
		d.Sections = append(d.Sections, difSection(f, s, lang))
	}
	if len(f.Scales) == 0 {
		d.Sections = []section{{ID: "scales", Title: "Scales", Blocks: []block{{Text: "The instrument has no scales."}}}}
	}
	d.Notes = []string{
		"Persons who answered every item of a scale are compared with those of the same raw total, the item itself included. SMD is the standardized mean difference, focal minus reference, in points of the item. α MH is the common odds ratio of a favorable answer, above 1 where it favors the reference group; Δ MH is -2.35 times its logarithm.",
		"Uniform and not uniform are likelihood ratio chi-squares of nested ordinal logistic models, 1 df each. p is that of both at once, adjusted over the items of the scale (Benjamini & Hochberg 1995). The class is A where it is not below .05 or the Nagelkerke difference is under .035, B under .070, else C.",
		"DIF says that an item works differently, not that it is unfair: read the item, in both languages where the groups are languages.",
	}
	if f.Options.MinN > 0 {
		d.Notes = append(d.Notes, fmt.Sprintf("Nothing is shown that rests on fewer than %d persons of a group.", f.Options.MinN))
	}
	return d
}

func difSection(f analysis.Functioning, s analysis.ScaleDIF, lang instrument.Lang) section {
	t := &table{Columns: []column{
		left("item"), left("class"), right("Δ R²", "Nagelkerke"), right("p adj", "of both models at once, Benjamini-Hochberg"), right("uniform", "likelihood ratio chi-square, 1 df"), right("not uniform", "likelihood ratio chi-square, 1 df"),
		right("Mantel χ²", "1 df"), right("p", "of Mantel's chi-square"), right("SMD", "standardized mean difference, focal - reference"), right("α MH", "Mantel-Haenszel common odds ratio"), right("95 % CI", "of the odds ratio"), right("Δ MH", "-2.35 ln of the odds ratio"),
	}}
	for _, it := range s.Items {
		id, class := string(it.Of.ID), it.Class
		if it.Reversed {
			id = "−" + id
		}
		if it.Why != "" {
			class = dash
		}
		t.add(cell{Text: id, More: it.Of.Text.In(lang)}, class, shown(it.DeltaR2, 3), shownP(it.PBH), shown(it.Uniform, 2), shown(it.NonUniform, 2),
			shown(it.Chi2, 2), shownP(it.P), signed(it.SMD, 2), shown(it.Alpha, 2), shownInterval(it.AlphaCI, 2), signed(it.Delta, 2))
	}
	out := section{ID: "scale-" + string(s.Scale.ID), Title: s.Scale.Title.In(lang) + " (" + string(s.Scale.ID) + ")"}
	if len(s.Items) > 0 {
		out.Aside = fmt.Sprintf("%d of the reference group and %d of the focal group answered every item.", s.Items[0].Reference, s.Items[0].Focal)
	}
	out.Blocks = []block{{Table: t}}
	for _, it := range s.Items {
		if it.Why != "" {
			out.Blocks = append(out.Blocks, block{Text: fmt.Sprintf("%s: no class: %s.", it.Of.ID, reasonWords(it.Why))})
		}
	}
	if figure := profileFigure(f, s, lang); figure != nil {
		out.Blocks = append(out.Blocks, block{Figure: figure})
	}
	return out
}
