package report

import (
	"fmt"
	"io"
	"strconv"

	"surveyd/internal/analysis"
	"surveyd/internal/instrument"
)

// ChangeText writes the change between two waves for a terminal.
func ChangeText(w io.Writer, c analysis.Waves) error { return writeText(w, changeDocument(c)) }

// ChangeHTML writes the change between two waves as a page.
func ChangeHTML(w io.Writer, c analysis.Waves) error { return writeHTML(w, changeDocument(c)) }

func changeDocument(c analysis.Waves) document {
	d := begin(c.Instrument, "Change between two waves")
	m := c.Matching
	d.Facts = append(d.Facts,
		fact{"Matched by", m.Column},
		fact{"First wave", counted(m.Pre, "id", "ids")},
		fact{"Second wave", counted(m.Post, "id", "ids")},
		fact{"In both", fmt.Sprintf("%d; %d in the first only (attrition %s), %d in the second only", m.Matched, m.PreOnly, shownPercent(m.Attrition), m.PostOnly)})
	d.Facts = append(d.Facts, fileFacts(c.Pre, ", first wave")...)
	d.Facts = append(d.Facts, fileFacts(c.Post, ", second wave")...)
	d.Warnings = changeWarnings(c)
	lang := source(c.Instrument)
	overview := section{ID: "scales", Title: "Scales", Blocks: []block{{Table: changeTable(c, lang)}}}
	if len(c.Scales) == 0 {
		overview.Blocks = []block{{Text: "The instrument has no scales."}}
	} else if f := changeFigure(c, lang); f != nil {
		overview.Blocks = append(overview.Blocks, block{Figure: f})
	}
	d.Sections = append(d.Sections, overview)
	for _, s := range c.Scales {
		d.Sections = append(d.Sections, changeSection(s, lang))
	}
	d.Notes = []string{
		"Means, standard deviations and correlations are those of the persons with a score in both waves. d_z is the mean difference by the SD of the differences, d_av by the mean of the two SDs, d_rm is d_z corrected for the correlation; g are the same with Hedges' exact correction.",
		"A person's change is reliable when it is beyond 1.96 times its standard error (Jacobson & Truax 1991), from the pairs' SD in the first wave and alpha over all who answered every item then.",
		"Change in one group says nothing of its cause.",
	}
	if c.Options.MinN > 0 {
		d.Notes = append(d.Notes, fmt.Sprintf("Nothing is shown that rests on fewer than %d pairs.", c.Options.MinN))
	}
	return d
}

func changeTable(c analysis.Waves, lang instrument.Lang) *table {
	t := &table{Columns: []column{
		left("scale"), right("pairs", "persons with a score in both waves"), right("M before", "mean in the first wave"), right("M after", "mean in the second wave"), right("diff", "mean difference"), right("95 % CI", "of the mean difference"),
		right("t", "paired t test"), right("df", "degrees of freedom"), right("p", "two-sided"), right("d_z", "mean difference / SD of the differences"), right("95 % CI", "of d_z, from the noncentral t"), right("g_av", "mean difference / mean of the SDs, corrected for small samples"),
		right("p Wilcoxon", "signed-rank test"), right("improved", "persons who changed reliably for the higher"), right("declined", "persons who changed reliably for the lower"),
	}}
	for _, s := range c.Scales {
		df := dash
		if s.T.OK() {
			df = strconv.Itoa(s.DF)
		}
		improved, declined := dash, dash
		if firstMissing(s.Reliable.Reliability, s.Critical).OK() {
			improved, declined = strconv.Itoa(s.Reliable.Improved), strconv.Itoa(s.Reliable.Declined)
		}
		t.add(cell{Text: string(s.Scale.ID), More: s.Scale.Title.In(lang)}, s.N, shown(s.MeanPre, 2), shown(s.MeanPost, 2), signed(s.Diff, 2), shownInterval(s.CI, 2),
			shown(s.T, 2), df, shownP(s.P), signed(s.DZ, 2), shownInterval(s.DZCI, 2), signed(s.GAv, 2), shownP(s.Wilcoxon.P), improved, declined)
	}
	return t
}

func changeSection(s analysis.ScaleChange, lang instrument.Lang) section {
	out := section{ID: "scale-" + string(s.Scale.ID), Title: s.Scale.Title.In(lang) + " (" + string(s.Scale.ID) + ")"}
	if s.Why != "" {
		out.Blocks = []block{{Text: "Not shown: " + reasonWords(s.Why) + "."}}
		return out
	}
	waves := &table{Columns: []column{left("wave"), right("M", "mean score"), right("95 % CI", "of the mean"), right("SD", "standard deviation"), left("scores"), right("favorable", "share of favorable answers"), right("95 % CI", "of that share, in percent")}}
	waves.add("before", shown(s.MeanPre, 2), shownInterval(s.PreCI, 2), shown(s.SDPre, 2), histogramCell(s.PreDistribution.Counts), shownPercent(s.Favorable.Pre.Responses), percentInterval(s.Favorable.Pre.CI))
	waves.add("after", shown(s.MeanPost, 2), shownInterval(s.PostCI, 2), shown(s.SDPost, 2), histogramCell(s.PostHistogram.Counts), shownPercent(s.Favorable.Post.Responses), percentInterval(s.Favorable.Post.CI))
	out.Blocks = append(out.Blocks, block{Table: waves})
	facts := []fact{
		{"Difference", fmt.Sprintf("%s, 95 %% CI %s, SD of differences %s, correlation of the waves %s", signed(s.Diff, 3), shownInterval(s.CI, 3), shown(s.SDDiff, 3), shown(s.R, 2))},
		{"Effect", fmt.Sprintf("d_z %s %s, d_av %s, d_rm %s, g_z %s, g_av %s", signed(s.DZ, 2), shownInterval(s.DZCI, 2), signed(s.DAv, 2), signed(s.DRm, 2), signed(s.GZ, 2), signed(s.GAv, 2))},
		{"Wilcoxon", fmt.Sprintf("V %s, p %s, rank-biserial %s, %d differences that are not zero", shown(s.Wilcoxon.V, 1), shownP(s.Wilcoxon.P), signed(s.Wilcoxon.RankBiserial, 2), s.Wilcoxon.N)},
		{"Reliable change", reliableWords(s)},
	}
	if s.Scale.Favorable != nil {
		f := s.Favorable
		facts = append(facts, fact{"Favorable", fmt.Sprintf("%s percentage points of responses; by persons %s, 95 %% CI %s", points(f.Responses), points(f.Persons), percentInterval(f.CI))})
	}
	out.Blocks = append(out.Blocks, block{Facts: facts})
	if f := wavesFigure(s); f != nil {
		out.Blocks = append(out.Blocks, block{Figure: f})
	}
	return out
}

func reliableWords(s analysis.ScaleChange) string {
	if why := firstMissing(s.Reliable.Reliability, s.Critical); !why.OK() {
		return "none: " + reasonWords(why.Why)
	}
	same := s.N - s.Reliable.Improved - s.Reliable.Declined
	return fmt.Sprintf("%d higher, %d lower, %d neither; beyond %s points, from alpha %s (n %d)", s.Reliable.Improved, s.Reliable.Declined, same, shown(s.Critical, 2), shown(s.Reliable.Reliability, 2), s.Alpha.N)
}
