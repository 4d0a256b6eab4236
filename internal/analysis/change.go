package analysis

import (
	"fmt"
	"slices"
	"strings"

	"surveyd/internal/instrument"
	"surveyd/internal/psychometrics"
)

// Waves is what changed between two files of answers to one instrument, matched by person.
type Waves struct {
	Instrument *instrument.Instrument
	Options    Options
	Pre, Post  File
	Matching   Matching
	Scales     []ScaleChange
}

// Matching is which ids are in which wave.
type Matching struct {
	Column             string
	Pre, Post, Matched int
	PreOnly, PostOnly  int
	Attrition          psychometrics.Figure // share of Pre that is not in Post
	WithoutPre         int                  // rows of the first wave without an id
	WithoutPost        int
	ExamplePre         string // an id of each wave that the other does not have; empty when there is none
	ExamplePost        string
}

// ScaleChange is the change on one scale.
type ScaleChange struct {
	psychometrics.Change
	Scale           *instrument.Scale
	PreCI, PostCI   *psychometrics.Interval // of the pairs' means
	Reliable        psychometrics.Reliable
	Critical        psychometrics.Figure // change beyond which a person's is reliable
	Alpha           psychometrics.Alpha  // of all complete cases of the first wave
	PreDistribution Histogram            // of the pairs
	PostHistogram   Histogram
	Favorable       FavorableChange
	Why             psychometrics.Reason // why nothing is shown; empty when it is
}

// FavorableChange is percent favorable of the pairs in both waves, as shares, and the differences.
type FavorableChange struct {
	Pre, Post                 psychometrics.Favorable
	Responses, Items, Persons psychometrics.Figure    // post - pre
	CI                        *psychometrics.Interval // of Persons, from the t distribution
}

// DoubledError says that ids stand more than once in a file.
type DoubledError struct {
	Column string
	IDs    []Doubled // in the order of their first rows
}

// Doubled is an id and the lines of its rows.
type Doubled struct {
	ID    string
	Lines []int
}

// shownDoubled is how many doubled ids an error lists.
const shownDoubled = 20

func (e *DoubledError) Error() string {
	var list []string
	for _, d := range e.IDs[:min(len(e.IDs), shownDoubled)] {
		list = append(list, fmt.Sprintf("%q (lines %s)", d.ID, strings.Trim(strings.ReplaceAll(fmt.Sprint(d.Lines), " ", ", "), "[]")))
	}
	more := ""
	if n := len(e.IDs) - shownDoubled; n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	return fmt.Sprintf("%d ids stand more than once in column %q: %s%s; a person has one row in a wave", len(e.IDs), e.Column, strings.Join(list, ", "), more)
}

// IDs gives the person of each id. A *DoubledError lists ids of more than one row.
func (d *Data) IDs(column string) (persons map[string]int, without int, err error) {
	c := d.Column(column)
	persons, lines := map[string]int{}, map[string][]int{}
	var doubled []string
	for p := range d.Persons {
		id := c.Of(p)
		if empty(id) {
			without++
			continue
		}
		if lines[id] = append(lines[id], int(c.lines[p])); len(lines[id]) == 2 {
			doubled = append(doubled, id)
		}
		persons[id] = p
	}
	if doubled == nil {
		return persons, without, nil
	}
	e := &DoubledError{Column: column}
	slices.SortFunc(doubled, func(a, b string) int { return lines[a][0] - lines[b][0] })
	for _, id := range doubled {
		e.IDs = append(e.IDs, Doubled{id, lines[id]})
	}
	return nil, without, e
}

// Change compares two waves, matched by the column id of both.
func Change(pre, post *Data, id string, o Options) (Waves, error) {
	before, withoutPre, err := pre.IDs(id)
	if err != nil {
		return Waves{}, err
	}
	after, withoutPost, err := post.IDs(id)
	if err != nil {
		return Waves{}, err
	}
	w := Waves{Instrument: pre.in, Options: o, Pre: pre.File, Post: post.File}
	w.Matching = Matching{Column: id, Pre: len(before), Post: len(after), WithoutPre: withoutPre, WithoutPost: withoutPost}
	column, other := pre.Column(id), post.Column(id)
	var matched []match
	for p := range pre.Persons { // in the order of the first file
		name := column.Of(p)
		if empty(name) {
			continue
		}
		if q, ok := after[name]; ok {
			matched = append(matched, match{p, q})
		} else if w.Matching.ExamplePre == "" {
			w.Matching.ExamplePre = name
		}
	}
	for q := range post.Persons {
		if name := other.Of(q); !empty(name) && w.Matching.ExamplePost == "" {
			if _, ok := before[name]; !ok {
				w.Matching.ExamplePost = name
			}
		}
	}
	w.Matching.Matched = len(matched)
	w.Matching.PreOnly, w.Matching.PostOnly = len(before)-len(matched), len(after)-len(matched)
	w.Matching.Attrition = share(w.Matching.PreOnly, len(before))
	for s := range pre.in.Scales {
		w.Scales = append(w.Scales, scaleChange(pre, post, s, matched, o))
	}
	return w, nil
}

// match is one person's positions in the two waves.
type match struct{ pre, post int }

func scaleChange(pre, post *Data, s int, matched []match, o Options) ScaleChange {
	scale := pre.in.Scales[s]
	var pairs []psychometrics.Pair
	var before, after []int
	for _, m := range matched {
		x, y := pre.scores[s].value[m.pre], post.scores[s].value[m.post]
		if x == x && y == y {
			pairs = append(pairs, psychometrics.Pair{Pre: x, Post: y})
			before, after = append(before, m.pre), append(after, m.post)
		}
	}
	c := ScaleChange{Scale: scale, Change: psychometrics.ChangeOf(pairs)}
	c.Alpha = psychometrics.AlphaOf(pre.sample(s, pre.everybody()), psychometrics.Listwise, o.interval())
	if len(pairs) < o.MinN {
		c.hide(psychometrics.SmallCell)
		return c
	}
	first, second := present(pre.scores[s].value, before), present(post.scores[s].value, after)
	c.PreCI, c.PostCI = psychometrics.Describe(first).CI, psychometrics.Describe(second).CI
	c.PreDistribution, c.PostHistogram = histogramOf(scale, first), histogramOf(scale, second)
	if scale.Range == nil { // both waves on one axis
		low, high := extent(append(slices.Clone(first), second...))
		shared := *scale
		shared.Range, shared.Items = &instrument.Range{Min: low, Max: high}, nil // no grid
		c.PreDistribution, c.PostHistogram = histogramOf(&shared, first), histogramOf(&shared, second)
	}
	c.Reliable = psychometrics.ReliableChange(pairs, c.SDPre, c.Alpha.Raw)
	c.Critical = critical(c.SDPre, c.Alpha.Raw)
	c.Favorable = favorableChange(pre, post, s, before, after)
	return c
}

// critical is the change at which the reliable change index is 1.96.
func critical(sd, reliability psychometrics.Figure) psychometrics.Figure {
	switch {
	case !reliability.OK():
		return reliability
	case !sd.OK():
		return sd
	}
	index := psychometrics.ReliableIndex(psychometrics.Pair{Pre: 0, Post: 1}, sd.Value, reliability.Value)
	if !index.OK() {
		return index
	}
	return psychometrics.Known(1.96 / index.Value)
}

func favorableChange(pre, post *Data, s int, before, after []int) FavorableChange {
	keyed, declared := &pre.keyed[s], pre.in.Scales[s].Favorable != nil
	first, second := pre.sample(s, before), post.sample(s, after)
	f := FavorableChange{
		Pre: psychometrics.FavorableOf(first, keyed.isFavorable, declared), Post: psychometrics.FavorableOf(second, keyed.isFavorable, declared),
	}
	f.Responses = minus(f.Post.Responses, f.Pre.Responses)
	f.Items, f.Persons = minus(f.Post.Items, f.Pre.Items), minus(f.Post.Persons, f.Pre.Persons)
	if !f.Persons.OK() {
		return f
	}
	var pairs []psychometrics.Pair
	for i := range before {
		x, y := personShare(first, i, keyed), personShare(second, i, keyed)
		if x.OK() && y.OK() {
			pairs = append(pairs, psychometrics.Pair{Pre: x.Value, Post: y.Value})
		}
	}
	f.CI = psychometrics.ChangeOf(pairs).CI
	return f
}

func personShare(s psychometrics.Sample, person int, keyed *keyedScale) psychometrics.Figure {
	yes, all := 0, 0
	for _, column := range s.Columns {
		if x := column[person]; x == x {
			all++
			if keyed.isFavorable(x) {
				yes++
			}
		}
	}
	return share(yes, all)
}

func minus(a, b psychometrics.Figure) psychometrics.Figure {
	switch {
	case !a.OK():
		return a
	case !b.OK():
		return b
	}
	return psychometrics.Known(a.Value - b.Value)
}

// hide takes out every figure but the counts.
func (c *ScaleChange) hide(why psychometrics.Reason) {
	none := psychometrics.None(why)
	n := c.N
	c.Why = why
	c.Change = psychometrics.Change{
		N: n, MeanPre: none, MeanPost: none, SDPre: none, SDPost: none, R: none, Diff: none, SDDiff: none, T: none, P: none, DZ: none, DAv: none,
		DRm: none, GZ: none, GAv: none, Wilcoxon: psychometrics.Wilcoxon{V: none, P: none, RankBiserial: none},
	}
	c.Reliable, c.Critical = psychometrics.Reliable{Reliability: none}, none
	hidden := psychometrics.Favorable{Responses: none, Items: none, Persons: none}
	c.Favorable = FavorableChange{Pre: hidden, Post: hidden, Responses: none, Items: none, Persons: none}
}
