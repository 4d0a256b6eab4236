// Package psychometrics says what the answers of many persons are worth: item statistics, reliability, change between waves,
// differential item functioning, differences between schools, and which figures of a table may be shown. It is pure: values
// in, values out. It refuses to know where answers come from, who gave them, and how results are shown.
package psychometrics

import (
	"encoding/json"
	"math"
)

// Reason says why a figure does not exist; it is empty when there is one.
type Reason string

// The reasons for a missing figure.
const (
	TooFewPersons Reason = "too_few_persons" // fewer than two persons, or complete cases, or pairs
	TooFewItems   Reason = "too_few_items"   // the figure needs more items than the scale has
	NoVariance    Reason = "no_variance"     // everybody, or every item, has the same value
	ZeroItem      Reason = "zero_item"       // one of the items has no variance
	Singular      Reason = "singular"        // the covariance matrix has no inverse
	Heywood       Reason = "heywood"         // the solution has a negative or zero unique variance
	NotConverged  Reason = "not_converged"   // the estimation came to no end
	NotDeclared   Reason = "not_declared"    // the instrument does not declare what it needs
	OneGroup      Reason = "one_group"       // the grouping column has one value only
	TooFewStrata  Reason = "too_few_strata"  // no stratum holds persons of both groups
	SmallCell     Reason = "small_cell"      // fewer persons than may be shown
	Complementary Reason = "complementary"   // shown, it would let a small cell be computed
	NotIdentified Reason = "not_identified"  // the model has more parameters than the data can tell
)

// Figure is a number, or the reason why there is none. The zero Figure is the number 0.
type Figure struct {
	Value float64
	Why   Reason
}

// Known is a figure that exists. What is not finite does not exist: it is a programming error to hand it over.
func Known(x float64) Figure {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		panic("psychometrics: a figure that is not finite")
	}
	return Figure{Value: x}
}

// None is a figure that does not exist.
func None(why Reason) Figure { return Figure{Why: why} }

// OK says whether the figure exists.
func (f Figure) OK() bool { return f.Why == "" }

// MarshalJSON writes the number, or null; the reason stands beside it in whatever holds the figure.
func (f Figure) MarshalJSON() ([]byte, error) {
	if !f.OK() {
		return []byte("null"), nil
	}
	return json.Marshal(f.Value)
}

// Interval is a confidence interval.
type Interval struct{ Low, High float64 }

// MarshalJSON writes [low, high].
func (i Interval) MarshalJSON() ([]byte, error) { return json.Marshal([2]float64{i.Low, i.High}) }
