package instrument

import (
	"math"
	"slices"
)

// mostAttainable bounds how many different scores are counted out; a scale with more is not held against a table.
const mostAttainable = 20_000

// scoredCodes gives the scored codes of a choice item as they are after reversal, ascending.
func (k Key) scoredCodes() []float64 {
	if k.Item.Responses == nil {
		return nil
	}
	var codes []float64
	for _, o := range k.Item.Responses.Options {
		if o.Missing || !o.IsNumber {
			continue
		}
		v := o.Value
		if k.Reversed {
			v = k.Item.Responses.Min + k.Item.Responses.Max - v
		}
		codes = append(codes, v)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// attainable counts out the scores that answers can lead to on the metric of the scale's method, ascending; known is false
// when they are too many or no finite set.
func (s *scaleDraft) attainable() (scores []float64, known bool) {
	k := len(s.Items)
	sums := [][]float64{{0}} // weighted sums by number of items answered
	for i, key := range s.Items {
		codes := key.scoredCodes()
		if codes == nil || key.Weight != 1 && s.MinAnswered < k && s.Score != Sum {
			return nil, false
		}
		sums = append(sums, nil)
		for m := i + 1; m >= 1; m-- { // m of the first i+1 items answered
			next := slices.Clone(sums[m])
			for _, before := range sums[m-1] {
				for _, code := range codes {
					next = append(next, before+key.Weight*code)
				}
			}
			if sums[m] = distinct(next); len(sums[m]) > mostAttainable {
				return nil, false
			}
		}
	}
	weights := 0.0
	for _, key := range s.Items {
		weights += key.Weight
	}
	least := s.MinAnswered
	if s.Score == Sum {
		least = k
	}
	for m := max(least, 1); m <= k; m++ {
		answered := float64(m)
		if m == k {
			answered = weights
		}
		for _, sum := range sums[m] {
			switch s.Score {
			case Sum:
				scores = append(scores, sum)
			case ProratedSum:
				scores = append(scores, s.Rounding.Apply(float64(k)*sum/answered))
			case Mean:
				scores = append(scores, sum/answered)
			default:
				return nil, false
			}
		}
	}
	scores = distinct(scores)
	return scores, len(scores) <= mostAttainable
}

// distinct sorts numbers and keeps one of those that differ in the last bits alone.
func distinct(list []float64) []float64 {
	slices.Sort(list)
	return slices.CompactFunc(list, func(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a)) })
}
