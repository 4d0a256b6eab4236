package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"surveyd/internal/analysis"
	"surveyd/internal/instrument"
	"surveyd/internal/psychometrics"
)

// AnalysisText writes an analysis for a terminal.
func AnalysisText(w io.Writer, a analysis.Analysis) error { return writeText(w, analysisDocument(a)) }

// AnalysisHTML writes an analysis as a page.
func AnalysisHTML(w io.Writer, a analysis.Analysis) error { return writeHTML(w, analysisDocument(a)) }

func analysisDocument(a analysis.Analysis) document {
	d := begin(a.Instrument, "Scales and items")
	d.Facts = append(d.Facts, fact{"Respondents", strconv.Itoa(a.Respondents)})
	d.Facts = append(d.Facts, fileFacts(a.File, "")...)
	d.Warnings = analysisWarnings(a)
	lang := source(a.Instrument)
	d.Sections = append(d.Sections, scalesSection(a, lang))
	for i, s := range a.Scales {
		section := scaleSection(s, lang)
		if a.By != nil {
			section.Blocks = append(section.Blocks, groupBlocks(a.By, i)...)
		}
		d.Sections = append(d.Sections, section)
	}
	if len(a.Others) > 0 {
		d.Sections = append(d.Sections, othersSection(a.Others, lang))
	}
	d.Sections = append(d.Sections, qualitySection(a))
	d.Notes = analysisNotes(a)
	return d
}

// fileFacts says what of a file is not in the figures; of is which file.
func fileFacts(f analysis.File, of string) []fact {
	var facts []fact
	if f.Unreadable > 0 {
		facts = append(facts, fact{"Left out" + of, counted(f.Unreadable, "row", "rows") + " that could not be read"})
	}
	if f.Invalid > 0 {
		facts = append(facts, fact{"Invalid codes" + of, strconv.Itoa(f.Invalid) + ", taken as missing"})
	}
	return facts
}

// scalesSection is all scales at a glance.
func scalesSection(a analysis.Analysis, lang instrument.Lang) section {
	t := &table{Columns: []column{
		left("scale"), right("n", "respondents with a score"), right("M", "mean score"), right("95 % CI", "of the mean"), right("SD", "standard deviation"), left("scores"),
		right("floor", "share with the lowest possible score"), right("ceiling", "share with the highest possible score"),
		right("α", "Cronbach's alpha"), right("95 % CI", "of alpha"), right("ω", "omega total of a one-factor model"), right("SEM", "standard error of measurement"),
		right("favorable", "share of favorable answers"),
	}}
	for _, s := range a.Scales {
		t.add(cell{Text: string(s.Scale.ID), More: s.Scale.Title.In(lang)}, s.Score.N, shown(s.Score.Mean, 2), shownInterval(s.Score.CI, 2), shown(s.Score.SD, 2),
			histogramCell(s.Histogram.Counts), shownPercent(s.Floor), shownPercent(s.Ceiling),
			shown(s.Alpha.Raw, 2), shownInterval(s.Alpha.CI, 2), shown(s.Omega.Value, 2), shown(s.SEM, 2), shownPercent(s.Favorable.Responses))
	}
	section := section{ID: "scales", Title: "Scales", Blocks: []block{{Table: t}}}
	if len(a.Scales) == 0 {
		section.Blocks = []block{{Text: "The instrument has no scales."}}
	}
	return section
}

func histogramCell(counts []int) cell {
	if counts == nil {
		return cell{Text: dash}
	}
	return cell{Counts: counts}
}

// scaleSection is one scale and its items.
func scaleSection(s analysis.Scale, lang instrument.Lang) section {
	out := section{ID: "scale-" + string(s.Scale.ID), Title: s.Scale.Title.In(lang) + " (" + string(s.Scale.ID) + ")"}
	if s.Scale.HigherMeans != nil {
		out.Aside = "Higher: " + s.Scale.HigherMeans.In(lang)
	}
	out.Blocks = append(out.Blocks, block{Facts: scaleFacts(s, lang)})
	out.Blocks = append(out.Blocks, block{Table: itemTable(s, lang)})
	for _, b := range itemBars(s, lang) {
		out.Blocks = append(out.Blocks, block{Bars: b})
	}
	if f := scoreFigure(s); f != nil {
		out.Blocks = append(out.Blocks, block{Figure: f})
	}
	if f := informationFigure(s.Scale); f != nil {
		out.Blocks = append(out.Blocks, block{Figure: f})
	}
	return out
}

func scaleFacts(s analysis.Scale, lang instrument.Lang) []fact {
	n := fmt.Sprintf("%d answered, %d scored, %d answered every item", s.N, s.Score.N, s.Complete)
	for _, u := range s.Unscored {
		n += fmt.Sprintf("; %d without a score: %s", u.N, strings.ReplaceAll(string(u.Why), "_", " "))
	}
	facts := []fact{
		{"Respondents", n},
		{"Score", fmt.Sprintf("%s %s, M %s %s, SD %s", scoreWords(s.Scale), rangeWords(s.Scale), shown(s.Score.Mean, 2), shownInterval(s.Score.CI, 2), shown(s.Score.SD, 2))},
		{"Alpha", alphaWords(s.Alpha, s.Cases)},
		{"Lambda-2", figureWords(s.Lambda2, 3)},
		{"Omega", omegaWords(s.Omega)},
		{"SEM", figureWords(s.SEM, 3)},
	}
	if s.Scale.Favorable != nil {
		f := s.Favorable
		facts = append(facts, fact{"Favorable", fmt.Sprintf("%s of responses %s, %s by items, %s by persons", shownPercent(f.Responses), percentInterval(f.CI), shownPercent(f.Items), shownPercent(f.Persons))})
	}
	if s.Scaled != nil {
		facts = append(facts, fact{"Scale score", fmt.Sprintf("n %d, M %s %s, SD %s", s.Scaled.N, shown(s.Scaled.Mean, 2), shownInterval(s.Scaled.CI, 2), shown(s.Scaled.SD, 2))})
	}
	if s.T != nil {
		facts = append(facts, fact{"T score", fmt.Sprintf("n %d, M %s %s, SD %s", s.T.N, shown(s.T.Mean, 1), shownInterval(s.T.CI, 1), shown(s.T.SD, 1))})
	}
	if s.Model != nil {
		facts = append(facts, fact{"Model", fmt.Sprintf("%s, mean SE %s, empirical reliability %s", strings.ToUpper(string(s.Scale.IRT.Model)), shown(s.Model.MeanSE, 2), shown(s.Model.Reliability, 2))})
	}
	if s.Bands != nil {
		var parts []string
		for _, b := range s.Bands {
			parts = append(parts, fmt.Sprintf("%s %d (%s)", b.Band.Label.In(lang), b.N, shownPercent(b.Share)))
		}
		facts = append(facts, fact{"Bands", strings.Join(parts, ", ")})
	}
	return facts
}

func scoreWords(scale *instrument.Scale) string {
	switch scale.Score {
	case instrument.ProratedSum:
		return "prorated sum"
	case instrument.POMP:
		return "percent of maximum possible"
	case instrument.EAP, instrument.WLE:
		return strings.ToUpper(string(scale.Score)) + " of theta"
	}
	return string(scale.Score)
}

func rangeWords(scale *instrument.Scale) string {
	if scale.Range == nil {
		return "without a range"
	}
	return "from " + plain(scale.Range.Min) + " to " + plain(scale.Range.Max)
}

func percentInterval(ci *psychometrics.Interval) string {
	if ci == nil {
		return dash
	}
	return "[" + decimals(100*ci.Low, 1) + ", " + decimals(100*ci.High, 1) + "]"
}

// figureWords is a figure or why there is none.
func figureWords(f psychometrics.Figure, places int) string {
	if !f.OK() {
		return "none: " + reasonWords(f.Why)
	}
	return decimals(f.Value, places)
}

func alphaWords(a psychometrics.Alpha, cases psychometrics.Cases) string {
	if !a.Raw.OK() {
		return figureWords(a.Raw, 3)
	}
	method := "Feldt"
	if a.Method == psychometrics.Bonett {
		method = "Bonett"
	}
	words := fmt.Sprintf("%s, 95 %% CI %s (%s), standardized %s, n %d (%s)", decimals(a.Raw.Value, 3), shownInterval(a.CI, 3), method, shown(a.Standardized, 3), a.N, cases)
	if a.SpearmanBrown.OK() {
		words += ", Spearman-Brown " + decimals(a.SpearmanBrown.Value, 3)
	}
	return words
}

func omegaWords(o psychometrics.Omega) string {
	if !o.Value.OK() {
		return figureWords(o.Value, 3)
	}
	words := decimals(o.Value.Value, 3)
	if f := o.Fit; f.CFI.OK() && f.RMSEA.OK() {
		return words + fmt.Sprintf("; one factor: χ²(%d) %s, CFI %s, RMSEA %s, SRMR %s", f.DF, shown(f.ChiSquare, 1), shown(f.CFI, 3), shown(f.RMSEA, 3), shown(f.SRMR, 3))
	}
	return words + "; one factor fits three items always"
}

// itemTable is the items of a scale.
func itemTable(s analysis.Scale, lang instrument.Lang) *table {
	missing := missingOf(s.Items)
	t := &table{Columns: slices.Concat([]column{left("item"), right("n", "valid answers")}, missing.columns(), []column{
		left("answers"), right("M", "mean, reversed items turned round"), right("95 % CI", "of the mean"),
		right("SD", "standard deviation"), right("r.rest", "correlation with the sum of the other items"), right("α without", "alpha of the other items"), right("favorable", "share of favorable answers"),
	})}
	for _, it := range s.Items {
		id := string(it.Of.ID)
		if it.Reversed {
			id = "−" + id
		}
		t.add(slices.Concat([]any{cell{Text: id, More: it.Of.Text.In(lang)}, it.N}, missing.cells(it), []any{
			countsCell(it), shown(it.Mean, 2), shownInterval(it.CI, 2), shown(it.SD, 2), shown(it.ItemRest, 2), shown(it.AlphaIfDropped, 2), shownPercent(it.Favorable),
		})...)
	}
	return t
}

func total(counts []analysis.Count) int {
	sum := 0
	for _, c := range counts {
		sum += c.N
	}
	return sum
}

// countsCell is an item's raw answers as bars; of a number with many values in equal parts.
func countsCell(it analysis.Item) cell {
	if it.Hidden != "" || len(it.Counts) == 0 {
		return cell{Text: dash}
	}
	counts := make([]int, 0, len(it.Counts))
	for _, c := range it.Counts {
		counts = append(counts, c.N)
	}
	if it.Of.Kind == instrument.Number && len(counts) > 12 {
		low, _ := strconv.ParseFloat(it.Counts[0].Code, 64) // as it was written by us
		high, _ := strconv.ParseFloat(it.Counts[len(it.Counts)-1].Code, 64)
		counts = make([]int, 12)
		for _, c := range it.Counts {
			x, _ := strconv.ParseFloat(c.Code, 64)
			counts[min(11, int((x-low)/(high-low)*12))] += c.N
		}
	}
	return cell{Counts: counts}
}

// groupBlocks is a scale in each group.
func groupBlocks(by *analysis.Split, scale int) []block {
	t := &table{Caption: "By " + by.Column, Columns: []column{
		left(by.Column), right("n", "respondents with a score"), right("M", "mean score"), right("95 % CI", "of the mean"), right("drawn in", "empirical-Bayes mean: drawn to the mean of all by as much as it is uncertain"),
		right("SD", "standard deviation"), left("scores"), right("α", "Cronbach's alpha"), right("favorable", "share of favorable answers"),
	}}
	between := by.Between[scale]
	drawn := map[string]psychometrics.Figure{}
	for _, m := range between.Means {
		drawn[m.Name] = m.EmpiricalBayes
	}
	for _, g := range by.Groups {
		s := g.Scales[scale]
		if g.Hidden != "" {
			t.add(g.Value, dash, dash, dash, dash, dash, dash, dash, dash)
			continue
		}
		eb, ok := drawn[g.Value]
		if !ok {
			eb = psychometrics.None(psychometrics.TooFewPersons)
		}
		t.add(g.Value, s.Score.N, shown(s.Score.Mean, 2), shownInterval(s.Score.CI, 2), shown(eb, 2), shown(s.Score.SD, 2), histogramCell(s.Histogram.Counts), shown(s.Alpha.Raw, 2), shownPercent(s.Favorable.Responses))
	}
	blocks := []block{{Table: t}, {Text: betweenWords(between)}}
	if f := groupFigure(by, scale); f != nil {
		blocks = append(blocks, block{Figure: f})
	}
	return blocks
}

func betweenWords(b analysis.Between) string {
	if !b.ICC1.OK() {
		return "Between groups: no intraclass correlation: " + reasonWords(b.ICC1.Why) + "."
	}
	return fmt.Sprintf("Between %d groups: ICC(1) %s, ICC(2) %s, design effect %s; mean %s, cluster-robust SE %s, 95 %% CI %s. The groups are in the order of their names and are not ranked.",
		b.Count, shown(b.ICC1, 3), shown(b.ICC2, 3), shown(b.DesignEffect, 2), shown(b.Mean, 2), shown(b.SE, 3), shownInterval(b.CI, 2))
}

func othersSection(items []analysis.Item, lang instrument.Lang) section {
	missing := missingOf(items)
	t := &table{Columns: slices.Concat([]column{left("item"), left("kind"), right("n", "valid answers")}, missing.columns(), []column{left("answers")})}
	for _, it := range items {
		answers := countsCell(it)
		if it.Of.Responses != nil && it.Hidden == "" {
			var parts []string
			for _, c := range it.Counts {
				parts = append(parts, c.Label.In(lang)+" "+strconv.Itoa(c.N))
			}
			answers.More = strings.Join(parts, ", ")
		}
		t.add(slices.Concat([]any{cell{Text: string(it.Of.ID), More: it.Of.Text.In(lang)}, string(it.Of.Kind), it.N}, missing.cells(it), []any{answers})...)
	}
	return section{ID: "others", Title: "Items of no scale", Blocks: []block{{Table: t}}}
}

func qualitySection(a analysis.Analysis) section {
	q := a.Quality
	var facts []fact
	for _, f := range q.Flags {
		facts = append(facts, fact{strings.ReplaceAll(string(f.Flag), "_", " "), counted(f.N, "respondent", "respondents")})
	}
	if q.LongestRun.N > 0 {
		facts = append(facts, fact{"Longest run", fmt.Sprintf("of one code, in the order of the file: median %s, 95 %% at most %s, longest %s", shown(q.LongestRun.Median, 1), shown(q.LongestRun.P95, 1), shown(q.LongestRun.Most, 0))})
	}
	if q.IndividualSD.N > 0 {
		facts = append(facts, fact{"SD within persons", fmt.Sprintf("median %s; %s every item of the most common response set alike", shown(q.IndividualSD.Median, 2), counted(q.Uniform, "respondent answers", "respondents answer"))})
	}
	if q.EvenOdd.N > 0 {
		facts = append(facts, fact{"Even-odd", fmt.Sprintf("consistency: median %s, lowest %s, of %d", shown(q.EvenOdd.Median, 2), shown(q.EvenOdd.Least, 2), q.EvenOdd.N)})
	}
	var far []string
	for _, out := range q.Outlying {
		if out.Why == "" {
			far = append(far, fmt.Sprintf("%s %d of %d", out.Scale.ID, out.N, out.Of))
		}
	}
	if far != nil {
		facts = append(facts, fact{"Mahalanobis", "beyond what one in a thousand would reach by chance: " + strings.Join(far, ", ")})
	}
	if q.DuplicateWhy == "" {
		facts = append(facts, fact{"Duplicates", counted(q.Duplicates, "respondent has", "respondents have") + " the same answers to every choice as somebody else"})
	}
	if facts == nil {
		facts = []fact{{"Nothing", "to judge it by"}}
	}
	return section{ID: "quality", Title: "How carefully it was answered", Aside: "These figures inform; nobody is left out because of them.", Blocks: []block{{Facts: facts}}}
}

func analysisNotes(a analysis.Analysis) []string {
	notes := []string{
		"Statistics of items are on the keyed metric: an item with a minus is reversed by its response set. The bars of answers are raw codes, lowest first.",
		"Alpha, lambda-2, omega, item-rest and SEM rest on the persons who answered every item" + pairwiseWords(a.Options) + ". The interval of a mean is from the t distribution, that of a share Wilson's.",
	}
	if a.Options.MinN > 0 {
		notes = append(notes, fmt.Sprintf("Nothing is shown that rests on fewer than %d persons, nor anything from which that would follow.", a.Options.MinN))
	}
	return notes
}

func pairwiseWords(o analysis.Options) string {
	if o.Cases == psychometrics.Pairwise {
		return "; alpha on those who answered both of each pair of items"
	}
	return ""
}
