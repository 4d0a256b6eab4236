package analysis

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"surveyd/internal/answer"
	"surveyd/internal/answerfile"
	"surveyd/internal/instrument"
	"surveyd/internal/scoring"
)

// Data is the answers of many persons to one instrument, and their scores. A person is a position.
type Data struct {
	Persons int
	File    File

	in      *instrument.Instrument
	items   []itemData
	scores  []scoreData
	flags   []uint8 // by person: a bit for each of flagNames
	columns []*Column
	keyed   []keyedScale
}

// File is what reading a file has found beside answers.
type File struct {
	answerfile.Report
	EmptyRows int // rows without anything at the end, which were left out
}

// itemData is everybody's answers to one item.
type itemData struct {
	// given is the option's position, of a multiple the position in chosen, of a number 0; or what stands in place of an answer.
	given   []int32
	numbers []float64 // of a number
	chosen  [][]int   // of a multiple: the different choices
	at      map[string]int32
}

// What stands in place of an answer.
const (
	skipped int32 = -1 - iota
	declined
	notShown
	notReached
	invalid
	otherwise // texts are not kept
)

// scoreData is everybody's scores on one scale; NaN where there is none.
type scoreData struct {
	value  []float64
	se     []float64 // of an eap or wle
	scaled []float64
	t      []float64 // of a scale with norms
	band   []int8
	why    []uint8 // position in reasonNames
	given  []bool  // at least one valid answer
}

var reasonNames = [...]scoring.Reason{"", scoring.NotShown, scoring.NotAnswered, scoring.TooFewAnswered}

var flagNames = [...]scoring.Flag{scoring.FlagStraightLine, scoring.FlagTooFast, scoring.FlagMissingShare, scoring.FlagAttention}

// Wanted is which columns are read beside the answers.
type Wanted struct {
	Columns  []string // that must be there
	IfThere  []string
	Progress func(persons int) // told every few thousand persons; nil when nobody wants to know
}

// progressEvery is after how many persons progress is told.
const progressEvery = 10_000

// Read reads a file of answers. A file that cannot be read gives a *csvfile.SyntaxError or an *answerfile.HeaderError.
func Read(in *instrument.Instrument, src io.Reader, wanted Wanted, hearing answerfile.Hearing) (*Data, error) {
	r, err := answerfile.Open(in, src, nil, hearing)
	if err != nil {
		return nil, err
	}
	d := newData(in)
	if err := d.findColumns(r, wanted); err != nil {
		return nil, err
	}
	scorer := scoring.NewScorer(in)
	var result scoring.Result
	full := 0 // persons up to the last row that holds something
	for {
		if err := r.Next(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		scorer.ScoreInto(&result, r.Answers(), r.Respondent())
		d.add(r, &result)
		if !r.Empty() {
			full = d.Persons
		}
		if wanted.Progress != nil && d.Persons%progressEvery == 0 {
			wanted.Progress(d.Persons)
		}
	}
	d.File = File{Report: r.Report(), EmptyRows: d.Persons - full}
	d.truncate(full)
	d.keyed = keyedScales(scorer)
	return d, nil
}

func newData(in *instrument.Instrument) *Data {
	d := &Data{in: in, items: make([]itemData, len(in.Items)), scores: make([]scoreData, len(in.Scales))}
	for i, item := range in.Items {
		if item.Kind == instrument.Multiple {
			d.items[i].at = map[string]int32{}
		}
	}
	return d
}

func (d *Data) findColumns(r *answerfile.Reader, wanted Wanted) error {
	for _, name := range wanted.Columns {
		at, err := r.Column(name)
		if err != nil {
			return err
		}
		d.columns = append(d.columns, newColumn(name, at))
	}
	for _, name := range wanted.IfThere {
		if at, err := r.Column(name); err == nil && d.Column(name) == nil {
			d.columns = append(d.columns, newColumn(name, at))
		}
	}
	return nil
}

// Column finds a column that was read; nil when it was not.
func (d *Data) Column(name string) *Column {
	for _, c := range d.columns {
		if c.Name == name {
			return c
		}
	}
	return nil
}

func (d *Data) add(r *answerfile.Reader, result *scoring.Result) {
	for i, item := range d.in.Items {
		d.items[i].add(item, &r.Answers()[i])
	}
	for i := range result.Scores {
		d.scores[i].add(d.in.Scales[i], &result.Scores[i])
	}
	raised := uint8(0)
	for _, flag := range result.Flags {
		for bit, name := range flagNames {
			if name == flag {
				raised |= 1 << bit
			}
		}
	}
	d.flags = append(d.flags, raised)
	for _, c := range d.columns {
		c.add(r.Value(c.at), r.Line())
	}
	d.Persons++
}

func (it *itemData) add(item *instrument.Item, a *answer.Answer) {
	given, number := stateOf(a), math.NaN()
	if a.Valid() {
		switch item.Kind {
		case instrument.Choice:
			given = int32(a.Option)
		case instrument.Number:
			if given = invalid; math.Abs(a.Number) <= largest {
				given, number = 0, a.Number
			}
		case instrument.Multiple:
			given = it.choice(a.Options)
		default:
			given = otherwise
		}
	}
	it.given = append(it.given, given)
	if item.Kind == instrument.Number {
		it.numbers = append(it.numbers, number)
	}
}

// largest is the size up to which a number counts: the squares of greater ones, and their sums, leave the range of a float64.
const largest = 1e60

// choice gives the position of a set of options among the different ones.
func (it *itemData) choice(options []int) int32 {
	key := fmt.Sprint(options)
	at, ok := it.at[key]
	if !ok {
		at = int32(len(it.chosen))
		it.at[key] = at
		it.chosen = append(it.chosen, append([]int(nil), options...))
	}
	return at
}

func stateOf(a *answer.Answer) int32 {
	switch {
	case a.Invalid && a.State == answer.Answered:
		return invalid
	case a.State == answer.Skipped:
		return skipped
	case a.State == answer.Declined:
		return declined
	case a.State == answer.NotShown:
		return notShown
	}
	return notReached
}

func (s *scoreData) add(scale *instrument.Scale, score *scoring.Score) {
	why := uint8(0)
	for i, reason := range reasonNames {
		if reason == score.Reason {
			why = uint8(i)
		}
	}
	s.why, s.given = append(s.why, why), append(s.given, score.Answered > 0)
	known := score.Reason == ""
	s.value = append(s.value, valueIf(known, score.Value))
	if score.HasSE || scoring.HasError(scale) {
		s.se = append(s.se, valueIf(known && score.HasSE, score.SE))
	}
	if scoring.IsScaled(scale) {
		s.scaled = append(s.scaled, valueIf(known && score.HasScaled, score.Scaled))
	}
	if scale.Norms != nil {
		s.t = append(s.t, valueIf(known && score.Norm.Reason == "", score.Norm.T))
	}
	if scale.Bands != nil {
		s.band = append(s.band, int8(score.Band))
	}
}

func valueIf(known bool, x float64) float64 {
	if !known || math.Abs(x) > largest {
		return math.NaN()
	}
	return x
}

// truncate leaves the persons behind the first n out.
func (d *Data) truncate(n int) {
	d.Persons, d.flags = n, d.flags[:n]
	for i := range d.items {
		it := &d.items[i]
		it.given = it.given[:n]
		if it.numbers != nil {
			it.numbers = it.numbers[:n]
		}
	}
	for i := range d.scores {
		d.scores[i].truncate(n)
	}
	for _, c := range d.columns {
		c.values, c.lines = c.values[:n], c.lines[:n]
	}
}

func (s *scoreData) truncate(n int) {
	s.value, s.why, s.given = s.value[:n], s.why[:n], s.given[:n]
	for _, column := range []*[]float64{&s.se, &s.scaled, &s.t} {
		if *column != nil {
			*column = (*column)[:n]
		}
	}
	if s.band != nil {
		s.band = s.band[:n]
	}
}

func (d *Data) everybody() []int {
	all := make([]int, d.Persons)
	for p := range all {
		all[p] = p
	}
	return all
}

// present gives the numbers of some persons that are there.
func present(column []float64, persons []int) []float64 {
	out := make([]float64, 0, len(persons))
	for _, p := range persons {
		if x := column[p]; x == x {
			out = append(out, x)
		}
	}
	return out
}

// Column is what a column beside the answers says of everybody.
type Column struct {
	Name   string
	at     int
	names  []string // the different values
	seen   map[string]int32
	values []int32 // by person: position in names
	lines  []int32 // by person: where the row begins
}

func newColumn(name string, at int) *Column {
	return &Column{Name: name, at: at, seen: map[string]int32{}}
}

func (c *Column) add(value string, line int) {
	at, ok := c.seen[value]
	if !ok {
		at = int32(len(c.names))
		value = strings.Clone(value)
		c.seen[value] = at
		c.names = append(c.names, value)
	}
	c.values, c.lines = append(c.values, at), append(c.lines, int32(line))
}

// Of is a person's value.
func (c *Column) Of(person int) string { return c.names[c.values[person]] }
