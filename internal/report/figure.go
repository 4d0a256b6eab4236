package report

import (
	"fmt"
	"math"
	"strings"

	"surveyd/internal/analysis"
	"surveyd/internal/instrument"
	"surveyd/internal/psychometrics"
	"surveyd/internal/scoring"
)

// figure is a chart on a page: a caption and marks in a frame with two axes.
type figure struct {
	Caption string
	About   string // what the chart shows, for those who cannot see it
	X, Y    axis
	Bars    []mark   // columns from the bottom
	Lines   []line   // curves
	Points  []mark   // with their intervals
	Keys    []string // what the series are called, where there are several
}

// axis is what a direction measures.
type axis struct {
	Name     string
	From, To float64
	Ticks    []tick
}

type tick struct {
	At   float64
	Name string
}

// mark is a point or a column.
type mark struct {
	X, Y      float64
	Width     float64                 // of a column
	CI        *psychometrics.Interval // along the axis that measures
	Series    int
	Sideways  bool // the interval lies along X
	Highlight bool
}

// line is a curve of a series.
type line struct {
	Series int
	X, Y   []float64
	Dashed bool
}

// scoreFigure is how the scores are distributed.
func scoreFigure(s analysis.Scale) *figure {
	h := s.Histogram
	if h.Counts == nil || s.Score.N == 0 || h.To <= h.From {
		return nil
	}
	most := 0
	for _, n := range h.Counts {
		most = max(most, n)
	}
	width := (h.To - h.From) / float64(len(h.Counts))
	f := &figure{
		Caption: fmt.Sprintf("Scores of %s, and their mean with its 95 %% interval", counted(s.Score.N, "respondent", "respondents")),
		About:   fmt.Sprintf("Histogram of the scores from %s to %s; mean %s, standard deviation %s.", plain(h.From), plain(h.To), shown(s.Score.Mean, 2), shown(s.Score.SD, 2)),
		X:       axis{Name: "score", From: h.From, To: h.To, Ticks: ticks(h.From, h.To, 6)},
		Y:       axis{Name: "respondents", From: 0, To: float64(most) * 1.15, Ticks: ticks(0, float64(most), 4)},
	}
	for i, n := range h.Counts {
		f.Bars = append(f.Bars, mark{X: h.From + float64(i)*width, Y: float64(n), Width: width})
	}
	if s.Score.Mean.OK() {
		f.Points = append(f.Points, mark{X: s.Score.Mean.Value, Y: float64(most) * 1.07, CI: s.Score.CI, Sideways: true, Series: 1})
	}
	return f
}

// informationFigure is how exactly a model measures along theta.
func informationFigure(scale *instrument.Scale) *figure {
	if scale.IRT == nil {
		return nil
	}
	const steps = 96
	from, to := math.Max(-4, scale.IRT.Quadrature.From), math.Min(4, scale.IRT.Quadrature.To)
	thetas := make([]float64, steps+1)
	for i := range thetas {
		thetas[i] = from + (to-from)*float64(i)/steps
	}
	information, _ := scoring.Information(scale, thetas)
	most, best := 0.0, 0.0
	for i, x := range information {
		if x > most {
			most, best = x, thetas[i]
		}
	}
	return &figure{
		Caption: "Test information: how exactly the scale measures along theta",
		About:   fmt.Sprintf("A curve that is highest, %s, at theta %s, where the standard error is %s.", decimals(most, 2), decimals(best, 1), decimals(1/math.Sqrt(most), 2)),
		X:       axis{Name: "theta", From: from, To: to, Ticks: ticks(from, to, 8)},
		Y:       axis{Name: "information", From: 0, To: most * 1.1, Ticks: ticks(0, most, 4)},
		Lines:   []line{{X: thetas, Y: information}},
	}
}

// groupFigure is the groups' means with their intervals.
func groupFigure(by *analysis.Split, scale int) *figure {
	const most = 40 // more groups than that are a table
	var list []mark
	var names []tick
	low, high := math.Inf(1), math.Inf(-1)
	for _, g := range by.Groups {
		s := g.Scales[scale]
		if g.Hidden != "" || !s.Score.Mean.OK() {
			continue
		}
		at := float64(len(list))
		list = append(list, mark{X: s.Score.Mean.Value, Y: at, CI: s.Score.CI, Sideways: true})
		names = append(names, tick{at, g.Value})
		low, high = widened(low, high, s.Score.Mean.Value, s.Score.CI)
	}
	if len(list) < 2 || len(list) > most {
		return nil
	}
	if r := by.Groups[0].Scales[scale].Scale.Range; r != nil {
		low, high = max(low, r.Min), min(high, r.Max)
	}
	low, high = roomy(low, high)
	return &figure{
		Caption: "Means with their 95 % intervals, by " + by.Column,
		About:   "A point and an interval for each group; the same numbers stand in the table above.",
		X:       axis{Name: "mean score", From: low, To: high, Ticks: ticks(low, high, 5)},
		Y:       axis{From: float64(len(list)) - 0.5, To: -0.5, Ticks: names},
		Points:  list,
	}
}

func widened(low, high, mean float64, ci *psychometrics.Interval) (float64, float64) {
	low, high = min(low, mean), max(high, mean)
	if ci != nil {
		low, high = min(low, ci.Low), max(high, ci.High)
	}
	return low, high
}

// roomy leaves some room at both ends.
func roomy(low, high float64) (float64, float64) {
	room := 0.06 * (high - low)
	if room == 0 {
		room = 0.5
	}
	return low - room, high + room
}

// changeFigure is each scale's standardized change with its interval.
func changeFigure(c analysis.Waves, lang instrument.Lang) *figure {
	var list []mark
	var names []tick
	low, high := 0.0, 0.0
	for _, s := range c.Scales {
		if !s.DZ.OK() || s.DZCI == nil {
			continue
		}
		at := float64(len(list))
		list = append(list, mark{X: s.DZ.Value, Y: at, CI: s.DZCI, Sideways: true, Highlight: s.DZCI.Low > 0 || s.DZCI.High < 0})
		names = append(names, tick{at, string(s.Scale.ID)})
		low, high = widened(low, high, s.DZ.Value, s.DZCI)
	}
	if len(list) == 0 {
		return nil
	}
	low, high = roomy(low, high)
	return &figure{
		Caption: "Change of each scale: d_z with its 95 % interval; filled where the interval leaves zero out",
		About:   "A point and an interval for each scale; the same numbers stand in the table above.",
		X:       axis{Name: "d_z: lower after · higher after", From: low, To: high, Ticks: ticks(low, high, 5)},
		Y:       axis{From: float64(len(list)) - 0.5, To: -0.5, Ticks: names},
		Points:  list, Lines: []line{{X: []float64{0, 0}, Y: []float64{float64(len(list)) - 0.5, -0.5}, Dashed: true}},
	}
}

// wavesFigure is the means of the pairs before and after.
func wavesFigure(s analysis.ScaleChange) *figure {
	if !s.MeanPre.OK() || s.PreCI == nil || s.PostCI == nil {
		return nil
	}
	low, high := widened(s.MeanPre.Value, s.MeanPre.Value, s.MeanPre.Value, s.PreCI)
	low, high = widened(low, high, s.MeanPost.Value, s.PostCI)
	low, high = roomy(low, high)
	return &figure{
		Caption: fmt.Sprintf("Means of the %d persons with a score in both waves, with their 95 %% intervals", s.N),
		About:   fmt.Sprintf("Before %s, after %s.", shown(s.MeanPre, 2), shown(s.MeanPost, 2)),
		X:       axis{From: -0.5, To: 1.5, Ticks: []tick{{0, "before"}, {1, "after"}}},
		Y:       axis{Name: "mean score", From: low, To: high, Ticks: ticks(low, high, 5)},
		Lines:   []line{{X: []float64{0, 1}, Y: []float64{s.MeanPre.Value, s.MeanPost.Value}}},
		Points:  []mark{{X: 0, Y: s.MeanPre.Value, CI: s.PreCI, Highlight: true}, {X: 1, Y: s.MeanPost.Value, CI: s.PostCI, Highlight: true}},
	}
}

// profileFigure is the mean answer of both groups in thirds of the total, for the items whose class is not A.
func profileFigure(f analysis.Functioning, s analysis.ScaleDIF, lang instrument.Lang) *figure {
	var worst *analysis.ItemDIF
	for i := range s.Items {
		it := &s.Items[i]
		if it.Why == "" && it.Class != "A" && (worst == nil || it.DeltaR2.Value > worst.DeltaR2.Value) {
			worst = it
		}
	}
	if worst == nil {
		return nil
	}
	low, high := math.Inf(1), math.Inf(-1)
	var list []mark
	var lines []line
	for series, thirds := range [][3]psychometrics.Description{worst.Profile.Reference, worst.Profile.Focal} {
		curve := line{Series: series}
		for third, d := range thirds {
			if !d.Mean.OK() {
				continue
			}
			x := float64(third) + 0.06*float64(2*series-1)
			list = append(list, mark{X: x, Y: d.Mean.Value, CI: d.CI, Series: series, Highlight: true})
			curve.X, curve.Y = append(curve.X, x), append(curve.Y, d.Mean.Value)
			low, high = widened(low, high, d.Mean.Value, d.CI)
		}
		lines = append(lines, curve)
	}
	low, high = roomy(low, high)
	return &figure{
		Caption: fmt.Sprintf("%s, the item that differs most: mean answer by third of the total, with 95 %% intervals", worst.Of.ID),
		About:   fmt.Sprintf("Two lines, %s and %s: %s", f.Reference, f.Focal, strings.TrimSpace(worst.Of.Text.In(lang))),
		X:       axis{Name: "total", From: -0.4, To: 2.4, Ticks: []tick{{0, "low"}, {1, "middle"}, {2, "high"}}},
		Y:       axis{Name: "mean answer", From: low, To: high, Ticks: ticks(low, high, 4)},
		Points:  list, Lines: lines, Keys: []string{f.Reference, f.Focal},
	}
}

// ticks gives round numbers between from and to, about as many as wanted.
func ticks(from, to float64, wanted int) []tick {
	if to <= from {
		return nil
	}
	rough := (to - from) / float64(wanted)
	power := math.Pow(10, math.Floor(math.Log10(rough)))
	step := power
	for _, m := range []float64{1, 2, 5, 10} {
		if step = m * power; step >= rough*0.999 {
			break
		}
	}
	places := max(0, -int(math.Floor(math.Log10(step)+1e-9)))
	var list []tick
	for i := math.Ceil(from/step - 1e-9); i*step <= to+1e-9*step; i++ {
		list = append(list, tick{i * step, decimals(i*step, places)})
	}
	return list
}
