package psychometrics

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// LongestRun is how many answers in a row are the same, in the order in which they were given. A missing answer (NaN) ends a run.
func LongestRun(answers []float64) int {
	longest, run := 0, 0
	for i, x := range answers {
		switch {
		case math.IsNaN(x):
			run = 0
		case i > 0 && run > 0 && x == answers[i-1]:
			run++
		default:
			run = 1
		}
		longest = max(longest, run)
	}
	return longest
}

// IndividualSD is the spread of one person's raw answers (denominator n - 1), over all items of one response set: low for
// somebody who answers everything alike (Dunn, Heggestad, Shanock & Theilgard 2018).
func IndividualSD(answers []float64) Figure {
	_, sd, _ := spreadOf(answers)
	return sd
}

// EvenOdd is one person's consistency: the correlation, over scales, of the mean of a scale's even items with that of its odd
// ones, stepped up by Spearman-Brown and not below -1 (Curran 2016). Each scale is the person's keyed answers in the order of the
// items. It takes three scales with an answer on both sides.
func EvenOdd(scales [][]float64) Figure {
	var even, odd []float64
	for _, answers := range scales {
		var sides [2][]float64
		for i, x := range answers {
			sides[i%2] = append(sides[i%2], x)
		}
		first, n1 := meanOf(sides[0])
		second, n2 := meanOf(sides[1])
		if n1 > 0 && n2 > 0 {
			odd, even = append(odd, first), append(even, second)
		}
	}
	if len(odd) < 3 {
		return None(TooFewItems)
	}
	r := correlate(odd, even)
	if !r.OK() {
		return r
	}
	if 1+r.Value <= 0 {
		return Known(-1)
	}
	return Known(max(-1, 2*r.Value/(1+r.Value)))
}

// Mahalanobis is each person's squared distance from the mean of all in the metric of the covariances (Mahalanobis 1936), over
// the complete cases; none for a person with a missing answer. Under normality it has the chi-square distribution with as many
// degrees of freedom as there are items.
func Mahalanobis(s Sample) []Figure {
	out := make([]Figure, s.Persons())
	complete := s.Complete()
	k, n := complete.Items(), complete.Persons()
	why := Reason("")
	c := covarianceOf(complete)
	var chol mat.Cholesky
	switch {
	case k == 0 || n < 2:
		why = TooFewPersons
	case c.hasConstant():
		why = ZeroItem
	// Of the correlations: whether items are a combination of others has nothing to do with their units.
	case !chol.Factorize(correlations(c)) || chol.Cond() > 1e12:
		why = Singular
	}
	means, sds := make([]float64, k), make([]float64, k)
	for i, column := range complete.Columns {
		means[i], _ = meanOf(column)
		sds[i] = math.Sqrt(c.at(i, i))
	}
	away, solved := mat.NewVecDense(max(k, 1), nil), mat.VecDense{}
	for p := range out {
		switch {
		case why != "":
			out[p] = None(why)
		case !s.complete(p):
			out[p] = None(TooFewItems)
		default:
			for i, column := range s.Columns {
				away.SetVec(i, (column[p]-means[i])/sds[i])
			}
			if err := chol.SolveVecTo(&solved, away); err != nil {
				out[p] = None(Singular)
				continue
			}
			out[p] = Known(mat.Dot(away, &solved))
		}
	}
	return out
}

// Duplicates gives the sets of persons, by position, whose answers to every item are the same, in the order of their first
// person. Persons with a missing answer are left out; with few items equal answers are no wonder.
func Duplicates(s Sample) [][]int {
	at := map[string]int{}
	var sets [][]int
	var key strings.Builder
	for p := range s.Persons() {
		if !s.complete(p) {
			continue
		}
		key.Reset()
		for _, column := range s.Columns {
			key.WriteString(strconv.FormatFloat(column[p]+0, 'g', -1, 64))
			key.WriteByte(' ')
		}
		i, ok := at[key.String()]
		if !ok {
			i = len(sets)
			at[key.String()] = i
			sets = append(sets, nil)
		}
		sets[i] = append(sets[i], p)
	}
	var out [][]int
	for _, set := range sets {
		if len(set) > 1 {
			out = append(out, set)
		}
	}
	return out
}

// The shares of answers from and to which a published share is coded: nearly everybody, or nearly nobody, says something of each.
const (
	leastShare = 0.05
	mostShare  = 0.95
)

// Coding is how a share may be published.
type Coding string

// The codings.
const (
	AsItIs    Coding = ""
	AtMost5   Coding = "<5%"
	AtLeast95 Coding = ">95%"
)

// Code says whether a share from 0 to 1 may be published as it is.
func Code(share float64) Coding {
	switch {
	case share < leastShare:
		return AtMost5
	case share > mostShare:
		return AtLeast95
	}
	return AsItIs
}
