package conformance

import (
	"fmt"
	"math"
	"testing"

	"surveyd/internal/psychometrics"
)

// measure is one line of the table: how far a statistic is from its oracle.
type measure struct {
	statistic, oracle string
	tolerance         float64
	absolute          bool // deviations are differences; else they are shares of R's value
	values            int  // numbers compared
	worst             float64
	where             string // the comparison with the largest deviation
}

// nearZero is from which value on a deviation is relative to it and not to R's: a figure that is 0 but for rounding has no digits.
const nearZero = 1e-3

// number compares a number with R's.
func (m *measure) number(t testing.TB, where string, got, want float64) {
	t.Helper()
	m.values++
	deviation := math.Abs(got - want)
	if !m.absolute {
		deviation /= max(math.Abs(want), nearZero)
	}
	if math.IsNaN(deviation) {
		t.Errorf("%s, %s: got %v, R has %v", m.statistic, where, got, want)
		return
	}
	if deviation > m.worst {
		m.worst, m.where = deviation, fmt.Sprintf("%s: %.17g, R has %.17g", where, got, want)
	}
}

// figure compares a figure that may not exist with R's; nil is none.
func (m *measure) figure(t testing.TB, where string, got psychometrics.Figure, want *float64) {
	t.Helper()
	switch {
	case want == nil && got.OK():
		t.Errorf("%s, %s: got %v, R has none", m.statistic, where, got.Value)
	case want != nil && !got.OK():
		t.Errorf("%s, %s: got none (%s), R has %v", m.statistic, where, got.Why, *want)
	case want != nil:
		m.number(t, where, got.Value, *want)
	}
}

// interval compares both limits.
func (m *measure) interval(t testing.TB, where string, got *psychometrics.Interval, want []float64) {
	t.Helper()
	if got == nil || len(want) != 2 {
		t.Errorf("%s, %s: got %v, R has %v", m.statistic, where, got, want)
		return
	}
	m.number(t, where+", low", got.Low, want[0])
	m.number(t, where+", high", got.High, want[1])
}

// bound is the deviation that the table states: the power of ten above it, with room for another processor's rounding.
func (m *measure) bound() float64 {
	return math.Pow(10, math.Ceil(math.Log10(max(2*m.worst, 1e-15))-1e-9))
}

// The tolerances of the statistics.
const (
	closedForm = 1e-9
	pValue     = 1e-8
	likelihood = 5e-6 // of a maximum that an optimizer has found
	factor     = 1e-5
)

// relative is a measure of a closed form.
func relative(statistic, oracle string) *measure {
	return &measure{statistic: statistic, oracle: oracle, tolerance: closedForm}
}

// probability is a measure of p-values.
func probability(statistic, oracle string) *measure {
	return &measure{statistic: statistic, oracle: oracle, tolerance: pValue, absolute: true}
}

func (m *measure) within(tolerance float64) *measure {
	m.tolerance = tolerance
	return m
}
