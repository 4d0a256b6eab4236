// Package analysis reads files of answers and puts together what psychometrics has to say of them: of one file, of two waves, of
// two groups. Its results are typed values with every figure that does not exist carrying its reason. It refuses to know how they
// are shown, and it computes no statistic itself.
package analysis

import (
	"surveyd/internal/instrument"
	"surveyd/internal/psychometrics"
)

// Options is how the figures are to be computed.
type Options struct {
	Cases    psychometrics.Cases         // that alpha rests on; listwise when empty
	Interval psychometrics.AlphaInterval // of alpha; Feldt when empty
	MinN     int                         // below which nothing is shown; 0 shows everything
}

func (o Options) cases() psychometrics.Cases {
	if o.Cases == "" {
		return psychometrics.Listwise
	}
	return o.Cases
}

func (o Options) interval() psychometrics.AlphaInterval {
	if o.Interval == "" {
		return psychometrics.Feldt
	}
	return o.Interval
}

// Analysis is what one file of answers says of an instrument's scales.
type Analysis struct {
	Instrument  *instrument.Instrument
	Options     Options
	File        File
	Respondents int
	Scales      []Scale
	Others      []Item // items of no scale
	Quality     Quality
	By          *Split // nil unless a column was named
	Covered     Coverage
}

// Split is a file parted by the values of a column.
type Split struct {
	Column  string
	Without int // respondents whose cell is empty; they are in no group
	Groups  []Group
	Between []Between // by scale
}

// Group is the respondents with one value.
type Group struct {
	Value       string
	Respondents int
	Hidden      psychometrics.Reason // empty when the group may be shown
	Scales      []Scale
}

// Between is how much of a scale's differences lies between the groups. Intervals of the groups' means are from the t distribution;
// nil where a group has no spread.
type Between struct {
	psychometrics.Schools
	MeanCI []*psychometrics.Interval // by group of Schools.Means
}

// Analyze describes every scale. by names a column that parts the respondents, or is empty.
func Analyze(d *Data, by string, o Options) Analysis {
	everybody := d.everybody()
	a := Analysis{Instrument: d.in, Options: o, File: d.File, Respondents: d.Persons, Covered: coverage(d)}
	for i := range d.in.Scales {
		a.Scales = append(a.Scales, d.scale(i, everybody, o))
	}
	a.Others = d.others(everybody)
	a.Quality = quality(d)
	if by != "" {
		a.By = d.split(by, o)
	}
	if o.MinN > 0 {
		d.suppress(&a)
	}
	return a
}

func (d *Data) split(by string, o Options) *Split {
	column := d.Column(by)
	split := &Split{Column: by}
	values, members := column.groups()
	for i, value := range values {
		group := Group{Value: value, Respondents: len(members[i])}
		for s := range d.in.Scales {
			group.Scales = append(group.Scales, d.scale(s, members[i], o))
		}
		split.Groups = append(split.Groups, group)
	}
	split.Without = d.Persons
	for _, m := range members {
		split.Without -= len(m)
	}
	for s := range d.in.Scales {
		split.Between = append(split.Between, d.between(s, values, members))
	}
	return split
}

func (d *Data) between(scale int, values []string, members [][]int) Between {
	schools := make([]psychometrics.School, len(values))
	for i, value := range values {
		schools[i] = psychometrics.School{Name: value, Scores: present(d.scores[scale].value, members[i])}
	}
	b := Between{Schools: psychometrics.SchoolsOf(schools)}
	for _, mean := range b.Means {
		for _, school := range schools {
			if school.Name == mean.Name {
				b.MeanCI = append(b.MeanCI, psychometrics.Describe(school.Scores).CI)
			}
		}
	}
	return b
}
