package analysis

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"surveyd/internal/csvfile"
	"surveyd/internal/instrument"
	"surveyd/internal/psychometrics"
	"surveyd/internal/scoring"
)

// Quality is how carefully the file was answered. Everything in it informs; nobody is left out because of it.
type Quality struct {
	Flags        []FlagCount
	LongestRun   Spread // of one code, over the choice items in the order of the file
	IndividualSD Spread // of a person's raw answers, over the items of the response set that most items have
	Uniform      int    // persons who answered all of those alike, at least five of them
	EvenOdd      Spread // a person's consistency over scales
	Outlying     []Outlying
	Duplicates   int                  // persons whose choices are all the same as somebody else's
	DuplicateWhy psychometrics.Reason // why these were not looked for
}

// FlagCount is how many persons raise a flag; the instrument asks for it.
type FlagCount struct {
	Flag scoring.Flag
	N    int
}

// Outlying is how many complete cases of a scale lie so far from the mean of all that one in a thousand would by chance.
type Outlying struct {
	Scale *instrument.Scale
	N, Of int
	Why   psychometrics.Reason
}

// Spread is how a figure of persons is spread over them.
type Spread struct {
	N                        int
	Least, Median, P95, Most psychometrics.Figure
}

func spreadOf(values []float64) Spread {
	slices.Sort(values)
	s := Spread{N: len(values)}
	if s.N == 0 {
		none := psychometrics.None(psychometrics.TooFewPersons)
		s.Least, s.Median, s.P95, s.Most = none, none, none, none
		return s
	}
	// As R's quantile(): between the two neighbours at (n - 1) p.
	at := func(p float64) psychometrics.Figure {
		h := float64(s.N-1) * p
		low := int(math.Floor(h))
		high := min(low+1, s.N-1)
		return psychometrics.Known(values[low] + (h-float64(low))*(values[high]-values[low]))
	}
	s.Least, s.Median, s.P95, s.Most = at(0), at(.5), at(.95), at(1)
	return s
}

// alike is how many answers it takes before giving the same one everywhere says something.
const alike = 5

// rare is the probability of a Mahalanobis distance at which an answer pattern is counted as outlying.
const rare = 0.001

// fewChoices is below how many items equal answers of two persons are no wonder.
const fewChoices = 10

func quality(d *Data) Quality {
	var q Quality
	for bit, flag := range flagNames {
		if !asks(d.in, flag) {
			continue
		}
		n := 0
		for _, raised := range d.flags {
			n += int(raised >> bit & 1)
		}
		q.Flags = append(q.Flags, FlagCount{flag, n})
	}
	choices := d.choiceItems()
	common := mostCommonSet(d.in)
	var runs, sds, consistency []float64
	row, set, scales := make([]float64, len(choices)), make([]float64, 0, len(choices)), make([][]float64, len(d.keyed))
	for p := range d.Persons {
		set = set[:0]
		for i, item := range choices {
			row[i] = math.NaN()
			if given := d.items[item.Index].given[p]; given >= 0 {
				row[i] = float64(given)
				if option := &item.Responses.Options[given]; item.Responses == common && option.IsNumber && !option.Missing {
					set = append(set, option.Value)
				}
			}
		}
		if run := psychometrics.LongestRun(row); run > 0 {
			runs = append(runs, float64(run))
		}
		if sd := psychometrics.IndividualSD(set); sd.OK() {
			sds = append(sds, sd.Value)
			if sd.Value == 0 && len(set) >= alike {
				q.Uniform++
			}
		}
		d.person(p, scales)
		if r := psychometrics.EvenOdd(scales); r.OK() {
			consistency = append(consistency, r.Value)
		}
	}
	q.LongestRun, q.IndividualSD, q.EvenOdd = spreadOf(runs), spreadOf(sds), spreadOf(consistency)
	for i, scale := range d.in.Scales {
		q.Outlying = append(q.Outlying, d.outlying(i, scale))
	}
	q.Duplicates, q.DuplicateWhy = d.duplicates(choices)
	return q
}

func asks(in *instrument.Instrument, flag scoring.Flag) bool {
	switch flag {
	case scoring.FlagStraightLine:
		return in.Quality.StraightLine != nil
	case scoring.FlagTooFast:
		return in.Quality.TooFast != nil
	case scoring.FlagMissingShare:
		return in.Quality.MissingShare != nil
	default:
		return len(in.Quality.Attention) > 0
	}
}

func (d *Data) choiceItems() []*instrument.Item {
	var items []*instrument.Item
	for _, item := range d.in.Items {
		if item.Kind == instrument.Choice {
			items = append(items, item)
		}
	}
	return items
}

// mostCommonSet is the response set that most choice items have; of equal ones the first.
func mostCommonSet(in *instrument.Instrument) *instrument.ResponseSet {
	var best *instrument.ResponseSet
	counts, most := map[*instrument.ResponseSet]int{}, 0
	for _, item := range in.Items {
		if item.Kind != instrument.Choice || item.Responses.Kind != instrument.Ordinal {
			continue
		}
		if counts[item.Responses]++; counts[item.Responses] > most {
			best, most = item.Responses, counts[item.Responses]
		}
	}
	return best
}

// person writes one person's keyed answers into scales, whose memory it uses again.
func (d *Data) person(p int, scales [][]float64) {
	for s := range d.keyed {
		scales[s] = scales[s][:0]
		for i := range d.keyed[s].keys {
			scales[s] = append(scales[s], d.keyedAnswer(&d.keyed[s].keys[i], p))
		}
	}
}

func (d *Data) outlying(index int, scale *instrument.Scale) Outlying {
	out := Outlying{Scale: scale, Why: psychometrics.TooFewPersons}
	limit := distuv.ChiSquared{K: float64(len(scale.Items))}.Quantile(1 - rare)
	for _, distance := range psychometrics.Mahalanobis(d.sample(index, d.everybody())) {
		switch {
		case distance.OK():
			out.Of++
			if distance.Value > limit {
				out.N++
			}
		case distance.Why != psychometrics.TooFewItems: // which is what a person with a missing answer has
			out.Why = distance.Why
		}
	}
	if out.Of > 0 {
		out.Why = ""
	}
	return out
}

func (d *Data) duplicates(choices []*instrument.Item) (int, psychometrics.Reason) {
	if len(choices) < fewChoices {
		return 0, psychometrics.TooFewItems
	}
	sample := psychometrics.Sample{}
	for _, item := range choices {
		column := make([]float64, d.Persons)
		for p, given := range d.items[item.Index].given {
			column[p] = valueIf(given >= 0, float64(given))
		}
		sample.Columns = append(sample.Columns, column)
	}
	n := 0
	for _, same := range psychometrics.Duplicates(sample) {
		n += len(same)
	}
	return n, ""
}

func plainNumber(x float64) string { return string(csvfile.AppendNumber(nil, x)) }
