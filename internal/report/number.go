package report

import (
	"math"
	"strconv"
	"strings"

	"surveyd/internal/psychometrics"
)

// decimals writes x with a fixed number of decimals; a zero has no sign.
func decimals(x float64, places int) string {
	text := strconv.FormatFloat(x, 'f', places, 64)
	if strings.Trim(text, "-0.") == "" {
		text = strings.TrimPrefix(text, "-")
	}
	return text
}

// percent writes a share as a percentage with one decimal.
func percent(share float64) string { return decimals(100*share, 1) + " %" }

// dash stands for a figure that does not exist.
const dash = "–"

func shown(f psychometrics.Figure, places int) string {
	if !f.OK() {
		return dash
	}
	return decimals(f.Value, places)
}

func shownPercent(f psychometrics.Figure) string {
	if !f.OK() {
		return dash
	}
	return percent(f.Value)
}

func shownInterval(ci *psychometrics.Interval, places int) string {
	if ci == nil {
		return dash
	}
	return "[" + decimals(ci.Low, places) + ", " + decimals(ci.High, places) + "]"
}

// shownP writes a probability to three decimals, and a small one as less than .001.
func shownP(f psychometrics.Figure) string {
	switch {
	case !f.OK():
		return dash
	case f.Value < 0.001:
		return "< .001"
	}
	return strings.TrimPrefix(decimals(f.Value, 3), "0")
}

func counted(n int, one, many string) string { return strconv.Itoa(n) + " " + plural(n, one, many) }

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// plain writes a number without decimals that say nothing.
func plain(x float64) string {
	if x == math.Trunc(x) && math.Abs(x) < 1e15 {
		return strconv.FormatFloat(x, 'f', 0, 64)
	}
	return decimals(x, 2)
}

// signed writes a difference with its sign.
func signed(f psychometrics.Figure, places int) string {
	if !f.OK() {
		return dash
	}
	text := decimals(f.Value, places)
	if f.Value > 0 && strings.Trim(text, "0.") != "" {
		return "+" + text
	}
	return text
}

// points writes a difference of shares in percentage points.
func points(f psychometrics.Figure) string {
	if !f.OK() {
		return dash
	}
	return signed(psychometrics.Known(100*f.Value), 1)
}
