package conformance

import (
	"testing"

	"surveyd/internal/psychometrics"
)

func atLeastFour(x float64) bool { return x >= 4 }

func favorable(t *testing.T) []*measure {
	shares, interval := relative("percent favorable, three ways", "rowMeans, colMeans"), relative("Wilson interval", "prop.test, correct = FALSE")
	names, sets := cases[struct {
		Rows                      [][]*float64
		Responses, Items, Persons *float64
		Wilson                    []float64
	}](t, own+"favorable.json")
	for _, name := range names {
		c := sets[name]
		got := psychometrics.FavorableOf(sampleOf(c.Rows), atLeastFour, true)
		shares.figure(t, name+", responses", got.Responses, c.Responses)
		shares.figure(t, name+", items", got.Items, c.Items)
		shares.figure(t, name+", persons", got.Persons, c.Persons)
		interval.interval(t, name, got.CI, c.Wilson)
	}
	names, counts := cases[struct {
		X, N int
		CI   []float64
	}](t, own+"wilson.json")
	for _, name := range names {
		interval.interval(t, name, psychometrics.Wilson(counts[name].X, counts[name].N), counts[name].CI)
	}
	for _, c := range read[[]struct {
		X, N   int
		Wilson []float64 `json:"wilson95"`
	}](t, others+"proportions.json") {
		interval.interval(t, "by other hands", psychometrics.Wilson(c.X, c.N), c.Wilson)
	}
	return []*measure{shares, interval}
}
