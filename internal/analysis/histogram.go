package analysis

import (
	"math"

	"surveyd/internal/instrument"
)

// Histogram is how many scores lie in each of some equal parts, each part with its lower end but the last, which has both. From and
// To are the ends of all parts. Where the scores that can be reached lie on a grid, each part holds as many of its points as the next.
type Histogram struct {
	From, To float64
	Counts   []int
}

// At most so many parts, and as many where there is no grid.
const (
	mostParts = 20
	freeParts = 12
)

func histogramOf(scale *instrument.Scale, values []float64) Histogram {
	h := binsOf(scale, values)
	width := (h.To - h.From) / float64(len(h.Counts))
	for _, x := range values {
		at := 0
		if width > 0 {
			at = int(math.Floor((x-h.From)/width + 1e-9))
		}
		h.Counts[min(max(at, 0), len(h.Counts)-1)]++
	}
	return h
}

// binsOf cuts the scale's range or, where it declares none, that of the scores.
func binsOf(scale *instrument.Scale, values []float64) Histogram {
	if scale.Range == nil {
		low, high := extent(values)
		return Histogram{From: low, To: high, Counts: make([]int, freeParts)}
	}
	low, high := scale.Range.Min, scale.Range.Max
	steps, ok := gridSteps(scale)
	if !ok {
		return Histogram{From: low, To: high, Counts: make([]int, freeParts)}
	}
	step := (high - low) / float64(steps)
	each := (steps + mostParts) / mostParts // points in a part; there is one point more than steps
	count := (steps + each) / each
	from := low - step/2
	return Histogram{From: from, To: from + float64(count*each)*step, Counts: make([]int, count)}
}

// gridSteps gives the number of equal steps from the lowest to the highest score of somebody who answers everything; none where items
// weigh differently, are numbers, or have a metric of their own.
func gridSteps(scale *instrument.Scale) (steps int, ok bool) {
	for _, key := range scale.Items {
		set := key.Item.Responses
		if key.Item.Kind != instrument.Choice || key.Weight != 1 || !sameEnds(scale.Items[0].Item.Responses, set) {
			return 0, false
		}
		steps += int(math.Round(set.Max - set.Min))
	}
	return steps, steps > 0
}

func sameEnds(a, b *instrument.ResponseSet) bool { return a.Min == b.Min && a.Max == b.Max }

func extent(values []float64) (low, high float64) {
	if len(values) == 0 {
		return 0, 0
	}
	low, high = values[0], values[0]
	for _, x := range values {
		low, high = min(low, x), max(high, x)
	}
	return low, high
}
