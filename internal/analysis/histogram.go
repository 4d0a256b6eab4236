package analysis

import (
	"math"

	"surveyd/internal/instrument"
)

// Histogram is how many scores lie in each of some equal parts of the scale's range, each part with its lower end but the last,
// which has both.
type Histogram struct {
	From, To float64
	Counts   []int
}

// parts is into how many parts a range is cut.
const parts = 12

// histogramOf cuts the scale's range or, where it declares none, that of the scores.
func histogramOf(scale *instrument.Scale, values []float64) Histogram {
	h := Histogram{Counts: make([]int, parts)}
	if scale.Range != nil {
		h.From, h.To = scale.Range.Min, scale.Range.Max
	} else {
		h.From, h.To = extent(values)
	}
	for _, x := range values {
		at := parts - 1
		if h.To > h.From {
			at = int(math.Floor((x - h.From) / (h.To - h.From) * parts * (1 + 1e-12)))
		}
		h.Counts[min(max(at, 0), parts-1)]++
	}
	return h
}

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
