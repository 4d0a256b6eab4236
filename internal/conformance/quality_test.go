package conformance

import (
	"fmt"
	"reflect"
	"testing"

	"surveyd/internal/psychometrics"
)

func quality(t *testing.T) []*measure {
	distance, spread := relative("Mahalanobis distance", "mahalanobis"), relative("individual SD", "sd")
	run, consistency := relative("longest run", "rle"), relative("even-odd consistency", "cor")
	names, sets := cases[struct {
		Rows        [][]*float64
		Mahalanobis []*float64
		Run         []int
		ISD         []*float64
		Duplicates  []int
	}](t, own+"quality.json")
	for _, name := range names {
		c, s := sets[name], sampleOf(sets[name].Rows)
		for p, got := range psychometrics.Mahalanobis(s) {
			where, row := fmt.Sprintf("%s, person %d", name, p+1), sampleOf(c.Rows[p:p+1])
			distance.figure(t, where, got, c.Mahalanobis[p])
			answers := make([]float64, s.Items())
			for i := range answers {
				answers[i] = row.Columns[i][0]
			}
			spread.figure(t, where, psychometrics.IndividualSD(answers), c.ISD[p])
			run.number(t, where, float64(psychometrics.LongestRun(answers)), float64(c.Run[p]))
		}
		members := map[int]bool{}
		for _, set := range psychometrics.Duplicates(s) {
			for _, p := range set {
				members[p+1] = true
			}
		}
		want := map[int]bool{}
		for _, p := range c.Duplicates {
			want[p] = true
		}
		if !reflect.DeepEqual(members, want) {
			t.Errorf("%s: duplicated %v, R has %v", name, members, want)
		}
	}
	_, consistent := cases[struct {
		Items []int
		Rows  [][]*float64
		Value []*float64
	}](t, own+"evenodd.json")
	c := consistent["evenodd"]
	for p := range c.Rows {
		row, scales, at := sampleOf(c.Rows[p:p+1]), make([][]float64, len(c.Items)), 0
		for i, k := range c.Items {
			for range k {
				scales[i] = append(scales[i], row.Columns[at][0])
				at++
			}
		}
		consistency.figure(t, fmt.Sprintf("person %d", p+1), psychometrics.EvenOdd(scales), c.Value[p])
	}
	return []*measure{distance, spread, run, consistency}
}
